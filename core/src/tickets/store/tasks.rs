//! Tickets among what members have to do.

use std::collections::HashSet;

use entity::enums::TicketState;
use entity::ticket;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{ColumnTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Due, Found, MOST, Task, TaskKind, TaskSource};

/// The tickets that are given to members and aren't over, with the next deadline of their service level, as far as the
/// viewer may see tickets. Who may not see deadlines doesn't learn them here.
#[derive(Clone, Copy, Debug, Default)]
pub struct TicketTasks;

impl TaskSource for TicketTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Ticket
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use ticket::Column::{AssigneeId, DueAt, Id, State};
        Box::pin(async move {
            let select = visible::<ticket::Entity>(asked.viewer, Permission::TicketRead)
                .filter(AssigneeId.is_in(asked.members.iter().copied()))
                .filter(State.is_not_in([TicketState::Closed, TicketState::Cancelled]));
            let total = select.clone().count(db).await?;
            let rows = select
                .order_by_with_nulls(DueAt, Order::Asc, NullOrdering::Last)
                .order_by_asc(Id)
                .limit(MOST as u64)
                .all(db)
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let timed: Vec<Uuid> =
                visible::<ticket::Entity>(asked.viewer, Permission::TicketSlaRead)
                    .select_only()
                    .column(Id)
                    .filter(Id.is_in(ids))
                    .into_tuple()
                    .all(db)
                    .await?;
            let timed: HashSet<Uuid> = timed.into_iter().collect();
            let task = |row: ticket::Model| {
                let title = Text::new(
                    format!("No. {}: {}", row.number, row.subject),
                    format!("工单 {}：{}", row.number, row.subject),
                );
                Some(Task {
                    kind: TaskKind::Ticket,
                    member: row.assignee_id?,
                    title,
                    due: row.due_at.filter(|_| timed.contains(&row.id)).map(Due::At),
                    table: "ticket",
                    id: row.id,
                })
            };
            Ok(Found {
                tasks: rows.into_iter().filter_map(task).collect(),
                total,
            })
        })
    }
}
