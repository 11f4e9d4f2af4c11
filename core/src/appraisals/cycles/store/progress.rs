//! How far the appraisals of cycles are, counted.

use std::collections::HashMap;

use entity::appraisal;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;

/// How far the appraisals of a cycle are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All of them.
    pub appraisals: i64,
    /// Those with a reviewer.
    pub reviewers: i64,
    /// Self-assessments that are in.
    pub self_assessments: i64,
    /// Reviews that are in.
    pub reviews: i64,
    /// Results that are computed, without the viewer's own.
    pub results: i64,
    /// Those that wait for something, without the viewer's own.
    pub blocked: i64,
    /// Members who took note, without the viewer.
    pub acknowledged: i64,
}

/// How far the appraisals of these cycles are, by cycle; one statement. For whoever runs them.
///
/// # Errors
/// When the database fails.
pub async fn progress_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    cycles: &[Uuid],
) -> Result<HashMap<Uuid, Progress>> {
    use appraisal::Column::{
        AcknowledgedAt, Blocked, CycleId, Id, MemberId, ReviewSubmittedAt, ReviewerId, Score,
        SelfSubmittedAt,
    };
    // What is computed of the viewer stays out, or the difference to what is listed would tell of it.
    let of_others = |column: appraisal::Column| match viewer.standing.member_id {
        Some(me) => Func::count(Expr::case(MemberId.ne(me), Expr::col(column))).into(),
        None => column.count(),
    };
    type Counted = (Uuid, i64, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Counted> = visible::<appraisal::Entity>(viewer, Permission::AppraisalManage)
        .select_only()
        .column(CycleId)
        .column_as(Id.count(), "appraisals")
        .column_as(ReviewerId.count(), "reviewers")
        .column_as(SelfSubmittedAt.count(), "self_assessments")
        .column_as(ReviewSubmittedAt.count(), "reviews")
        .column_as(of_others(Score), "results")
        .column_as(of_others(Blocked), "blocked")
        .column_as(of_others(AcknowledgedAt), "acknowledged")
        .filter(CycleId.is_in(cycles.iter().copied()))
        .group_by(CycleId)
        .into_tuple()
        .all(connection)
        .await?;
    let found = rows.into_iter().map(|row| {
        let (cycle, appraisals, reviewers, self_assessments, reviews, results, blocked, noted) =
            row;
        let progress = Progress {
            appraisals,
            reviewers,
            self_assessments,
            reviews,
            results,
            blocked,
            acknowledged: noted,
        };
        (cycle, progress)
    });
    Ok(found.collect())
}

/// An appraisal whose result waits for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The appraisal.
    pub appraisal: Uuid,
    /// Whose it is.
    pub member: Uuid,
    /// Its version.
    pub version: i32,
    /// For what it waits, in both languages.
    pub reasons: String,
}

/// The appraisals of these cycles whose results wait, by cycle, the first ones first; one statement. For whoever runs them, and
/// without their own: nothing computed reaches anybody about themselves this way.
///
/// # Errors
/// When the database fails.
pub async fn blocked_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    cycles: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Blocked>>> {
    use appraisal::Column::{Blocked as Reasons, CycleId, Id, MemberId, Version};
    let mut select = visible::<appraisal::Entity>(viewer, Permission::AppraisalManage)
        .select_only()
        .columns([CycleId, Id, MemberId, Version, Reasons])
        .filter(CycleId.is_in(cycles.iter().copied()))
        .filter(Reasons.is_not_null());
    if let Some(me) = viewer.standing.member_id {
        select = select.filter(MemberId.ne(me));
    }
    let rows: Vec<(Uuid, Uuid, Uuid, i32, String)> =
        select.order_by_asc(Id).into_tuple().all(connection).await?;
    let mut found: HashMap<Uuid, Vec<Blocked>> = HashMap::new();
    for (cycle, appraisal, member, version, reasons) in rows {
        found.entry(cycle).or_default().push(Blocked {
            appraisal,
            member,
            version,
            reasons,
        });
    }
    Ok(found)
}
