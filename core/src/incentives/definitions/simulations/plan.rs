//! What is tried, against what, over which periods, and in which order the worker goes (模拟计划).

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::decimal::Decimal;
use crate::error::Result;
use crate::incentives::rules::content::{Period, RuleContent, Trigger};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Span;

/// The most versions that are tried at once.
pub const CANDIDATES: usize = 10;
/// The most periods.
pub const PERIODS: u32 = 12;
/// The most values of a parameter.
pub const VALUES: usize = 9;
/// The most years ago that a simulation begins.
pub const YEARS: u32 = 5;
/// How many simulations somebody who may not see what everybody is paid starts in 24 hours: each of them tells a little.
pub const A_DAY: usize = 10;

/// How candidates go together with the rules of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mode {
    /// Beside them: a candidate takes the place of the version of its own rule only (并行).
    Beside,
    /// Instead of all of them (替代).
    Instead,
}

/// A parameter that is varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Vary {
    /// Of which candidate.
    pub version: Uuid,
    /// Its key.
    pub parameter: String,
    /// The values that are tried.
    pub values: Vec<Decimal>,
}

/// What a simulation does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// The versions that are tried.
    pub candidates: Vec<Uuid>,
    /// What they said when it was asked for, in short: one that is written anew meanwhile isn't what was to be tried.
    pub digests: Vec<String>,
    /// How they go together with the rules of today.
    pub mode: Mode,
    /// The versions that were in force when it was asked for.
    pub today: Vec<Uuid>,
    /// Over which periods, the earliest first.
    pub spans: Vec<Span>,
    /// The parameter that is varied.
    pub vary: Option<Vary>,
    /// The account or API client that asked for it.
    #[serde(default)]
    pub by: Option<Uuid>,
}

/// A rule that is evaluated: a version, and the value of the varied parameter where it isn't its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The version.
    pub version: Uuid,
    /// The place of the value.
    pub value: Option<usize>,
}

impl Plan {
    /// Everything that is evaluated, each once.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let mut versions = self.today.clone();
        versions.extend(&self.candidates);
        let mut seen = BTreeSet::new();
        versions.retain(|version| seen.insert(*version));
        let own = |version| Slot {
            version,
            value: None,
        };
        let mut slots: Vec<Slot> = versions.into_iter().map(own).collect();
        if let Some(vary) = &self.vary {
            let varied = |place| Slot {
                version: vary.version,
                value: Some(place),
            };
            slots.extend((0..vary.values.len()).map(varied));
        }
        slots
    }

    /// The variants by the places of their slots: today's, the candidates', and one for each value. `rule_of` tells of which rule a
    /// version is.
    #[must_use]
    pub fn variants(&self, rule_of: impl Fn(Uuid) -> Option<Uuid>) -> Vec<Vec<usize>> {
        let slots = self.slots();
        let place = |version: Uuid, value| {
            slots
                .iter()
                .position(|slot| *slot == Slot { version, value })
        };
        let today: Vec<usize> = self
            .today
            .iter()
            .filter_map(|one| place(*one, None))
            .collect();
        let tried: BTreeSet<Option<Uuid>> =
            self.candidates.iter().map(|one| rule_of(*one)).collect();
        let stay = |version: &&Uuid| {
            self.mode == Mode::Beside
                && !self.candidates.contains(version)
                && !tried.contains(&rule_of(**version))
        };
        let after: Vec<Uuid> = self
            .today
            .iter()
            .filter(stay)
            .chain(&self.candidates)
            .copied()
            .collect();
        let mut variants = vec![
            today,
            after.iter().filter_map(|one| place(*one, None)).collect(),
        ];
        if let Some(vary) = &self.vary {
            variants.extend((0..vary.values.len()).map(|value| {
                let of = |version: &Uuid| {
                    let value = (*version == vary.version).then_some(value);
                    place(*version, value)
                };
                after.iter().filter_map(of).collect()
            }));
        }
        variants
    }
}

/// What a rule says, in short.
///
/// # Errors
/// When it can't be written as JSON, which doesn't happen.
pub fn digest(content: &RuleContent) -> Result<String> {
    let digest = Sha256::digest(serde_json::to_vec(content)?);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Some whole periods in a row, the earliest first: as many as are asked for, up to the one in which `last` lies.
#[must_use]
pub fn spans(kind: Period, last: NaiveDate, count: u32) -> Vec<Span> {
    let months = months(kind);
    let first = |day: NaiveDate| day.with_day(1)?.with_month0(day.month0() / months * months);
    let span = |back: u32| {
        let from = first(last)?.checked_sub_months(Months::new(back * months))?;
        let to = from.checked_add_months(Months::new(months))?;
        Some(Span { from, to })
    };
    (0..count).rev().filter_map(span).collect()
}

/// How many months a period has.
#[must_use]
pub const fn months(kind: Period) -> u32 {
    match kind {
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Year => 12,
    }
}

/// The first day of the time of a budget in which a day lies.
#[must_use]
pub fn budget_from(kind: Period, day: NaiveDate) -> NaiveDate {
    spans(kind, day, 1).first().map_or(day, |span| span.from)
}

/// What the worker looks at within a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Stage {
    /// Members.
    Members,
    /// Teams.
    Teams,
    /// The records of a source.
    Records {
        /// Its name.
        source: String,
    },
}

