use std::time::Instant;

use super::*;
use crate::decimal::{Decimal, SCALE};
use crate::incentives::definitions::simulations::batch::Batch;
use crate::incentives::definitions::simulations::period::{Totals, whole};
use crate::incentives::definitions::simulations::plan::{Mode, PERIODS, VALUES, Vary, spans};
use crate::incentives::rules::content::Period;
use crate::incentives::rules::run::{Surroundings, members};
use crate::incentives::rules::testing::{compiled, content, day, id, member};
use crate::incentives::rules::trace::Span;

/// Rules that give everybody something; the last one has a parameter.
fn rules(count: u128) -> Vec<Rule> {
    let parameter = "parameters = [{ key = 'rate', name = 'Rate', nameZh = '费率', value = '1' }]";
    let plain = (1..count).map(|rule| compiled(rule, content("true", "money(100)", "")));
    let varied = content("metric.tickets_resolved > 2", "money(rate)", parameter);
    plain.chain([compiled(count, varied)]).collect()
}

struct Year {
    plan: Plan,
    rules: Vec<Rule>,
    variants: Vec<Vec<usize>>,
}

impl Year {
    fn of(count: u128, periods: u32, values: usize) -> Self {
        let rules = rules(count);
        let ids = || rules.iter().map(|rule| rule.reference().version);
        let tried = id(count + 1_000);
        let value = |value: i64| Decimal(value * SCALE);
        let plan = Plan {
            candidates: vec![tried],
            digests: Vec::new(),
            mode: Mode::Beside,
            today: ids().filter(|id| *id != tried).collect(),
            spans: spans(Period::Month, day("2026-12-31"), periods),
            vary: Some(Vary {
                version: tried,
                parameter: "rate".to_owned(),
                values: (2..).take(values).map(value).collect(),
            }),
            by: None,
        };
        let values = plan.vary.iter().flat_map(|vary| &vary.values);
        let varied = rules.last().expect("a rule").clone();
        let with = |value: &Decimal| varied.with("rate", *value).expect("no bounds");
        let all: Vec<Rule> = rules.iter().cloned().chain(values.map(with)).collect();
        let rule_of = |version: Uuid| Some(id(version.as_u128() - 1_000));
        Self {
            variants: plan.variants(rule_of),
            plan,
            rules: all,
        }
    }

    fn month(&self, span: Span, crew: u128, before: &[(Span, Totals)]) -> (Whole, Totals) {
        let mut pages = Batch::default();
        let around = Surroundings::default();
        for from in (1..=crew).step_by(500) {
            let page: Vec<_> = (from..=crew.min(from + 499))
                .map(|number| member(number, &[("metric.tickets_resolved", "5")]))
                .collect();
            pages.add(Batch::of(&self.rules, &page, |some| {
                members(&self.rules, span, &around, some)
            }));
        }
        whole(&self.rules, &self.variants, span, before, pages)
    }
}

#[test]
fn values_of_a_parameter_keep_a_sum_a_member_and_come_to_the_same() {
    let year = Year::of(5, 2, 3);
    let mut tally = Tally::default();
    for span in &year.plan.spans {
        let (whole, totals) = year.month(*span, 30, &[]);
        assert_eq!((whole.variants.len(), whole.points.len()), (2, 3));
        assert_eq!(whole.variants[1].len(), 5 * 30);
        assert_eq!(whole.points[0].len(), 30, "not one for each rule");
        assert!(totals.0.iter().all(BTreeMap::is_empty), "no budgets");
        tally.add(whole);
    }
    let none = Conduct::default();
    let came = outcome(&year.plan, &year.rules, &year.variants, &tally, &none);
    // Four rules give 100 yuan, the fifth as many as its parameter says.
    let total = |spread: &Spread| (spread.members, spread.total, spread.largest);
    let cost = |point: &Point| total(point.costs[0].1.as_ref().expect("a cost"));
    let after = came.comparisons[0].after.as_ref().expect("a total");
    assert_eq!(total(after), (30, 30 * 2 * 40_100, 2 * 40_100));
    let costs: Vec<_> = came.points.iter().map(cost).collect();
    let expected = [40_200, 40_300, 40_400].map(|each| (30, 30 * 2 * each, 2 * each));
    assert_eq!(costs, expected);
    assert_eq!(came.rules.last().map(|rule| rule.moved), Some(30));
}

/// How long a year of a large company takes from the evaluation on, and how much of it is stored and in memory:
/// `cargo test --release -p aftercare-core --lib -- --ignored how_large_a_year --nocapture`.
#[test]
#[ignore = "it takes minutes, and measures"]
fn how_large_a_year_of_simulations_gets() {
    let year = Year::of(30, PERIODS, VALUES);
    let (mut tally, mut before, begun) = (Tally::default(), Vec::new(), Instant::now());
    for span in &year.plan.spans {
        let (whole, totals) = year.month(*span, 10_000, &before);
        let stored = serde_json::to_vec(&whole).expect("JSON").len();
        before.push((*span, totals));
        tally.add(whole);
        eprintln!(
            "{}: {} MB stored, {:?}",
            span.from,
            stored >> 20,
            begun.elapsed()
        );
    }
    let none = Conduct::default();
    let came = outcome(&year.plan, &year.rules, &year.variants, &tally, &none);
    let stored = serde_json::to_vec(&came).expect("JSON").len();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    eprintln!(
        "the result: {} kB in {:?}, {peak:?}",
        stored >> 10,
        begun.elapsed()
    );
    assert_eq!(came.points.len(), VALUES);
}
