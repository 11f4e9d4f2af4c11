use proptest::prelude::*;

use super::*;
use crate::incentives::definitions::simulations::batch::Batch;
use crate::incentives::definitions::simulations::period::{AFTER, Sum, Whole, signed, whole};
use crate::incentives::definitions::simulations::plan::{Mode, Plan, Vary, spans};
use crate::incentives::definitions::simulations::result::{Conduct, Regard, Row};
use crate::incentives::definitions::simulations::tally::{Tally, outcome};
use crate::incentives::rules::checking::compile;
use crate::incentives::rules::content::Period;
use crate::incentives::rules::guard_rails::{Counts, Looks};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{Member, Surroundings, members as evaluated};
use crate::incentives::rules::testing::{catalogue, content, day, id, member};
use crate::incentives::rules::trace::RuleRef;

/// A version of a rule: version 12 is of rule 1.
fn version(version: u128, condition: &str, amount: &str, more: &str) -> Rule {
    let reference = RuleRef {
        rule: id(version / 10),
        version: id(version),
        number: 1,
    };
    let content = content(condition, amount, more);
    compile(reference, content, &catalogue()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// What is tried beside or instead of what holds today, in months each with what is known of everybody.
struct Tried {
    today: Vec<Rule>,
    candidates: Vec<Rule>,
    mode: Mode,
    rates: Vec<i64>,
    months: Vec<Vec<Member>>,
}

impl Tried {
    fn of(today: Vec<Rule>, candidates: Vec<Rule>, everybody: Vec<Member>) -> Self {
        Self {
            today,
            candidates,
            mode: Mode::Beside,
            rates: Vec::new(),
            months: vec![everybody],
        }
    }

    /// What came out, and in it what each month came to for whom.
    fn come(&self) -> (Outcome, Vec<Whole>, Vec<Rule>) {
        self.come_with(&Conduct::default())
    }

    /// The same, with how members work.
    fn come_with(&self, conduct: &Conduct) -> (Outcome, Vec<Whole>, Vec<Rule>) {
        let ids = |rules: &[Rule]| rules.iter().map(|one| one.reference().version).collect();
        let candidates: Vec<Uuid> = ids(&self.candidates);
        let values = self.rates.iter().map(|rate| Decimal(rate * SCALE));
        let plan = Plan {
            vary: (!self.rates.is_empty()).then(|| Vary {
                version: candidates[0],
                parameter: "rate".to_owned(),
                values: values.collect(),
            }),
            candidates,
            digests: Vec::new(),
            mode: self.mode,
            today: ids(&self.today),
            spans: spans(
                Period::Month,
                day("2026-10-31"),
                u32::try_from(self.months.len()).expect("some months"),
            ),
            by: None,
        };
        let all: Vec<&Rule> = self.today.iter().chain(&self.candidates).collect();
        let named = |version: Uuid| {
            let own = |one: &&&Rule| one.reference().version == version;
            all.iter().find(own).copied()
        };
        let rules: Vec<Rule> = plan
            .slots()
            .iter()
            .map(|slot| {
                let rule = named(slot.version).expect("a rule").clone();
                match slot.value.zip(plan.vary.as_ref()) {
                    None => rule,
                    Some((place, vary)) => rule
                        .with(&vary.parameter, vary.values[place])
                        .expect("a value within its bounds"),
                }
            })
            .collect();
        let variants = plan.variants(|version| named(version).map(|one| one.reference().rule));
        let (mut tally, mut before, mut wholes) = (Tally::default(), Vec::new(), Vec::new());
        for (span, people) in plan.spans.iter().zip(&self.months) {
            let around = Surroundings::default();
            let mut page = Batch::of(&rules, people, |some| {
                evaluated(&rules, *span, &around, some)
            });
            page.count(&rules, people);
            let (whole, totals) = whole(&rules, &variants, *span, &before, page);
            before.push((*span, totals));
            tally.add(whole.clone());
            wholes.push(whole);
        }
        let come = outcome(&plan, &rules, &variants, &tally, conduct);
        (come, wholes, rules)
    }

    fn shown(&self) -> Outcome {
        shown(self.come().0, &nobody(), 3)
    }
}

fn nobody() -> Sight {
    Sight::Of(BTreeSet::new())
}

/// Members 1, 2, 3 ... with so many tickets, after as many months as their number says.
fn crew(tickets: &[i64]) -> Vec<Member> {
    (1..)
        .zip(tickets)
        .map(|(number, tickets)| {
            let tickets = tickets.to_string();
            let facts = [
                ("metric.tickets_resolved", tickets.as_str()),
                ("tenure.months", &number.to_string()),
            ];
            member(number, &facts)
        })
        .collect()
}

#[path = "shown_warnings_tests.rs"]
mod warnings;

const EACH: &str = "money(metric.tickets_resolved)";

#[test]
fn who_may_see_pay_sees_everything() {
    let tried = Tried::of(vec![], vec![version(11, "true", EACH, "")], crew(&[5]));
    let (all, _, _) = tried.come();
    assert_eq!(shown(all.clone(), &Sight::All, 3), all);
    assert_eq!(all.comparisons[0].members, [Row(id(1), 0, 500)]);
}

#[test]
fn others_see_totals_of_enough_people_and_no_single_amounts() {
    for (before, after, seen, why) in [
        ("true", "tenure.months >= 1", true, "nothing changes"),
        ("false", "tenure.months <= 3", true, "three gain"),
        ("false", "tenure.months <= 2", false, "two get something"),
        ("tenure.months > 3", "tenure.months > 4", false, "one loses"),
        ("true", "tenure.months > 3", true, "three lose"),
    ] {
        let flat = "money(7)";
        let (before, after) = (version(11, before, flat, ""), version(12, after, flat, ""));
        let shown = Tried::of(vec![before], vec![after], crew(&[0; 10])).shown();
        let one = &shown.comparisons[0];
        assert_eq!(one.members, [], "{why}");
        assert_eq!(one.after.is_some(), seen, "{why}");
        assert_eq!(one.gainers.is_some(), seen, "{why}");
        assert_eq!(shown.rules[1].after.is_some(), seen, "{why}");
        if let Some(after) = &one.after {
            let of_few = (after.quantiles, after.top_tenth, after.gini, after.largest);
            assert_eq!(of_few, (None, None, None, 0), "{why}");
        }
    }
}

#[test]
fn a_rule_for_few_shows_nothing() {
    let narrow = version(11, "true", "money(7)", "population = { leastMonths = 99 }");
    let wide = version(21, "true", "money(7)", "");
    let shown = Tried::of(vec![], vec![narrow, wide], crew(&[0; 10])).shown();
    assert_eq!(shown.rules[1].people, 10);
    assert!(shown.rules.iter().all(|rule| rule.after.is_none()));
    assert_eq!(shown.comparisons[0].after, None);
}

/// The total of everything without that of the others would be what a rule for one gives.
#[test]
fn what_a_withheld_rule_gives_does_not_follow_from_the_others() {
    let today = vec![
        version(11, "true", EACH, ""),
        version(21, "tenure.months == 4", "money(900)", ""),
    ];
    let shown = Tried::of(today, vec![version(31, "true", EACH, "")], crew(&[9; 10])).shown();
    let seen: Vec<bool> = shown
        .rules
        .iter()
        .map(|rule| rule.after.is_some())
        .collect();
    assert_eq!(seen, [true, false, true]);
    let one = &shown.comparisons[0];
    assert_eq!((&one.before, &one.after), (&None, &None));
}

/// The new version leaves one member out: the difference of the versions is what that member gets.
#[test]
fn what_one_member_loses_does_not_follow_from_two_versions() {
    let but_one = version(12, "tenure.months != 4", EACH, "");
    let today = vec![version(11, "true", EACH, "")];
    let (come, _, _) = Tried::of(today, vec![but_one], crew(&[9, 8, 7, 11, 9, 9])).come();
    assert_eq!((come.rules[0].moved, come.rules[1].moved), (1, 1));
    let shown = shown(come, &nobody(), 3);
    assert!(
        shown
            .rules
            .iter()
            .all(|rule| rule.before.is_none() && rule.after.is_none())
    );
}

/// Everybody gets a fen but one, who gets what is to be found out.
#[test]
fn a_total_that_is_one_amount_most_of_all_is_withheld() {
    let amount = "tenure.months == 4 ? money(metric.tickets_resolved) : money(0.01)";
    let tried = Tried {
        mode: Mode::Instead,
        ..Tried::of(
            vec![],
            vec![version(11, "true", amount, "")],
            crew(&[9; 50]),
        )
    };
    let shown = tried.shown();
    assert_eq!(shown.comparisons[0].after, None);
    assert_eq!(shown.rules[0].after, None);
    assert_eq!(shown.rules[0].people, 50, "how many there are is no secret");
}

#[test]
fn what_is_asked_of_a_budget_by_one_is_withheld_although_nothing_is_given() {
    let budget = "[budget]\namount = 1\nperiod = 'MONTH'\nexhausted = 'STOP'\n";
    let (come, _, _) = Tried::of(
        vec![],
        vec![version(11, "tenure.months == 4", EACH, budget)],
        crew(&[9; 10]),
    )
    .come();
    let used = &come.budgets[0];
    assert_eq!((used.members, used.asking, used.asked), (0, 1, 900));
    assert_eq!(shown(come, &nobody(), 3).budgets, []);
}

/// In the first month one gets something, which the second one says was spent.
#[test]
fn a_budget_is_told_for_all_periods_or_for_none() {
    let budget = "[budget]\namount = 1000000\nperiod = 'YEAR'\nexhausted = 'STOP'\n";
    let rule = || vec![version(11, "metric.tickets_resolved > 0", EACH, budget)];
    let months = |first: &[i64]| Tried {
        months: vec![crew(first), crew(&[9; 10])],
        ..Tried::of(vec![], rule(), Vec::new())
    };
    let told = |first: &[i64]| {
        let shown = months(first).shown();
        let spent = shown.budgets.iter().map(|one| (one.spent, one.given));
        spent.collect::<Vec<_>>()
    };
    assert_eq!(told(&[9, 0, 0, 0, 0, 0, 0, 0, 0, 0]), []);
    // 81 and 90 yuan, where somebody gets 9: to 20 yuan.
    assert_eq!(
        told(&[9, 9, 9, 9, 9, 9, 9, 9, 9, 0]),
        [(0, 8_000), (8_000, 10_000)]
    );
}

#[test]
fn a_case_against_monotony_is_somebodys_figures() {
    let said = "monotoneIn = ['metric.tickets_resolved']";
    let against = version(
        11,
        "true",
        "money(200 - min(metric.tickets_resolved, 199))",
        said,
    );
    let (come, _, _) = Tried::of(vec![], vec![against], crew(&[9; 10])).come();
    assert!(come.rules[0].against.is_some());
    assert_eq!(shown(come, &nobody(), 3).rules[0].against, None);
}

#[test]
fn facts_of_few_that_are_not_known_are_not_told() {
    let rule = version(
        11,
        "true",
        "tenure.months <= least ? money(goal.progress) : money(7)",
        "parameters = [{ key = 'least', name = 'Least', nameZh = '下限', value = '2' }]",
    );
    let of_two = Tried::of(vec![], vec![rule.clone()], crew(&[9; 10]));
    assert_eq!(of_two.come().0.rules[0].missing["goal.progress"], 2);
    assert!(of_two.shown().rules[0].missing.is_empty());
    let of_three = rule.with("least", Decimal(3 * SCALE)).expect("no bounds");
    let shown = Tried::of(vec![], vec![of_three], crew(&[9; 10])).shown();
    assert_eq!(shown.rules[0].missing["goal.progress"], 3);
}

#[test]
fn rows_of_ones_own_people_are_shown_unless_the_rest_is_few() {
    let budget = "[budget]\namount = 1000000\nperiod = 'YEAR'\nexhausted = 'STOP'\n";
    let parameter =
        "parameters = [{ key = 'rate', name = 'Rate', nameZh = '费率', value = '2' }]\n";
    let tried = Tried {
        rates: vec![3],
        ..Tried::of(
            vec![version(11, "true", "money(100)", "")],
            vec![version(
                12,
                "true",
                "money(100 * rate)",
                &format!("{parameter}{budget}"),
            )],
            crew(&[0; 4]),
        )
    };
    let of = |members: &[u128]| {
        let sight = Sight::Of(members.iter().map(|one| id(*one)).collect());
        shown(tried.come().0, &sight, 3)
    };
    let one = of(&[1]);
    assert_eq!(one.comparisons[0].members, [Row(id(1), 10_000, 20_000)]);
    assert!(one.comparisons[0].after.is_some() && one.rules[1].after.is_some());
    assert!(one.points[0].costs[0].1.is_some() && one.budgets.len() == 1);
    // Who knows two of four knows the sum of the two others from any total.
    let two = of(&[1, 2]);
    assert_eq!(two.comparisons[0].members.len(), 2);
    assert!(two.comparisons[0].after.is_none() && two.rules[1].after.is_none());
    assert!(two.points[0].costs[0].1.is_none() && two.budgets.is_empty());
}

#[test]
fn what_a_value_brings_is_withheld_where_the_comparison_is() {
    let rate = "parameters = [{ key = 'rate', name = 'Rate', nameZh = '费率', value = '1' }]";
    let one_loses = |least: i64| Tried {
        rates: vec![1, 2],
        ..Tried::of(
            vec![
                version(11, "true", "money(20)", ""),
                version(
                    21,
                    "tenure.months <= 6",
                    &format!("tenure.months >= {least} ? money(15) : money(8)"),
                    "",
                ),
            ],
            vec![
                version(12, "true", "money(30 * rate)", rate),
                version(22, "false", "money(8)", ""),
            ],
            crew(&[0; 10]),
        )
    };
    let spread = |tried: &Tried| {
        let shown = tried.shown();
        let costs = shown.points.iter().map(|point| point.costs[0].1.is_some());
        (
            shown.comparisons[0].after.is_some(),
            costs.collect::<Vec<_>>(),
        )
    };
    assert_eq!(one_loses(6).come().0.comparisons[0].losers, Some(1));
    assert_eq!(spread(&one_loses(6)), (false, vec![false, false]));
    assert_eq!(spread(&one_loses(4)), (true, vec![true, true]));
}

/// A total as it is shown, with what everybody has in it.
struct Figure {
    shown: i64,
    exact: BTreeMap<Uuid, i64>,
}

fn sums<'s>(all: impl Iterator<Item = (&'s Sum, i64)>) -> BTreeMap<Uuid, i64> {
    let mut sums: BTreeMap<Uuid, i64> = BTreeMap::new();
    for (Sum(_, member, _), amount) in all {
        *sums.entry(*member).or_default() += amount;
    }
    sums.retain(|_, amount| *amount != 0);
    sums
}

