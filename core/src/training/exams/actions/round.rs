//! The worker's round: hands in what is over time, closes exams whose window is over, publishes what is due.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::enums::ExamAttemptState;
use serde_json::json;
use uuid::Uuid;

use super::exam_close::close;
use super::finish;
use crate::access::{Call, Permission, to_change};
use crate::clock;
use crate::db::Db;
use crate::error::Result;
use crate::training::exams::rules::sitting::SETTLING;
use crate::training::exams::store;
use crate::work::Work;

/// Rows that are read at once.
const BATCH: u64 = 200;

/// Does what is due at a moment; says how much was done. Each is a transaction of its own that locks and looks again, so a
/// round can be cut off and repeated anywhere. One failure is logged, and made up for in the next round.
///
/// # Errors
/// When what is due can't be read.
pub async fn round(db: &Db, zone: Tz, at: DateTime<Utc>) -> Result<usize> {
    let call = call(at, zone);
    let settled = at - SETTLING;
    let mut done = 0;
    loop {
        let due = store::overdue(db.reader(), settled, BATCH).await?;
        let mut handed_in = 0;
        for id in &due {
            handed_in += told(*id, finish::over(db, &call, *id).await);
        }
        done += handed_in;
        if due.len() < usize::try_from(BATCH).unwrap_or(0) || handed_in == 0 {
            break;
        }
    }
    for exam in store::ended(db.reader(), settled).await? {
        if store::running(db.reader(), exam.id).await? == 0 {
            done += told(exam.id, end(db, &call, exam.id).await);
        }
    }
    for id in store::unpublished(db.reader(), BATCH).await? {
        done += told(id, publish(db, &call, id).await);
    }
    Ok(done)
}

fn told(id: Uuid, done: Result<bool>) -> usize {
    match done {
        Ok(done) => usize::from(done),
        Err(error) => {
            tracing::warn!(%id, %error, "an exam couldn't be gone on with");
            0
        }
    }
}

/// Closes an exam whose window is over, unless somebody else has.
async fn end(db: &Db, call: &Call, id: Uuid) -> Result<bool> {
    let mut work = Work::begin(db, call).await?;
    let permission = Permission::ExamManage;
    let exam = to_change::<entity::exam::Entity>(work.tx(), &call.viewer, permission, id).await?;
    if exam.state != entity::enums::ExamState::Active {
        return Ok(false);
    }
    close(&mut work, exam, json!({ "reason": "the window is over" })).await?;
    work.commit().await?;
    Ok(true)
}

async fn publish(db: &Db, call: &Call, id: Uuid) -> Result<bool> {
    let mut work = Work::begin(db, call).await?;
    let attempt = store::attempt_locked(work.tx(), id).await?;
    if attempt.state != ExamAttemptState::Graded || attempt.published_at.is_some() {
        return Ok(false);
    }
    let exam = store::exam(work.tx(), attempt.exam_id).await?;
    finish::publish(&mut work, &exam, attempt).await?;
    work.commit().await?;
    Ok(true)
}

/// The server's own call, on the organisation's day.
fn call(at: DateTime<Utc>, zone: Tz) -> Call {
    Call::system(at, "exams").on(clock::day(at, zone))
}
