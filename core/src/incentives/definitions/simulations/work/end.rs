//! The end of a simulation: its periods are put together, and what was tried counts as simulated (模拟结束).

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::enums::IncentiveSimulationState::Done;
use entity::{incentive_rule_version, incentive_simulation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::conduct::conduct;
use super::hold::number_of;
use super::load::{changed, part, rule_of};
use super::page::aside;
use crate::error::{Error, Result};
use crate::incentives::definitions::actions::stepped;
use crate::incentives::definitions::simulations::actions::trace;
use crate::incentives::definitions::simulations::period::Whole;
use crate::incentives::definitions::simulations::plan::{Plan, digest};
use crate::incentives::definitions::simulations::result::Outcome;
use crate::incentives::definitions::simulations::tally::{Tally, outcome};
use crate::incentives::definitions::{content_of, store};
use crate::incentives::rules::life::Action;
use crate::incentives::rules::rule::Rule;
use crate::metrics::counting::Counter;
use crate::work::Work;

/// What the periods come to together; one of them is in memory at a time.
pub(super) async fn ended(
    connection: &impl ConnectionTrait,
    counter: &Counter,
    (id, plan): (Uuid, &Plan),
    rules: &Arc<Vec<Rule>>,
) -> Result<Outcome> {
    let mut tally = Tally::default();
    for place in 0..plan.spans.len() {
        let whole = store::part_of(connection, id, number_of(place), store::WHOLE).await?;
        let whole = whole.ok_or_else(|| Error::internal("a simulation without a period"))?;
        let added = aside(move || {
            tally.add(serde_json::from_value::<Whole>(whole)?);
            Ok::<Tally, Error>(tally)
        });
        tally = added.await??;
    }
    let conduct = conduct(connection, counter, plan, rules).await?;
    let variants = plan.variants(rule_of(rules));
    let (plan, rules) = (plan.clone(), Arc::clone(rules));
    aside(move || outcome(&plan, &rules, &variants, &tally, &conduct)).await
}

/// Writes what came out, and marks what was tried as simulated.
pub(super) async fn end(
    mut work: Work<'_>,
    (row, plan): (incentive_simulation::Model, Plan),
    outcome: &Outcome,
) -> Result<()> {
    let (id, at) = (row.id, work.call().at);
    tried(&work, &plan, outcome).await?;
    let row = incentive_simulation::Model {
        state: Done,
        cursor: None,
        ended_at: Some(at),
        ..row
    };
    store::drop_parts_of(work.tx(), id).await?;
    let part = part(work.call(), id, (0, store::RESULT), outcome)?;
    store::add_part(work.tx(), part).await?;
    store::save(work.tx(), row, at).await?;
    trace(&mut work, id, "incentive.simulation.end", json!({}));
    work.commit().await
}

/// Marks the candidates as simulated that were evaluated for somebody at all: what met nobody was proved on nothing.
async fn tried(work: &Work<'_>, plan: &Plan, outcome: &Outcome) -> Result<()> {
    let (tx, at) = (work.tx(), work.call().at);
    let met: BTreeSet<Uuid> = outcome
        .rules
        .iter()
        .filter(|rule| rule.cases > 0)
        .map(|rule| rule.version)
        .collect();
    let candidates = store::versions_by_ids(tx, &plan.candidates).await?;
    for rule in candidates.iter().map(|row| row.rule_id) {
        store::locked(tx, rule).await?;
    }
    for version in store::versions_by_ids(tx, &plan.candidates).await? {
        let place = plan.candidates.iter().position(|id| *id == version.id);
        let said = place.and_then(|place| plan.digests.get(place));
        if said != Some(&digest(&content_of(&version)?)?) {
            return Err(changed());
        }
        if !met.contains(&version.id) {
            continue;
        }
        if let Ok(state) = stepped(version.state, Action::Simulate) {
            let version = incentive_rule_version::Model {
                state,
                simulated_at: version.simulated_at.or(Some(at)),
                ..version
            };
            store::save(tx, version, at).await?;
        }
    }
    Ok(())
}
