//! Ending an assignment on a day (结束任职).

use chrono::NaiveDate;
use entity::{assignment, member};
use serde_json::json;
use uuid::Uuid;

use super::placing::{conclude, end, facts, not_before_today};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// Which assignment ends when.
#[derive(Clone, Debug)]
pub struct AssignmentEnd {
    /// The assignment.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// First day on which it no longer holds.
    pub valid_to: NaiveDate,
}

/// Ends an assignment and returns its id.
///
/// # Errors
/// User errors about the day; refusals of permission, reach and version.
pub async fn assignment_end(app: &App, call: &Call, input: &AssignmentEnd) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let seen =
        to_change::<assignment::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, seen.member_id).await?;
    expect_version(seen.version, input.expected_version)?;
    let mut checks = Checks::default();
    not_before_today(&mut checks, call, "input.validTo", input.valid_to);
    checks.ensure(
        input.valid_to > seen.valid_from,
        UserErrorCode::Invalid,
        "input.validTo",
        || {
            Text::new(
                "The end is the first day on which it no longer holds, so it comes after the start.",
                "结束日期为不再有效的第一天，须晚于开始日期。",
            )
        },
    );
    let over = seen.valid_to.is_some_and(|end| end <= today(call));
    checks.ensure(!over, UserErrorCode::WrongState, "input.id", || {
        Text::new("This assignment is over already.", "该任职已经结束。")
    });
    // Giving it a later end could collide with what was planned after it; a new assignment says that instead.
    let later = seen.valid_to.is_some_and(|end| input.valid_to > end);
    checks.ensure(!later, UserErrorCode::RuleViolated, "input.validTo", || {
        Text::new(
            "It ends earlier than that already; start a further assignment instead.",
            "该任职已在更早日期结束，请另外新增任职。",
        )
    });
    checks.done()?;
    let before = seen.valid_to;
    let row = end(&work, seen, input.valid_to).await?;
    let detail = json!({ "ended": facts(&row), "endBefore": before });
    conclude(&mut work, member, "assignment.end", detail).await?;
    work.commit().await?;
    Ok(row.id)
}
