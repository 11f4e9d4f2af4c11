//! Asking for leave (申请请假).

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{LeaveKind, LeaveState};
use entity::{leave, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, leave_trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::rules::holds_on;
use crate::organisation::workforce::rules::leave::in_the_way;
use crate::organisation::workforce::store::{insert, leaves_of};
use crate::work::{Once, Work};

/// How long leave can be at most.
const LONGEST: TimeDelta = TimeDelta::days(366);
/// How long afterwards leave can be asked for: whoever falls ill writes later.
const AFTERWARDS: TimeDelta = TimeDelta::days(31);

/// The leave to ask for.
#[derive(Clone, Debug, Serialize)]
pub struct LeaveRequest {
    /// For whom; oneself when nobody is named.
    pub member_id: Option<Uuid>,
    /// Why.
    pub kind: LeaveKind,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
    /// In the member's words.
    pub reason: Option<String>,
}

/// Asks for leave and returns its id.
///
/// # Errors
/// User errors about the times; refusals of permission and reach.
pub async fn leave_request(
    app: &App,
    call: &Call,
    input: &LeaveRequest,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::LeaveRequest;
    call.viewer.require(permission)?;
    let Some(member_id) = input.member_id.or(call.viewer.standing.member_id) else {
        let text = Text::new(
            "Your account is no member's: name the member who is to be away.",
            "您的账号未关联成员，请指定请假成员。",
        );
        return Err(UserError::new(UserErrorCode::Blank, "input.memberId", text).into());
    };
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "leaveRequest", input).await? {
        return Ok(id);
    }
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, member_id).await?;
    let reason = look_over(&work, &member, input).await?;
    let row = leave::Model {
        id: new_id(call.at),
        member_id,
        kind: input.kind,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        state: LeaveState::Requested,
        reason,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision_note: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "leave": id, "from": row.starts_at, "to": row.ends_at });
    insert(work.tx(), row).await?;
    leave_trace(&mut work, member_id, "leave.request", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

async fn look_over(
    work: &Work<'_>,
    member: &member::Model,
    input: &LeaveRequest,
) -> Result<Option<String>> {
    let at = work.call().at;
    let mut checks = Checks::default();
    let reason = checks.optional_body("input.reason", input.reason.as_deref(), NOTE);
    checks.ensure(
        input.ends_at > input.starts_at && input.ends_at - input.starts_at <= LONGEST,
        UserErrorCode::Invalid,
        "input.endsAt",
        || {
            Text::new(
                format!(
                    "Leave ends after it starts, and lasts at most {} days.",
                    LONGEST.num_days()
                ),
                format!("结束时间须晚于开始时间，且最长 {} 天。", LONGEST.num_days()),
            )
        },
    );
    checks.ensure(
        input.starts_at >= at - AFTERWARDS,
        UserErrorCode::RuleViolated,
        "input.startsAt",
        || {
            Text::new(
                format!(
                    "Leave can be asked for at most {} days afterwards.",
                    AFTERWARDS.num_days()
                ),
                format!("补假最多可补 {} 天内的。", AFTERWARDS.num_days()),
            )
        },
    );
    checks.ensure(
        holds_on(
            member.joined_on,
            member.left_on,
            input.starts_at.date_naive(),
        ),
        UserErrorCode::RuleViolated,
        "input.startsAt",
        || {
            Text::new(
                "The member doesn't work here on that day.",
                "该成员当日不在职。",
            )
        },
    );
    let others = leaves_of(work.tx(), member.id, input.starts_at).await?;
    let states = [LeaveState::Requested, LeaveState::Approved];
    if let Some(other) = in_the_way(input.starts_at, input.ends_at, &states, &others) {
        checks.add(
            UserErrorCode::RuleViolated,
            "input.startsAt",
            overlap(other),
        );
    }
    checks.done()?;
    Ok(reason)
}

/// That other leave is in the way, and when it is.
pub(super) fn overlap(other: &leave::Model) -> Text {
    let shown = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%MZ").to_string();
    let (from, to) = (shown(other.starts_at), shown(other.ends_at));
    if other.state == LeaveState::Approved {
        Text::new(
            format!(
                "The member is away from {from} to {to} already: take other times, or take that leave back first."
            ),
            format!("该成员在 {from} 至 {to} 已获准请假，请更换时间或先撤销该请假。"),
        )
    } else {
        Text::new(
            format!(
                "Leave from {from} to {to} waits for a decision already: take other times, or take that request back first."
            ),
            format!("{from} 至 {to} 的请假正在等待审批，请更换时间或先撤销该申请。"),
        )
    }
}
