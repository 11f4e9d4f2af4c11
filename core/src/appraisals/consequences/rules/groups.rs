//! Which groups' results are told, so that none tells about few members (小群体保护).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

/// A group of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of the cycle.
    Whole,
    /// Those of a department.
    Department(Uuid),
    /// Those of a team.
    Team(Uuid),
    /// Those of the teams of a region.
    Region(Uuid),
}

/// A member with a result, and where it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// The department.
    pub department: Option<Uuid>,
    /// The team.
    pub team: Option<Uuid>,
    /// The team's region.
    pub region: Option<Uuid>,
    /// Has whoever asks the result itself?
    pub known: bool,
}

impl Person {
    /// The groups that the member belongs to.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        [Part::Whole]
            .into_iter()
            .chain(self.department.map(Part::Department))
            .chain(self.team.map(Part::Team))
            .chain(self.region.map(Part::Region))
    }
}

/// The groups that are told, where those whose results whoever asks has anyway don't count.
///
/// Groups are looked at one after the other: the whole, departments, teams, regions, the largest first. All members who are in
/// the same of the groups that are told so far can't be told from each other by any sum or difference of these; a group is told
/// when it leaves nobody in a company of fewer than `least`. The order doesn't ask what is wanted, so that two questions
/// don't tell together what neither tells.
#[must_use]
pub fn told(people: &[Person], least: usize) -> BTreeSet<Part> {
    let mut sizes: BTreeMap<Part, usize> = BTreeMap::new();
    for person in people {
        for part in person.parts() {
            *sizes.entry(part).or_default() += usize::from(!person.known);
        }
    }
    let mut order: Vec<(usize, Reverse<usize>, Part)> = sizes
        .into_iter()
        .map(|(part, size)| (rank(part), Reverse(size), part))
        .collect();
    order.sort_unstable();
    let unknown: Vec<BTreeSet<Part>> = people
        .iter()
        .filter(|person| !person.known)
        .map(|person| person.parts().collect())
        .collect();
    // Whoever shares a number shares all groups told so far; 0 is in none of them.
    let mut alike = vec![0_usize; unknown.len()];
    let mut count = HashMap::from([(0_usize, unknown.len())]);
    let mut told = BTreeSet::new();
    for (_, _, part) in order {
        let inside: Vec<usize> = (0..unknown.len())
            .filter(|at| unknown[*at].contains(&part))
            .collect();
        let mut split: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &inside {
            *split.entry(alike[*at]).or_default() += 1;
        }
        let enough = split.iter().all(|(company, within)| {
            let left = count.get(company).map_or(0, |all| all - within);
            *within >= least && (*company == 0 || left == 0 || left >= least)
        });
        if !enough {
            continue;
        }
        told.insert(part);
        let mut fresh: HashMap<usize, usize> = HashMap::new();
        for (company, within) in split {
            let number = count.len();
            fresh.insert(company, number);
            count.insert(number, within);
            count.entry(company).and_modify(|all| *all -= within);
        }
        for at in inside {
            alike[at] = fresh.get(&alike[at]).copied().unwrap_or(0);
        }
    }
    told
}

const fn rank(part: Part) -> usize {
    match part {
        Part::Whole => 0,
        Part::Department(_) => 1,
        Part::Team(_) => 2,
        Part::Region(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// So many members of a department, team and region, none of them known.
    fn people(groups: &[(usize, u128, u128, Option<u128>)]) -> Vec<Person> {
        groups
            .iter()
            .flat_map(|(count, department, team, region)| {
                let person = Person {
                    department: Some(id(*department)),
                    team: Some(id(*team)),
                    region: region.map(id),
                    known: false,
                };
                std::iter::repeat_n(person, *count)
            })
            .collect()
    }

    #[test]
    fn small_groups_are_withheld_with_what_would_tell_them() {
        let department = |n| Part::Department(id(n));
        let team = |n| Part::Team(id(n));
        for (groups, expected, why) in [
            (
                vec![(2, 1, 1, None)],
                vec![],
                "two are too few for anything",
            ),
            (
                vec![(3, 1, 1, None), (4, 1, 2, None)],
                vec![Part::Whole, department(1), team(1), team(2)],
                "all are large enough",
            ),
            (
                vec![(5, 1, 1, None), (2, 1, 2, None)],
                vec![Part::Whole, department(1)],
                "the department less team 1 would be team 2",
            ),
            (
                vec![(5, 1, 1, None), (2, 1, 2, None), (2, 1, 3, None)],
                vec![Part::Whole, department(1), team(1)],
                "less team 1 four are left",
            ),
            (
                vec![(4, 1, 1, None), (2, 2, 2, None)],
                vec![Part::Whole],
                "the whole less department 1 would be department 2",
            ),
            (
                vec![
                    (3, 1, 1, Some(1)),
                    (3, 1, 2, None),
                    (1, 1, 3, Some(1)),
                    (3, 1, 4, None),
                ],
                vec![Part::Whole, department(1), team(1), team(2)],
                "team 4 would leave the one of team 3, and so would the region less team 1",
            ),
        ] {
            let expected: BTreeSet<Part> = expected.into_iter().collect();
            assert_eq!(told(&people(&groups), 3), expected, "{why}");
        }
    }

    #[test]
    fn whom_one_knows_anyway_neither_helps_nor_hinders() {
        let mut team = people(&[(2, 1, 1, None)]);
        for person in &mut team {
            person.known = true;
        }
        let all = BTreeSet::from([Part::Whole, Part::Department(id(1)), Part::Team(id(1))]);
        assert_eq!(told(&team, 3), all);
        // Two strangers among many friends are two strangers.
        team.extend(people(&[(2, 1, 1, None)]));
        assert_eq!(told(&team, 3), BTreeSet::new());
        team.extend(people(&[(1, 1, 1, None)]));
        assert_eq!(told(&team, 3), all);
    }

    proptest! {
        /// Whoever can't be told from others by the groups told is in a company of enough; and nobody outside counts.
        #[test]
        fn nobody_is_left_in_small_company(
            seats in proptest::collection::vec((0_u128..3, 0_u128..3, 0_u128..4, any::<bool>()), 0..40),
            least in 2_usize..6,
        ) {
            let people: Vec<Person> = seats
                .into_iter()
                .map(|(department, team, region, known)| Person {
                    department: Some(id(department)),
                    team: Some(id(10 + department * 3 + team)),
                    region: (region > 0).then(|| id(100 + region)),
                    known: known && team == 0,
                })
                .collect();
            let told = told(&people, least);
            let mut companies: BTreeMap<Vec<Part>, usize> = BTreeMap::new();
            for person in people.iter().filter(|person| !person.known) {
                let groups: Vec<Part> = person.parts().filter(|part| told.contains(part)).collect();
                *companies.entry(groups).or_default() += 1;
            }
            for (groups, count) in companies {
                prop_assert!(groups.is_empty() || count >= least, "{groups:?} {count}");
            }
        }
    }
}
