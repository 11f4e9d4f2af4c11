//! Holding a definition against what can be counted, and against the metrics that there are.

use serde::Serialize;

use super::definition::{Aggregate, Base, Body, Definition, Derived, Direction, Unit};
use super::expression::{self, Problem};
use super::standing::{Metrics, way};
use crate::error::Text;
use crate::metrics::facts::{Measure, MeasureUnit, Source};

/// The most kinds or channels that a definition names.
const MOST: usize = 20;

/// A definition as somebody writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// What the figure is.
    pub unit: Unit,
    /// Whether more is better.
    pub direction: Direction,
    /// What it is computed from.
    pub body: DraftBody,
}

/// What it is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum DraftBody {
    /// From facts.
    Facts(Base),
    /// From other metrics, by an expression.
    Expression(String),
}

/// A mistake in a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Which part of it, such as `body.facts.measure`.
    pub field: &'static str,
    /// Where in an expression: characters from the start, and how many.
    pub place: Option<(usize, usize)>,
    /// What is wrong and the way out.
    pub text: Text,
}

impl Flaw {
    fn new(
        field: &'static str,
        en: impl Into<std::borrow::Cow<'static, str>>,
        zh: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Self {
        Self {
            field,
            place: None,
            text: Text::new(en, zh),
        }
    }

    /// What is wrong with its place in words, for whoever only reads the text.
    #[must_use]
    pub fn told(&self) -> Text {
        match self.place {
            None => self.text.clone(),
            Some((offset, _)) => Text::new(
                format!("Character {}: {}", offset + 1, self.text.en),
                format!("第 {} 个字符：{}", offset + 1, self.text.zh),
            ),
        }
    }
}

impl From<Problem> for Flaw {
    fn from(problem: Problem) -> Self {
        Self {
            field: "body.expression",
            place: Some((problem.offset, problem.length)),
            text: problem.text,
        }
    }
}

/// What the definition becomes when it is saved under `key`.
///
/// # Errors
/// Every mistake that can be seen.
pub fn check<'s>(
    key: Option<&str>,
    draft: &Draft,
    source: &dyn Fn(&str) -> Option<&'s Source>,
    metrics: &Metrics,
) -> Result<Definition, Vec<Flaw>> {
    let body = match &draft.body {
        DraftBody::Facts(base) => Body::Facts(facts(base, draft.unit, source(&base.source))?),
        DraftBody::Expression(text) => Body::Derived(derived(key, text, metrics)?),
    };
    Ok(Definition {
        unit: draft.unit,
        direction: draft.direction,
        body,
    })
}

fn derived(key: Option<&str>, text: &str, metrics: &Metrics) -> Result<Derived, Vec<Flaw>> {
    // Places are counted from the beginning as it was written.
    let text = text.trim_end();
    let known = |input: &str| metrics.get(input).map(|definition| definition.unit);
    let checked = expression::check(text, &known)
        .map_err(|problems| problems.into_iter().map(Flaw::from).collect::<Vec<_>>())?;
    let circles: Vec<Flaw> = checked
        .places
        .iter()
        .filter_map(|(input, place)| {
            let around = way(metrics, input, key?)?.join(" → ");
            Some(Flaw {
                place: Some((*place, input.len())),
                ..Flaw::new(
                    "body.expression",
                    format!("The metric would stand on itself, by {around}; take `{input}` out."),
                    format!("指标将通过 {around} 引用自身，请去掉 `{input}`。"),
                )
            })
        })
        .collect();
    if circles.is_empty() {
        Ok(Derived {
            expression: text.trim_start().to_owned(),
            inputs: checked.inputs,
        })
    } else {
        Err(circles)
    }
}