/// Every total that is shown.
fn figures(shown: &Outcome, wholes: &[Whole], rules: &[Rule]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let of = |variant: usize, slot: Option<usize>| {
        let given = wholes.iter().flat_map(|whole| &whole.variants[variant]);
        let given = given.filter(|one| slot.is_none_or(|slot| one.0 == slot));
        sums(given.map(|one| (one, signed(&rules[one.0], one.2))))
    };
    for one in &shown.comparisons {
        for (variant, spread) in [(0, &one.before), (AFTER, &one.after)] {
            figures.extend(spread.iter().map(|one| Figure {
                shown: one.total,
                exact: of(variant, None),
            }));
        }
    }
    for (slot, rule) in shown.rules.iter().enumerate() {
        for (variant, spread) in [(0, &rule.before), (AFTER, &rule.after)] {
            let spread = spread.iter();
            figures.extend(spread.map(|one| Figure {
                shown: one.total,
                exact: of(variant, Some(slot)),
            }));
        }
    }
    for (place, point) in shown.points.iter().enumerate() {
        let given = || wholes.iter().flat_map(move |whole| &whole.points[place]);
        for spread in point.costs.iter().filter_map(|(_, spread)| spread.as_ref()) {
            figures.push(Figure {
                shown: spread.total,
                exact: sums(given().map(|one| (one, one.2))),
            });
        }
    }
    figures
}

