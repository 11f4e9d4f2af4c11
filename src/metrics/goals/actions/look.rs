//! How a goal stands, from the figures of the register.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::enums::GoalState;
use entity::goal;

use crate::access::Viewer;
use crate::clock;
use crate::db::Db;
use crate::decimal::{Decimal, SCALE};
use crate::error::Result;
use crate::metrics::counting::Counter;
use crate::metrics::goals::rules::{self, Aim, Course, Needed, Verdict, WINDOW};
use crate::metrics::goals::{Population, figures};
use crate::metrics::rules::period::Period;

/// How a goal stands on a day, with the last day that was looked at; none when its metric isn't used any more. One that was
/// closed stands as it was closed, and one that was given up as on that day.
///
/// # Errors
/// When the database fails.
pub async fn look(
    db: &Db,
    counter: &Counter,
    row: &goal::Model,
    today: NaiveDate,
) -> Result<Option<(Course, NaiveDate)>> {
    let last = row.until_day.pred_opt().unwrap_or(row.until_day);
    let closed = |verdict| Course {
        value: row.result.map(Decimal),
        time_passed: Decimal(100 * SCALE),
        days_left: 0,
        needed: Needed::default(),
        forecast: None,
        verdict,
    };
    let ended = |at: Option<DateTime<Utc>>| at.map_or(today, |at| clock::day(at, counter.zone));
    let day = match row.state {
        GoalState::Achieved => return Ok(Some((closed(Verdict::Reached), last))),
        GoalState::Missed => return Ok(Some((closed(Verdict::Missed), last))),
        GoalState::Cancelled => ended(row.closed_at),
        GoalState::Draft | GoalState::Active => today,
    };
    let course = course_on(db, counter, row, day).await?;
    Ok(course.map(|course| (course, day.min(last))))
}

/// May the viewer have a goal's figures, or only whether it is on course?
///
/// # Errors
/// When the database fails.
pub async fn may_see_figures(
    db: &Db,
    counter: &Counter,
    viewer: &Viewer,
    row: &goal::Model,
) -> Result<bool> {
    let connection = db.reader();
    let Some(population) = Population::of(row) else {
        return Ok(false);
    };
    let found = figures::metric(connection, &counter.sources, &row.metric_key).await?;
    let Some(metric) = found else {
        // Nobody can tell any more how many people are behind its figures.
        return Ok(population == Population::Company);
    };
    let period = Period {
        from: row.from_day,
        to: row.until_day,
    };
    figures::shown_to(connection, viewer, &metric, population, period).await
}

/// How a goal stands by the figures up to a day.
///
/// # Errors
/// When the database fails.
pub(super) async fn course_on(
    db: &Db,
    counter: &Counter,
    row: &goal::Model,
    day: NaiveDate,
) -> Result<Option<Course>> {
    let connection = db.reader();
    let Some(population) = Population::of(row) else {
        return Ok(None);
    };
    let found = figures::metric(connection, &counter.sources, &row.metric_key).await?;
    let Some(metric) = found else {
        return Ok(None);
    };
    let learnt = day.checked_sub_days(Days::new(WINDOW)).unwrap_or(day);
    let from = row.from_day.min(learnt);
    // Today is looked at too, though it isn't over.
    let to = row.until_day.min(day.succ_opt().unwrap_or(day));
    let period = Period {
        from,
        to: to.max(from),
    };
    let days = figures::days(connection, &metric, population, period, row.from_day).await?;
    let aim = Aim {
        bound: row.bound,
        target: Decimal(row.target),
        from: row.from_day,
        until: row.until_day,
    };
    Ok(Some(rules::course(&aim, &days, day)))
}