/// What the worker looks at for these rules, in this order.
#[must_use]
pub fn stages(rules: &[Rule]) -> Vec<Stage> {
    let sources: BTreeSet<&String> = rules
        .iter()
        .filter_map(|rule| match &rule.content().trigger {
            Trigger::PerRecord { source } => Some(source),
            Trigger::PerPeriod => None,
        })
        .collect();
    let split = |rule: &Rule| {
        let content = rule.content();
        content.trigger == Trigger::PerPeriod && content.split.is_some()
    };
    // Members always: it has to be known how many each rule is for.
    let mut stages = vec![Stage::Members];
    if rules.iter().any(split) {
        stages.push(Stage::Teams);
    }
    stages.extend(
        sources
            .into_iter()
            .cloned()
            .map(|source| Stage::Records { source }),
    );
    stages
}

/// Where the worker goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cursor {
    /// In which period, counted from 0.
    pub span: usize,
    /// In which stage of it, counted from 0; behind the last one the period is held together.
    pub stage: usize,
    /// After which row.
    pub after: Option<Uuid>,
    /// How many pages of the period are there.
    pub pages: i32,
}

impl Cursor {
    /// The next page, in the same stage after a row or in the next one.
    #[must_use]
    pub const fn on(self, after: Option<Uuid>) -> Self {
        Self {
            span: self.span,
            stage: if after.is_some() {
                self.stage
            } else {
                self.stage + 1
            },
            after,
            pages: self.pages + 1,
        }
    }

    /// The next period.
    #[must_use]
    pub const fn next_span(self) -> Self {
        Self {
            span: self.span + 1,
            stage: 0,
            after: None,
            pages: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn periods_end_with_the_one_in_which_a_day_lies() {
        let text = |kind, last, count| {
            let spans = spans(kind, day(last), count);
            let text: Vec<String> = spans
                .iter()
                .map(|span| format!("{}..{}", span.from, span.to))
                .collect();
            text.join(" ")
        };
        assert_eq!(
            text(Period::Month, "2026-03-31", 2),
            "2026-02-01..2026-03-01 2026-03-01..2026-04-01"
        );
        assert_eq!(
            text(Period::Month, "2026-01-05", 2),
            "2025-12-01..2026-01-01 2026-01-01..2026-02-01"
        );
        assert_eq!(
            text(Period::Quarter, "2026-05-20", 2),
            "2026-01-01..2026-04-01 2026-04-01..2026-07-01"
        );
        assert_eq!(
            text(Period::Year, "2026-05-20", 1),
            "2026-01-01..2027-01-01"
        );
        assert_eq!(
            budget_from(Period::Quarter, day("2026-12-31")),
            day("2026-10-01")
        );
    }

    #[test]
    fn a_candidate_takes_the_place_of_its_own_rule_or_of_all() {
        // Versions 11 and 12 are of rule 1, 21 of rule 2, 31 of rule 3.
        let rule_of = |version: Uuid| Some(id(version.as_u128() / 10));
        let plan = |mode| Plan {
            candidates: vec![id(12), id(31)],
            digests: Vec::new(),
            mode,
            today: vec![id(11), id(21)],
            spans: Vec::new(),
            vary: Some(Vary {
                version: id(12),
                parameter: "rate".to_owned(),
                values: vec![Decimal(1), Decimal(2)],
            }),
            by: None,
        };
        let named = |plan: &Plan| -> Vec<Vec<(u128, Option<usize>)>> {
            let slots = plan.slots();
            let shown = |places: Vec<usize>| {
                let of = |place: usize| (slots[place].version.as_u128(), slots[place].value);
                places.into_iter().map(of).collect()
            };
            plan.variants(rule_of).into_iter().map(shown).collect()
        };
        assert_eq!(
            named(&plan(Mode::Beside)),
            [
                vec![(11, None), (21, None)],
                vec![(21, None), (12, None), (31, None)],
                vec![(21, None), (12, Some(0)), (31, None)],
                vec![(21, None), (12, Some(1)), (31, None)],
            ]
        );
        assert_eq!(named(&plan(Mode::Instead))[1], [(12, None), (31, None)]);
        // A version that is in force already is no change.
        let same = Plan {
            candidates: vec![id(11)],
            vary: None,
            ..plan(Mode::Beside)
        };
        assert_eq!(
            named(&same),
            [[(11, None), (21, None)], [(21, None), (11, None)]]
        );
    }

    #[test]
    fn the_cursor_goes_page_by_page() {
        let start = Cursor::default();
        let second = start.on(Some(id(1)));
        assert_eq!(
            (second.stage, second.after, second.pages),
            (0, Some(id(1)), 1)
        );
        let teams = second.on(None);
        assert_eq!((teams.stage, teams.after, teams.pages), (1, None, 2));
        assert_eq!(
            teams.next_span(),
            Cursor {
                span: 1,
                ..Cursor::default()
            }
        );
    }
}
