//! What a simulation evaluates, as it was when it was asked for (模拟规则的读取).

use std::collections::BTreeMap;

use entity::incentive_simulation_part;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Call;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::incentives::definitions::simulations::plan::{self, Plan};
use crate::incentives::definitions::versions;
use crate::incentives::gather;
use crate::incentives::rules::rule::Rule;
use crate::metrics::counting::Counter;

/// Everything that is evaluated, in the order of the slots.
pub(super) async fn loaded(
    connection: &impl ConnectionTrait,
    counter: &Counter,
    plan: &Plan,
) -> Result<Vec<Rule>> {
    let slots = plan.slots();
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.version).collect();
    let catalogue = gather::catalogue(connection, &counter.sources).await?;
    let rules = versions(connection, &catalogue, &ids).await?;
    let by_id: BTreeMap<Uuid, Rule> = rules
        .into_iter()
        .map(|rule| (rule.reference().version, rule))
        .collect();
    for (id, digest) in plan.candidates.iter().zip(&plan.digests) {
        let same = match by_id.get(id) {
            Some(rule) => plan::digest(rule.content())? == *digest,
            None => false,
        };
        if !same {
            return Err(changed());
        }
    }
    slots
        .iter()
        .map(|slot| {
            let rule = by_id.get(&slot.version)?;
            let varied = plan.vary.as_ref().zip(slot.value);
            match varied {
                None => Some(rule.clone()),
                Some((vary, place)) => rule.with(&vary.parameter, *vary.values.get(place)?),
            }
        })
        .collect::<Option<Vec<Rule>>>()
        .ok_or_else(|| Error::internal("a simulation whose versions or values are gone"))
}

/// A candidate isn't what it was any more.
pub(super) fn changed() -> Error {
    let text = Text::new(
        "A version was changed while it was tried: start again.",
        "模拟期间版本内容已变更，请重新发起。",
    );
    UserError::new(UserErrorCode::RuleViolated, "input", text).into()
}

/// Of which rule a version is.
pub(super) fn rule_of(rules: &[Rule]) -> impl Fn(Uuid) -> Option<Uuid> {
    move |version| {
        let reference = rules.iter().map(Rule::reference);
        reference
            .clone()
            .find(|one| one.version == version)
            .map(|one| one.rule)
    }
}

/// A part of a simulation as it is stored.
pub(super) fn part(
    call: &Call,
    simulation_id: Uuid,
    (span, number): (usize, i32),
    content: &impl serde::Serialize,
) -> Result<incentive_simulation_part::Model> {
    Ok(incentive_simulation_part::Model {
        id: new_id(call.at),
        simulation_id,
        span: i32::try_from(span).unwrap_or(i32::MAX),
        number,
        content: serde_json::to_value(content)?,
        created_at: call.at,
    })
}
