//! Suggestions among what members have to do.

use entity::enums::SuggestionState;
use entity::suggestion;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tasks::{Asked, Found, MOST, Task, TaskKind, TaskSource};

/// The suggestions that members look after and that aren't over, as far as the viewer may see them.
#[derive(Clone, Copy, Debug, Default)]
pub struct SuggestionTasks;

impl TaskSource for SuggestionTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Suggestion
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use suggestion::Column::{HandlerId, Id, State};
        Box::pin(async move {
            let open = [
                SuggestionState::Received,
                SuggestionState::Accepted,
                SuggestionState::Realising,
            ];
            let select = visible::<suggestion::Entity>(asked.viewer, Permission::SuggestionRead)
                .filter(HandlerId.is_in(asked.members.iter().copied()))
                .filter(State.is_in(open));
            let total = select.clone().count(db).await?;
            let rows = select.order_by_asc(Id).limit(MOST as u64).all(db).await?;
            let task = |row: suggestion::Model| {
                Some(Task {
                    kind: TaskKind::Suggestion,
                    member: row.handler_id?,
                    title: Text::new(
                        format!("Look after the suggestion: {}", row.title),
                        format!("处理改进建议：{}", row.title),
                    ),
                    due: None,
                    table: "suggestion",
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
