//! What a version of a template says: sections with weights, full marks and the cap below them, bands, rounding (模板内容).

use std::collections::BTreeSet;

use entity::enums::AppraisalFeedbackSource as Source;
use serde::{Deserialize, Serialize};

use crate::decimal::{Decimal, SCALE};
use crate::error::Text;

/// A hundred percent.
pub const WHOLE: Decimal = Decimal(100 * SCALE);
/// The most sections.
const SECTIONS: usize = 12;
/// The most items of a section, questions, and behaviours.
const ITEMS: usize = 20;
/// The most bands.
const BANDS: usize = 10;
/// The most points of a curve.
const ANCHORS: usize = 10;

/// Everything that a version of a template says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    /// Full marks, in points.
    pub full: i32,
    /// The highest score that anybody gets: a score can't exceed the standard.
    pub cap: Decimal,
    /// How the score is rounded, once, at the end.
    pub rounding: Rounding,
    /// From the best one down; the last one begins at 0.
    pub bands: Vec<Band>,
    /// What is looked at; the weights add up to 100.
    pub sections: Vec<Section>,
    /// What costs points.
    #[serde(default)]
    pub behaviours: Vec<Behaviour>,
}

/// How a score is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    /// To how many decimals, 0 to 2.
    pub decimals: u32,
    /// Which way.
    pub mode: Mode,
}

/// Which way a score is rounded (取整方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// To the nearest, halves up (四舍五入).
    HalfUp,
    /// To the nearest, halves to the even one (四舍六入五成双).
    HalfEven,
    /// Down (舍去).
    Down,
}

/// A range of scores with a name (等级).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// Its key within the template, such as `excellent`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// From which score on.
    pub from: Decimal,
    /// At most so many of a hundred appraisals; any number when nothing is said.
    #[serde(default)]
    pub most_percent: Option<i32>,
}

/// A part of an appraisal (考核项目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// Its key within the template.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// Its weight, in percent.
    pub weight: i32,
    /// What it means when there is nothing to go by.
    pub missing: Missing,
    /// What it is made of.
    pub measure: Measure,
}

/// What a missing component means; chosen, never silently zero (缺失处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Its weight is spread over the others (权重分摊).
    Spread,
    /// It counts nothing (按零分计).
    Zero,
    /// There is no result before it is there (不得结束).
    Block,
}

/// What a section is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// Figures of the metric register (指标).
    Metrics {
        /// Which ones.
        items: Vec<MetricItem>,
    },
    /// The work plan of the period (工作计划).
    Plan,
    /// Criteria that the reviewer judges (日常工作质量).
    Criteria {
        /// Which ones.
        items: Vec<Criterion>,
    },
    /// Feedback from all sides (360 度评价).
    Feedback {
        /// From which sides, with which weights.
        sources: Vec<Side>,
        /// What is asked.
        questions: Vec<Criterion>,
    },
    /// How the competencies fit the profile of the position (能力匹配).
    Competencies,
}

/// A figure of the metric register with its curve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricItem {
    /// The metric's key.
    pub metric: String,
    /// Its weight among the items.
    pub weight: i32,
    /// From figures to percent: straight between the points, flat beyond them.
    pub anchors: Vec<Anchor>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The figure.
    pub value: Decimal,
    /// What it is worth, in percent.
    pub percent: Decimal,
}

/// Something that is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// Its key within the template.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// Its weight among the others.
    pub weight: i32,
}

/// A side from which feedback comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Which one.
    pub source: Source,
    /// Its weight among the sides.
    pub weight: i32,
    /// Of fewer answers nothing is told and nothing counts.
    pub least: u32,
}

/// A critical bad behaviour (关键行为).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Behaviour {
    /// Its key within the template.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// How many points each time costs.
    pub points: Decimal,
    /// How many points it costs at most.
    pub most: Decimal,
}

/// The fewest answers of which a source may tell anything: below that, answers could be told from each other.
#[must_use]
pub const fn fewest(source: Source) -> u32 {
    match source {
        Source::Customer | Source::Peer => 3,
        // The superior is known to the member, and so is the member.
        Source::Superior | Source::Own => 1,
    }
}

/// What is wrong with a content, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, such as `sections.2.weight`.
    pub path: String,
    /// What, in both languages.
    pub text: Text,
}

