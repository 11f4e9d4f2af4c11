//! Putting an approved version into force (启用规则版本).

use chrono::NaiveDate;
use entity::enums::IncentiveRuleState;
use entity::incentive_rule_version;
use serde_json::json;
use uuid::Uuid;

use super::common::{Step, called, led, look_over, seen, stepped, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, UserErrorCode};
use crate::incentives::definitions::{content_of, store};
use crate::incentives::rules::checking::together;
use crate::incentives::rules::content::RuleContent;
use crate::incentives::rules::life::Action;
use crate::organisation::today;
use crate::work::Work;

/// From when a version gives awards.
#[derive(Clone, Copy, Debug)]
pub struct Activate {
    /// The version.
    pub step: Step,
    /// The first day: periods that begin on it or later are paid by this version.
    pub from: NaiveDate,
}

/// Puts an approved version into force from a day on, which ends the former one on that day, and returns the rule's id.
///
/// # Errors
/// User errors when it doesn't go together with the other rules of its group, when awards of that day are approved already, when a
/// fact that it names is gone, and in another state; where that is switched on, when the viewer wrote in it; refusals of
/// permission, reach and version.
pub async fn version_activate(app: &App, call: &Call, input: Activate) -> Result<Uuid> {
    let permission = Permission::IncentiveRuleActivate;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    // A run that is started or approved at the same time: one of the two waits here.
    work.next("incentive_runs").await?;
    let (rule, before) = seen(&work, permission, input.step).await?;
    let state = led(&work, &before, Action::Activate, None, Some(input.from)).await?;
    let content = content_of(&before)?;
    let mut checks = Checks::default();
    look_over(&work, app, &mut checks, &content).await?;
    fits(&work, &mut checks, &before, &content, input.from).await?;
    checks.done()?;
    let (id, number) = (rule.id, before.number);
    for former in store::versions_of(work.tx(), id).await? {
        let ends = former.active_until.is_none_or(|until| input.from < until);
        // One that was retired holds on its days all the same.
        if former.active_from.is_some() && ends {
            let row = ended(former, input.from, today(call))?;
            store::save(work.tx(), row, call.at).await?;
        }
    }
    let row = incentive_rule_version::Model {
        state,
        active_from: Some(input.from),
        activated_by_name: Some(call.viewer.actor.name.clone()),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    store::save(work.tx(), called(rule, &content), call.at).await?;
    let detail = json!({ "number": number, "from": input.from });
    trace(&mut work, id, "incentive.rule.activate", detail);
    work.commit().await?;
    Ok(id)
}

/// A version that doesn't hold from a day on; it never ends later than it did. One that ends in days to come stays active until then.
pub(super) fn ended(
    row: incentive_rule_version::Model,
    from: NaiveDate,
    today: NaiveDate,
) -> Result<incentive_rule_version::Model> {
    let until = row.active_from.map_or(from, |began| began.max(from));
    let until = row.active_until.map_or(until, |ends| ends.min(until));
    let state = if until <= today && row.state == IncentiveRuleState::Active {
        stepped(row.state, Action::Retire)?
    } else {
        row.state
    };
    Ok(incentive_rule_version::Model {
        state,
        active_until: Some(until),
        ..row
    })
}

/// Does it go together with the rules that are in force on its first day, and with those that wait?
async fn fits(
    work: &Work<'_>,
    checks: &mut Checks,
    row: &incentive_rule_version::Model,
    content: &RuleContent,
    from: NaiveDate,
) -> Result<()> {
    if content.stacking.is_none() {
        return Ok(());
    }
    let mut others = Vec::new();
    for period in store::PERIODS {
        others.extend(store::holding(work.tx(), period, from).await?);
        others.extend(store::waiting_for(work.tx(), period, from).await?);
    }
    let others = others
        .iter()
        .filter(|other| other.rule_id != row.rule_id)
        .map(content_of)
        .collect::<Result<Vec<RuleContent>>>()?;
    let stacked = content.stacking.as_ref().map(|stacking| &stacking.group);
    let same = |other: &&RuleContent| other.stacking.as_ref().map(|one| &one.group) == stacked;
    let mut all: Vec<&RuleContent> = others.iter().filter(same).collect();
    all.push(content);
    for fault in together(&all) {
        checks.add(UserErrorCode::RuleViolated, "input.id", fault.told());
    }
    Ok(())
}
