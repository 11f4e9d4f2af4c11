//! An award once more, from its trace alone (复核).

use super::award::reckon;
use super::limit::applied;
use super::rule::Rule;
use super::splits::divide;
use super::trace::{Limit, Nothing, Step, Trace};

/// Where a trace doesn't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// It names another version of a rule, or other parameters.
    Rule,
    /// A step comes out otherwise; counted from 0.
    Step(usize),
    /// There is a step that doesn't belong there, or one is missing; counted from 0.
    Order(usize),
    /// The reason why nothing comes out is another one.
    Nothing,
    /// The amount is another one; it should be this.
    Amount(i64),
}

/// The amount of an award, evaluated again from the facts in its trace. What was decided together with other awards is done
/// again from the numbers that its steps say.
///
/// # Errors
/// Where the trace doesn't hold.
pub fn recompute(rule: &Rule, trace: &Trace) -> Result<i64, Mismatch> {
    if rule.reference() != trace.rule || *rule.parameters() != trace.parameters {
        return Err(Mismatch::Rule);
    }
    if trace.nothing == Some(Nothing::Population) {
        return if trace.amount == 0 && trace.steps.is_empty() {
            Ok(0)
        } else {
            Err(Mismatch::Nothing)
        };
    }
    let mut steps = Vec::new();
    let reckoned = reckon(rule, &trace.facts, &trace.parameters, &mut steps);
    for (place, step) in steps.iter().enumerate() {
        if trace.steps.get(place) != Some(step) {
            return Err(Mismatch::Step(place));
        }
    }
    let rest = &trace.steps[steps.len()..];
    let (amount, nothing) = match reckoned {
        Err(nothing) if rest.is_empty() => (0, Some(nothing)),
        Err(_) => return Err(Mismatch::Order(steps.len())),
        Ok(whole) => follow(rule, whole, rest, steps.len())?,
    };
    // Of a split that leaves nobody anything no part is told.
    let unshared = amount > 0 && trace.amount == 0 && trace.nothing == Some(Nothing::Nought);
    if unshared && rule.content().split.is_some() && rest.is_empty() {
        return Ok(0);
    }
    if amount != trace.amount {
        return Err(Mismatch::Amount(amount));
    }
    if nothing != trace.nothing {
        return Err(Mismatch::Nothing);
    }
    Ok(amount)
}

/// The steps after the amount, which begin at the place `first`.
fn follow(
    rule: &Rule,
    whole: i64,
    steps: &[Step],
    first: usize,
) -> Result<(i64, Option<Nothing>), Mismatch> {
    let (mut amount, mut nothing, mut rank) = (whole, None, 0);
    for (place, step) in steps.iter().enumerate() {
        let place = first + place;
        let (own, to, why) = match step {
            Step::Split { whole, parts, mine } => {
                let weights: Vec<u64> = parts.iter().map(|part| part.weight).collect();
                let paid = parts.get(*mine).is_some_and(|part| part.paid);
                if *whole != amount || !paid || rule.content().split.is_none() {
                    return Err(Mismatch::Step(place));
                }
                (1, divide(amount, &weights)[*mine], None)
            }
            Step::MemberCap(limit) => (2, held(limit, amount, place)?, Some(Nothing::Exhausted)),
            Step::Stacking { kept, from, to, .. } => {
                let left = if *kept { amount } else { 0 };
                if *from != amount || *to != left {
                    return Err(Mismatch::Step(place));
                }
                (3, left, Some(Nothing::Stacked))
            }
            Step::RuleCap(limit) => (4, held(limit, amount, place)?, Some(Nothing::Exhausted)),
            Step::Budget(limit) => (5, held(limit, amount, place)?, Some(Nothing::Exhausted)),
            _ => return Err(Mismatch::Order(place)),
        };
        if own <= rank {
            return Err(Mismatch::Order(place));
        }
        rank = own;
        amount = to;
        if amount == 0 {
            nothing = why;
        }
    }
    Ok((amount, nothing))
}

fn held(limit: &Limit, amount: i64, place: usize) -> Result<i64, Mismatch> {
    let fits = limit.from == amount
        && applied(limit) == limit.to
        && (0..=amount).contains(&limit.to)
        && (0..=1).contains(&limit.extra);
    if fits {
        Ok(limit.to)
    } else {
        Err(Mismatch::Step(place))
    }
}
