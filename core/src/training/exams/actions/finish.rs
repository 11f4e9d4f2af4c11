//! From the last answer to the published result: handing in, marking by rule, adding up, publishing, granting.

use std::collections::HashMap;

use entity::enums::{ExamAttemptState, ExamHandIn, ExamMarkKind, ExamPublication, ExamState};
use entity::{exam, exam_attempt, exam_item, exam_mark};
use serde_json::json;
use uuid::Uuid;

use super::common::trace;
use crate::access::Call;
use crate::db::{Db, new_id};
use crate::error::{Error, Result};
use crate::organisation::workforce::actions::{Grant, certificate_grant, certificate_withdraw};
use crate::training::exams::rules::grading::{Scoring, grade};
use crate::training::exams::rules::question::{Answer, Key};
use crate::training::exams::rules::result::outcome;
use crate::training::exams::rules::sitting::is_settled;
use crate::training::exams::store;
use crate::work::Work;

/// Hands an attempt in that is over time, in a transaction of its own; says whether there was anything to do.
///
/// # Errors
/// When the database fails.
pub(super) async fn over(db: &Db, call: &Call, id: Uuid) -> Result<bool> {
    let mut work = Work::begin(db, call).await?;
    let attempt = store::attempt_locked(work.tx(), id).await?;
    let due =
        attempt.state == ExamAttemptState::InProgress && is_settled(attempt.deadline, call.at);
    if due {
        hand_in(&mut work, attempt, ExamHandIn::Deadline).await?;
        work.commit().await?;
    }
    Ok(due)
}

/// Hands a locked attempt in: what the rule can mark is marked, the rest waits for assessors.
///
/// # Errors
/// When the database fails.
pub(super) async fn hand_in(
    work: &mut Work<'_>,
    attempt: exam_attempt::Model,
    by: ExamHandIn,
) -> Result<()> {
    let at = work.call().at;
    let exam = store::exam(work.tx(), attempt.exam_id).await?;
    let mut items = store::items_of(work.tx(), attempt.id).await?;
    mark(work, &exam, &mut items).await?;
    let handed_in_at = match by {
        ExamHandIn::Deadline => attempt.deadline,
        ExamHandIn::Member | ExamHandIn::Closing => at,
    };
    let row = exam_attempt::Model {
        state: ExamAttemptState::HandedIn,
        handed_in_at: Some(handed_in_at),
        handed_in_by: Some(by),
        ..attempt
    };
    let detail = json!({ "by": by, "at": handed_in_at });
    trace(
        work,
        ("exam_attempt", row.id),
        "exam.attempt.hand_in",
        detail,
    );
    settle(work, &exam, row, &items).await
}

/// Marks by rule what it can.
async fn mark(work: &Work<'_>, exam: &exam::Model, items: &mut [exam_item::Model]) -> Result<()> {
    let at = work.call().at;
    let versions = store::versions(work.tx(), items.iter().map(|item| item.version_id)).await?;
    let keys: HashMap<Uuid, Key> = versions
        .into_iter()
        .map(|row| Ok((row.id, serde_json::from_value(row.key)?)))
        .collect::<Result<_>>()?;
    let scoring = Scoring {
        partial: exam.partial_credit,
        penalty_percent: exam.penalty_percent,
    };
    let mut marks = Vec::new();
    for item in items.iter_mut() {
        let key = keys
            .get(&item.version_id)
            .ok_or_else(|| Error::internal("a paper without its question"))?;
        let answer: Option<Answer> = item
            .answer
            .clone()
            .map(serde_json::from_value)
            .transpose()?;
        match grade(key, answer.as_ref(), item.max_points, scoring) {
            Some(points) => {
                item.points = Some(points);
                marks.push(exam_mark::Model {
                    id: new_id(at),
                    item_id: item.id,
                    slot: 0,
                    kind: ExamMarkKind::Rule,
                    assessor_id: None,
                    points,
                    criteria: None,
                    comment: None,
                    created_at: at,
                });
            }
            None => item.awaits = 1,
        }
        store::put_points(work.tx(), item.id, (item.awaits, item.points)).await?;
    }
    store::insert_marks(work.tx(), marks).await
}

/// Adds an attempt up once nothing waits any more, and publishes it where that is due; writes it in any case.
///
/// # Errors
/// When the database fails.
pub(super) async fn settle(
    work: &mut Work<'_>,
    exam: &exam::Model,
    attempt: exam_attempt::Model,
    items: &[exam_item::Model],
) -> Result<()> {
    let at = work.call().at;
    let points: Option<Vec<i64>> = items.iter().map(|item| item.points).collect();
    let Some(points) = points else {
        store::save(work.tx(), attempt, at).await?;
        return Ok(());
    };
    let outcome = outcome(&points, attempt.max_points, exam.pass_percent);
    let row = exam_attempt::Model {
        state: ExamAttemptState::Graded,
        points: Some(outcome.points),
        passed: Some(outcome.passed),
        graded_at: attempt.graded_at.or(Some(at)),
        ..attempt
    };
    if row.published_at.is_some() {
        return follow(work, exam, row).await;
    }
    trace(
        work,
        ("exam_attempt", row.id),
        "exam.attempt.grade",
        json!({}),
    );
    let due = match exam.publication {
        ExamPublication::Graded => true,
        ExamPublication::Closed => exam.state == ExamState::Closed,
        ExamPublication::Manual => false,
    };
    if due {
        publish(work, exam, row).await
    } else {
        store::save(work.tx(), row, at).await?;
        Ok(())
    }
}

/// Publishes a marked attempt that is locked.
///
/// # Errors
/// When the database fails.
pub(super) async fn publish(
    work: &mut Work<'_>,
    exam: &exam::Model,
    attempt: exam_attempt::Model,
) -> Result<()> {
    let row = exam_attempt::Model {
        published_at: Some(work.call().at),
        ..attempt
    };
    trace(
        work,
        ("exam_attempt", row.id),
        "exam.attempt.publish",
        json!({}),
    );
    follow(work, exam, row).await
}

/// What follows from a published result, be it the first or a corrected one: the certificate.
async fn follow(
    work: &mut Work<'_>,
    exam: &exam::Model,
    mut row: exam_attempt::Model,
) -> Result<()> {
    match (row.passed, row.granted_id, exam.certificate_id) {
        (Some(true), None, Some(certificate_id)) => {
            let grant = Grant {
                member_id: row.member_id,
                certificate_id,
                number: format!("{}/{}", exam.code, row.number),
                reason: format!("exam {}", exam.code),
            };
            row.granted_id = Some(certificate_grant(work, &grant).await?);
        }
        (Some(false), Some(granted), _) => {
            let reason = format!("exam {} was marked anew and isn't passed", exam.code);
            certificate_withdraw(work, granted, &reason).await?;
            row.granted_id = None;
        }
        _ => {}
    }
    store::save(work.tx(), row, work.call().at).await?;
    Ok(())
}
