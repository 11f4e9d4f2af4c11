//! Which parts of the company are shown, and what their answers come to.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::decimal::{Decimal, SCALE};

/// The highest rating; the lowest is 1.
pub const HIGHEST: i32 = 5;
/// From which rating on somebody counts as satisfied.
pub const SATISFIED: i32 = 4;

/// A part of the company that results are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Company,
    /// A department.
    Department(Uuid),
    /// A team.
    Team(Uuid),
}

/// A place in which people were asked, and how many of them answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its key.
    pub id: Uuid,
    /// Its department.
    pub department: Option<Uuid>,
    /// Its team; none for homes without one.
    pub team: Option<Uuid>,
    /// How many answered.
    pub people: i32,
}

impl Cell {
    /// Does it belong to a part?
    #[must_use]
    pub fn is_of(&self, part: Part) -> bool {
        match part {
            Part::Company => true,
            Part::Department(id) => self.department == Some(id),
            Part::Team(id) => self.team == Some(id),
        }
    }
}

/// The parts that are shown, each with how many answered there.
///
/// A part is shown when at least `minimum` people answered in it, and when those who are left over in the part above it,
/// after all that is shown there, are nobody or again at least `minimum`. Where they are fewer, the smallest of the shown
/// parts goes with them, until they are enough. Teams are only shown within a department that is. So whatever can be had from
/// shown parts by adding and subtracting is made of groups that are large enough.
#[must_use]
pub fn shown(cells: &[Cell], minimum: i32) -> BTreeMap<Part, i32> {
    let people = |part: Part| -> i32 {
        let of = cells.iter().filter(|cell| cell.is_of(part));
        of.map(|cell| cell.people).sum()
    };
    let mut all = BTreeMap::new();
    let company = people(Part::Company);
    if company < minimum {
        return all;
    }
    all.insert(Part::Company, company);
    let departments: BTreeSet<Uuid> = cells.iter().filter_map(|cell| cell.department).collect();
    let sized = departments.into_iter().map(|id| {
        let part = Part::Department(id);
        (part, people(part))
    });
    for (part, size) in large_enough(company, sized.collect(), minimum) {
        let within = cells.iter().filter(|cell| cell.is_of(part));
        let teams: BTreeSet<Uuid> = within.filter_map(|cell| cell.team).collect();
        let sized = teams.into_iter().map(|id| {
            let team = Part::Team(id);
            (team, people(team))
        });
        all.extend(large_enough(size, sized.collect(), minimum));
        all.insert(part, size);
    }
    all
}

/// Those parts of a whole that can be shown beside it.
fn large_enough(whole: i32, parts: Vec<(Part, i32)>, minimum: i32) -> Vec<(Part, i32)> {
    let mut kept: Vec<(Part, i32)> = parts
        .into_iter()
        .filter(|(_, people)| *people >= minimum)
        .collect();
    // The smallest come last; of equal ones the order of their keys decides, so that it is always the same.
    kept.sort_by_key(|(part, people)| (std::cmp::Reverse(*people), *part));
    loop {
        let left = whole - kept.iter().map(|(_, people)| people).sum::<i32>();
        if left == 0 || left >= minimum || kept.is_empty() {
            return kept;
        }
        kept.pop();
    }
}

/// What the ratings of a question come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Their mean, with four decimals.
    pub mean: Decimal,
    /// How many of a hundred are satisfied, with four decimals.
    pub satisfied: Decimal,
}

