//! What becomes of awards once all of a period are known: caps of members, groups of rules, caps of rules, budgets (汇总核定).
//!
//! The order is fixed: the cap of a member by a rule, then the group, then the cap of the rule, then the budget. Awards come in
//! the order of their day, subject, part and member, so that it doesn't matter in which order members were evaluated.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::award::Award;
use super::content::StackingMode;
use super::rule::Rule;
use super::stacking::{Offer, winner};
use super::trace::{Limit, Nothing, Step, Subject};
use super::{budget, caps};

/// What has to be known of an award: it can be read from a table without the trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The rule.
    pub rule: Uuid,
    /// Who gets it.
    pub member: Uuid,
    /// The day of the record, or the first day of the period.
    pub day: NaiveDate,
    /// The id of the record, the team or the member.
    pub subject: String,
    /// Which part of a split.
    pub part: usize,
    /// In minor units or things.
    pub amount: i64,
}

impl From<&Award> for Pending {
    fn from(award: &Award) -> Self {
        let (day, subject) = match &award.subject {
            Subject::Member { id } | Subject::Team { id } => {
                (award.trace.period.from, id.to_string())
            }
            Subject::Record { id, day, .. } => (*day, id.clone()),
        };
        Self {
            rule: award.rule.rule,
            member: award.member,
            day,
            subject,
            part: award.part,
            amount: award.amount,
        }
    }
}

/// What becomes of an award.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// What is left, in minor units or things.
    pub amount: i64,
    /// The steps that changed it.
    pub steps: Vec<Step>,
    /// Why nothing is left, where nothing is.
    pub nothing: Option<Nothing>,
}

impl Award {
    /// Takes over what became of it.
    pub fn settle(&mut self, settled: Settled) {
        self.amount = settled.amount;
        self.trace.amount = settled.amount;
        self.trace.steps.extend(settled.steps);
        self.trace.nothing = settled.nothing;
    }
}

/// What becomes of all awards of a period, in the order in which they are handed in. `spent` tells what was given before by a
/// rule within the time of its budget. Awards of rules that aren't handed in stay as they are.
#[must_use]
pub fn settle(rules: &[&Rule], pending: &[Pending], spent: &dyn Fn(Uuid) -> i64) -> Vec<Settled> {
    let rules: BTreeMap<Uuid, &Rule> = rules
        .iter()
        .map(|rule| (rule.reference().rule, *rule))
        .collect();
    let mut order: Vec<usize> = (0..pending.len()).collect();
    order.sort_by_key(|place| {
        let award = &pending[*place];
        (
            award.day,
            &award.subject,
            award.part,
            award.member,
            award.rule,
        )
    });
    let mut all = Settling {
        rules,
        pending,
        order,
        settled: pending
            .iter()
            .map(|award| Settled {
                amount: award.amount,
                ..Settled::default()
            })
            .collect(),
    };
    all.members();
    all.groups();
    all.of_rules(
        |rule, asks| caps::of_rule(&rule.content().caps, asks),
        Step::RuleCap,
    );
    all.of_rules(
        |rule, asks| {
            budget::of_awards(
                rule.content().budget.as_ref(),
                spent(rule.reference().rule),
                asks,
            )
        },
        Step::Budget,
    );
    all.settled
}

struct Settling<'s> {
    rules: BTreeMap<Uuid, &'s Rule>,
    pending: &'s [Pending],
    order: Vec<usize>,
    settled: Vec<Settled>,
}

impl Settling<'_> {
    /// The places of awards by what they have in common, each in their order.
    fn by<K: Ord>(&self, key: impl Fn(&Pending) -> K) -> BTreeMap<K, Vec<usize>> {
        let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for place in &self.order {
            if self.settled[*place].amount > 0 {
                let key = key(&self.pending[*place]);
                groups.entry(key).or_default().push(*place);
            }
        }
        groups
    }

    fn asks(&self, places: &[usize]) -> Vec<i64> {
        places
            .iter()
            .map(|place| self.settled[*place].amount)
            .collect()
    }

    fn apply(&mut self, places: &[usize], limits: Vec<Option<Limit>>, step: fn(Limit) -> Step) {
        for (place, limit) in places.iter().zip(limits) {
            let Some(limit) = limit else {
                continue;
            };
            let settled = &mut self.settled[*place];
            settled.amount = limit.to;
            settled.steps.push(step(limit));
            if limit.to == 0 {
                settled.nothing = Some(Nothing::Exhausted);
            }
        }
    }

    fn members(&mut self) {
        for ((rule, _), places) in self.by(|award| (award.rule, award.member)) {
            if let Some(rule) = self.rules.get(&rule) {
                let limits = caps::of_member(&rule.content().caps, &self.asks(&places));
                self.apply(&places, limits, Step::MemberCap);
            }
        }
    }

    fn of_rules(
        &mut self,
        hold: impl Fn(&Rule, &[i64]) -> Vec<Option<Limit>>,
        step: fn(Limit) -> Step,
    ) {
        for (rule, places) in self.by(|award| award.rule) {
            if let Some(rule) = self.rules.get(&rule) {
                let limits = hold(rule, &self.asks(&places));
                self.apply(&places, limits, step);
            }
        }
    }

    fn groups(&mut self) {
        let group = |award: &Pending| {
            let stacking = self.rules.get(&award.rule)?.content().stacking.as_ref()?;
            Some((award.member, stacking.group.clone()))
        };
        for (group, places) in self.by(group) {
            if let Some((_, group)) = group {
                self.group(&group, &places);
            }
        }
    }

    fn group(&mut self, group: &str, places: &[usize]) {
        let mut offers: BTreeMap<Uuid, Offer> = BTreeMap::new();
        // Should the rules of a group disagree all the same, the strictest mode holds.
        let mut mode = StackingMode::Sum;
        for place in places {
            let rule = self.pending[*place].rule;
            let Some(stacking) = self
                .rules
                .get(&rule)
                .and_then(|rule| rule.content().stacking.as_ref())
            else {
                continue;
            };
            mode = mode.min(stacking.mode);
            let offer = offers.entry(rule).or_insert(Offer {
                rule,
                priority: stacking.priority,
                amount: 0,
            });
            offer.amount = offer.amount.saturating_add(self.settled[*place].amount);
        }
        let offers: Vec<Offer> = offers.into_values().collect();
        let Some(winner) = winner(mode, &offers).filter(|_| offers.len() > 1) else {
            return;
        };
        for place in places {
            let kept = self.pending[*place].rule == winner;
            let settled = &mut self.settled[*place];
            let from = settled.amount;
            let to = if kept { from } else { 0 };
            settled.amount = to;
            settled.nothing = (!kept).then_some(Nothing::Stacked);
            settled.steps.push(Step::Stacking {
                group: group.to_owned(),
                mode,
                kept,
                instead: (!kept).then_some(winner),
                from,
                to,
            });
        }
    }
}

#[cfg(test)]
#[path = "settle_tests.rs"]
mod tests;
