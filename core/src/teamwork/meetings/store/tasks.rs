//! Action items among what members have to do.

use entity::action_item;
use entity::enums::ActionItemState;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Due, Found, MOST, Task, TaskKind, TaskSource};

/// The unfinished action items of members, as far as the viewer may see them.
#[derive(Clone, Copy, Debug, Default)]
pub struct ActionItemTasks;

impl TaskSource for ActionItemTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::ActionItem
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use action_item::Column::{DueOn, Id, OwnerId, State};
        Box::pin(async move {
            let select = visible::<action_item::Entity>(asked.viewer, Permission::MeetingRead)
                .filter(OwnerId.is_in(asked.members.iter().copied()))
                .filter(State.is_in([ActionItemState::Open, ActionItemState::InProgress]));
            let total = select.clone().count(db).await?;
            let rows = select
                .order_by_asc(DueOn)
                .order_by_asc(Id)
                .limit(MOST as u64)
                .all(db)
                .await?;
            let task = |row: action_item::Model| Task {
                kind: TaskKind::ActionItem,
                member: row.owner_id,
                title: Text::new(row.title.clone(), row.title),
                due: Some(Due::Day(row.due_on)),
                table: "action_item",
                id: row.id,
            };
            Ok(Found {
                tasks: rows.into_iter().map(task).collect(),
                total,
            })
        })
    }
}