/// What ratings come to, from how often each was given; none when there are none.
#[must_use]
pub fn rated(counts: &BTreeMap<i32, i64>) -> Option<Rated> {
    let people: i64 = counts.values().sum();
    if people == 0 {
        return None;
    }
    let sum: i64 = counts
        .iter()
        .map(|(rating, count)| i64::from(*rating) * count)
        .sum();
    let satisfied = counts
        .range(SATISFIED..)
        .map(|(_, count)| count)
        .sum::<i64>();
    // Rounded half up.
    let over = |value: i64| Decimal((2 * value * SCALE + people) / (2 * people));
    Some(Rated {
        mean: over(sum),
        satisfied: over(100 * satisfied),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(department: u128, team: u128, people: i32) -> Cell {
        Cell {
            id: Uuid::from_u128(department * 100 + team),
            department: Some(Uuid::from_u128(department)),
            team: (team > 0).then(|| Uuid::from_u128(department * 100 + team)),
            people,
        }
    }

    fn names(cells: &[Cell], minimum: i32) -> Vec<String> {
        let name = |part: Part| match part {
            Part::Company => "all".to_owned(),
            Part::Department(id) => format!("d{}", id.as_u128()),
            Part::Team(id) => format!("t{}", id.as_u128()),
        };
        shown(cells, minimum).into_keys().map(name).collect()
    }

    #[test]
    fn small_groups_are_withheld_with_what_would_tell_them() {
        // Too few as a whole: nothing.
        assert!(names(&[cell(1, 1, 2), cell(2, 1, 2)], 5).is_empty());
        // Two departments that are large enough, with teams that are.
        let fine = [cell(1, 1, 6), cell(1, 2, 7), cell(2, 1, 5)];
        assert_eq!(names(&fine, 5), ["all", "d1", "d2", "t101", "t102", "t201"]);
        // A team of three is withheld, and the smaller of the other two with it: the department less both would tell it.
        let small = [cell(1, 1, 6), cell(1, 2, 7), cell(1, 3, 3), cell(2, 1, 5)];
        assert_eq!(names(&small, 5), ["all", "d1", "d2", "t102", "t201"]);
        // A department of three takes the smaller one with it, and its teams.
        let department = [cell(1, 1, 9), cell(2, 1, 6), cell(3, 1, 3)];
        assert_eq!(names(&department, 5), ["all", "d1", "t101"]);
        // Heads without a team are a rest like any other.
        let heads = [cell(1, 0, 2), cell(1, 1, 6), cell(1, 2, 6)];
        assert_eq!(names(&heads, 5), ["all", "d1", "t101"]);
        // Where nobody answered nothing is told and nothing is hidden.
        let nobody = [cell(1, 1, 6), cell(1, 2, 0)];
        assert_eq!(names(&nobody, 5), ["all", "d1", "t101"]);
    }

    #[test]
    fn ratings() {
        let counts = BTreeMap::from([(1, 1), (3, 1), (4, 2), (5, 2)]);
        let rated = rated(&counts).expect("ratings");
        assert_eq!(rated.mean, Decimal(36_667));
        assert_eq!(rated.satisfied, Decimal(666_667));
        assert_eq!(super::rated(&BTreeMap::new()), None);
    }

    /// Everything that somebody can compute by adding and subtracting shown figures: all sums with factors of -1, 0 and 1,
    /// as how often each cell is in it.
    fn computable(cells: &[Cell], parts: &[Part]) -> BTreeSet<Vec<i32>> {
        let mut found = BTreeSet::from([vec![0; cells.len()]]);
        for part in parts {
            let mut more = BTreeSet::new();
            for known in &found {
                for factor in [-1, 0, 1] {
                    let sum = known
                        .iter()
                        .zip(cells)
                        .map(|(times, cell)| times + factor * i32::from(cell.is_of(*part)));
                    more.insert(sum.collect::<Vec<_>>());
                }
            }
            found = more;
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// No group below the minimum can be had, directly or by difference.
        #[test]
        fn no_small_group_can_be_had(sizes in proptest::collection::vec((1_u128..4, 0_u128..3, 0_i32..9), 1..8), minimum in 1_i32..7) {
            let mut cells: Vec<Cell> = Vec::new();
            for (department, team, people) in sizes {
                let one = cell(department, team, people);
                if cells.iter().all(|known| known.id != one.id) {
                    cells.push(one);
                }
            }
            let parts: Vec<Part> = shown(&cells, minimum).into_keys().collect();
            for times in computable(&cells, &parts) {
                // A group is a sum in which everybody counts once or not at all.
                if times.iter().all(|times| (0..=1).contains(times)) {
                    let people: i32 = times.iter().zip(&cells).map(|(times, cell)| times * cell.people).sum();
                    prop_assert!(people == 0 || people >= minimum, "{parts:?} of {cells:?} tell a group of {people}");
                }
            }
        }

        /// What is shown depends on the groups alone, not on the order of their rows; and whoever is large enough on a level
        /// where all are is shown.
        #[test]
        fn nothing_is_withheld_without_need(sizes in proptest::collection::vec(5_i32..9, 1..6)) {
            let cells: Vec<Cell> = (1_u128..).zip(sizes).map(|(number, people)| cell(1, number, people)).collect();
            let mut turned = cells.clone();
            turned.reverse();
            prop_assert_eq!(shown(&cells, 5), shown(&turned, 5));
            prop_assert_eq!(shown(&cells, 5).len(), cells.len() + 2);
        }
    }
}
