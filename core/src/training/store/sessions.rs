//! Sessions and who gives them.

use std::collections::HashMap;

use entity::training_session_trainer;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::error::Result;

/// Who gives these sessions.
///
/// # Errors
/// When the database fails.
pub async fn trainers_of(
    connection: &impl ConnectionTrait,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let rows = training_session_trainer::Entity::find()
        .filter(training_session_trainer::Column::SessionId.is_in(sessions.iter().copied()))
        .all(connection)
        .await?;
    let mut trainers: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows {
        trainers
            .entry(row.session_id)
            .or_default()
            .push(row.member_id);
    }
    Ok(trainers)
}

/// Who gives a session from now on.
///
/// # Errors
/// When the database fails.
pub async fn replace_trainers(
    tx: &impl ConnectionTrait,
    session_id: Uuid,
    rows: Vec<training_session_trainer::Model>,
) -> Result<()> {
    training_session_trainer::Entity::delete_many()
        .filter(training_session_trainer::Column::SessionId.eq(session_id))
        .exec(tx)
        .await?;
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        training_session_trainer::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
