//! What a result says in words: strengths, weaknesses, and what keeps one from being computed (评语).

use super::content::{Content, Measure, Section};
use super::scoring::{ItemLine, Obstacle, Outcome};
use crate::decimal::{Decimal, SCALE};
use crate::error::Text;

/// From which percent on something is a strength.
const STRONG: Decimal = Decimal(90 * SCALE);
/// Below which percent something is a weakness.
const WEAK: Decimal = Decimal(60 * SCALE);
/// The most of each that are told: those that weigh most.
const MOST: usize = 5;

/// What stands out in a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The section's key.
    pub section: String,
    /// The item's key.
    pub item: String,
    /// What it is worth, in percent.
    pub percent: Decimal,
    /// A sentence.
    pub text: Text,
}

/// Strengths and weaknesses, those that weigh most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Worth 90 percent or more.
    pub strengths: Vec<Remark>,
    /// Worth less than 60 percent.
    pub weaknesses: Vec<Remark>,
}

/// What a metric or a competency is called, in both languages; none for what the template itself names.
pub type Names<'n> = &'n dyn Fn(&str) -> Option<Text>;

/// What stands out in a result. Feedback is told by side only where the member sees it anyway: it has passed the least number.
#[must_use]
pub fn remarks(content: &Content, outcome: &Outcome, names: Names<'_>) -> Remarks {
    let mut found: Vec<(i64, Remark)> = Vec::new();
    for line in &outcome.sections {
        let Some(section) = content.sections.iter().find(|one| one.key == line.key) else {
            continue;
        };
        let weights: i64 = line.items.iter().map(|item| i64::from(item.weight)).sum();
        for item in &line.items {
            let Some(percent) = item.percent else {
                continue;
            };
            if WEAK <= percent && percent < STRONG {
                continue;
            }
            let weight = line.counted.0 * i64::from(item.weight) / weights.max(1);
            let text = sentence(section, item, percent, names);
            let remark = Remark {
                section: line.key.clone(),
                item: item.key.clone(),
                percent,
                text,
            };
            found.push((weight, remark));
        }
    }
    found.sort_by(|(one, first), (other, second)| {
        (other, &first.section, &first.item).cmp(&(one, &second.section, &second.item))
    });
    let (strong, weak): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(|(_, remark)| remark)
        .partition(|remark| remark.percent >= STRONG);
    let first = |remarks: Vec<Remark>| remarks.into_iter().take(MOST).collect();
    Remarks {
        strengths: first(strong),
        weaknesses: first(weak),
    }
}

/// What an item of a section is called, in both languages: as the template says, or as `names` does, or its key.
#[must_use]
pub fn item_name(section: &Section, key: &str, names: Names<'_>) -> Text {
    let name = match &section.measure {
        Measure::Criteria { items } => items
            .iter()
            .find(|one| one.key == key)
            .map(|one| Text::new(one.name.clone(), one.name_zh.clone())),
        Measure::Feedback { .. } => Some(match key {
            "customer" => Text::new("Feedback of customers", "客户评价"),
            "peer" => Text::new("Feedback of colleagues", "同事评价"),
            "superior" => Text::new("Feedback of superiors", "上级评价"),
            _ => Text::new("Own view", "本人评价"),
        }),
        Measure::Competencies => Some(Text::new(section.name.clone(), section.name_zh.clone())),
        Measure::Plan => None,
        Measure::Metrics { .. } => names(key),
    };
    name.unwrap_or_else(|| Text::new(key.to_owned(), key.to_owned()))
}

fn sentence(section: &Section, item: &ItemLine, percent: Decimal, names: Names<'_>) -> Text {
    let name = item_name(section, &item.key, names);
    let percent = short(percent);
    match item.value {
        Some(value) => {
            let value = short(value);
            Text::new(
                format!("{}: {value}, worth {percent} %", name.en),
                format!("{}：{value}，得分率 {percent}%", name.zh),
            )
        }
        None => Text::new(
            format!("{}: {percent} %", name.en),
            format!("{}：{percent}%", name.zh),
        ),
    }
}

/// A number with one decimal at most.
fn short(number: Decimal) -> Decimal {
    let tenth = SCALE / 10;
    Decimal((number.0 * 2 + tenth).div_euclid(tenth * 2) * tenth)
}

/// What keeps a result from being computed, in a sentence.
#[must_use]
pub fn obstacle(content: &Content, obstacle: &Obstacle) -> Text {
    let named = |key: &str| {
        let section = content.sections.iter().find(|section| section.key == key);
        section.map_or_else(
            || Text::new(key.to_owned(), key.to_owned()),
            |section| Text::new(section.name.clone(), section.name_zh.clone()),
        )
    };
    match obstacle {
        Obstacle::Missing(section, None) => {
            let name = named(section);
            Text::new(
                format!("{}: there is nothing to go by yet.", name.en),
                format!("{}：尚无可评内容。", name.zh),
            )
        }
        Obstacle::Missing(section, Some(item)) => {
            let name = named(section);
            Text::new(
                format!("{}: {item} is missing.", name.en),
                format!("{}：缺少 {item}。", name.zh),
            )
        }
        Obstacle::Paused(metric) => Text::new(
            format!("{metric}: a record behind it is disputed; decide the dispute first."),
            format!("{metric}：其依据的记录存在异议，请先处理异议。"),
        ),
        Obstacle::Nothing => Text::new("Nothing at all is known.", "没有任何可评内容。"),
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
