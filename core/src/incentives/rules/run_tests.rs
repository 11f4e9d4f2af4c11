//! Random rules over random facts, and whatever must hold for all of them.

use proptest::prelude::*;

use super::*;
use crate::incentives::rules::award::Award;
use crate::incentives::rules::content::{
    Budget, Caps, Exhausted, Period, RoleShare, RuleContent, Split, Stacking, StackingMode,
    Unfilled,
};
use crate::incentives::rules::monotone::violation;
use crate::incentives::rules::recompute::recompute;
use crate::incentives::rules::settle::{Pending, settle};
use crate::incentives::rules::testing::{compiled, content, id, member, october, payment};
use crate::incentives::rules::trace::Step;

const CONDITIONS: [&str; 6] = [
    "true",
    "goal.progress >= 80",
    "has(exam.score) && exam.score > 60",
    "appraisal.band in [\"excellent\", \"good\"]",
    "coalesce(incident.count, 0) == 0",
    "exam.score > 60 || goal.progress > 100",
];
const AMOUNTS: [&str; 6] = [
    "money(500)",
    "money(max(goal.progress - 60, 0) * 7.77)",
    "renewal.collected * 0.0333",
    "tiers",
    "tiers * 0.5 + money(coalesce(exam.score, 10))",
    "money(goal.target > 0 ? goal.actual / goal.target * 100 : 0)",
];
const TIERS: &str = "[tiers]\nbase = 'renewal.collected'\nmethod = 'SLICED'\nsteps = [\
    { from = '0', to = '1000', pays = { by = 'RATE', value = '0.03' } },\
    { from = '1000', to = '5000', pays = { by = 'RATE', value = '0.0501' } },\
    { from = '5000', pays = { by = 'RATE', value = '0.0777' } }]";

fn ways() -> impl Strategy<Value = Exhausted> {
    prop::sample::select(vec![
        Exhausted::ProRata,
        Exhausted::FirstCome,
        Exhausted::Stop,
    ])
}

fn caps() -> impl Strategy<Value = Caps> {
    let most = || prop::option::of(1..100_000_i64);
    (most(), most(), prop::option::of(1..400_000_i64)).prop_map(
        |(per_award, per_member, per_rule)| Caps {
            per_award,
            per_member,
            per_rule,
        },
    )
}

fn bounded(mut rule: RuleContent, (caps, budget, mode): Bounds) -> RuleContent {
    rule.caps = caps;
    rule.budget = budget.map(|(amount, exhausted)| Budget {
        amount,
        period: Period::Year,
        exhausted,
    });
    rule.stacking = mode.map(|mode| Stacking {
        group: "g".into(),
        mode,
        priority: 0,
    });
    rule
}

type Bounds = (Caps, Option<(i64, Exhausted)>, Option<StackingMode>);

fn bounds() -> impl Strategy<Value = Bounds> {
    let modes = vec![
        StackingMode::Exclusive,
        StackingMode::Best,
        StackingMode::Sum,
    ];
    (
        caps(),
        prop::option::of((1..300_000_i64, ways())),
        prop::option::of(prop::sample::select(modes)),
    )
}

fn period_rules() -> impl Strategy<Value = Vec<RuleContent>> {
    let one = (0..CONDITIONS.len(), 0..AMOUNTS.len(), 1..200_i64, bounds()).prop_map(
        |(condition, amount, step, bounds)| {
            let tiers = if AMOUNTS[amount].contains("tiers") {
                TIERS
            } else {
                ""
            };
            let mut rule = content(CONDITIONS[condition], AMOUNTS[amount], tiers);
            rule.rounding.step = step;
            bounded(rule, bounds)
        },
    );
    prop::collection::vec(one, 1..5)
}

fn crew() -> impl Strategy<Value = Vec<Member>> {
    let known = |least: i64, most: i64| prop::option::weighted(0.8, least..most);
    let one = (
        known(0, 2_000),
        known(0, 1_000),
        known(0, 1_000_000),
        known(0, 3),
        known(0, 50),
    );
    prop::collection::vec(one, 1..12).prop_map(|all| {
        (1..)
            .zip(all)
            .map(|(number, (progress, exam, collected, band, target))| {
                let bands = ["excellent", "good", "poor"];
                let of: Vec<(&str, String)> = [
                    progress.map(|tenths| {
                        ("goal.progress", format!("{}.{}", tenths / 10, tenths % 10))
                    }),
                    progress.map(|tenths| ("goal.actual", tenths.to_string())),
                    target.map(|target| ("goal.target", target.to_string())),
                    exam.map(|tenths| ("exam.score", format!("{}.{}", tenths / 10, tenths % 10))),
                    collected.map(|fen| {
                        (
                            "renewal.collected",
                            format!("¥{}.{:02}", fen / 100, fen % 100),
                        )
                    }),
                    band.map(|band| {
                        (
                            "appraisal.band",
                            bands[usize::try_from(band).expect("a place")].to_owned(),
                        )
                    }),
                ]
                .into_iter()
                .flatten()
                .collect();
                let of: Vec<(&str, &str)> = of
                    .iter()
                    .map(|(key, value)| (*key, value.as_str()))
                    .collect();
                member(number, &of)
            })
            .collect()
    })
}

