//! Beginning the next version of a rule, and changing one that isn't approved (起草、修订规则版本).

use entity::enums::IncentiveRuleState;
use entity::{incentive_rule, incentive_rule_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NOTE, Step, actor, authors, called, drafted, led, look_over, seen, trace};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::incentives::definitions::{period_of, store};
use crate::incentives::rules::content::RuleContent;
use crate::incentives::rules::life::Action;
use crate::work::{Once, Work};

/// The next version of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleDraft {
    /// The rule.
    pub id: Uuid,
    /// What it says.
    pub content: RuleContent,
    /// What is new.
    pub note: Option<String>,
}

/// Begins the next version of a rule as a draft and returns the rule's id.
///
/// # Errors
/// User errors about the values, and while another version is on its way; refusals of permission and reach.
pub async fn rule_draft(
    app: &App,
    call: &Call,
    input: &RuleDraft,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "incentiveRuleDraft", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let (tx, viewer) = (work.tx(), &call.viewer);
    let rule = to_change::<incentive_rule::Entity>(tx, viewer, permission, input.id);
    let rule = rule.await?;
    let versions = store::versions_of(work.tx(), rule.id).await?;
    let mut checks = Checks::default();
    let under_way = versions.iter().any(is_under_way);
    checks.ensure(!under_way, UserErrorCode::WrongState, "input.id", || {
        Text::new(
            "Another version of this rule is on its way: revise, activate or retire that one.",
            "该规则已有未生效的版本，请修订、启用或停用该版本。",
        )
    });
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    checks.done()?;
    let number = versions.first().map_or(1, |last| last.number + 1);
    let version = drafted(&work, (rule.id, number), &input.content, note)?;
    let (id, detail) = (
        rule.id,
        json!({ "number": number, "content": version.content }),
    );
    let rule = named_by(&versions, rule, &input.content);
    store::insert(work.tx(), version).await?;
    store::save(work.tx(), rule, call.at).await?;
    trace(&mut work, id, "incentive.rule.draft", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A draft as it is to be.
#[derive(Clone, Debug)]
pub struct VersionRevise {
    /// The version.
    pub step: Step,
    /// What it says.
    pub content: RuleContent,
    /// What is new.
    pub note: Option<String>,
}

/// Changes a version that isn't approved as a whole and returns its rule's id. It is a draft again, and counts as never simulated.
///
/// # Errors
/// User errors about the values, and when it is approved; refusals of permission, reach and version.
pub async fn version_revise(app: &App, call: &Call, input: &VersionRevise) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (rule, before) = seen(&work, permission, input.step).await?;
    let state = led(&work, &before, Action::Edit, None, None).await?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), NOTE);
    look_over(&work, app, &mut checks, &input.content).await?;
    checks.done()?;
    let mut authors = authors(&before)?;
    authors.insert(actor(&work));
    let versions = store::versions_of(work.tx(), rule.id).await?;
    let rule = named_by(&versions, rule, &input.content);
    let id = rule.id;
    let row = incentive_rule_version::Model {
        state,
        period: period_of(input.content.period),
        content: serde_json::to_value(&input.content)?,
        note,
        authors: serde_json::to_value(authors)?,
        simulated_at: None,
        reason: None,
        ..before
    };
    let detail = json!({ "number": row.number, "content": row.content });
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), rule, call.at).await?;
    trace(&mut work, id, "incentive.rule.revise", detail);
    work.commit().await?;
    Ok(id)
}

/// Is it neither in force nor over?
fn is_under_way(row: &incentive_rule_version::Model) -> bool {
    use IncentiveRuleState::{Approved, Draft, Simulated};
    matches!(row.state, Draft | Simulated | Approved)
}

/// A rule is called what a draft says as long as none of its versions was ever in force: who sees only those isn't to see more.
fn named_by(
    versions: &[incentive_rule_version::Model],
    rule: incentive_rule::Model,
    content: &RuleContent,
) -> incentive_rule::Model {
    if versions.iter().any(|one| one.active_from.is_some()) {
        rule
    } else {
        called(rule, content)
    }
}
