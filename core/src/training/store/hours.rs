//! The ledger of hours: rows are written and read, never changed.

use entity::training_hour;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::error::Result;
use crate::training::rules::ledger::Booked;

/// Writes an entry.
///
/// # Errors
/// When the database fails.
pub async fn insert_hours(tx: &impl ConnectionTrait, row: training_hour::Model) -> Result<()> {
    training_hour::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The entries about an enrolment or a study, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn booked_for(
    tx: &impl ConnectionTrait,
    enrolment: Option<Uuid>,
    study: Option<Uuid>,
) -> Result<Vec<Booked>> {
    let about = Condition::any()
        .add_option(enrolment.map(|id| training_hour::Column::EnrolmentId.eq(id)))
        .add_option(study.map(|id| training_hour::Column::StudyId.eq(id)));
    if about.is_empty() {
        return Ok(Vec::new());
    }
    entries(tx, about).await
}

/// A first entry with all that correct it, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn entries_about(tx: &impl ConnectionTrait, first: Uuid) -> Result<Vec<Booked>> {
    let about = Condition::any()
        .add(training_hour::Column::Id.eq(first))
        .add(training_hour::Column::CorrectsId.eq(first));
    entries(tx, about).await
}

async fn entries(tx: &impl ConnectionTrait, about: Condition) -> Result<Vec<Booked>> {
    let rows = training_hour::Entity::find()
        .filter(about)
        .order_by_asc(training_hour::Column::BookedAt)
        .order_by_asc(training_hour::Column::Id)
        .all(tx)
        .await?;
    // The one that corrects nothing is the first, whatever the clock said.
    let (first, later): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.corrects_id.is_none());
    Ok(first
        .into_iter()
        .chain(later)
        .map(|row| Booked {
            id: row.id,
            minutes: row.minutes,
        })
        .collect())
}
