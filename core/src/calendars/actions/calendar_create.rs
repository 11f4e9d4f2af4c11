//! Making a calendar with its first version (新增日历).

use entity::calendar;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{NAME, NOTE, leave};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::calendars::rules::Draft;
use crate::calendars::store::{by_code, insert, insert_version, row_of};
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Once, Work};

/// The calendar to make.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarCreate {
    /// Short name for configuration and imports.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it holds.
    pub draft: Draft,
    /// Why it is as it is.
    pub note: Option<String>,
    /// Only look it over and change nothing.
    pub check_only: bool,
}

/// Makes a calendar and returns its id; none when it was only looked over.
///
/// # Errors
/// User errors about names, windows and days; a refusal of permission.
pub async fn calendar_create(
    app: &App,
    call: &Call,
    input: &CalendarCreate,
    idempotency_key: Option<&str>,
) -> Result<Option<Uuid>> {
    call.viewer.require(Permission::CalendarManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "calendarCreate", input).await? {
        return Ok(Some(id));
    }
    let mut checks = Checks::default();
    let code = checks.text("input.code", &input.code, 40);
    checks.ensure(
        is_code(&code) || code.is_empty(),
        UserErrorCode::Invalid,
        "input.code",
        || {
            Text::new(
                "A code has small letters, digits and underscores and begins with a letter, such as cn_office.",
                "编码由小写字母、数字和下划线组成并以字母开头，例如 cn_office。",
            )
        },
    );
    let name = checks.text("input.name", &input.name, NAME);
    let name_zh = checks.text("input.nameZh", &input.name_zh, NAME);
    let note = checks.optional_text("input.note", input.note.as_deref(), NOTE);
    checks.ensure(
        by_code(work.tx(), &code).await?.is_none(),
        UserErrorCode::Taken,
        "input.code",
        || {
            Text::new(
                "There is a calendar with this code; take another one.",
                "该编码已被占用，请更换。",
            )
        },
    );
    let Some(plan) = checks.taken(input.draft.look_over(None)) else {
        return checks.done().map(|()| None);
    };
    checks.done()?;
    if input.check_only {
        return Ok(None);
    }
    let id = new_id(call.at);
    let row = calendar::Model {
        id,
        code: code.clone(),
        name,
        name_zh,
        current: 1,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    if !insert(work.tx(), row).await? {
        let text = Text::new(
            "There is a calendar with this code; take another one.",
            "该编码已被占用，请更换。",
        );
        return Err(crate::error::UserError::new(UserErrorCode::Taken, "input.code", text).into());
    }
    let by = call.viewer.actor.id;
    let version = row_of(&plan, new_id(call.at), id, 1, note, by, call.at)?;
    insert_version(work.tx(), version).await?;
    let detail = json!({ "code": code, "timeZone": plan.zone.name(), "days": plan.days.len() });
    leave(&mut work, id, "calendar.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(Some(id))
}

fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