/// By how much a figure can differ from what it stands for, for all that somebody knows who sees it: found from the outside.
fn uncertainty(figure: &Figure) -> i64 {
    let most = figure
        .exact
        .values()
        .map(|one| one.abs())
        .max()
        .unwrap_or(0);
    let coarse = |step: &i64| figure.shown % step == 0 && *step >= 2 * most;
    let steps = (0..15).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)));
    steps.filter(coarse).min().map_or(0, |step| step / 2)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Two rules hold today; one of them gets another version with a parameter that is varied. Whatever totals somebody adds up
    /// and takes from each other until one member is left: how far the result can be off is no less than what that member gets.
    #[test]
    fn no_amount_of_a_single_member_follows_from_what_is_shown(
        tickets in prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_i64), 1..4_i64, 1..200_i64], 1..14), 1..3),
        conditions in prop::array::uniform3(prop::sample::select(vec![
            "true", "tenure.months != 2", "tenure.months > 3", "tenure.months == 1", "metric.tickets_resolved > 2", "false",
        ])),
        amounts in prop::array::uniform3(prop::sample::select(vec![
            EACH, "money(100)", "money(0.01)", "tenure.months == 2 ? money(metric.tickets_resolved) : money(0.01)",
        ])),
        kind in prop::sample::select(vec!["BONUS", "DEDUCTION"]), instead in any::<bool>(), least in 3..6_usize)
    {
        let parameter = "parameters = [{ key = 'rate', name = 'Rate', nameZh = '费率', value = '2' }]";
        let amount = format!("({}) * rate", amounts[1]);
        let deduction = content(conditions[2], amounts[2], "");
        let mut other = version(21, conditions[2], amounts[2], "");
        if kind == "DEDUCTION" {
            let content = crate::incentives::rules::content::RuleContent {
                kind: crate::incentives::rules::content::Kind::Deduction, ..deduction
            };
            if let Ok(rule) = compile(other.reference(), content, &catalogue()) {
                other = rule;
            }
        }
        let tried = Tried {
            mode: if instead { Mode::Instead } else { Mode::Beside },
            rates: vec![1, 3],
            months: tickets.iter().map(|tickets| crew(tickets)).collect(),
            ..Tried::of(vec![version(11, conditions[0], amounts[0], ""), other],
                vec![version(12, conditions[1], &amount, parameter)], Vec::new())
        };
        let (come, wholes, rules) = tried.come();
        let shown = shown(come, &nobody(), least);
        let figures = figures(&shown, &wholes, &rules);
        for figure in &figures {
            let sizes = || figure.exact.values().map(|one| one.abs());
            prop_assert!(figure.exact.is_empty() || figure.exact.len() >= least);
            let sum: i64 = figure.exact.values().sum();
            prop_assert!(sizes().max().unwrap_or(0) * 2 <= sum.abs());
            prop_assert!((figure.shown - sum).abs() <= uncertainty(figure));
        }
        let certain: Vec<i64> = figures.iter().map(uncertainty).collect();
        for combination in 0..3_usize.pow(u32::try_from(figures.len()).expect("few")) {
            let (mut rest, mut off, mut left) = (combination, 0, BTreeMap::new());
            for (place, figure) in figures.iter().enumerate() {
                let sign = [0, 1, -1][rest % 3];
                rest /= 3;
                if sign != 0 {
                    off += certain[place];
                    for (member, amount) in &figure.exact {
                        *left.entry(*member).or_insert(0) += sign * amount;
                    }
                }
            }
            left.retain(|_, amount| *amount != 0);
            if let [amount] = left.values().collect::<Vec<&i64>>()[..] {
                prop_assert!(off >= amount.abs(), "{} +- {off}", amount);
            }
        }
        // Where a rule is withheld, the whole of its currency is.
        let withheld = shown.rules.iter().any(|rule| rule.before.is_none() && rule.after.is_none());
        prop_assert!(!withheld || shown.comparisons.iter().all(|one| one.before.is_none() && one.after.is_none()));
    }
}
