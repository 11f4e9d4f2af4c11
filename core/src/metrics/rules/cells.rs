//! What the facts of a day add up to, for one metric and every part of the company.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{Dimension, Grain, Province};
use entity::{metric_cell, metric_fact};
use uuid::Uuid;

use super::definition::{Base, Sums};

/// The key of facts without a team, product and so on.
pub const NONE: &str = "-";

/// All dimensions that sums are kept for.
pub const DIMENSIONS: [Dimension; 8] = [
    Dimension::Company,
    Dimension::Department,
    Dimension::Team,
    Dimension::Member,
    Dimension::Province,
    Dimension::Product,
    Dimension::Channel,
    Dimension::Kind,
];

/// Is the fact one that the metric counts? Its source and attribution are known to fit.
#[must_use]
pub fn counts(base: &Base, fact: &metric_fact::Model) -> bool {
    let among = |list: &[String], value: Option<&String>| {
        list.is_empty() || value.is_some_and(|value| list.contains(value))
    };
    among(&base.kinds, fact.kind.as_ref()) && among(&base.channels, fact.channel.as_ref())
}

/// What one fact adds, looking at the measure with that place in its source.
#[must_use]
pub fn sums_of(base: &Base, measure: Option<usize>, fact: &metric_fact::Model) -> Sums {
    let weight = i64::from(fact.weight);
    let measured = measure.and_then(|place| {
        [fact.value0, fact.value1, fact.value2, fact.value3]
            .get(place)
            .copied()
            .flatten()
    });
    match base.value_of(measured) {
        Some(value) => Sums {
            weight,
            counted: weight,
            total: weight.saturating_mul(value),
        },
        None => Sums {
            weight,
            ..Sums::default()
        },
    }
}

/// The key of a fact in a dimension, before it is written out: a day has thousands of facts and some dozens of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'f> {
    Company,
    None,
    Id(Uuid),
    Word(&'f str),
    Province(Province),
}

impl<'f> Key<'f> {
    fn of(dimension: Dimension, fact: &'f metric_fact::Model) -> Self {
        let id = |id: Option<Uuid>| id.map_or(Self::None, Self::Id);
        let word = |word: &'f Option<String>| word.as_deref().map_or(Self::None, Self::Word);
        match dimension {
            Dimension::Company => Self::Company,
            Dimension::Department => id(fact.department_id),
            Dimension::Team => id(fact.team_id),
            Dimension::Member => id(fact.member_id),
            Dimension::Province => fact.province.map_or(Self::None, Self::Province),
            Dimension::Product => id(fact.product_id),
            Dimension::Channel => word(&fact.channel),
            Dimension::Kind => word(&fact.kind),
        }
    }

    fn written(self) -> String {
        match self {
            Self::Company => String::new(),
            Self::None => NONE.to_owned(),
            Self::Id(id) => id.to_string(),
            Self::Word(word) => word.to_owned(),
            Self::Province(province) => province.text(),
        }
    }
}

/// The key of a fact in a dimension.
#[must_use]
pub fn key_of(dimension: Dimension, fact: &metric_fact::Model) -> String {
    Key::of(dimension, fact).written()
}

/// The cells of one day.
#[must_use]
pub fn cells_of_day(
    version_id: Uuid,
    base: &Base,
    measure: Option<usize>,
    day: NaiveDate,
    facts: &[metric_fact::Model],
) -> Vec<metric_cell::Model> {
    let mut cells: BTreeMap<(Dimension, Key<'_>), (Sums, BTreeSet<Uuid>)> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| counts(base, fact)) {
        let sums = sums_of(base, measure, fact);
        for dimension in DIMENSIONS {
            let cell = cells.entry((dimension, Key::of(dimension, fact)));
            let (so_far, people) = cell.or_default();
            so_far.add(sums);
            // Who has nothing but facts without a value adds nothing to the figure, and hides nobody in it.
            if sums.behind(base.aggregate) > 0 {
                people.extend(fact.member_id);
            }
        }
    }
    cells
        .into_iter()
        .map(|((dimension, key), (sums, people))| metric_cell::Model {
            version_id,
            dimension,
            grain: Grain::Day,
            start: day,
            key: key.written(),
            weight: sums.weight,
            counted: sums.counted,
            total: sums.total,
            people: i32::try_from(people.len()).unwrap_or(i32::MAX),
        })
        .collect()
}

