//! Who supports which suggestion; only how many is ever shown.

use chrono::{DateTime, Utc};
use entity::{suggestion, suggestion_support};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use uuid::Uuid;

use crate::db::new_id;
use crate::error::Result;

/// A suggestion, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<suggestion::Model>> {
    Ok(suggestion::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Which of these suggestions a member supports.
///
/// # Errors
/// When the database fails.
pub async fn supported_by(
    connection: &impl ConnectionTrait,
    suggestions: &[Uuid],
    member: Uuid,
) -> Result<Vec<Uuid>> {
    Ok(suggestion_support::Entity::find()
        .select_only()
        .column(suggestion_support::Column::SuggestionId)
        .filter(suggestion_support::Column::SuggestionId.is_in(suggestions.iter().copied()))
        .filter(suggestion_support::Column::MemberId.eq(member))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Writes whether a member supports a suggestion, which is locked, and counts again; says whether that is new. The
/// suggestion keeps its version: support changes nothing of it.
///
/// # Errors
/// When the database fails.
pub async fn set_support(
    tx: &impl ConnectionTrait,
    (suggestion, member): (Uuid, Uuid),
    supports: bool,
    at: DateTime<Utc>,
) -> Result<bool> {
    use suggestion_support::Column::{MemberId, SuggestionId};
    let before = supported_by(tx, &[suggestion], member).await?;
    if before.is_empty() != supports {
        return Ok(false);
    }
    if supports {
        let row = suggestion_support::Model {
            id: new_id(at),
            suggestion_id: suggestion,
            member_id: member,
            at,
        };
        suggestion_support::Entity::insert(row.into_active_model())
            .exec_without_returning(tx)
            .await?;
    } else {
        suggestion_support::Entity::delete_many()
            .filter(SuggestionId.eq(suggestion))
            .filter(MemberId.eq(member))
            .exec(tx)
            .await?;
    }
    let count = suggestion_support::Entity::find()
        .filter(SuggestionId.eq(suggestion))
        .count(tx)
        .await?;
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    suggestion::Entity::update_many()
        .col_expr(suggestion::Column::Supporters, Expr::value(count))
        .filter(suggestion::Column::Id.eq(suggestion))
        .exec(tx)
        .await?;
    Ok(true)
}
