//! Goals off course among what members have to do.

use entity::enums::GoalState;
use entity::goal;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Due, Found, MOST, Task, TaskKind, TaskSource};

/// The goals that members own and that are off course, as far as the viewer may see them.
#[derive(Clone, Copy, Debug, Default)]
pub struct GoalTasks;

impl TaskSource for GoalTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Goal
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use goal::Column::{Id, OffCourseSince, OwnerId, State, UntilDay};
        Box::pin(async move {
            let select = visible::<goal::Entity>(asked.viewer, Permission::GoalRead)
                .filter(OwnerId.is_in(asked.members.iter().copied()))
                .filter(State.eq(GoalState::Active))
                .filter(OffCourseSince.is_not_null());
            let total = select.clone().count(db).await?;
            let rows = select
                .order_by_asc(UntilDay)
                .order_by_asc(Id)
                .limit(MOST as u64)
                .all(db)
                .await?;
            let task = |row: goal::Model| {
                let zh = row.title_zh.as_ref().unwrap_or(&row.title);
                let title = Text::new(
                    format!("Off course: {}", row.title),
                    format!("目标偏离：{zh}"),
                );
                Task {
                    kind: TaskKind::Goal,
                    member: row.owner_id,
                    title,
                    due: row.until_day.pred_opt().map(Due::Day),
                    table: "goal",
                    id: row.id,
                }
            };
            Ok(Found {
                tasks: rows.into_iter().map(task).collect(),
                total,
            })
        })
    }
}
