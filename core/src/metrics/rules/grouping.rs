//! From cells to figures: which group and which piece of the period each cell belongs to (分组汇总).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::{Dimension, Province};
use uuid::Uuid;

use super::definition::Sums;
use super::period::Period;
use crate::organisation::Holding;

/// By what figures are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A dimension that sums are kept for.
    Dimension(Dimension),
    /// Regions: the provinces that each had on the day. They may overlap, so regions don't add up to the company.
    Region,
}

impl By {
    /// The dimension of the cells that it is read from.
    #[must_use]
    pub const fn of_cells(self) -> Dimension {
        match self {
            Self::Dimension(dimension) => dimension,
            Self::Region => Dimension::Province,
        }
    }
}

/// A sum over some days of one key, from a cell or straight from facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The key in the dimension of the cells.
    pub key: String,
    /// The first day.
    pub start: NaiveDate,
    /// What it adds up to.
    pub sums: Sums,
    /// At least so many members are behind it.
    pub people: i32,
}

/// The figures' sums of one group: one for each piece of the period.
pub type Pieces = Vec<(Sums, i32)>;

/// Adds up rows by group and piece. The pieces are in order; rows must not straddle them, and none for regions may straddle a
/// day on which a region changed.
#[must_use]
pub fn group(
    rows: &[Row],
    by: Option<By>,
    pieces: &[Period],
    holdings: &[Holding],
) -> BTreeMap<String, Pieces> {
    let mut groups: BTreeMap<String, Pieces> = BTreeMap::new();
    for row in rows {
        let place = pieces.partition_point(|piece| piece.to <= row.start);
        if !pieces
            .get(place)
            .is_some_and(|piece| piece.contains(row.start))
        {
            continue;
        }
        let mut add = |key: String| {
            let group = groups
                .entry(key)
                .or_insert_with(|| vec![(Sums::default(), 0); pieces.len()]);
            if let Some((sums, people)) = group.get_mut(place) {
                sums.add(row.sums);
                *people = (*people).max(row.people);
            }
        };
        match by {
            None => add(String::new()),
            Some(By::Dimension(_)) => add(row.key.clone()),
            Some(By::Region) => {
                for region in regions_of(&row.key, row.start, holdings) {
                    add(region.to_string());
                }
            }
        }
    }
    groups
}

/// The regions that have a province on a day.
pub fn regions_of<'h>(
    province: &'h str,
    day: NaiveDate,
    holdings: &'h [Holding],
) -> impl Iterator<Item = Uuid> + 'h {
    holdings
        .iter()
        .filter(move |holding| {
            holding.province.text() == province
                && holding.from <= day
                && holding.to.is_none_or(|to| day < to)
        })
        .map(|holding| holding.region)
}

/// The provinces that any of these regions has on any day of a period.
#[must_use]
pub fn provinces_of(regions: &[Uuid], period: Period, holdings: &[Holding]) -> Vec<Province> {
    let mut provinces: Vec<Province> = holdings
        .iter()
        .filter(|holding| {
            regions.contains(&holding.region)
                && holding.from < period.to
                && holding.to.is_none_or(|to| period.from < to)
        })
        .map(|holding| holding.province)
        .collect();
    provinces.sort_unstable();
    provinces.dedup();
    provinces
}

/// The days on which any region changed.
#[must_use]
pub fn changes(holdings: &[Holding]) -> Vec<NaiveDate> {
    let ends = holdings.iter().filter_map(|holding| holding.to);
    let mut days: Vec<NaiveDate> = holdings
        .iter()
        .map(|holding| holding.from)
        .chain(ends)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}
