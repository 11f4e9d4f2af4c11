//! What the expressions of a rule say, and whether they fit what it gives.

use std::collections::BTreeMap;

use super::Fault;
use crate::incentives::rules::catalogue::{Catalogue, FactType, Level};
use crate::incentives::rules::content::{RuleContent, Split, TierPays, Tiers, Trigger};
use crate::incentives::rules::expression::{Bounds, Expression, Node, Scope, Shape};
use crate::incentives::rules::rule::Meant;

/// About what facts can be where a rule is evaluated.
const fn levels(content: &RuleContent) -> &'static [Level] {
    match (&content.trigger, &content.split) {
        (Trigger::PerPeriod, None) => &[Level::Member, Level::Team, Level::Region, Level::Company],
        (Trigger::PerPeriod, Some(_)) => &[Level::Team, Level::Company],
        (Trigger::PerRecord { .. }, None) => &[
            Level::Record,
            Level::Credit,
            Level::Member,
            Level::Team,
            Level::Region,
            Level::Company,
        ],
        (Trigger::PerRecord { .. }, Some(_)) => &[Level::Record, Level::Company],
    }
}

/// The expressions of a rule, where all of them can be read; what is wrong with them is added to the faults.
pub fn read(
    content: &RuleContent,
    catalogue: &Catalogue,
    faults: &mut Vec<Fault>,
) -> Option<Meant> {
    let parameters: BTreeMap<String, Bounds> = content
        .parameters
        .iter()
        .map(|parameter| {
            let bounds = Bounds {
                least: parameter.least.map(Into::into),
                most: parameter.most.map(Into::into),
            };
            (parameter.key.clone(), bounds)
        })
        .collect();
    let source = match &content.trigger {
        Trigger::PerRecord { source } => Some(source.as_str()),
        Trigger::PerPeriod => None,
    };
    if source.is_some_and(|source| !catalogue.has_source(source)) {
        faults.push(Fault::at(
            "trigger.source",
            "There is no such source of records; the catalogue lists them.",
            "没有此记录来源；可查询事实目录。",
        ));
        return None;
    }
    roles(content, catalogue, source, faults);
    let mut scope = Scope {
        catalogue,
        levels: levels(content),
        source,
        currency: content.currency.as_deref(),
        parameters: &parameters,
        tiers: None,
    };
    let condition = one("condition", &content.condition, &scope, None, faults);
    let condition = condition.filter(|condition| {
        fits(
            condition,
            Some(&Shape::Truth),
            "condition",
            &content.condition,
            faults,
        )
    });
    let given = condition.as_ref().map(|condition| &condition.root);
    let base = match &content.tiers {
        None => None,
        Some(tiers) => {
            let base = one("tiers.base", &tiers.base, &scope, given, faults)?;
            if !fits(&base, None, "tiers.base", &tiers.base, faults) {
                return None;
            }
            scope.tiers = shape_of(tiers, &base, content.currency.as_deref(), faults);
            reached(tiers, &base, faults);
            // Without a type of what the tiers bring nothing can be said of the amount.
            scope.tiers.as_ref()?;
            Some(base)
        }
    };
    let amount = one("amount", &content.amount, &scope, given, faults)?;
    let wanted = content.currency.clone().map_or(Shape::Number, Shape::Money);
    let amount = Some(amount)
        .filter(|amount| fits(amount, Some(&wanted), "amount", &content.amount, faults))?;
    if content.tiers.is_some() && !names_tiers(&amount.root) {
        faults.push(Fault::at(
            "tiers",
            "The amount doesn't use the tiers: name `tiers` in it, or leave them out.",
            "金额没有使用阶梯：请在金额中引用 tiers，或去掉阶梯。",
        ));
    }
    let meant = Meant {
        condition: condition?,
        base,
        tiers: scope.tiers,
        amount,
    };
    monotone(content, catalogue, &meant, faults);
    Some(meant)
}

/// The roles of a split are those that the records credit.
fn roles(
    content: &RuleContent,
    catalogue: &Catalogue,
    source: Option<&str>,
    faults: &mut Vec<Fault>,
) {
    let (Some(source), Some(Split::Role { roles, .. })) = (source, &content.split) else {
        return;
    };
    let Some(fact) = catalogue.get(&format!("{source}.role")) else {
        return;
    };
    for (place, share) in roles.iter().enumerate() {
        if let Err(text) = fact.can_be(&share.role) {
            faults.push(Fault::at(format!("split.roles.{place}"), text.en, text.zh));
        }
    }
}

