//! Mistakes in rules, each with its place.

use super::*;
use crate::incentives::rules::content::{RuleContent, StackingMode};
use crate::incentives::rules::testing::{catalogue, content};

/// All mistakes as `path: text`, with line and column where there are some.
fn found(content: &RuleContent) -> Vec<String> {
    faults(content, &catalogue())
        .into_iter()
        .map(|fault| {
            assert_ne!(fault.text.en, fault.text.zh);
            format!("{}: {}", fault.path, fault.told().en)
        })
        .collect()
}

fn one(condition: &str, amount: &str, more: &str) -> String {
    let found = found(&content(condition, amount, more));
    assert_eq!(found.len(), 1, "{found:#?}");
    found.into_iter().next().unwrap_or_default()
}

#[test]
fn a_plain_rule_can_be_saved() {
    for (condition, amount, more) in [
        ("true", "money(500)", ""),
        ("goal.target > 0", "money(goal.actual / goal.target)", ""),
        (
            "true",
            "payment.amount * 0.05",
            "trigger = { on = 'PER_RECORD', source = 'payment' }",
        ),
        (
            "payment.role == 'seller'",
            "payment.amount * payment.share",
            "trigger = { on = 'PER_RECORD', source = 'payment' }",
        ),
        (
            "team.goal_progress >= 100",
            "money(5000)",
            "split = { by = 'EQUAL' }",
        ),
    ] {
        assert_eq!(
            found(&content(condition, amount, more)),
            [""; 0],
            "{condition} {amount}"
        );
    }
}

#[test]
fn mistakes_in_expressions_have_a_line_and_a_column() {
    for (condition, amount, more, told) in [
        (
            "payment.kind == 'RENEWAL'",
            "money(1)",
            "trigger = { on = 'PER_RECORD', source = 'payment' }",
            "condition: Line 1, column 17: `payment.kind` is never `RENEWAL`; it is one of: new, renewal.",
        ),
        (
            "payment.role in ['seller', 'buyer']",
            "money(1)",
            "trigger = { on = 'PER_RECORD', source = 'payment' }",
            "condition: Line 1, column 28: `payment.role` is never `buyer`; it is one of: seller, collector, assistant.",
        ),
        (
            "goal.progress",
            "money(1)",
            "",
            "condition: Line 1, column 1: The result is a number and must be true or false.",
        ),
        (
            "true &&\n  nobody > 1",
            "money(1)",
            "",
            "condition: Line 2, column 3: There is no parameter `nobody`; facts have a point in their key.",
        ),
        (
            "true",
            "5",
            "",
            "amount: Line 1, column 1: The amount is a number and must be money: write money(…), or multiply an amount in CNY.",
        ),
        (
            "true",
            "true",
            "",
            "amount: Line 1, column 1: The result is true or false and must be money in CNY.",
        ),
        (
            "true",
            "tiers",
            "",
            "amount: Line 1, column 1: The rule has no tiers, or this stands where they aren't known yet.",
        ),
        (
            "true",
            "money(1 / goal.target)",
            "",
            "amount: Line 1, column 9: `goal.target` may be nought; write `goal.target > 0 ? … : …` around the division, or ask for it in the condition.",
        ),
        (
            "payment.amount > money(1)",
            "money(1)",
            "",
            "condition: Line 1, column 1: `payment.amount` is about a record of another source, and the rule isn't evaluated for that; change the trigger or the split.",
        ),
        (
            "goal.progress > 1",
            "money(1)",
            "split = { by = 'EQUAL' }",
            "condition: Line 1, column 1: `goal.progress` is about a member, and the rule isn't evaluated for that; change the trigger or the split.",
        ),
    ] {
        assert_eq!(one(condition, amount, more), told);
    }
}

#[test]
fn several_mistakes_are_told_at_once() {
    let found = found(&content(
        "nobody > nowhere",
        "money(1 / 0)",
        "[caps]\nperMember = 0",
    ));
    let paths: Vec<&str> = found
        .iter()
        .map(|text| text.split(':').next().unwrap_or_default())
        .collect();
    assert_eq!(
        paths,
        ["caps.perMember", "condition", "condition", "amount"]
    );
}

#[test]
fn money_needs_a_currency_and_things_have_none() {
    let mut rule = content("true", "1", "");
    rule.currency = None;
    assert_eq!(
        found(&rule),
        ["currency: This rule gives money; say in which currency."]
    );
    rule.kind = crate::incentives::rules::content::Kind::TrainingPlace;
    assert_eq!(found(&rule), [""; 0]);
    rule.amount = "money(5, \"CNY\")".into();
    assert_eq!(
        found(&rule),
        ["amount: Line 1, column 1: The result is money in CNY and must be a number."]
    );
    let mut dollars = content("true", "money(1)", "");
    dollars.currency = Some("$".into());
    assert_eq!(
        found(&dollars),
        ["currency: This is no currency that is known here, such as CNY."]
    );
}