/// What is to be written so that the cells of a day are the wanted ones: the keys of those that are gone, and those that are new or have
/// other sums. A day has thousands of cells, and a change touches few of them.
#[must_use]
pub fn difference(
    present: Vec<metric_cell::Model>,
    wanted: Vec<metric_cell::Model>,
) -> (Vec<(Dimension, String)>, Vec<metric_cell::Model>) {
    let mut gone: BTreeMap<(Dimension, String), metric_cell::Model> = present
        .into_iter()
        .map(|cell| ((cell.dimension, cell.key.clone()), cell))
        .collect();
    let differs = |cell: &metric_cell::Model| {
        let old = gone.remove(&(cell.dimension, cell.key.clone()));
        old.as_ref() != Some(cell)
    };
    let come = wanted.into_iter().filter(differs).collect();
    (gone.into_keys().collect(), come)
}

#[cfg(test)]
mod tests {
    use entity::enums::Attribution;

    use super::*;
    use crate::metrics::rules::definition::{Aggregate, Missing};

    /// A fact of a member, with a value or without.
    fn fact(member: u128, value0: Option<i64>) -> metric_fact::Model {
        metric_fact::Model {
            id: Uuid::from_u128(100 + member),
            source: "ticket.opened".to_owned(),
            attribution: Attribution::Owner,
            record_kind: "ticket".to_owned(),
            record_id: Uuid::from_u128(200 + member),
            part: 0,
            at: chrono::DateTime::default(),
            day: NaiveDate::default(),
            weight: 10_000,
            member_id: Some(Uuid::from_u128(member)),
            team_id: None,
            department_id: None,
            province: None,
            product_id: None,
            channel: None,
            kind: None,
            detail: None,
            value0,
            value1: None,
            value2: None,
            value3: None,
        }
    }

    #[test]
    fn whoever_has_no_value_is_behind_a_count_only() {
        use Aggregate::{Count, Mean, Rate, Sum};
        let facts = [fact(1, None), fact(2, Some(25)), fact(3, None)];
        for (aggregate, missing, people, behind) in [
            (Count, Missing::Skip, 3, 30_000),
            (Sum, Missing::Skip, 1, 10_000),
            (Mean, Missing::Skip, 1, 10_000),
            (Rate, Missing::Skip, 1, 10_000),
            (Mean, Missing::Zero, 3, 30_000),
        ] {
            let base = Base {
                source: "ticket.opened".to_owned(),
                attribution: Attribution::Owner,
                aggregate,
                measure: None,
                at_least: None,
                kinds: Vec::new(),
                channels: Vec::new(),
                missing,
            };
            let cells = cells_of_day(Uuid::nil(), &base, Some(0), NaiveDate::default(), &facts);
            let company = cells
                .iter()
                .find(|cell| cell.dimension == Dimension::Company);
            let cell = company.expect("a cell of the company");
            let sums = Sums {
                weight: cell.weight,
                counted: cell.counted,
                total: cell.total,
            };
            let found = (cell.people, sums.behind(aggregate));
            assert_eq!(found, (people, behind), "{aggregate:?} {missing:?}");
        }
    }

    fn cell(dimension: Dimension, key: &str, total: i64) -> metric_cell::Model {
        metric_cell::Model {
            version_id: Uuid::nil(),
            dimension,
            grain: Grain::Day,
            start: NaiveDate::default(),
            key: key.to_owned(),
            weight: 10_000,
            counted: 10_000,
            total,
            people: 1,
        }
    }

    #[test]
    fn only_cells_that_differ_are_written() {
        use Dimension::{Company, Kind, Team};
        let present = vec![
            cell(Company, "", 70),
            cell(Team, "north", 30),
            cell(Team, "south", 40),
            cell(Kind, "south", 40),
        ];
        let cases = [
            ("nothing has changed", present.clone(), vec![], vec![]),
            (
                "a team's sum is another, and so is the company's",
                vec![
                    cell(Company, "", 75),
                    cell(Team, "north", 35),
                    cell(Team, "south", 40),
                    cell(Kind, "south", 40),
                ],
                vec![],
                vec![cell(Company, "", 75), cell(Team, "north", 35)],
            ),
            (
                "a team is new and another one has nothing left; a kind of the same name has",
                vec![
                    cell(Company, "", 70),
                    cell(Team, "north", 30),
                    cell(Team, "west", 40),
                    cell(Kind, "south", 40),
                ],
                vec![(Team, "south".to_owned())],
                vec![cell(Team, "west", 40)],
            ),
            (
                "the day has become empty",
                vec![],
                vec![
                    (Company, String::new()),
                    (Team, "north".to_owned()),
                    (Team, "south".to_owned()),
                    (Kind, "south".to_owned()),
                ],
                vec![],
            ),
        ];
        for (what, wanted, gone, come) in cases {
            assert_eq!(difference(present.clone(), wanted), (gone, come), "{what}");
        }
    }
}
