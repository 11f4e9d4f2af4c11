//! Making a rule (新建激励规则).

use entity::enums::{IncentiveKind, IncentiveMethod, IncentivePeriod};
use entity::incentive_rule;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, called, coded, drafted, look_over, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::definitions::store;
use crate::incentives::rules::content::RuleContent;
use crate::work::{Once, Work};

/// A rule to make.
#[derive(Clone, Debug, Serialize)]
pub struct RuleCreate {
    /// Short code, unique; it stays.
    pub code: String,
    /// What its first draft says.
    pub content: RuleContent,
    /// What is to be said about it.
    pub note: Option<String>,
}

/// Makes a rule with its first draft and returns its id.
///
/// # Errors
/// User errors about the values, every one with its place; refusal of permission.
pub async fn rule_create(
    app: &App,
    call: &Call,
    input: &RuleCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentiveRuleWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "incentiveRuleCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let code = coded(&mut checks, "input.code", &input.code);
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    let taken = store::is_taken(work.tx(), &code).await?;
    checks.ensure(!taken, UserErrorCode::Taken, "input.code", || {
        Text::new(
            "There is a rule with this code already; take another code.",
            "该编码的规则已存在，请更换编码。",
        )
    });
    checks.done()?;
    let blank = incentive_rule::Model {
        id: new_id(call.at),
        code,
        name: String::new(),
        name_zh: String::new(),
        kind: IncentiveKind::Bonus,
        method: IncentiveMethod::Goal,
        period: IncentivePeriod::Month,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let row = called(blank, &input.content);
    let id = row.id;
    let version = drafted(&work, (id, 1), &input.content, note)?;
    let detail = json!({ "code": row.code, "content": version.content });
    store::insert(work.tx(), row).await?;
    store::insert(work.tx(), version).await?;
    trace(&mut work, id, "incentive.rule.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
