//! Adding a version to a calendar; the old ones stay as they were (新增日历版本).

use entity::calendar;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{NOTE, leave};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::calendars::rules::Draft;
use crate::calendars::store::{current, insert_version, plan_of, row_of, save};
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::work::{Once, Work, expect_version};

/// The version to add.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarVersionAdd {
    /// Of which calendar.
    pub id: Uuid,
    /// The calendar's version as it was seen.
    pub expected_version: i32,
    /// What changes against the version that holds now.
    pub draft: Draft,
    /// Why it changes.
    pub note: Option<String>,
    /// Only look it over and change nothing.
    pub check_only: bool,
}

/// Adds a version, which holds from now on, and returns the calendar's id; none when it was only looked over. A version
/// with the content of the present one isn't added.
///
/// # Errors
/// User errors about windows and days; refusals of permission and version.
pub async fn calendar_version_add(
    app: &App,
    call: &Call,
    input: &CalendarVersionAdd,
    idempotency_key: Option<&str>,
) -> Result<Option<Uuid>> {
    let permission = Permission::CalendarManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "calendarVersionAdd", input)
        .await?
    {
        return Ok(Some(id));
    }
    let mut row =
        to_change::<calendar::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    let before = plan_of(&current(work.tx(), row.id).await?)?;
    let mut checks = Checks::default();
    let note = checks.optional_text("input.note", input.note.as_deref(), NOTE);
    let Some(plan) = checks.taken(input.draft.look_over(Some(&before))) else {
        return checks.done().map(|()| None);
    };
    checks.done()?;
    if input.check_only {
        return Ok(None);
    }
    let id = row.id;
    if plan == before {
        return Ok(Some(id));
    }
    row.current += 1;
    let by = call.viewer.actor.id;
    let version = row_of(&plan, new_id(call.at), id, row.current, note, by, call.at)?;
    insert_version(work.tx(), version).await?;
    let detail = json!({
        "code": row.code,
        "version": row.current,
        "timeZone": plan.zone.name(),
        "weekChanged": plan.week != before.week,
        "days": plan.days.len(),
    });
    save(work.tx(), row, call.at).await?;
    leave(&mut work, id, "calendar.version.add", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(Some(id))
}