fn one(
    path: &str,
    text: &str,
    scope: &Scope<'_>,
    given: Option<&Node>,
    faults: &mut Vec<Fault>,
) -> Option<Expression> {
    match Expression::read(text, scope, given) {
        Ok(expression) => Some(expression),
        Err(problems) => {
            faults.extend(
                problems
                    .into_iter()
                    .map(|problem| Fault::within(path, text, problem)),
            );
            None
        }
    }
}

/// Is it of the type that is wanted - or, where none is named, something that is counted?
fn fits(
    expression: &Expression,
    wanted: Option<&Shape>,
    path: &str,
    text: &str,
    faults: &mut Vec<Fault>,
) -> bool {
    let shape = &expression.shape;
    let fits = match wanted {
        Some(wanted) => shape == wanted,
        None => matches!(shape, Shape::Number | Shape::Money(_)),
    };
    if fits {
        return true;
    }
    let is = shape.name();
    let (en, zh) = match wanted {
        Some(Shape::Money(currency)) if *shape == Shape::Number => (
            format!(
                "The amount is a number and must be money: write money(…), or multiply an amount in {currency}."
            ),
            format!("结果是数值，必须是金额：请写成 money(…)，或用 {currency} 金额相乘。"),
        ),
        Some(wanted) => {
            let must = wanted.name();
            (
                format!("The result is {} and must be {}.", is.en, must.en),
                format!("结果是{}，必须是{}。", is.zh, must.zh),
            )
        }
        None => (
            format!("The result is {} and must be a number or money.", is.en),
            format!("结果是{}，必须是数值或金额。", is.zh),
        ),
    };
    let whole = (0, text.chars().count());
    faults.push(Fault::within(
        path,
        text,
        crate::formula::Problem::new(whole, en, zh),
    ));
    false
}

/// The type of what the tiers bring.
fn shape_of(
    tiers: &Tiers,
    base: &Expression,
    currency: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<Shape> {
    let mut common: Option<Shape> = None;
    for (place, tier) in tiers.steps.iter().enumerate() {
        let path = format!("tiers.steps.{place}.pays");
        let shape = match (tier.pays, currency) {
            (TierPays::Rate(_), _) => base.shape.clone(),
            (TierPays::Each(_), Some(currency)) if base.shape == Shape::Number => {
                Shape::Money(currency.to_owned())
            }
            (TierPays::Each(_), _) => {
                faults.push(Fault::at(
                    path,
                    "So much for each one needs a base that is a number and a rule with a currency.",
                    "按单价计算要求基数为数值且规则有币种。",
                ));
                return None;
            }
            (TierPays::Amount(_), Some(currency)) => Shape::Money(currency.to_owned()),
            (TierPays::Amount(_), None) => Shape::Number,
        };
        match &common {
            Some(common) if *common != shape => {
                faults.push(Fault::at(
                    path,
                    "This tier brings something else than the ones before: money and numbers don't add up.",
                    "此阶梯与前面的阶梯类型不同：金额与数值不能相加。",
                ));
                return None;
            }
            _ => common = Some(shape),
        }
    }
    common
}

/// Can each tier be reached by what is known of the base?
fn reached(tiers: &Tiers, base: &Expression, faults: &mut Vec<Fault>) {
    for (place, tier) in tiers.steps.iter().enumerate() {
        let below = tier
            .to
            .is_some_and(|to| base.least.is_some_and(|least| least >= to.into()));
        let from = tier.from.into();
        let above = base
            .most
            .is_some_and(|(most, beyond)| most < from || beyond && most == from);
        if below || above {
            faults.push(Fault::at(
                format!("tiers.steps.{place}"),
                "This tier is never reached: the base or the condition keeps away from it.",
                "此阶梯无法到达：基数或条件已将其排除。",
            ));
        }
    }
}

fn names_tiers(part: &Node) -> bool {
    match part {
        Node::Tiers => true,
        Node::Money(of, _) | Node::Negated(of) | Node::Not(of) | Node::Among(of, _) => {
            names_tiers(of)
        }
        Node::Two(_, one, other) => names_tiers(one) || names_tiers(other),
        Node::Choice(parts) => parts.iter().any(names_tiers),
        Node::Call(_, parts) => parts.iter().any(names_tiers),
        _ => false,
    }
}

fn monotone(content: &RuleContent, catalogue: &Catalogue, meant: &Meant, faults: &mut Vec<Fault>) {
    let named = meant.facts();
    for fact in &content.monotone_in {
        let counted = catalogue
            .get(fact)
            .is_some_and(|fact| matches!(fact.kind, FactType::Number | FactType::Money { .. }));
        if !counted || !named.contains(fact) {
            faults.push(Fault::at(
                "monotoneIn",
                format!("`{fact}` isn't a number or money that the rule names."),
                format!("`{fact}` 不是此规则引用的数值或金额。"),
            ));
        }
    }
}