fn awards(outcomes: Outcomes, rules: &[Rule]) -> Result<Vec<Award>, TestCaseError> {
    let mut all = Vec::new();
    for (place, outcome) in outcomes {
        match outcome {
            Outcome::Awards(awards) => all.extend(awards),
            Outcome::Nothing(trace) => prop_assert_eq!(recompute(&rules[place], &trace), Ok(0)),
        }
    }
    Ok(all)
}

/// What a whole run comes to, in the order of rule, member, subject and part; its traces are held against their rules.
fn settled(
    rules: &[Rule],
    mut awards: Vec<Award>,
    spent: i64,
) -> Result<Vec<Award>, TestCaseError> {
    let references: Vec<&Rule> = rules.iter().collect();
    let pending: Vec<Pending> = awards.iter().map(Pending::from).collect();
    let settled = settle(&references, &pending, &|_| spent);
    for (award, settled) in awards.iter_mut().zip(settled) {
        award.settle(settled);
        let rule = rules
            .iter()
            .find(|rule| rule.reference() == award.rule)
            .expect("its rule");
        prop_assert_eq!(recompute(rule, &award.trace), Ok(award.amount));
    }
    awards.sort_by(|one, other| {
        let key = |award: &Award| (award.rule, award.member, award.subject.clone(), award.part);
        key(one).cmp(&key(other))
    });
    Ok(awards)
}

fn within_bounds(rules: &[Rule], awards: &[Award], spent: i64) -> Result<(), TestCaseError> {
    for rule in rules {
        let own = || awards.iter().filter(|award| award.rule == rule.reference());
        let (caps, budget) = (&rule.content().caps, &rule.content().budget);
        let total: i64 = own().map(|award| award.amount).sum();
        if let Some(most) = caps.per_rule {
            prop_assert!(total <= most, "cap of the rule");
        }
        if let Some(budget) = budget {
            prop_assert!(total <= (budget.amount - spent).max(0), "budget");
        }
        let mut by_member: BTreeMap<Uuid, i64> = BTreeMap::new();
        for award in own() {
            prop_assert!(award.amount >= 0);
            if let Some(most) = caps.per_award {
                prop_assert!(award.amount <= most, "cap of an award");
            }
            *by_member.entry(award.member).or_default() += award.amount;
        }
        if let Some(most) = caps.per_member {
            prop_assert!(
                by_member.values().all(|sum| *sum <= most),
                "cap of a member"
            );
        }
    }
    Ok(())
}

/// Of the rules of a group that gives one, a member gets one.
fn within_groups(rules: &[Rule], awards: &[Award]) -> Result<(), TestCaseError> {
    let single = |award: &&Award| {
        rules.iter().any(|rule| {
            rule.reference() == award.rule
                && rule
                    .content()
                    .stacking
                    .as_ref()
                    .is_some_and(|one| one.mode != StackingMode::Sum)
        })
    };
    let mut giving: BTreeMap<Uuid, std::collections::BTreeSet<Uuid>> = BTreeMap::new();
    for award in awards
        .iter()
        .filter(|award| award.amount > 0)
        .filter(single)
    {
        giving
            .entry(award.member)
            .or_default()
            .insert(award.rule.rule);
    }
    prop_assert!(giving.values().all(|rules| rules.len() == 1));
    Ok(())
}

