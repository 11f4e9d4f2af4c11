use super::*;
use crate::incentives::rules::award::Outcome;
use crate::incentives::rules::run::{Surroundings, members, records};
use crate::incentives::rules::settle::{Pending, settle};
use crate::incentives::rules::testing::{catalogue, id, member, october, payment, rule};

fn sentences(told: &[Sentence]) -> (Vec<&str>, Vec<&str>) {
    told.iter()
        .map(|one| (&*one.text.en, &*one.text.zh))
        .unzip()
}

#[test]
fn an_award_is_told_step_by_step() {
    let rule = rule(
        "payment.kind == 'renewal'",
        "payment.amount * rate",
        "parameters = [{ key = 'rate', name = 'Rate', nameZh = '比例', value = '0.05' }]\n\
         trigger = { on = 'PER_RECORD', source = 'payment' }\n\
         budget = { amount = 40000, period = 'MONTH', exhausted = 'PRO_RATA' }\n\
         [split]\nby = 'ROLE'\nunfilled = 'LAPSES'\n\
         roles = [{ role = 'collector', basisPoints = 8000 }, { role = 'seller', basisPoints = 2000 }]",
    );
    let people = (1..=2).map(|one| (id(one), member(one, &[]))).collect();
    let paid = payment(
        1,
        &[("payment.amount", "¥12345.67"), ("payment.kind", "renewal")],
        &[(1, "collector", 10_000), (2, "seller", 10_000)],
    );
    let (_, outcome) = records(
        std::slice::from_ref(&rule),
        october(),
        &Surroundings::default(),
        &people,
        &[paid],
    )
    .remove(0);
    let Outcome::Awards(mut awards) = outcome else {
        panic!("{outcome:?}");
    };
    let pending: Vec<Pending> = awards.iter().map(Pending::from).collect();
    for (award, settled) in awards.iter_mut().zip(settle(&[&rule], &pending, &|_| 0)) {
        award.settle(settled);
    }
    let told = tell(rule.content(), &awards[0].trace, &catalogue());
    let (en, zh) = sentences(&told);
    assert_eq!(
        en,
        [
            "By the rule \"Bonus\", version 1, for 2026-10-01 to 2026-10-31.",
            "Amount of the payment: 12,345.67 CNY.",
            "Kind of the contract: renewal.",
            "Rate: 0.05, set by the rule.",
            "The condition holds: Kind of the contract (renewal) is renewal.",
            "The amount: Amount of the payment (12,345.67 CNY) times Rate (0.05) = 617.2835 CNY.",
            "Rounded half up to a multiple of 0.01 CNY: 617.2835 CNY becomes 617.28 CNY.",
            "617.28 CNY is split between 2 parts; for the role collector that is 493.82 CNY.",
            "The budget is 400.00 CNY, less than all awards together; all are cut in proportion: 493.82 CNY becomes 320.00 CNY.",
            "That makes 320.00 CNY.",
        ]
    );
    assert_eq!(zh[1], "回款金额：12,345.67 CNY。");
    assert_eq!(
        zh[7],
        "617.28 CNY 分为 2 份；角色“收款负责人”的份额为 493.82 CNY。"
    );
    assert_eq!(zh[9], "合计 320.00 CNY。");
    assert_eq!(told[1].records, ["record_payment.amount"]);
    // The budget is what the rule says, also where it isn't told what others left of it.
    let hidden = tell(
        rule.content(),
        &awards[0].trace.clone().for_the_member(),
        &catalogue(),
    );
    assert_eq!(hidden, told);
}

#[test]
fn why_nothing_comes_out_is_told() {
    let rule = rule(
        "goal.progress >= 100 && exam.score > 60",
        "tiers",
        "[tiers]\nbase = 'goal.progress'\nmethod = 'SLICED'\nsteps = [\
         { from = '0', to = '110', pays = { by = 'EACH', value = '2' } }, { from = '110', pays = { by = 'EACH', value = '3.5' } }]",
    );
    let tell = |of: &[(&str, &str)]| -> Vec<String> {
        let crew = [member(1, of)];
        let (_, outcome) = members(
            std::slice::from_ref(&rule),
            october(),
            &Surroundings::default(),
            &crew,
        )
        .remove(0);
        let trace = match outcome {
            Outcome::Awards(mut awards) => awards.remove(0).trace,
            Outcome::Nothing(trace) => *trace,
        };
        tell(rule.content(), &trace, &catalogue())
            .into_iter()
            .skip(3)
            .map(|one| one.text.en.into_owned())
            .collect()
    };
    assert_eq!(
        tell(&[("goal.progress", "120"), ("exam.score", "61")]),
        [
            "The condition holds: Progress of the goal in percent (120) is at least 100 and Best score in an exam (61) is more than 60.",
            "Held against the tiers: Progress of the goal in percent = 120.",
            "The tiers: tier 1: 110 times 2 = 220; tier 2: 10 times 3.5 = 35; together 255.",
            "The amount: what the tiers bring = 255 CNY.",
            "Rounded half up to a multiple of 0.01 CNY: 255 CNY becomes 255.00 CNY.",
            "That makes 255.00 CNY.",
        ]
    );
    assert_eq!(
        tell(&[("goal.progress", "90"), ("exam.score", "61")]),
        [
            "The condition doesn't hold: Progress of the goal in percent (90) is at least 100 and Best score in an exam (61) is more than 60.",
            "Nothing is given, as the condition doesn't hold.",
        ]
    );
    let missing = tell(&[("goal.progress", "120")]);
    assert_eq!(
        missing.last().map(String::as_str),
        Some("Best score in an exam isn't known; without it nothing can be given.")
    );
}

#[test]
fn amounts_are_written_for_people() {
    for (amount, currency, written) in [
        (123_456_789, "CNY", "1,234,567.89 CNY"),
        (-5, "CNY", "-0.05 CNY"),
        (1_000, "JPY", "1,000 JPY"),
        (1_500, "KWD", "1.500 KWD"),
    ] {
        assert_eq!(money(amount, currency), written);
    }
    assert_eq!(grouped("-1234.5"), "-1,234.5");
    assert_eq!(grouped("999"), "999");
}

#[test]
fn what_a_step_brings_is_told_in_both_languages() {
    let decimal = |text: &str| text.parse().expect("a decimal");
    for (of, currency, en, zh) in [
        (
            TierPays::Each(decimal("5")),
            Some("CNY"),
            "5 CNY each",
            "每单位 5 CNY",
        ),
        (
            TierPays::Amount(decimal("500")),
            Some("CNY"),
            "500 CNY",
            "500 CNY",
        ),
        (TierPays::Amount(decimal("1")), None, "1", "1"),
        (
            TierPays::Rate(decimal("0.05")),
            Some("CNY"),
            "× 0.05",
            "× 0.05",
        ),
    ] {
        let told = pays(of, currency);
        assert_eq!((&*told.en, &*told.zh), (en, zh));
    }
}
