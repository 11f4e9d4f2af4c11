//! Rows for the rules, within an action that has locked their member.

use chrono::{DateTime, Utc};
use entity::enums::LeaveState;
use entity::{leave, member_capacity, member_certificate, member_shift, member_skill};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::rules::Span;

/// A row that holds for some days, one after another of its kind.
pub trait Dated: Clone {
    /// Its key and its days.
    fn placed(&self) -> (Uuid, Span);
}

macro_rules! dated {
    ($($table:ident),*) => {
        $(impl Dated for $table::Model {
            fn placed(&self) -> (Uuid, Span) {
                (self.id, Span { from: self.valid_from, to: self.valid_to })
            }
        })*
    };
}

dated!(member_skill, member_shift, member_capacity);

/// The keys and days of rows.
pub fn spans<M: Dated>(rows: &[M]) -> Vec<(Uuid, Span)> {
    rows.iter().map(Dated::placed).collect()
}

/// The row of that key.
pub fn pick<M: Dated>(rows: &[M], id: Option<Uuid>) -> Option<M> {
    rows.iter().find(|row| Some(row.placed().0) == id).cloned()
}

/// All shifts of a member.
///
/// # Errors
/// When the database fails.
pub async fn shifts_of(
    tx: &impl ConnectionTrait,
    member_id: Uuid,
) -> Result<Vec<member_shift::Model>> {
    Ok(member_shift::Entity::find()
        .filter(member_shift::Column::MemberId.eq(member_id))
        .all(tx)
        .await?)
}

/// All capacities of a member.
///
/// # Errors
/// When the database fails.
pub async fn capacities_of(
    tx: &impl ConnectionTrait,
    member_id: Uuid,
) -> Result<Vec<member_capacity::Model>> {
    Ok(member_capacity::Entity::find()
        .filter(member_capacity::Column::MemberId.eq(member_id))
        .all(tx)
        .await?)
}

/// All levels of a skill that are recorded for a member.
///
/// # Errors
/// When the database fails.
pub async fn recorded_levels(
    tx: &impl ConnectionTrait,
    member_id: Uuid,
    skill_id: Uuid,
) -> Result<Vec<member_skill::Model>> {
    Ok(member_skill::Entity::find()
        .filter(member_skill::Column::MemberId.eq(member_id))
        .filter(member_skill::Column::SkillId.eq(skill_id))
        .all(tx)
        .await?)
}

/// The leave of a member that is granted or waits and ends after a moment.
///
/// # Errors
/// When the database fails.
pub async fn leaves_of(
    tx: &impl ConnectionTrait,
    member_id: Uuid,
    after: DateTime<Utc>,
) -> Result<Vec<leave::Model>> {
    use leave::Column;
    Ok(leave::Entity::find()
        .filter(Column::MemberId.eq(member_id))
        .filter(Column::State.is_in([LeaveState::Requested, LeaveState::Approved]))
        .filter(Column::EndsAt.gt(after))
        .all(tx)
        .await?)
}

/// A certificate that a member holds, locked.
///
/// # Errors
/// When the database fails.
pub async fn record(
    tx: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<member_certificate::Model>> {
    Ok(member_certificate::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Notes that it was told that a certificate runs out; false when that was told already.
///
/// # Errors
/// When the database fails.
pub async fn note_warned(tx: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    use member_certificate::Column;
    let done = member_certificate::Entity::update_many()
        .col_expr(Column::WarnedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::WarnedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
