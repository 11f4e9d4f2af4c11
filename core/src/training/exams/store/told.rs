//! Results of which members were told, exam by exam, whoever looks: what incentives are worked out from.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{exam, exam_attempt, exam_item, exam_mark};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use uuid::Uuid;

use super::{items_of_many, marks_of};
use crate::error::Result;
use crate::training::exams::rules::marks::{Mark, Standing, settle};
use crate::training::exams::rules::result::{Outcome, outcome};

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

/// The results of these members that they were told in a span of time, in the order of their attempts, as they were known at a moment:
/// without what was marked anew after it. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn told_between(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    known_at: DateTime<Utc>,
) -> Result<Vec<Told>> {
    use exam_attempt::Column::{Id, MemberId, PublishedAt};
    let rows = exam_attempt::Entity::find()
        .filter(MemberId.is_in(members.iter().copied()))
        .filter(PublishedAt.gte(from))
        .filter(PublishedAt.lt(to))
        .order_by_asc(Id)
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let before = before(connection, &ids, known_at).await?;
    let told = |row: exam_attempt::Model| {
        let then = before.get(&row.id);
        Some(Told {
            member_id: row.member_id,
            attempt_id: row.id,
            exam_id: row.exam_id,
            points: then.map_or(row.points, |then| Some(then.points))?,
            max_points: row.max_points,
            passed: then
                .map_or(row.passed, |then| Some(then.passed))
                .unwrap_or(false),
        })
    };
    Ok(rows.into_iter().filter_map(told).collect())
}

/// What those of some attempts came to that were marked anew after a moment, by the marks that there were then.
async fn before(
    connection: &impl ConnectionTrait,
    attempts: &[Uuid],
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Outcome>> {
    let anew: Vec<Uuid> = exam_item::Entity::find()
        .select_only()
        .column(exam_item::Column::AttemptId)
        .distinct()
        .join_rev(JoinType::InnerJoin, exam_mark::Relation::Item.def())
        .filter(exam_item::Column::AttemptId.is_in(attempts.iter().copied()))
        .filter(exam_mark::Column::CreatedAt.gt(known_at))
        .into_tuple()
        .all(connection)
        .await?;
    if anew.is_empty() {
        return Ok(HashMap::new());
    }
    let sat = exam_attempt::Entity::find()
        .find_also_related(exam::Entity)
        .filter(exam_attempt::Column::Id.is_in(anew.iter().copied()))
        .all(connection)
        .await?;
    let items = items_of_many(connection, &anew).await?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
    let mut marks: HashMap<Uuid, Vec<Mark>> = HashMap::new();
    for row in marks_of(connection, &ids).await? {
        if row.created_at <= known_at {
            marks.entry(row.item_id).or_default().push(Mark {
                slot: row.slot,
                points: row.points,
            });
        }
    }
    let mut found = HashMap::new();
    for (attempt, exam) in sat {
        let Some(exam) = exam else { continue };
        let points: Option<Vec<i64>> = items
            .iter()
            .filter(|item| item.attempt_id == attempt.id)
            .map(|item| {
                let marks = marks.get(&item.id).map_or(&[][..], Vec::as_slice);
                match settle(marks, item.max_points, exam.third_percent) {
                    Standing::Settled(points) => Some(points),
                    Standing::Awaits(_) => None,
                }
            })
            .collect();
        if let Some(points) = points {
            let then = outcome(&points, attempt.max_points, exam.pass_percent);
            found.insert(attempt.id, then);
        }
    }
    Ok(found)
}
