//! Single rows, for actions that have found their right to them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::SurveyState;
use entity::{survey, survey_answer, survey_follow_up};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::{ApiError, Result};

/// A survey, for whoever holds its link.
///
/// # Errors
/// When the database fails.
pub async fn survey(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<survey::Model>> {
    Ok(survey::Entity::find_by_id(id).one(connection).await?)
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub async fn lock(transaction: &impl ConnectionTrait, id: Uuid) -> Result<Option<survey::Model>> {
    Ok(survey::Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The survey of a ticket's round.
///
/// # Errors
/// When the database fails.
pub async fn round_of(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    round: i32,
) -> Result<Option<survey::Model>> {
    Ok(survey::Entity::find()
        .filter(survey::Column::TicketId.eq(ticket))
        .filter(survey::Column::Round.eq(round))
        .lock_exclusive()
        .one(connection)
        .await?)
}

/// The survey of a ticket that waits for its answer.
///
/// # Errors
/// When the database fails.
pub async fn open_of(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
) -> Result<Option<survey::Model>> {
    Ok(survey::Entity::find()
        .filter(survey::Column::TicketId.eq(ticket))
        .filter(survey::Column::State.eq(SurveyState::Open))
        .order_by_desc(survey::Column::Round)
        .lock_exclusive()
        .one(connection)
        .await?)
}

/// Writes a new survey.
///
/// # Errors
/// When the database fails.
pub async fn insert_survey(connection: &impl ConnectionTrait, row: survey::Model) -> Result<()> {
    row.into_active_model()
        .reset_all()
        .insert(connection)
        .await?;
    Ok(())
}

/// Writes a changed survey if nobody else has changed it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save_survey(
    connection: &impl ConnectionTrait,
    row: survey::Model,
    at: DateTime<Utc>,
) -> Result<survey::Model> {
    let (id, version) = (row.id, row.version);
    let now = survey::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = survey::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(survey::Column::Id.eq(id))
        .filter(survey::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}

/// Writes an answer.
///
/// # Errors
/// When the database fails.
pub async fn insert_answer(
    connection: &impl ConnectionTrait,
    row: survey_answer::Model,
) -> Result<()> {
    row.into_active_model()
        .reset_all()
        .insert(connection)
        .await?;
    Ok(())
}

/// The answers about many tickets, each with the round of its survey; two statements.
///
/// # Errors
/// When the database fails.
pub async fn answers_of(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<(i32, survey_answer::Model)>> {
    let rounds: Vec<(Uuid, i32)> = survey::Entity::find()
        .select_only()
        .columns([survey::Column::Id, survey::Column::Round])
        .filter(survey::Column::TicketId.is_in(tickets.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let rounds: HashMap<Uuid, i32> = rounds.into_iter().collect();
    let answers = survey_answer::Entity::find()
        .filter(survey_answer::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(survey_answer::Column::Id)
        .all(connection)
        .await?;
    Ok(answers
        .into_iter()
        .filter_map(|answer| Some((*rounds.get(&answer.survey_id)?, answer)))
        .collect())
}

/// Writes a new follow-up.
///
/// # Errors
/// When the database fails.
pub async fn insert_follow_up(
    connection: &impl ConnectionTrait,
    row: survey_follow_up::Model,
) -> Result<()> {
    row.into_active_model()
        .reset_all()
        .insert(connection)
        .await?;
    Ok(())
}

/// Writes a changed follow-up if nobody else has changed it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save_follow_up(
    connection: &impl ConnectionTrait,
    row: survey_follow_up::Model,
    at: DateTime<Utc>,
) -> Result<survey_follow_up::Model> {
    let (id, version) = (row.id, row.version);
    let now = survey_follow_up::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = survey_follow_up::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(survey_follow_up::Column::Id.eq(id))
        .filter(survey_follow_up::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}
