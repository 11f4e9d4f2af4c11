//! Renewals among what members have to do.

use chrono::{Days, NaiveDate};
use entity::enums::{ContractRole, RenewalState};
use entity::{contract, contract_share, renewal};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, RelationTrait,
};
use uuid::Uuid;

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::settings;
use crate::tasks::{Asked, Due, Found, MOST, Task, TaskKind, TaskSource};

/// Renewals in the worklist, for those who collect them, as far as the viewer may see them.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenewalTasks;

impl TaskSource for RenewalTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Renewal
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use renewal::Column::{ContractId, DueOn, Id, State};
        Box::pin(async move {
            let notice = settings::read(db, &settings::RENEWAL_NOTICE_DAYS).await?;
            let today = asked.today();
            let ahead = Days::new(u64::try_from(notice).unwrap_or(0));
            let last = today.checked_add_days(ahead).unwrap_or(today);
            let people: RelationDef = renewal::Entity::belongs_to(contract_share::Entity)
                .from(ContractId)
                .to(contract_share::Column::ContractId)
                .into();
            let select = visible::<renewal::Entity>(asked.viewer, Permission::RenewalRead)
                .join(JoinType::InnerJoin, people)
                .filter(contract_share::Column::Role.eq(ContractRole::Collector))
                .filter(contract_share::Column::MemberId.is_in(asked.members.iter().copied()))
                .filter(State.is_in([RenewalState::Due, RenewalState::Contacted]))
                .filter(DueOn.lte(last));
            let total = select.clone().count(db).await?;
            let rows: Vec<(Uuid, NaiveDate, String, Uuid)> = select
                .join(JoinType::InnerJoin, renewal::Relation::Contract.def())
                .select_only()
                .column(Id)
                .column(DueOn)
                .column(contract::Column::Number)
                .column(contract_share::Column::MemberId)
                .order_by_asc(DueOn)
                .order_by_asc(Id)
                .order_by_asc(contract_share::Column::MemberId)
                .limit(MOST as u64)
                .into_tuple()
                .all(db)
                .await?;
            let task = |(id, due_on, number, member): (Uuid, NaiveDate, String, Uuid)| Task {
                kind: TaskKind::Renewal,
                member,
                title: Text::new(
                    format!("Renew the contract {number}"),
                    format!("跟进合同续约：{number}"),
                ),
                // The renewal is due on the first day without the contract.
                due: due_on.pred_opt().map(Due::Day),
                table: "renewal",
                id,
            };
            Ok(Found {
                tasks: rows.into_iter().map(task).collect(),
                total,
            })
        })
    }
}
