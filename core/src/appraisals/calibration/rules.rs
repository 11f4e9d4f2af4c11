//! Two results side by side, and who belongs to a session's group.

use entity::appraisal_calibration;
use uuid::Uuid;

use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::scoring::Outcome;
use crate::decimal::Decimal;

/// Which appraisals of a cycle a session is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The session.
    pub session: Uuid,
    /// The cycle.
    pub cycle: Uuid,
    /// Only of this department.
    pub department: Option<Uuid>,
    /// Only by this version.
    pub version: Option<Uuid>,
}

impl From<&appraisal_calibration::Model> for Scope {
    fn from(row: &appraisal_calibration::Model) -> Self {
        Self {
            session: row.id,
            cycle: row.cycle_id,
            department: row.department_id,
            version: row.version_id,
        }
    }
}

impl Scope {
    /// Does an appraisal of this cycle, department and version belong to the group?
    #[must_use]
    pub fn holds(&self, cycle: Uuid, department: Option<Uuid>, version: Uuid) -> bool {
        self.cycle == cycle
            && (self.department.is_none() || self.department == department)
            && self.version.is_none_or(|wanted| wanted == version)
    }
}

/// A score in percent of full marks, so that results by different templates can be compared.
#[must_use]
pub fn of_full(content: &Content, score: Decimal) -> Decimal {
    let full = i128::from(content.full.max(1));
    let percent = (i128::from(score.0) * 200 + full).div_euclid(full * 2);
    Decimal(i64::try_from(percent).unwrap_or(i64::MAX))
}

/// What a part of an appraisal is worth for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The section's key.
    pub section: String,
    /// The item's key; none for the section as a whole.
    pub item: Option<String>,
    /// What it is worth for the first, in percent.
    pub one: Option<Decimal>,
    /// The same for the other.
    pub other: Option<Decimal>,
}

/// Two outcomes side by side: each section with its items after it, in the order of the first, then what only the other has.
#[must_use]
pub fn side_by_side(one: &Outcome, other: &Outcome) -> Vec<Line> {
    let mut lines = Vec::new();
    for section in sections(one, other) {
        let find = |outcome: &'_ Outcome| {
            let found = outcome.sections.iter().find(|line| line.key == section);
            found.cloned()
        };
        let (first, second) = (find(one), find(other));
        lines.push(Line {
            section: section.clone(),
            item: None,
            one: first.as_ref().and_then(|line| line.percent),
            other: second.as_ref().and_then(|line| line.percent),
        });
        let of_first = first.map(|line| line.items).unwrap_or_default();
        let of_second = second.map(|line| line.items).unwrap_or_default();
        let mut keys: Vec<&str> = Vec::new();
        for item in of_first.iter().chain(&of_second) {
            if !keys.contains(&item.key.as_str()) {
                keys.push(&item.key);
            }
        }
        for key in keys {
            let percent = |items: &[crate::appraisals::rules::scoring::ItemLine]| {
                let found = items.iter().find(|item| item.key == key);
                found.and_then(|item| item.percent)
            };
            lines.push(Line {
                section: section.clone(),
                item: Some(key.to_owned()),
                one: percent(&of_first),
                other: percent(&of_second),
            });
        }
    }
    lines
}

fn sections(one: &Outcome, other: &Outcome) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for line in one.sections.iter().chain(&other.sections) {
        if !keys.contains(&line.key) {
            keys.push(line.key.clone());
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::rules::scoring::{ItemLine, SectionLine};
    use crate::decimal::SCALE;

    /// Key, percent, and the items with theirs.
    type Described<'d> = (&'d str, i64, &'d [(&'d str, i64)]);

    fn outcome(sections: &[Described<'_>]) -> Outcome {
        let percent = |percent: i64| Some(Decimal(percent * SCALE));
        Outcome {
            sections: sections
                .iter()
                .map(|(key, worth, items)| SectionLine {
                    key: (*key).to_owned(),
                    weight: 50,
                    counted: Decimal(50 * SCALE),
                    percent: percent(*worth),
                    items: items
                        .iter()
                        .map(|(key, worth)| ItemLine {
                            key: (*key).to_owned(),
                            weight: 1,
                            value: None,
                            percent: percent(*worth),
                        })
                        .collect(),
                })
                .collect(),
            before: Decimal(0),
            deductions: Vec::new(),
            score: Decimal(0),
            capped: false,
            band: String::new(),
        }
    }

    #[test]
    fn what_only_one_has_stands_alone() {
        let one = outcome(&[("plan", 80, &[("Tidy up", 80)]), ("routine", 60, &[])]);
        let other = outcome(&[("plan", 90, &[("Write up", 90)]), ("figures", 70, &[])]);
        let points = |number: Option<Decimal>| number.map(|number| number.0 / SCALE);
        let found: Vec<(String, Option<i64>, Option<i64>)> = side_by_side(&one, &other)
            .into_iter()
            .map(|line| {
                let item = line.item.map(|item| format!("/{item}")).unwrap_or_default();
                (
                    format!("{}{item}", line.section),
                    points(line.one),
                    points(line.other),
                )
            })
            .collect();
        let expected = [
            ("plan", Some(80), Some(90)),
            ("plan/Tidy up", Some(80), None),
            ("plan/Write up", None, Some(90)),
            ("routine", Some(60), None),
            ("figures", None, Some(70)),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(key, one, other)| (key.to_owned(), one, other))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_group_is_of_one_cycle_and_of_all_that_is_named() {
        let [session, cycle, desk, tech, version] = [1, 2, 3, 4, 5].map(Uuid::from_u128);
        let all = Scope {
            session,
            cycle,
            department: None,
            version: None,
        };
        let of_desk = Scope {
            department: Some(desk),
            ..all
        };
        let by_version = Scope {
            version: Some(version),
            ..of_desk
        };
        for (scope, department, by, held) in [
            (all, None, session, true),
            (of_desk, Some(desk), session, true),
            (of_desk, Some(tech), session, false),
            (of_desk, None, session, false),
            (by_version, Some(desk), version, true),
            (by_version, Some(desk), session, false),
        ] {
            assert_eq!(scope.holds(cycle, department, by), held, "{scope:?}");
            assert!(!scope.holds(session, department, by));
        }
    }
}
