//! Setting by which calendars members work, from a day on: a whole rota at once (排班).

use chrono::NaiveDate;
use entity::{calendar, member, member_shift};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{days, leave_trace, place};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Error, ErrorCode, Result, Text, UserError, UserErrorCode};
use crate::organisation::rules::Span;
use crate::organisation::workforce::store::{insert, pick, save, shifts_of, spans};
use crate::work::{Once, Work};

/// The most rows of one rota.
pub const MOST_ROWS: usize = 50;

/// One row of a rota: who works by which calendar on which days.
#[derive(Clone, Debug, Serialize)]
pub struct ShiftRow {
    /// Who.
    pub member_id: Uuid,
    /// By which calendar.
    pub calendar_id: Uuid,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day on which it no longer holds.
    pub valid_to: Option<NaiveDate>,
}

/// What became of a row: the shift's id, or the mistakes that keep it from being set.
pub type ShiftResult = Result<Uuid, Vec<UserError>>;

/// Sets shifts, each of which ends the member's former one, in the order of the rows. Each row is done by itself: the
/// mistakes of one don't keep the others from being set.
///
/// # Errors
/// User errors about the whole; refusals of permission.
pub async fn member_shift_set(
    app: &App,
    call: &Call,
    rows: &[ShiftRow],
    idempotency_key: Option<&str>,
) -> Result<Vec<ShiftResult>> {
    call.viewer.require(Permission::ShiftWrite)?;
    let mut checks = Checks::default();
    checks.ensure(
        (1..=MOST_ROWS).contains(&rows.len()),
        UserErrorCode::Invalid,
        "input.rows",
        || {
            Text::new(
                format!("Give 1 to {MOST_ROWS} rows; these are {}.", rows.len()),
                format!("请给出 1 到 {MOST_ROWS} 行，现为 {} 行。", rows.len()),
            )
        },
    );
    checks.done()?;
    let mut results = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        // Each row has a key of its own, so that a repetition does what the first attempt didn't get to.
        let key = idempotency_key.map(|key| format!("{key}#{index}"));
        let field = format!("input.rows.{index}");
        results.push(match set(app, call, row, &field, key.as_deref()).await {
            Ok(id) => Ok(id),
            Err(Error::User(mistakes)) => Err(mistakes),
            Err(Error::Api(refusal)) => Err(vec![out_of_reach(&refusal, &field)?]),
            Err(error) => return Err(error),
        });
    }
    Ok(results)
}

/// A member who can't be seen or changed is a mistake of that row alone.
fn out_of_reach(refusal: &crate::error::ApiError, field: &str) -> Result<UserError> {
    let code = match refusal.code {
        ErrorCode::NotFound => UserErrorCode::NotFound,
        ErrorCode::Forbidden => UserErrorCode::RuleViolated,
        _ => return Err(refusal.clone().into()),
    };
    let field = format!("{field}.memberId");
    Ok(UserError::new(code, &field, refusal.text.clone()))
}

async fn set(
    app: &App,
    call: &Call,
    input: &ShiftRow,
    field: &str,
    key: Option<&str>,
) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(key, "memberShiftSet", input).await? {
        return Ok(id);
    }
    let viewer = &call.viewer;
    let permission = Permission::ShiftWrite;
    let member =
        to_change::<member::Entity>(work.tx(), viewer, permission, input.member_id).await?;
    let mut checks = Checks::default();
    let calendar = find::<calendar::Entity>(
        work.tx(),
        viewer,
        Permission::CalendarRead,
        input.calendar_id,
    );
    checks.found(&format!("{field}.calendarId"), calendar.await?);
    let span = Span {
        from: input.valid_from,
        to: input.valid_to,
    };
    let (from_field, to_field) = (format!("{field}.validFrom"), format!("{field}.validTo"));
    days(&mut checks, call, &member, span, (&from_field, &to_field));
    let others = shifts_of(work.tx(), member.id).await?;
    let plan = place(checks, span, &spans(&others), &to_field)?;
    let former = pick(&others, plan.ends.or(plan.rewrites));
    if let Some(mut ended) = pick(&others, plan.ends) {
        ended.valid_to = Some(span.from);
        save(work.tx(), ended, call.at).await?;
    }
    let id = match pick(&others, plan.rewrites) {
        Some(mut row) => {
            (row.calendar_id, row.valid_to) = (input.calendar_id, plan.to);
            save(work.tx(), row, call.at).await?.id
        }
        None => {
            let row = member_shift::Model {
                id: new_id(call.at),
                member_id: member.id,
                calendar_id: input.calendar_id,
                valid_from: span.from,
                valid_to: plan.to,
                version: 1,
                created_at: call.at,
                updated_at: call.at,
            };
            let id = row.id;
            insert(work.tx(), row).await?;
            id
        }
    };
    let detail = json!({
        "shift": id,
        "calendar": input.calendar_id,
        "calendarBefore": former.map(|row| row.calendar_id),
        "from": span.from,
        "to": plan.to,
    });
    leave_trace(&mut work, member.id, "member.shift.set", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
