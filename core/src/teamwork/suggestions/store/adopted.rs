//! Suggestions that were adopted, whoever looks: what incentives are worked out from. Anonymous ones are nobody's here.

use chrono::{DateTime, Utc};
use entity::enums::SuggestionStepKind;
use entity::{suggestion, suggestion_step};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// The suggestions of these members that were accepted within a span of time and not declined later, as it was known at a moment:
/// author and suggestion, by its id. One statement.
///
/// # Errors
/// When the database fails.
pub async fn adopted_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    known_at: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>> {
    use suggestion::Column::{Anonymous, AuthorId, Id};
    use suggestion_step::Column::{At, Kind, SuggestionId};
    let steps = |kind: SuggestionStepKind| {
        suggestion_step::Entity::find()
            .select_only()
            .column(SuggestionId)
            .filter(Kind.eq(kind))
            .filter(At.lte(known_at))
    };
    let accepted = steps(SuggestionStepKind::Accepted)
        .filter(At.gte(from))
        .filter(At.lt(to));
    let declined = steps(SuggestionStepKind::Declined);
    Ok(suggestion::Entity::find()
        .select_only()
        .columns([AuthorId, Id])
        .filter(AuthorId.is_in(members.iter().copied()))
        .filter(Anonymous.eq(false))
        .filter(Id.in_subquery(accepted.into_query()))
        .filter(Id.not_in_subquery(declined.into_query()))
        .order_by_asc(Id)
        .into_tuple()
        .all(connection)
        .await?)
}
