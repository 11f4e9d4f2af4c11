//! Moving a member to another home on a day: the old home ends and the new one starts (调动).

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::member;
use serde_json::json;
use uuid::Uuid;

use super::placing::{Place, TooMuch, conclude, end, facts, start};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::organisation::rules::{Span, holds_on};
use crate::organisation::store::assignments_of;
use crate::work::{Work, expect_version};

/// Who moves where and when.
#[derive(Clone, Debug)]
pub struct MemberTransfer {
    /// The member.
    pub id: Uuid,
    /// The member's version as it was seen.
    pub expected_version: i32,
    /// First day in the new home.
    pub on: NaiveDate,
    /// The new department.
    pub department_id: Uuid,
    /// The new team.
    pub team_id: Option<Uuid>,
    /// The new position.
    pub position_id: Option<Uuid>,
    /// What the member does there.
    pub role: String,
    /// Share of the working time; that of the old home when nothing is said, or the whole.
    pub percent: Option<i32>,
}

/// Transfers a member and returns its id.
///
/// # Errors
/// User errors about the place, the day and the shares; refusals of permission, reach and version.
pub async fn member_transfer(app: &App, call: &Call, input: &MemberTransfer) -> Result<Uuid> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let member = to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(member.version, input.expected_version)?;
    transfer(&mut work, member, input).await?;
    work.commit().await?;
    Ok(input.id)
}

/// Transfers a member, within an action.
pub(in crate::organisation) async fn transfer(
    work: &mut Work<'_>,
    member: member::Model,
    input: &MemberTransfer,
) -> Result<()> {
    let home = assignments_of(work.tx(), member.id)
        .await?
        .into_iter()
        .find(|row| {
            row.kind == AssignmentKind::Home && holds_on(row.valid_from, row.valid_to, input.on)
        });
    let percent = input
        .percent
        .or(home.as_ref().map(|row| row.percent))
        .unwrap_or(100);
    let planned_end = home.as_ref().and_then(|row| row.valid_to);
    let left = match home {
        None => None,
        Some(row) if row.valid_from == input.on => return Err(starts_that_day(input.on)),
        Some(row) => Some(end(work, row, input.on).await?),
    };
    // A task force may ask for more than the whole; a home that asks for no more than before doesn't add to that.
    let as_before = left.as_ref().is_some_and(|row| percent <= row.percent);
    let place = Place {
        kind: AssignmentKind::Home,
        department_id: Some(input.department_id),
        team_id: input.team_id,
        region_id: None,
        position_id: input.position_id,
        role: &input.role,
        percent,
        // A home that was to end anyway hands its end on, or the new one would run into the one planned after it.
        span: Span {
            from: input.on,
            to: planned_end,
        },
        from_field: "input.on",
        too_much: if as_before {
            TooMuch::Allowed
        } else {
            TooMuch::Refused
        },
    };
    let entered = start(work, &member, &place).await?;
    let detail = json!({
        "ended": left.as_ref().map(facts),
        "started": facts(&entered),
    });
    conclude(work, member, "member.transfer", detail).await
}

fn starts_that_day(day: NaiveDate) -> Error {
    let text = Text::new(
        format!("The home assignment only starts on {day}; take a later day."),
        format!("现有归属于 {day} 才开始，请选择更晚的日期。"),
    );
    UserError::new(UserErrorCode::WrongState, "input.on", text).into()
}
