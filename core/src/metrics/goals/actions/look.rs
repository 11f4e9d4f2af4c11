//! How goals stand, from the figures of the register: all goals of a list in a fixed number of statements.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::enums::GoalState;
use entity::goal;
use uuid::Uuid;

use crate::access::Viewer;
use crate::clock;
use crate::db::Db;
use crate::decimal::{Decimal, SCALE};
use crate::error::Result;
use crate::metrics::counting::Counter;
use crate::metrics::goals::Population;
use crate::metrics::goals::figures::{self, Figures};
use crate::metrics::goals::rules::{self, Aim, Course, Needed, Verdict, WINDOW};
use crate::metrics::rules::period::Period;

/// How a goal stands, for somebody who looks at it.
#[derive(Clone, Debug)]
pub struct Look {
    /// Its course, with the last day that was looked at; none when its metric isn't used any more. One that was closed
    /// stands as it was closed, and one that was given up as on that day.
    pub course: Option<(Course, NaiveDate)>,
    /// May the viewer have its figures, or only whether it is on course?
    pub shown: bool,
}

/// How these goals stand, for this viewer.
///
/// # Errors
/// When the database fails.
pub async fn look(
    db: &Db,
    counter: &Counter,
    viewer: &Viewer,
    goals: &[goal::Model],
    today: NaiveDate,
) -> Result<HashMap<Uuid, Look>> {
    let connection = db.reader();
    let metrics = figures::metrics(connection, &counter.sources, goals).await?;
    let asked: Vec<_> = goals
        .iter()
        .map(|row| (row, period_of(row, day_of(row, counter, today))))
        .collect();
    let read = figures::read(connection, &metrics, &asked).await?;
    let there: Vec<&Figures<'_>> = read.iter().flatten().collect();
    let mut shown = figures::shown_to(connection, viewer, &there)
        .await?
        .into_iter();
    let looks = goals.iter().zip(&read).map(|(row, figures)| {
        let day = day_of(row, counter, today);
        let last = row.until_day.pred_opt().unwrap_or(row.until_day);
        let course = match row.state {
            GoalState::Achieved => Some((closed(row, Verdict::Reached), last)),
            GoalState::Missed => Some((closed(row, Verdict::Missed), last)),
            GoalState::Cancelled | GoalState::Draft | GoalState::Active => figures
                .as_ref()
                .map(|figures| (course(row, figures, day), day.min(last))),
        };
        // Where the metric is gone, nobody can tell any more how many people are behind its figures.
        let shown = match figures {
            Some(_) => shown.next().unwrap_or(false),
            None => Population::of(row) == Some(Population::Company),
        };
        (row.id, Look { course, shown })
    });
    Ok(looks.collect())
}

/// How a goal stands by the figures up to a day; none when its metric isn't used any more.
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
    let metrics = figures::metrics(connection, &counter.sources, [row]).await?;
    let read = figures::read(connection, &metrics, &[(row, period_of(row, day))]).await?;
    let figures = read.into_iter().next().flatten();
    Ok(figures.map(|figures| course(row, &figures, day)))
}

/// The day by which a goal is judged: today, or the one on which it was given up.
fn day_of(row: &goal::Model, counter: &Counter, today: NaiveDate) -> NaiveDate {
    let ended = |at: Option<DateTime<Utc>>| at.map_or(today, |at| clock::day(at, counter.zone));
    match row.state {
        GoalState::Cancelled => ended(row.closed_at),
        GoalState::Achieved | GoalState::Missed | GoalState::Draft | GoalState::Active => today,
    }
}

/// The days that a goal's course is judged by: its own up to the day, and those that a forecast learns from.
fn period_of(row: &goal::Model, day: NaiveDate) -> Period {
    let learnt = day.checked_sub_days(Days::new(WINDOW)).unwrap_or(day);
    let from = row.from_day.min(learnt);
    // Today is looked at too, though it isn't over.
    let to = row.until_day.min(day.succ_opt().unwrap_or(day));
    Period {
        from,
        to: to.max(from),
    }
}

fn course(row: &goal::Model, figures: &Figures<'_>, day: NaiveDate) -> Course {
    let days = figures.days(period_of(row, day), row.from_day);
    let aim = Aim {
        bound: row.bound,
        target: Decimal(row.target),
        from: row.from_day,
        until: row.until_day,
    };
    rules::course(&aim, &days, day)
}

/// A goal that has ended, as it ended.
fn closed(row: &goal::Model, verdict: Verdict) -> Course {
    Course {
        value: row.result.map(Decimal),
        time_passed: Decimal(100 * SCALE),
        days_left: 0,
        needed: Needed::default(),
        forecast: None,
        verdict,
    }
}