/// A parameter of at most 100.
const LIMIT: &str = "parameters = [{ key = 'limit', name = 'Limit', nameZh = '上限', value = '90', most = '100' }]\n";

fn tiered(base: &str, condition: &str, steps: &str) -> Vec<String> {
    let more = format!("{LIMIT}[tiers]\nbase = '{base}'\nmethod = 'SLICED'\nsteps = [{steps}]");
    found(&content(condition, "tiers", &more))
}

#[test]
fn tiers_that_are_never_reached_are_found() {
    let rate = "pays = { by = 'RATE', value = '0.05' }";
    let amount = "pays = { by = 'AMOUNT', value = '5' }";
    for (base, condition, steps, told) in [
        (
            "renewal.collected",
            "true",
            format!("{{ from = '0', to = '10', {rate} }}, {{ from = '10', {rate} }}"),
            "",
        ),
        (
            "renewal.collected",
            "true",
            format!("{{ from = '5', to = '5', {rate} }}"),
            "tiers.steps.0.to: This tier is empty: it ends where it begins or before.",
        ),
        (
            "renewal.collected",
            "true",
            format!("{{ from = '0', {rate} }}, {{ from = '10', {rate} }}"),
            "tiers.steps.1.from: This tier is never reached: the one before has no end.",
        ),
        (
            "renewal.collected",
            "true",
            format!("{{ from = '0', to = '10', {rate} }}, {{ from = '5', {rate} }}"),
            "tiers.steps.1.from: This tier begins at 5, within the one before, which ends at 10.",
        ),
        (
            "goal.progress",
            "goal.progress >= 100",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "tiers.steps.0: This tier is never reached: the base or the condition keeps away from it.",
        ),
        (
            "goal.progress",
            "goal.progress < 100",
            format!("{{ from = '0', to = '101', {amount} }}, {{ from = '101', {amount} }}"),
            "tiers.steps.1: This tier is never reached: the base or the condition keeps away from it.",
        ),
        // What stays below 100 never comes to a tier from 100 on; what may be 100 does.
        (
            "goal.progress",
            "goal.progress < 100",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "tiers.steps.1: This tier is never reached: the base or the condition keeps away from it.",
        ),
        (
            "goal.progress",
            "!(goal.progress >= limit)",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "tiers.steps.1: This tier is never reached: the base or the condition keeps away from it.",
        ),
        (
            "goal.progress",
            "goal.progress <= 100",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "",
        ),
        (
            "goal.progress",
            "goal.progress < 100.0001",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "",
        ),
        (
            "max(goal.progress, 100)",
            "true",
            format!("{{ from = '0', to = '100', {amount} }}, {{ from = '100', {amount} }}"),
            "tiers.steps.0: This tier is never reached: the base or the condition keeps away from it.",
        ),
        (
            "goal.progress",
            "true",
            format!("{{ from = '0', to = '1', {amount} }}, {{ from = '1', {rate} }}"),
            "tiers.steps.1.pays: This tier brings something else than the ones before: money and numbers don't add up.",
        ),
        (
            "renewal.collected",
            "true",
            "{ from = '0', pays = { by = 'EACH', value = '5' } }".into(),
            "tiers.steps.0.pays: So much for each one needs a base that is a number and a rule with a currency.",
        ),
        (
            "renewal.collected",
            "true",
            "{ from = '0', pays = { by = 'RATE', value = '-1' } }".into(),
            "tiers.steps.0.pays: A tier brings nothing or something, never less than nothing.",
        ),
        (
            "appraisal.band",
            "true",
            format!("{{ from = '0', {rate} }}"),
            "tiers.base: Line 1, column 1: The result is a text and must be a number or money.",
        ),
        (
            "renewal.collected",
            "true",
            String::new(),
            "tiers.steps: There are 1 to 12 tiers.",
        ),
    ] {
        let found = tiered(base, condition, &steps);
        assert_eq!(found.join("|"), told, "{base} {steps}");
    }
    let unused = found(&content(
        "true",
        "money(1)",
        &format!(
            "[tiers]\nbase = 'renewal.collected'\nmethod = 'WHOLE'\nsteps = [{{ from = '0', {rate} }}]"
        ),
    ));
    assert_eq!(
        unused,
        ["tiers: The amount doesn't use the tiers: name `tiers` in it, or leave them out."]
    );
}

