//! The worker's round: tells when a goal leaves its course or is back on it, and closes goals after their deadline.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::GoalAlertKind;
use entity::{goal, goal_alert};

use super::common::{shown_alert, trace};
use super::look::course_on;
use crate::access::Call;
use crate::clock;
use crate::db::{Db, new_id};
use crate::error::Result;
use crate::metrics::counting::Counter;
use crate::metrics::goals::rules::life::{Step, alert, next};
use crate::metrics::goals::rules::{Course, Verdict};
use crate::metrics::goals::store;
use crate::work::Work;

/// Goals that are read at once.
const BATCH: u64 = 100;
/// How long after its last day a goal is closed: what happened late that day is counted by then.
const GRACE: TimeDelta = TimeDelta::hours(2);

/// Looks at every goal that is pursued. Each is a transaction of its own that changes the goal only if it is still what was
/// looked at, so a round can be cut off and repeated anywhere, and nothing is told twice. Says how many were changed.
///
/// # Errors
/// When the goals can't be read. One goal's failure is logged, and made up for in the next round.
pub async fn round(db: &Db, counter: &Counter, at: DateTime<Utc>) -> Result<usize> {
    let today = clock::day(at, counter.zone);
    let closing = clock::day(at - GRACE, counter.zone);
    let mut changed = 0;
    let mut after = None;
    loop {
        let goals = store::active(db.reader(), after, BATCH).await?;
        let Some(last) = goals.last() else {
            return Ok(changed);
        };
        after = Some(last.id);
        for row in goals {
            let id = row.id;
            match one(db, counter, row, (today, closing), at).await {
                Ok(done) => changed += usize::from(done),
                Err(error) => tracing::warn!(goal = %id, %error, "a goal couldn't be looked at"),
            }
        }
    }
}

async fn one(
    db: &Db,
    counter: &Counter,
    row: goal::Model,
    (today, closing): (NaiveDate, NaiveDate),
    at: DateTime<Utc>,
) -> Result<bool> {
    let over = row.until_day <= closing;
    if !over && row.until_day <= today {
        return Ok(false);
    }
    let course = course_on(db, counter, &row, today).await?;
    if over {
        return close(db, row, course, at).await;
    }
    let Some(course) = course else {
        return Ok(false);
    };
    let Some(kind) = alert(row.off_course_since.is_some(), course.verdict) else {
        return Ok(false);
    };
    let now = goal::Model {
        off_course_since: (kind == GoalAlertKind::OffCourse).then_some(at),
        ..row
    };
    write(db, now, kind, Some(course), at).await
}

/// Closes a goal with its final figure. One whose metric is gone, or of which nothing was counted, wasn't shown to be
/// reached.
async fn close(
    db: &Db,
    row: goal::Model,
    course: Option<Course>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let reached = course.is_some_and(|course| course.verdict == Verdict::Reached);
    let (step, kind) = if reached {
        (Step::Achieve, GoalAlertKind::Achieved)
    } else {
        (Step::Miss, GoalAlertKind::Missed)
    };
    let Some(state) = next(row.state, step) else {
        return Ok(false);
    };
    let result = course.and_then(|course| course.value);
    let now = goal::Model {
        state,
        closed_at: Some(at),
        result: result.map(|value| value.0),
        off_course_since: None,
        ..row
    };
    write(db, now, kind, course, at).await
}

/// Writes goal, alert, audit entry and event together, if nobody else has changed the goal meanwhile.
async fn write(
    db: &Db,
    now: goal::Model,
    kind: GoalAlertKind,
    course: Option<Course>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let call = Call::system(at, "goals");
    let mut work = Work::begin(db, &call).await?;
    let Some(saved) = store::save_if_same(work.tx(), now, at).await? else {
        return Ok(false);
    };
    let forecast = course.and_then(|course| course.forecast);
    let told = goal_alert::Model {
        id: new_id(at),
        goal_id: saved.id,
        kind,
        value: course.and_then(|course| course.value).map(|value| value.0),
        forecast: forecast.map(|forecast| forecast.value.0),
        forecast_low: forecast.map(|forecast| forecast.low.0),
        forecast_high: forecast.map(|forecast| forecast.high.0),
        chance: forecast.map(|forecast| forecast.chance),
        raised_at: at,
    };
    let detail = shown_alert(&told);
    store::insert_alert(work.tx(), told).await?;
    let action = match kind {
        GoalAlertKind::OffCourse => "goal.off_course",
        GoalAlertKind::BackOnCourse => "goal.back_on_course",
        GoalAlertKind::Achieved => "goal.achieve",
        GoalAlertKind::Missed => "goal.miss",
    };
    trace(&mut work, saved.id, action, detail);
    work.commit().await?;
    Ok(true)
}
