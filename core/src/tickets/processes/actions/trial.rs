//! Holding a version against past tickets before it is published.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::{calendar, process_step, process_version};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::calendars;
use crate::calendars::rules::Calendar;
use crate::error::{ApiError, Error, Result};
use crate::tickets::processes::rules::steps::Step;
use crate::tickets::processes::rules::trial::{Outcome, run};
use crate::tickets::processes::store;

/// The most tickets that a trial looks at.
pub const TRIAL_MAX: u64 = 2_000;
/// The calendar by which a trial counts when it names none.
const CALENDAR: &str = "cn_service";

/// Which version on which tickets.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// The version, of whatever state.
    pub version_id: Uuid,
    /// Tickets opened from this day on,
    pub from: NaiveDate,
    /// up to and with this day.
    pub to: NaiveDate,
    /// By which calendar working time counts.
    pub calendar_id: Option<Uuid>,
}

/// What a trial found.
#[derive(Clone, Debug)]
pub struct TrialOutcome {
    /// The version.
    pub version: process_version::Model,
    /// Its steps.
    pub steps: Vec<process_step::Model>,
    /// The calendar by which working time was counted; none when every hour counted.
    pub calendar: Option<calendar::Model>,
    /// What was found.
    pub outcome: Outcome,
}

/// Tells which of the past tickets within the viewer's reach would have been late under a version, and where.
///
/// # Errors
/// `FORBIDDEN`, `NOT_FOUND`; `BAD_INPUT` for days out of order or a calendar that isn't there.
pub async fn trial(app: &App, call: &Call, trial: Trial) -> Result<TrialOutcome> {
    call.viewer.require(Permission::ProcessManage)?;
    if trial.to < trial.from {
        let (en, zh) = ("ends before it begins", "结束日期早于开始日期");
        return Err(ApiError::bad_input("input.to", en, zh).into());
    }
    let connection = app.db.reader();
    let version = find::<process_version::Entity>(
        connection,
        &call.viewer,
        Permission::ProcessManage,
        trial.version_id,
    )
    .await?
    .ok_or_else(ApiError::not_found)?;
    let template = store::template(connection, version.template_id).await?;
    let steps = store::steps(connection, version.id).await?;
    let calendar = calendar_of(app, call, trial.calendar_id).await?;
    let working = match &calendar {
        Some(calendar) => {
            let row = calendars::store::current(connection, calendar.id).await?;
            Some(Calendar::from_version(&row)?)
        }
        None => None,
    };
    let zone = app.config.time_zone();
    let after = trial.to.checked_add_days(Days::new(1)).unwrap_or(trial.to);
    let opened = (midnight(zone, trial.from), midnight(zone, after));
    let past = store::past(connection, &call.viewer, template.kind, opened, TRIAL_MAX).await?;
    let plain: Vec<Step> = steps.iter().map(Step::from).collect();
    let at = call.at;
    // Thousands of stays are counted day by day: nothing for a thread on which others wait.
    let outcome = tokio::task::spawn_blocking(move || {
        run(&plain, &past, at, |from, to| match &working {
            Some(calendar) => calendar.working_seconds(from, to),
            None => (to - from).num_seconds(),
        })
    })
    .await
    .map_err(Error::internal)?;
    Ok(TrialOutcome {
        version,
        steps,
        calendar,
        outcome,
    })
}

async fn calendar_of(app: &App, call: &Call, id: Option<Uuid>) -> Result<Option<calendar::Model>> {
    let connection = app.db.reader();
    let Some(id) = id else {
        return calendars::store::by_code(connection, CALENDAR).await;
    };
    let permission = Permission::CalendarRead;
    let found = find::<calendar::Entity>(connection, &call.viewer, permission, id).await?;
    let missing = || {
        ApiError::bad_input(
            "input.calendarId",
            "there is no such calendar",
            "工作日历不存在",
        )
    };
    Ok(Some(found.ok_or_else(missing)?))
}

/// When a day begins.
fn midnight(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // A few zones skip midnight on one day a year; an hour later there is a time.
    (0..24)
        .find_map(|hours| {
            zone.from_local_datetime(&(midnight + TimeDelta::hours(hours)))
                .earliest()
        })
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}
