//! Taking note of a rule (确认已阅).

use entity::{rule_acknowledgement, team_rule};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::db::new_id;
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::organisation::today;
use crate::teamwork::RULE_CHANGED;
use crate::teamwork::charter::scope::circle_of_rule;
use crate::teamwork::charter::store;
use crate::teamwork::common::{me, trace, wrong_state};
use crate::work::{Work, expect_version};

/// Takes note of the latest text of a rule that holds for oneself, and returns the rule's id. Once more does nothing.
///
/// # Errors
/// User errors when it doesn't hold for this member; refusals of permission and version.
pub async fn acknowledge(app: &App, call: &Call, id: Uuid, expected_version: i32) -> Result<Uuid> {
    let me = me(call, Permission::TeamRuleVote)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (viewer, read) = (&call.viewer, Permission::TeamRuleRead);
    let seen = find::<team_rule::Entity>(work.tx(), viewer, read, id).await?;
    seen.ok_or_else(ApiError::not_found)?;
    // One takes note of what one has read: no other text comes in between.
    let rule = store::lock_rule(work.tx(), id).await?;
    let rule = rule.ok_or_else(ApiError::not_found)?;
    expect_version(rule.version, expected_version)?;
    if rule.repealed_from.is_some_and(|from| from <= today(call)) {
        return Err(wrong_state("input.id", "This rule is repealed.", "该规则已废止。").into());
    }
    if !circle_of_rule(&rule).has(&viewer.standing) {
        let text = Text::new(
            "This rule doesn't hold for you: there is nothing to take note of.",
            "该规则不适用于您，无需确认。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    let versions = store::versions_of(work.tx(), rule.id).await?;
    let version = versions
        .into_iter()
        .find(|version| version.number == rule.current)
        .ok_or_else(|| Error::internal("a rule without its latest version"))?;
    let row = rule_acknowledgement::Model {
        id: new_id(call.at),
        version_id: version.id,
        member_id: me,
        at: call.at,
    };
    if !store::insert_note(work.tx(), row).await? {
        return Ok(id);
    }
    let detail = json!({ "number": version.number });
    let what = (RULE_CHANGED, "team_rule");
    trace(&mut work, what, id, "rule.acknowledge", detail);
    work.commit().await?;
    Ok(id)
}
