use super::*;
use crate::incentives::rules::testing::{facts, rule};

#[test]
fn a_rule_is_held_to_what_it_says() {
    let said = "monotoneIn = ['goal.progress']";
    let of = facts(&[("goal.progress", "95"), ("renewal.collected", "¥100")]);
    for (condition, amount, holds) in [
        ("goal.progress >= 90", "money(goal.progress)", true),
        ("goal.progress >= 90", "money(500)", true),
        ("goal.progress < 90", "money(500)", false),
        ("true", "money(max(200 - goal.progress, 0))", false),
        ("true", "money(goal.progress >= 95 ? 10 : 20)", false),
    ] {
        let rule = rule(condition, amount, said);
        let found = violation(&rule, &of);
        assert_eq!(found.is_none(), holds, "{condition} {amount}: {found:?}");
        if let Some(found) = found {
            assert!(found.less < found.more && found.brings > found.brings_only);
        }
    }
}

/// 5 % of all beyond 1,000 yuan, but only 3 % of all beyond 5,000: whoever brings 5,000 gets less than with 4,999.
#[test]
fn a_tier_that_brings_less_is_found() {
    let rule = rule(
        "true",
        "tiers",
        "monotoneIn = ['renewal.collected']\n[tiers]\nbase = 'renewal.collected'\nmethod = 'WHOLE'\nsteps = [\
         { from = '1000', to = '5000', pays = { by = 'RATE', value = '0.05' } },\
         { from = '5000', pays = { by = 'RATE', value = '0.03' } }]",
    );
    let found = violation(&rule, &facts(&[("renewal.collected", "¥100")])).expect("a violation");
    assert_eq!(found.more.to_string(), "5000");
    assert_eq!(violation(&rule, &facts(&[])), None);
}
