//! Conferring an honour by hand (授予荣誉).

use chrono::NaiveDate;
use entity::enums::{HonourKind, HonourSource};
use entity::{honour, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, TITLE, of_honour};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::honours::store;
use crate::organisation::{holds_on, today};
use crate::work::{Once, Work};

/// An honour to confer.
#[derive(Clone, Debug, Serialize)]
pub struct Confer {
    /// On whom.
    pub member_id: Uuid,
    /// A title or a commendation.
    pub kind: HonourKind,
    /// What it is called.
    pub title: String,
    /// 中文称号.
    pub title_zh: String,
    /// What it is given for.
    pub citation: String,
    /// 中文颁奖词.
    pub citation_zh: String,
    /// The first day on which it is no longer held; it lasts when none.
    pub until: Option<NaiveDate>,
}

/// Confers an honour on a member within reach, from today on, and returns its id.
///
/// # Errors
/// User errors about the values, for oneself and for whoever has left; refusals of permission and reach.
pub async fn confer(
    app: &App,
    call: &Call,
    input: &Confer,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::HonourConfer;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "honourConfer", input).await? {
        return Ok(id);
    }
    let member =
        to_change::<member::Entity>(work.tx(), &call.viewer, permission, input.member_id).await?;
    let day = today(call);
    let mut checks = Checks::default();
    checks.ensure(
        call.viewer.standing.member_id != Some(member.id),
        UserErrorCode::RuleViolated,
        "input.memberId",
        || Text::new("Nobody honours themselves.", "不能授予本人。"),
    );
    checks.ensure(
        holds_on(member.joined_on, member.left_on, day),
        UserErrorCode::RuleViolated,
        "input.memberId",
        || Text::new("This member doesn't work here today.", "该成员当前不在职。"),
    );
    checks.ensure(
        matches!(input.kind, HonourKind::Title | HonourKind::Commendation),
        UserErrorCode::Invalid,
        "input.kind",
        || {
            Text::new(
                "Titles and commendations are conferred; stars and prizes come from appraisals and contests.",
                "仅可授予称号和嘉奖；之星与竞赛奖来自考核和竞赛。",
            )
        },
    );
    checks.ensure(
        input.until.is_none_or(|until| until > day),
        UserErrorCode::Invalid,
        "input.until",
        || {
            Text::new(
                "It is held until tomorrow at least.",
                "截止日期须晚于今天。",
            )
        },
    );
    let row = honour::Model {
        id: new_id(call.at),
        kind: input.kind,
        member_id: member.id,
        title: checks.text("input.title", &input.title, TITLE),
        title_zh: checks.text("input.titleZh", &input.title_zh, TITLE),
        citation: checks.body("input.citation", &input.citation, BODY),
        citation_zh: checks.body("input.citationZh", &input.citation_zh, BODY),
        given_on: day,
        until: input.until,
        source: HonourSource::Conferred,
        source_id: None,
        given_by: call.viewer.actor.id,
        given_by_name: Some(call.viewer.actor.name.clone()),
        revoked_on: None,
        revoke_reason: None,
        revoked_by: None,
        revoked_by_name: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    checks.done()?;
    let id = row.id;
    let detail = json!({ "member": row.member_id, "kind": row.kind, "title": row.title });
    store::insert(work.tx(), row).await?;
    of_honour(&mut work, id, "incentive.honour.confer", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