fn compile(contents: &[RuleContent]) -> Vec<Rule> {
    // Rules of a group have to agree; those that don't are taken out of it.
    let mode = contents
        .iter()
        .find_map(|content| content.stacking.as_ref())
        .map(|stacking| stacking.mode);
    (1..)
        .zip(contents)
        .map(|(number, content)| {
            let mut content = content.clone();
            content.stacking = content
                .stacking
                .filter(|stacking| Some(stacking.mode) == mode);
            compiled(number, content)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn runs_stay_within_bounds_recompute_and_know_no_order(
        contents in period_rules(), crew in crew(), spent in 0..200_000_i64, turn in 0..12_usize)
    {
        let rules = compile(&contents);
        let around = Surroundings::default();
        let whole = settled(&rules, awards(members(&rules, october(), &around, &crew), &rules)?, spent)?;
        within_bounds(&rules, &whole, spent)?;
        within_groups(&rules, &whole)?;
        // In other batches and another order the same comes out, to the byte.
        let mut turned = crew.clone();
        turned.rotate_left(turn % crew.len());
        turned.reverse();
        let mut parts = Vec::new();
        for batch in turned.chunks(3) {
            parts.extend(awards(members(&rules, october(), &around, batch), &rules)?);
        }
        let again = settled(&rules, parts, spent)?;
        let bytes = |awards: &[Award]| -> Vec<String> {
            awards.iter().map(|award| serde_json::to_string(&award.trace).expect("JSON")).collect()
        };
        prop_assert_eq!(bytes(&whole), bytes(&again));
        for award in &whole {
            let json = serde_json::to_string(&award.trace).expect("JSON");
            let read = serde_json::from_str(&json).expect("a trace");
            prop_assert_eq!(&award.trace, &read);
        }
    }

    #[test]
    fn splits_make_the_whole_and_stay_within_bounds(
        payments in prop::collection::vec((1..5_000_000_i64, prop::collection::vec(0..10_000_u32, 1..4), any::<bool>()), 1..8),
        share in 1..10_000_u32, spread in any::<bool>(), bounds in bounds())
    {
        let mut rule = content("true", "payment.amount * 0.0499", "trigger = { on = 'PER_RECORD', source = 'payment' }");
        let role = |role: &str, basis_points| RoleShare { role: role.into(), basis_points };
        rule.split = Some(Split::Role {
            roles: vec![role("collector", share), role("seller", 10_000 - share)],
            unfilled: if spread { Unfilled::Spread } else { Unfilled::Lapses },
        });
        let rule = compiled(1, bounded(rule, bounds));
        let people = (1..=5).map(|one| (id(one), member(one, &[]))).collect();
        let records: Vec<Record> = (1..).zip(&payments).map(|(number, (fen, shares, sold))| {
            let amount = format!("¥{}.{:02}", fen / 100, fen % 100);
            let mut credits: Vec<(u128, &str, u32)> = (1..).zip(shares)
                .map(|(collector, share)| (collector, "collector", *share)).collect();
            if *sold {
                credits.push((5, "seller", 10_000));
            }
            payment(number, &[("payment.amount", &amount)], &credits)
        }).collect();
        let rules = [rule];
        let all = awards(records_of(&rules, &people, &records), &rules)?;
        for record in &records {
            let parts: Vec<&Award> = all.iter().filter(|award| award.trace.subject == subject(record)).collect();
            let Some((whole, told)) = parts.iter().find_map(|award| match award.trace.steps.last() {
                Some(Step::Split { whole, parts, .. }) => Some((*whole, parts.clone())),
                _ => None,
            }) else {
                continue;
            };
            let weights: Vec<u64> = told.iter().map(|part| part.weight).collect();
            let amounts = crate::incentives::rules::splits::divide(whole, &weights);
            prop_assert_eq!(amounts.iter().sum::<i64>(), whole);
            let lapsed: i64 = amounts.iter().zip(&told).filter(|(_, part)| !part.paid).map(|(amount, _)| amount).sum();
            let paid: i64 = parts.iter().map(|award| award.amount).sum();
            prop_assert_eq!(paid + lapsed, whole);
        }
        let settled = settled(&rules, all, 0)?;
        within_bounds(&rules, &settled, 0)?;
    }

    #[test]
    fn rules_are_monotone_where_they_say_so(crew in crew(), rate in 1..9_000_i64) {
        let mut tiered = content("goal.progress >= 80", "tiers", TIERS);
        tiered.monotone_in = ["goal.progress".to_owned(), "renewal.collected".to_owned()].into();
        if let Some(tiers) = &mut tiered.tiers {
            tiers.steps[0].pays = crate::incentives::rules::content::TierPays::Rate(crate::decimal::Decimal(rate));
        }
        let rule = compiled(1, tiered);
        for member in &crew {
            prop_assert_eq!(violation(&rule, &member.facts), None);
        }
    }
}

fn subject(record: &Record) -> Subject {
    Subject::Record {
        source: record.source.clone(),
        id: record.id.clone(),
        day: record.day,
    }
}

fn records_of(rules: &[Rule], people: &BTreeMap<Uuid, Member>, of: &[Record]) -> Outcomes {
    records(rules, october(), &Surroundings::default(), people, of)
}

/// 10,000 members by 30 rules by 12 months are 3.6 million evaluations: a part of that has to be done at once.
#[test]
fn batches_are_fast_enough_for_large_companies() {
    let rules: Vec<Rule> = (1..=30)
        .map(|number| {
            compiled(
                number,
                content("goal.progress >= 80", "tiers * 0.5 + money(5)", TIERS),
            )
        })
        .collect();
    let crew: Vec<Member> = (1..=400)
        .map(|number| {
            member(
                number,
                &[("goal.progress", "90"), ("renewal.collected", "¥7000.50")],
            )
        })
        .collect();
    let outcomes = members(&rules, october(), &Surroundings::default(), &crew);
    assert_eq!(outcomes.len(), 12_000);
    assert!(
        outcomes
            .iter()
            .all(|(_, outcome)| matches!(outcome, Outcome::Awards(awards) if awards.len() == 1))
    );
}
