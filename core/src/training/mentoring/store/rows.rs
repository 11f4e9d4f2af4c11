//! Single rows of mentoring.

use entity::enums::MentoringState;
use entity::{mentoring, mentoring_goal, mentoring_ticket};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;

crate::rows!(versioned: mentoring, mentoring_goal; written: mentoring_check_in, mentoring_ticket);

/// The pair at work of a newcomer, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn active_of(
    connection: &impl ConnectionTrait,
    newcomer: Uuid,
) -> Result<Option<mentoring::Model>> {
    Ok(mentoring::Entity::find()
        .filter(mentoring::Column::NewcomerId.eq(newcomer))
        .filter(mentoring::Column::State.eq(MentoringState::Active))
        .one(connection)
        .await?)
}

/// Who looks after a member now.
///
/// # Errors
/// When the database fails.
pub async fn mentor_of(connection: &impl ConnectionTrait, newcomer: Uuid) -> Result<Option<Uuid>> {
    let pair = active_of(connection, newcomer).await?;
    Ok(pair.map(|pair| pair.mentor_id))
}

/// How many goals a pair's plan has.
///
/// # Errors
/// When the database fails.
pub async fn goals_of(connection: &impl ConnectionTrait, pair: Uuid) -> Result<u64> {
    Ok(mentoring_goal::Entity::find()
        .filter(mentoring_goal::Column::MentoringId.eq(pair))
        .count(connection)
        .await?)
}

/// The tickets that are named for a pair.
///
/// # Errors
/// When the database fails.
pub async fn linked(connection: &impl ConnectionTrait, pair: Uuid) -> Result<Vec<Uuid>> {
    Ok(mentoring_ticket::Entity::find()
        .select_only()
        .column(mentoring_ticket::Column::TicketId)
        .filter(mentoring_ticket::Column::MentoringId.eq(pair))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Takes a ticket away from a pair.
///
/// # Errors
/// When the database fails.
pub async fn unlink(tx: &impl ConnectionTrait, pair: Uuid, ticket: Uuid) -> Result<()> {
    mentoring_ticket::Entity::delete_many()
        .filter(mentoring_ticket::Column::MentoringId.eq(pair))
        .filter(mentoring_ticket::Column::TicketId.eq(ticket))
        .exec(tx)
        .await?;
    Ok(())
}

/// The most pairs whose results are put together at once.
const MOST: u64 = 500;

/// The latest pairs whose results a viewer may see, or those of some mentors.
///
/// # Errors
/// When the database fails.
pub async fn pairs_of_mentors(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    mentors: Option<&[Uuid]>,
) -> Result<Vec<mentoring::Model>> {
    let mut select = visible::<mentoring::Entity>(viewer, Permission::MentoringResultRead);
    if let Some(mentors) = mentors {
        select = select.filter(mentoring::Column::MentorId.is_in(mentors.iter().copied()));
    }
    Ok(select
        .order_by_desc(mentoring::Column::StartedOn)
        .order_by_desc(mentoring::Column::Id)
        .limit(MOST)
        .all(connection)
        .await?)
}