fn facts(base: &Base, unit: Unit, source: Option<&Source>) -> Result<Base, Vec<Flaw>> {
    let Some(source) = source else {
        return Err(vec![Flaw::new(
            "body.facts.source",
            "There is no such source of facts; `metricSources` lists them.",
            "没有此事实来源；可通过 metricSources 查询。",
        )]);
    };
    let mut flaws = Vec::new();
    if !source.attributions.contains(&base.attribution) {
        flaws.push(Flaw::new(
            "body.facts.attribution",
            format!(
                "Facts of {} can't be attributed so; `metricSources` lists how.",
                source.key
            ),
            format!(
                "{} 的事实不支持此归属方式；可通过 metricSources 查询。",
                source.key
            ),
        ));
    }
    match measured(base, source) {
        Err(flaw) => flaws.push(flaw),
        Ok(measure) => match unit_of(base.aggregate, measure.map(|measure| measure.unit)) {
            None => flaws.push(Flaw::new(
                "body.facts.aggregate",
                "There is no mean of yes and no; take RATE.",
                "是/否类度量没有平均值，请使用 RATE。",
            )),
            Some(made) if made != unit && unit != Unit::Number => flaws.push(Flaw::new(
                "unit",
                format!(
                    "Such a figure is counted in {made:?}; set the unit to that, or to Number."
                ),
                format!("该指标的单位应为 {made:?} 或 Number。"),
            )),
            Some(_) => {}
        },
    }
    flaws.extend(threshold(base, source));
    for (field, words) in [
        ("body.facts.kinds", &base.kinds),
        ("body.facts.channels", &base.channels),
    ] {
        if words.len() > MOST || !words.iter().all(|word| is_word(word)) {
            flaws.push(Flaw::new(
                field,
                format!("Name at most {MOST}, in small letters, digits and underscores, such as technical_support."),
                format!("最多 {MOST} 个，仅限小写字母、数字和下划线，例如 technical_support。"),
            ));
        }
    }
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words.dedup();
        words
    };
    Ok(Base {
        kinds: sorted(&base.kinds),
        channels: sorted(&base.channels),
        ..base.clone()
    })
}

fn is_word(word: &str) -> bool {
    let part = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=40).contains(&word.len()) && word.bytes().all(part)
}

/// The measure that the aggregate looks at.
fn measured(base: &Base, source: &Source) -> Result<Option<Measure>, Flaw> {
    match (base.aggregate, &base.measure) {
        (Aggregate::Count, None) => Ok(None),
        (Aggregate::Count, Some(_)) => Err(Flaw::new(
            "body.facts.measure",
            "COUNT only counts the facts; leave the measure out, or take SUM.",
            "COUNT 只统计事实数量，请去掉度量或改用 SUM。",
        )),
        (_, None) => Err(Flaw::new(
            "body.facts.measure",
            "SUM, MEAN and RATE look at a measure; name one of the source.",
            "SUM、MEAN 和 RATE 需要指定来源的度量。",
        )),
        (_, Some(key)) => source
            .measures
            .iter()
            .find(|measure| measure.key == key)
            .map(|measure| Some(*measure))
            .ok_or_else(|| {
                let keys: Vec<&str> = source.measures.iter().map(|measure| measure.key).collect();
                let keys = keys.join(", ");
                Flaw::new(
                    "body.facts.measure",
                    format!("{} has no such measure; it has: {keys}.", source.key),
                    format!("{} 没有此度量，可用的有：{keys}。", source.key),
                )
            }),
    }
}

/// Is the bound there exactly where it is needed?
fn threshold(base: &Base, source: &Source) -> Option<Flaw> {
    let measure = measured(base, source).ok()?;
    let needed = base.aggregate == Aggregate::Rate
        && measure.is_some_and(|measure| measure.unit != MeasureUnit::YesNo);
    match base.at_least {
        None if needed => Some(Flaw::new(
            "body.facts.atLeast",
            "This measure isn't yes or no; say from which value on it counts as yes.",
            "该度量不是是/否类型，请指定达标的最小值。",
        )),
        Some(_) if !needed => Some(Flaw::new(
            "body.facts.atLeast",
            "Only a rate over a measure that isn't yes or no has such a bound; leave it out.",
            "只有对非是/否度量取比率时才需要此值，请去掉。",
        )),
        _ => None,
    }
}

/// In what the figure is counted.
const fn unit_of(aggregate: Aggregate, measure: Option<MeasureUnit>) -> Option<Unit> {
    match (aggregate, measure) {
        (Aggregate::Rate, _) => Some(Unit::Percent),
        (Aggregate::Mean, Some(MeasureUnit::YesNo)) => None,
        (Aggregate::Sum | Aggregate::Mean, Some(MeasureUnit::Seconds)) => Some(Unit::Seconds),
        (Aggregate::Sum | Aggregate::Mean, Some(MeasureUnit::Points)) => Some(Unit::Points),
        (Aggregate::Sum | Aggregate::Mean, Some(MeasureUnit::Money)) => Some(Unit::Money),
        _ => Some(Unit::Count),
    }
}

#[cfg(test)]
pub mod tests;
