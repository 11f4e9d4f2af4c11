//! Results of which members were told, exam by exam, whoever looks: what incentives are worked out from.

use chrono::{DateTime, Utc};
use entity::exam_attempt;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::error::Result;

/// A result of which the member was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who sat.
    pub member_id: Uuid,
    /// The attempt.
    pub attempt_id: Uuid,
    /// The exam.
    pub exam_id: Uuid,
    /// What was reached, in ten-thousandths of a point.
    pub points: i64,
    /// What could be reached.
    pub max_points: i64,
    /// Was the pass mark reached?
    pub passed: bool,
}

/// The results of these members that they were told in a span of time, in the order of their attempts; one statement.
///
/// # Errors
/// When the database fails.
pub async fn told_between(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Told>> {
    use exam_attempt::Column::{Id, MemberId, PublishedAt};
    let rows = exam_attempt::Entity::find()
        .filter(MemberId.is_in(members.iter().copied()))
        .filter(PublishedAt.gte(from))
        .filter(PublishedAt.lt(to))
        .order_by_asc(Id)
        .all(connection)
        .await?;
    let told = |row: exam_attempt::Model| {
        Some(Told {
            member_id: row.member_id,
            attempt_id: row.id,
            exam_id: row.exam_id,
            points: row.points?,
            max_points: row.max_points,
            passed: row.passed.unwrap_or(false),
        })
    };
    Ok(rows.into_iter().filter_map(told).collect())
}
