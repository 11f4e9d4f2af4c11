//! From figures and ratings to a score and its band, step by step (评分).
//!
//! 1. Each item is worth 0 to 100 percent: figures by their curve, feedback by where its mean lies between 1 and 5.
//! 2. A section's percent is the mean of its items by weight, to four decimals.
//! 3. The points are the mean of the sections by weight, times full marks, to four decimals; what is missing is dealt with as
//!    the section says.
//! 4. Points of critical behaviours are taken off, not below 0; then the cap; then the rounding; then the band.

use serde::{Deserialize, Serialize};

use super::content::{Anchor, Content, Measure, Missing, Mode, Rounding, Section, WHOLE};
use super::inputs::Inputs;
use crate::decimal::{Decimal, SCALE};

/// How a score came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The sections.
    pub sections: Vec<SectionLine>,
    /// Their points together.
    pub before: Decimal,
    /// What was taken off.
    pub deductions: Vec<Deduction>,
    /// The score.
    pub score: Decimal,
    /// Did the cap lower it?
    pub capped: bool,
    /// The key of its band.
    pub band: String,
}

/// What a section brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionLine {
    /// Its key.
    pub key: String,
    /// Its weight in the template, in percent.
    pub weight: i32,
    /// With which weight it counted, in percent: all of them add up to 100.
    pub counted: Decimal,
    /// What it is worth, in percent; none when there was nothing to go by.
    pub percent: Option<Decimal>,
    /// The items.
    pub items: Vec<ItemLine>,
}

/// What an item brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// The metric's or criterion's key, the source in small letters, or the title of an item of the plan.
    pub key: String,
    /// Its weight among the items.
    pub weight: i32,
    /// The figure, for metrics; the mean rating, for feedback.
    pub value: Option<Decimal>,
    /// What it is worth, in percent; none when there was nothing to go by.
    pub percent: Option<Decimal>,
}

/// What a behaviour cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// The behaviour's key.
    pub key: String,
    /// How often it was recorded.
    pub times: u32,
    /// How many points it cost.
    pub points: Decimal,
}

/// What keeps a result from being computed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A section has nothing to go by, and says that there is no result then; with the item, when one is missing.
    Missing(String, Option<String>),
    /// A figure waits for a dispute.
    Paused(String),
    /// Nothing at all is known.
    Nothing,
}

/// The score of these inputs by a template, or all that keeps it from being computed.
///
/// # Errors
/// Everything that is missing or waits.
pub fn score(content: &Content, inputs: &Inputs) -> Result<Outcome, Vec<Obstacle>> {
    let mut obstacles = Vec::new();
    let mut sections = Vec::with_capacity(content.sections.len());
    for section in &content.sections {
        let items = items(section, inputs, &mut obstacles);
        let percent = percent(section, &items, &mut obstacles);
        sections.push(SectionLine {
            key: section.key.clone(),
            weight: section.weight,
            counted: Decimal(0),
            percent,
            items,
        });
    }
    let there = |line: &SectionLine| line.percent.is_some();
    if !sections.iter().any(there) {
        obstacles.push(Obstacle::Nothing);
    }
    if !obstacles.is_empty() {
        obstacles.sort();
        obstacles.dedup();
        return Err(obstacles);
    }
    let weights: i64 = sections
        .iter()
        .filter(|line| there(line))
        .map(|line| i64::from(line.weight))
        .sum();
    let mut so_far = 0;
    let mut given = 0;
    for line in sections.iter_mut().filter(|line| line.percent.is_some()) {
        // Rounded along the way, so that the shown weights add up to 100 exactly.
        so_far += i64::from(line.weight);
        let upto = rounded(i128::from(so_far) * i128::from(WHOLE.0), weights);
        line.counted = Decimal(upto - given);
        given = upto;
    }
    let sum: i128 = sections
        .iter()
        .filter_map(|line| Some(i128::from(line.percent?.0) * i128::from(line.weight)))
        .sum();
    let before = Decimal(rounded(sum * i128::from(content.full), weights * 100));
    let deductions = deductions(content, inputs);
    let off: i64 = deductions.iter().map(|one| one.points.0).sum();
    let left = (before.0 - off).max(0);
    let score = round(Decimal(left.min(content.cap.0)), content.rounding);
    Ok(Outcome {
        before,
        deductions,
        score,
        capped: left > content.cap.0,
        band: band_of(content, score).to_owned(),
        sections,
    })
}

/// The key of the band that a score lies in; the last band when it is below all.
#[must_use]
pub fn band_of(content: &Content, score: Decimal) -> &str {
    let bands = &content.bands;
    let found = bands.iter().find(|band| score >= band.from);
    found.or(bands.last()).map_or("", |band| &band.key)
}

/// Where a figure lies on a curve: straight between its points, flat beyond them.
#[must_use]
pub fn on_curve(anchors: &[Anchor], value: Decimal) -> Option<Decimal> {
    let (first, last) = (anchors.first()?, anchors.last()?);
    if value <= first.value {
        return Some(first.percent);
    }
    let mut pairs = anchors.iter().zip(anchors.iter().skip(1));
    let Some((low, high)) = pairs.find(|(_, high)| value <= high.value) else {
        return Some(last.percent);
    };
    let way = i128::from(value.0) - i128::from(low.value.0);
    let whole = high.value.0.checked_sub(low.value.0)?;
    let rise = i128::from(high.percent.0) - i128::from(low.percent.0);
    Some(Decimal(low.percent.0 + rounded(way * rise, whole)))
}