#[test]
fn the_form_is_held() {
    for (more, path) in [
        (
            "split = { by = 'ROLE', roles = [{ role = 'seller', basisPoints = 10000 }], unfilled = 'LAPSES' }",
            "split",
        ),
        (
            "trigger = { on = 'PER_RECORD', source = 'payment' }\nsplit = { by = 'ROLE', roles = [{ role = 'seller', basisPoints = 9999 }], unfilled = 'LAPSES' }",
            "split.roles",
        ),
        (
            "trigger = { on = 'PER_RECORD', source = 'payment' }\nsplit = { by = 'ROLE', roles = [{ role = 'seller', basisPoints = 5000 }, { role = 'seller', basisPoints = 5000 }], unfilled = 'LAPSES' }",
            "split.roles.1",
        ),
        (
            "trigger = { on = 'PER_RECORD', source = 'payment' }\nsplit = { by = 'ROLE', roles = [{ role = 'SELLER', basisPoints = 10000 }], unfilled = 'LAPSES' }",
            "split.roles.0",
        ),
        (
            "trigger = { on = 'PER_RECORD', source = 'dream' }",
            "trigger.source",
        ),
        (
            "parameters = [{ key = 'max', name = 'M', nameZh = '最大', value = '1' }]",
            "parameters.0.key",
        ),
        (
            "parameters = [{ key = 'a', name = 'A', nameZh = '甲', value = '1' }, { key = 'a', name = 'A', nameZh = '甲', value = '1' }]",
            "parameters.1.key",
        ),
        (
            "parameters = [{ key = 'a', name = 'A', nameZh = '甲', value = '1', least = '2' }]",
            "parameters.0.value",
        ),
        (
            "parameters = [{ key = 'a', name = ' ', nameZh = '甲', value = '1' }]",
            "parameters.0.name",
        ),
        (
            "population = { leastMonths = 601 }",
            "population.leastMonths",
        ),
        (
            "budget = { amount = 0, period = 'MONTH', exhausted = 'STOP' }",
            "budget.amount",
        ),
        (
            "stacking = { group = 'Group 1', mode = 'BEST' }",
            "stacking.group",
        ),
        ("monotoneIn = ['goal.progress']", "monotoneIn"),
        (
            "citation = { title = 'Star', titleZh = '之星', text = 'For.', textZh = '表彰。' }",
            "citation",
        ),
    ] {
        assert!(
            one("true", "money(1)", more).starts_with(&format!("{path}: ")),
            "{more}"
        );
    }
    let mut long = content("true", "money(1)", "");
    long.name = "n".repeat(101);
    long.rounding.step = 0;
    let found = found(&long);
    assert_eq!(found.len(), 2, "{found:?}");
    let mut short_budget = content(
        "true",
        "money(1)",
        "budget = { amount = 5, period = 'MONTH', exhausted = 'STOP' }",
    );
    short_budget.period = crate::incentives::rules::content::Period::Quarter;
    assert!(self::found(&short_budget)[0].starts_with("budget.period"));
}

#[test]
fn rules_of_a_group_are_alike() {
    let stacked = |mode: &str| {
        content(
            "true",
            "money(1)",
            &format!("stacking = {{ group = 'g', mode = '{mode}' }}"),
        )
    };
    let (best, sum, plain) = (
        stacked("BEST"),
        stacked("SUM"),
        content("true", "money(1)", ""),
    );
    assert_eq!(
        best.stacking.as_ref().map(|stacking| stacking.mode),
        Some(StackingMode::Best)
    );
    assert_eq!(together(&[&best, &plain, &best]), []);
    assert_eq!(together(&[&best, &sum]).len(), 1);
    let dollars = RuleContent {
        currency: Some("USD".into()),
        ..best.clone()
    };
    assert_eq!(together(&[&best, &dollars]).len(), 1);
}

#[test]
fn json_is_read_strictly_and_within_bounds() {
    let rule = content("true", "money(1)", "");
    let json = serde_json::to_string(&rule).expect("JSON");
    assert_eq!(RuleContent::read(&json), Ok(rule));
    let strange = json.replacen('{', "{\"unheard\":1,", 1);
    assert!(RuleContent::read(&strange).is_err());
    let large = format!(
        "{json}{}",
        " ".repeat(crate::incentives::rules::content::LARGEST)
    );
    assert!(
        RuleContent::read(&large)
            .expect_err("too long")
            .en
            .contains("at most")
    );
    assert!(RuleContent::read(&"[".repeat(60_000)).is_err());
}
