//! A small company to try rules with.

use chrono::NaiveDate;
use uuid::Uuid;

use super::award::Person;
use super::catalogue::{Catalogue, Fact, FactType, Level};
use super::checking::compile;
use super::content::RuleContent;
use super::facts::{of_metric, standard};
use super::rule::Rule;
use super::run::{Credit, Member, Record};
use super::trace::{RuleRef, Span};
use super::value::{FactValue, Facts, Money, Number, Value};

pub fn number(text: &str) -> Number {
    text.parse().expect("a number")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn id(id: u128) -> Uuid {
    Uuid::from_u128(id)
}

pub fn october() -> Span {
    Span {
        from: day("2026-10-01"),
        to: day("2026-11-01"),
    }
}

/// The standard facts, some metrics, and one amount in dollars.
pub fn catalogue() -> Catalogue {
    let metrics = [
        "tickets_resolved",
        "satisfaction",
        "satisfied",
        "resolutions_held",
    ]
    .iter()
    .flat_map(|key| of_metric(key, key, "指标"));
    let dollars = Fact {
        key: "export.sold".into(),
        kind: FactType::Money {
            currency: Some("USD".into()),
        },
        level: Level::Member,
        source: None,
        words: Vec::new(),
        name: "Sold abroad".into(),
        name_zh: "海外销售额".into(),
    };
    Catalogue::new(standard("CNY").into_iter().chain(metrics).chain([dollars]))
}

/// A monthly bonus in yuan for everybody, of a condition and an amount; `more` adds to it in TOML.
pub fn content(condition: &str, amount: &str, more: &str) -> RuleContent {
    let text = format!(
        "name = 'Bonus'\nnameZh = '奖金'\npurpose = 'To try.'\npurposeZh = '试验。'\nkind = 'BONUS'\nmethod = 'GOAL'\n\
         period = 'MONTH'\ncondition = '''{condition}'''\namount = '''{amount}'''\ncurrency = 'CNY'\n\
         rounding = {{ mode = 'HALF_UP', step = 1 }}\n{}{more}",
        if more.contains("trigger") {
            ""
        } else {
            "trigger = { on = 'PER_PERIOD' }\n"
        }
    );
    toml::from_str(&text).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"))
}

pub fn reference(rule: u128) -> RuleRef {
    RuleRef {
        rule: id(rule),
        version: id(rule + 1_000),
        number: 1,
    }
}

pub fn compiled(rule: u128, content: RuleContent) -> Rule {
    compile(reference(rule), content, &catalogue()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub fn rule(condition: &str, amount: &str, more: &str) -> Rule {
    compiled(1, content(condition, amount, more))
}

pub fn person(member: u128) -> Person {
    Person {
        id: id(member),
        department: Some(id(901)),
        team: Some(id(801)),
        position: None,
        months: 12,
    }
}

/// Facts from `key = value`: a number, `¥` and yuan, `true`, or a text.
pub fn facts(of: &[(&str, &str)]) -> Facts {
    of.iter()
        .map(|(key, text)| {
            let value = if let Some(yuan) = text.strip_prefix('¥') {
                Value::Money(Money {
                    amount: (yuan.parse::<f64>().expect("yuan") * 100.0).round() as i64,
                    currency: "CNY".into(),
                })
            } else if let Ok(truth) = text.parse() {
                Value::Bool(truth)
            } else if let Ok(day) = text.parse() {
                Value::Day(day)
            } else if let Ok(number) = text.parse() {
                Value::Number(number)
            } else {
                Value::Text((*text).to_owned())
            };
            (
                (*key).to_owned(),
                FactValue::behind(value, vec![format!("record_{key}")]),
            )
        })
        .collect()
}

pub fn member(member: u128, of: &[(&str, &str)]) -> Member {
    Member {
        person: person(member),
        region: Some(id(701)),
        facts: facts(of),
    }
}

/// A payment of the 15th with those whom it credits: member, role, share.
pub fn payment(record: u128, of: &[(&str, &str)], credits: &[(u128, &str, u32)]) -> Record {
    Record {
        source: "payment".into(),
        id: format!("payment_{record}"),
        day: day("2026-10-15"),
        facts: facts(of),
        credits: credits
            .iter()
            .map(|(member, role, share)| Credit {
                member: id(*member),
                role: (*role).to_owned(),
                share: *share,
            })
            .collect(),
    }
}
