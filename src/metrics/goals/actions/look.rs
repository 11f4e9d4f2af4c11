//! How a goal stands, from the figures of the register.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use entity::enums::GoalState;
use entity::goal;

use crate::clock;
use crate::db::Db;
use crate::decimal::{Decimal, SCALE};
use crate::error::Result;
use crate::metrics::goals::rules::{self, Aim, Course, Needed, Verdict, WINDOW};
use crate::metrics::goals::{Population, figures};

/// How a goal stands on a day; none when its metric isn't used any more, or its days can't be told. One that was closed
/// stands as it was closed, and one that was given up as on that day.
///
/// # Errors
/// When the database fails.
pub async fn look(
    db: &Db,
    row: &goal::Model,
    today: NaiveDate,
    zone: Tz,
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
    let ended = |at: Option<DateTime<Utc>>| at.map_or(today, |at| clock::day(at, zone));
    let day = match row.state {
        GoalState::Achieved => return Ok(Some((closed(Verdict::Reached), last))),
        GoalState::Missed => return Ok(Some((closed(Verdict::Missed), last))),
        GoalState::Cancelled => ended(row.closed_at),
        GoalState::Draft | GoalState::Active => today,
    };
    let course = course_on(db, row, day).await?;
    Ok(course.map(|course| (course, day.min(last))))
}

/// How a goal stands by the figures up to a day.
///
/// # Errors
/// When the database fails.
pub(super) async fn course_on(
    db: &Db,
    row: &goal::Model,
    day: NaiveDate,
) -> Result<Option<Course>> {
    let connection = db.reader();
    let Some(population) = Population::of(row) else {
        return Ok(None);
    };
    let Some(measure) = figures::measure(connection, &row.metric_key).await? else {
        return Ok(None);
    };
    let learnt = day.checked_sub_days(Days::new(WINDOW)).unwrap_or(day);
    let from = row.from_day.min(learnt);
    // Today is looked at too, though it isn't over.
    let until = row.until_day.min(day.succ_opt().unwrap_or(day));
    let days = figures::days(connection, &measure, population, from, until).await?;
    Ok(days.map(|days| {
        let aim = Aim {
            bound: row.bound,
            target: Decimal(row.target),
            from: row.from_day,
            until: row.until_day,
        };
        rules::course(&aim, &days, day)
    }))
}