/// Rounds a score.
#[must_use]
pub fn round(score: Decimal, rounding: Rounding) -> Decimal {
    let step = SCALE / 10_i64.pow(rounding.decimals.min(4));
    let (down, rest) = (score.0.div_euclid(step), score.0.rem_euclid(step));
    let up = match rounding.mode {
        Mode::Down => false,
        Mode::HalfUp => rest * 2 >= step,
        Mode::HalfEven => rest * 2 > step || (rest * 2 == step && down % 2 != 0),
    };
    Decimal((down + i64::from(up)) * step)
}

/// The items of a section with what each is worth.
fn items(section: &Section, inputs: &Inputs, obstacles: &mut Vec<Obstacle>) -> Vec<ItemLine> {
    let line = |key: &str, weight, value, percent| ItemLine {
        key: key.to_owned(),
        weight,
        value,
        percent,
    };
    match &section.measure {
        Measure::Metrics { items } => {
            let worth = |item: &super::content::MetricItem| {
                if inputs.paused.contains(&item.metric) {
                    obstacles.push(Obstacle::Paused(item.metric.clone()));
                }
                let value = inputs.metrics.get(&item.metric).copied().flatten();
                let percent = value.and_then(|value| on_curve(&item.anchors, value));
                line(&item.metric, item.weight, value, percent)
            };
            items.iter().map(worth).collect()
        }
        Measure::Plan => inputs
            .plan
            .iter()
            .map(|item| line(&item.title, item.weight, None, item.percent))
            .collect(),
        Measure::Criteria { items } => items
            .iter()
            .map(|item| {
                let percent = inputs.criteria.get(&item.key).copied();
                line(&item.key, item.weight, None, percent)
            })
            .collect(),
        Measure::Feedback { sources, questions } => sources
            .iter()
            .map(|side| {
                let key = source_key(side.source);
                let voices = inputs.feedback.get(&side.source);
                let enough = voices.filter(|voices| voices.answers >= side.least);
                let mean = enough.and_then(|voices| {
                    let rated = questions
                        .iter()
                        .filter_map(|one| Some((one.weight, *voices.means.get(&one.key)?)));
                    mean(rated)
                });
                // From 1 to 5 it is four steps.
                let percent = mean.map(|mean| Decimal((mean.0 - SCALE) * 25));
                line(key, side.weight, mean, percent)
            })
            .collect(),
        Measure::Competencies => vec![line("competencies", 1, None, inputs.competencies)],
    }
}

/// What a section is worth; none when its weight is spread.
fn percent(
    section: &Section,
    items: &[ItemLine],
    obstacles: &mut Vec<Obstacle>,
) -> Option<Decimal> {
    let missing = items.iter().filter(|item| item.percent.is_none());
    match section.missing {
        Missing::Spread => mean(
            items
                .iter()
                .filter_map(|item| Some((item.weight, item.percent?))),
        ),
        Missing::Zero => {
            let zero = Decimal(0);
            let all = items
                .iter()
                .map(|item| (item.weight, item.percent.unwrap_or(zero)));
            Some(mean(all).unwrap_or(zero))
        }
        Missing::Block => {
            let gaps = missing.map(|item| Some(item.key.clone()));
            let none = items.is_empty().then_some(None);
            let gaps = gaps.chain(none);
            obstacles.extend(gaps.map(|item| Obstacle::Missing(section.key.clone(), item)));
            mean(
                items
                    .iter()
                    .filter_map(|item| Some((item.weight, item.percent?))),
            )
        }
    }
}

/// The mean by weight, to four decimals; none of nothing.
fn mean(items: impl Iterator<Item = (i32, Decimal)>) -> Option<Decimal> {
    let (mut weights, mut sum) = (0_i64, 0_i128);
    for (weight, value) in items {
        weights += i64::from(weight);
        sum += i128::from(weight) * i128::from(value.0);
    }
    (weights > 0).then(|| Decimal(rounded(sum, weights)))
}

fn deductions(content: &Content, inputs: &Inputs) -> Vec<Deduction> {
    let cost = |one: &super::content::Behaviour| {
        let times = *inputs.incidents.get(&one.key)?;
        let points = one.points.0.saturating_mul(i64::from(times));
        (times > 0).then(|| Deduction {
            key: one.key.clone(),
            times,
            points: Decimal(points.min(one.most.0)),
        })
    };
    content.behaviours.iter().filter_map(cost).collect()
}

/// A source as lines name it.
#[must_use]
pub const fn source_key(source: entity::enums::AppraisalFeedbackSource) -> &'static str {
    use entity::enums::AppraisalFeedbackSource::{Customer, Own, Peer, Superior};
    match source {
        Customer => "customer",
        Peer => "peer",
        Superior => "superior",
        Own => "own",
    }
}

/// The quotient to the nearest whole, halves up.
fn rounded(sum: i128, by: i64) -> i64 {
    let by = i128::from(by.max(1));
    let quotient = (sum * 2 + by).div_euclid(by * 2);
    i64::try_from(quotient).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "scoring_tests.rs"]
mod tests;