/// What is wrong with a content; nothing when it can be published.
#[must_use]
pub fn faults(content: &Content) -> Vec<Fault> {
    let mut found = Faults::default();
    found.ensure((10..=1_000).contains(&content.full), "full", || {
        Text::new(
            "Full marks are 10 to 1,000 points.",
            "满分须为 10 至 1000 分。",
        )
    });
    let full = i64::from(content.full) * SCALE;
    found.ensure(content.rounding.decimals <= 2, "rounding.decimals", || {
        Text::new("A score has 0 to 2 decimals.", "得分须保留 0 至 2 位小数。")
    });
    let step = SCALE / 10_i64.pow(content.rounding.decimals.min(2));
    let cap = content.cap.0;
    found.ensure(0 < cap && cap <= full && cap % step == 0, "cap", || {
        Text::new(
            "The cap is above 0, not above full marks, and has no more decimals than the score.",
            "上限须大于 0、不超过满分，且小数位数不超过得分。",
        )
    });
    found.bands(content, full);
    found.sections(&content.sections);
    found.behaviours(&content.behaviours, full);
    found.0
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn ensure(&mut self, holds: bool, path: impl Into<String>, text: impl FnOnce() -> Text) {
        if !holds {
            self.0.push(Fault {
                path: path.into(),
                text: text(),
            });
        }
    }

    fn named(&mut self, path: &str, [key, name, name_zh]: [&str; 3], seen: &mut BTreeSet<String>) {
        let plain = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_';
        let fits = (1..=50).contains(&key.len()) && key.chars().all(plain);
        self.ensure(fits, format!("{path}.key"), || {
            Text::new(
                "A key has 1 to 50 small letters, digits and `_`.",
                "键须为 1 至 50 个小写字母、数字或下划线。",
            )
        });
        self.ensure(seen.insert(key.to_owned()), format!("{path}.key"), || {
            Text::new("This key stands twice.", "该键重复。")
        });
        for (part, text) in [("name", name), ("nameZh", name_zh)] {
            let length = text.trim().chars().count();
            self.ensure(
                (1..=100).contains(&length),
                format!("{path}.{part}"),
                || {
                    Text::new(
                        "A name has 1 to 100 characters.",
                        "名称须为 1 至 100 个字符。",
                    )
                },
            );
        }
    }

    fn weight(&mut self, path: &str, weight: i32) {
        self.ensure(
            (1..=100).contains(&weight),
            format!("{path}.weight"),
            || Text::new("A weight is 1 to 100.", "权重须为 1 至 100。"),
        );
    }

    fn count(&mut self, path: &str, count: usize, most: usize) {
        self.ensure((1..=most).contains(&count), path, || {
            Text::new(
                format!("There are 1 to {most} of them."),
                format!("须有 1 至 {most} 项。"),
            )
        });
    }

    fn bands(&mut self, content: &Content, full: i64) {
        let mut seen = BTreeSet::new();
        self.count("bands", content.bands.len(), BANDS);
        let mut above = full + 1;
        for (place, band) in content.bands.iter().enumerate() {
            let path = format!("bands.{place}");
            self.named(&path, [&band.key, &band.name, &band.name_zh], &mut seen);
            let last = place + 1 == content.bands.len();
            let fits = band.from.0 < above
                && if last {
                    band.from.0 == 0
                } else {
                    band.from.0 > 0
                };
            self.ensure(fits, format!("{path}.from"), || {
                Text::new(
                    "Bands come from the best one down, each below the one before, and the last one begins at 0.",
                    "等级须由高到低排列，且最后一个等级从 0 分起。",
                )
            });
            above = band.from.0;
            let share = band
                .most_percent
                .is_none_or(|most| (1..=100).contains(&most));
            self.ensure(share, format!("{path}.mostPercent"), || {
                Text::new("It is 1 to 100.", "须为 1 至 100。")
            });
        }
    }

    fn sections(&mut self, sections: &[Section]) {
        let (mut keys, mut criteria) = (BTreeSet::new(), BTreeSet::new());
        self.count("sections", sections.len(), SECTIONS);
        let sum: i64 = sections.iter().map(|one| i64::from(one.weight)).sum();
        self.ensure(sum == 100, "sections", || {
            Text::new(
                format!("The weights of the sections add up to {sum}; they have to make 100."),
                format!("各项目权重之和为 {sum}，须为 100。"),
            )
        });
        for (place, section) in sections.iter().enumerate() {
            let path = format!("sections.{place}");
            let names = [section.key.as_str(), &section.name, &section.name_zh];
            self.named(&path, names, &mut keys);
            self.weight(&path, section.weight);
            match &section.measure {
                Measure::Metrics { items } => self.metrics(&path, items),
                Measure::Criteria { items } => {
                    self.criteria(&format!("{path}.items"), items, &mut criteria);
                }
                Measure::Feedback { sources, questions } => {
                    self.sides(&path, sources);
                    self.criteria(&format!("{path}.questions"), questions, &mut criteria);
                }
                Measure::Plan | Measure::Competencies => {}
            }
        }
        let feedback = |one: &&Section| matches!(one.measure, Measure::Feedback { .. });
        self.ensure(
            sections.iter().filter(feedback).count() <= 1,
            "sections",
            || {
                Text::new(
                    "Feedback is asked for once: have one such section.",
                    "360 度评价项目最多一个。",
                )
            },
        );
    }

    fn metrics(&mut self, path: &str, items: &[MetricItem]) {
        let mut seen = BTreeSet::new();
        self.count(&format!("{path}.items"), items.len(), ITEMS);
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}.items.{place}");
            self.weight(&path, item.weight);
            self.ensure(seen.insert(&item.metric), format!("{path}.metric"), || {
                Text::new("This metric stands twice.", "该指标重复。")
            });
            self.count(&format!("{path}.anchors"), item.anchors.len(), ANCHORS);
            let pairs = || item.anchors.iter().zip(item.anchors.iter().skip(1));
            let ascending = pairs().all(|(one, next)| one.value < next.value);
            let one_way = pairs().all(|(one, next)| one.percent <= next.percent)
                || pairs().all(|(one, next)| one.percent >= next.percent);
            let range = Decimal(0)..=WHOLE;
            let within = item.anchors.iter().all(|one| range.contains(&one.percent));
            let fits = item.anchors.len() > 1 && ascending && one_way && within;
            self.ensure(fits, format!("{path}.anchors"), || {
                Text::new(
                    "A curve has two points at least, with ascending figures, and 0 to 100 percent that only rise or only fall.",
                    "曲线至少两个点，指标值递增，得分率在 0 至 100 之间且单调。",
                )
            });
        }
    }

    fn criteria(&mut self, path: &str, items: &[Criterion], seen: &mut BTreeSet<String>) {
        self.count(path, items.len(), ITEMS);
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}.{place}");
            self.named(&path, [&item.key, &item.name, &item.name_zh], seen);
            self.weight(&path, item.weight);
        }
    }

    fn sides(&mut self, path: &str, sides: &[Side]) {
        let mut seen = BTreeSet::new();
        self.count(&format!("{path}.sources"), sides.len(), 4);
        for (place, side) in sides.iter().enumerate() {
            let path = format!("{path}.sources.{place}");
            self.weight(&path, side.weight);
            self.ensure(seen.insert(side.source), format!("{path}.source"), || {
                Text::new("This source stands twice.", "该评价来源重复。")
            });
            let least = fewest(side.source);
            self.ensure((least..=50).contains(&side.least), format!("{path}.least"), || {
                Text::new(
                    format!("Of fewer than {least} answers nothing may be told; at most 50 are asked for."),
                    format!("少于 {least} 份评价不得显示，最多要求 50 份。"),
                )
            });
        }
    }

    fn behaviours(&mut self, behaviours: &[Behaviour], full: i64) {
        let mut seen = BTreeSet::new();
        self.ensure(behaviours.len() <= ITEMS, "behaviours", || {
            Text::new(
                format!("There are at most {ITEMS} of them."),
                format!("最多 {ITEMS} 项。"),
            )
        });
        for (place, one) in behaviours.iter().enumerate() {
            let path = format!("behaviours.{place}");
            self.named(&path, [&one.key, &one.name, &one.name_zh], &mut seen);
            let fits = 0 < one.points.0 && one.points.0 <= one.most.0 && one.most.0 <= full;
            self.ensure(fits, format!("{path}.points"), || {
                Text::new(
                    "A behaviour costs more than 0 points, at most `most`, and that not more than full marks.",
                    "每次扣分须大于 0 且不超过上限，上限不超过满分。",
                )
            });
        }
    }
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
