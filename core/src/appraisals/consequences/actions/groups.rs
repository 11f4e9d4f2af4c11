//! The results of teams, departments and regions (团队与区域结果).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use super::common::{Known, known, look};
use crate::access::{Call, Permission};
use crate::appraisals::calibration::rules::of_full;
use crate::appraisals::consequences::rules::groups::{Part, Person, told};
use crate::appraisals::consequences::rules::needs::{Item, called, items};
use crate::appraisals::rules::words::Names;
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::{Result, Text};
use crate::organisation::structure::store::teams_on;

/// The most items that a group is said to be weakest in.
const WEAKEST: usize = 5;

/// How results are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouped {
    /// By the home team.
    Team,
    /// By the department.
    Department,
    /// By the region of the team.
    Region,
}

/// The results of a cycle by group.
#[derive(Clone, Debug)]
pub struct GroupResults {
    /// All of it; none when that would tell about few.
    pub whole: Option<GroupResult>,
    /// The groups that are told.
    pub groups: Vec<GroupResult>,
    /// How many aren't.
    pub withheld: usize,
}

/// The result of a group.
#[derive(Clone, Debug)]
pub struct GroupResult {
    /// Which one.
    pub part: Part,
    /// Of how many members.
    pub people: usize,
    /// The mean score, in percent of full marks.
    pub mean: Decimal,
    /// How many lie in each band, from the best one down: its key and what it is called.
    pub bands: Vec<(String, Text, usize)>,
    /// What it is weakest in, the weakest first.
    pub weakest: Vec<Weakness>,
}

/// Something that a group is weak in, beside what else it is measured by.
#[derive(Clone, Debug)]
pub struct Weakness {
    /// What.
    pub item: Item,
    /// What it is called.
    pub name: Text,
    /// What it is worth on the mean, in percent.
    pub mean: Decimal,
    /// Of how many members.
    pub people: usize,
}

/// The results of a cycle by group; none before results are out.
///
/// # Errors
/// Refusal of permission; when they can't be read or the look can't be logged.
pub async fn group_results(
    db: &Db,
    call: &Call,
    cycle: Uuid,
    by: Grouped,
) -> Result<Option<GroupResults>> {
    call.viewer.require(Permission::AppraisalRead)?;
    let Some(known) = known(db, call, cycle).await? else {
        return Ok(None);
    };
    let until = known.cycle.until_day;
    let last = until.pred_opt().unwrap_or(until);
    let teams = teams_on(db.reader(), last).await?;
    let regions: HashMap<Uuid, Option<Uuid>> = teams
        .into_iter()
        .map(|team| (team.id, team.region_id))
        .collect();
    let people = people(&known, &regions);
    let shown = told(&people, known.least);
    let weakest = weakest(&known, &people, &shown);
    let mut members: BTreeMap<Part, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        for part in person.parts() {
            members.entry(part).or_default().push(at);
        }
    }
    let mut weakest = weakest;
    let mut result = |part: Part| {
        let members = members.get(&part).filter(|_| shown.contains(&part))?;
        let weakest = weakest.remove(&part).unwrap_or_default();
        Some(of_group(&known, part, members, weakest))
    };
    let whole = result(Part::Whole);
    let wanted: Vec<Part> = people
        .iter()
        .flat_map(Person::parts)
        .filter(|part| {
            matches!(
                (part, by),
                (Part::Team(_), Grouped::Team)
                    | (Part::Department(_), Grouped::Department)
                    | (Part::Region(_), Grouped::Region)
            )
        })
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let groups: Vec<GroupResult> = wanted.iter().filter_map(|part| result(*part)).collect();
    look(db, call, known.cycle.id, "groups", &BTreeSet::new()).await?;
    Ok(Some(GroupResults {
        whole,
        withheld: wanted.len() - groups.len(),
        groups,
    }))
}

fn people(known: &Known, regions: &HashMap<Uuid, Option<Uuid>>) -> Vec<Person> {
    let told = known.told.iter();
    told.map(|one| Person {
        department: one.department,
        team: one.team,
        region: one
            .team
            .and_then(|team| regions.get(&team).copied().flatten()),
        known: known.within.contains(&one.id),
    })
    .collect()
}

fn of_group(known: &Known, part: Part, members: &[usize], weakest: Vec<Weakness>) -> GroupResult {
    let mut percents = Vec::with_capacity(members.len());
    // By key, with the highest score from which on one of that name begins: templates may differ.
    let mut bands: HashMap<&str, (Decimal, Text, usize)> = HashMap::new();
    for at in members {
        let one = &known.told[*at];
        let Some(content) = known.contents.get(&one.version) else {
            continue;
        };
        percents.push(of_full(content, one.score));
        for band in &content.bands {
            let from = of_full(content, band.from);
            let name = Text::new(band.name.clone(), band.name_zh.clone());
            let entry = bands.entry(&band.key).or_insert((from, name, 0));
            entry.0 = entry.0.max(from);
            entry.2 += usize::from(band.key == one.band);
        }
    }
    let mut bands: Vec<(&str, (Decimal, Text, usize))> = bands.into_iter().collect();
    bands.sort_by(|(one, (from, ..)), (other, (other_from, ..))| {
        (other_from, one).cmp(&(from, other))
    });
    GroupResult {
        part,
        people: members.len(),
        mean: mean(&percents),
        bands: bands
            .into_iter()
            .map(|(key, (_, name, count))| (key.to_owned(), name, count))
            .collect(),
        weakest,
    }
}

/// What groups are weakest in. Not everybody is measured by everything, so that each item is told of the groups in which enough
/// are measured by it, as groups themselves are.
fn weakest(
    known: &Known,
    people: &[Person],
    shown: &BTreeSet<Part>,
) -> BTreeMap<Part, Vec<Weakness>> {
    let mut measured: BTreeMap<Item, Vec<(usize, Decimal)>> = BTreeMap::new();
    for (at, one) in known.told.iter().enumerate() {
        let Some(content) = known.contents.get(&one.version) else {
            continue;
        };
        for (item, percent) in items(one.version, content, &one.outcome) {
            measured.entry(item).or_default().push((at, percent));
        }
    }
    let names: Names<'_> = &|key| known.metrics.get(key).cloned();
    let mut found: BTreeMap<Part, Vec<Weakness>> = BTreeMap::new();
    for (item, measured) in measured {
        let Some(content) = known.contents.get(&item.version) else {
            continue;
        };
        let those: Vec<Person> = measured.iter().map(|(at, _)| people[*at]).collect();
        let name = called(content, &item, names);
        for part in told(&those, known.least).intersection(shown) {
            let of_part: Vec<Decimal> = those
                .iter()
                .zip(&measured)
                .filter(|(person, _)| person.parts().any(|one| one == *part))
                .map(|(_, (_, percent))| *percent)
                .collect();
            found.entry(*part).or_default().push(Weakness {
                item: item.clone(),
                name: name.clone(),
                mean: mean(&of_part),
                people: of_part.len(),
            });
        }
    }
    for list in found.values_mut() {
        list.sort_by(|one, other| (one.mean, &one.item).cmp(&(other.mean, &other.item)));
        list.truncate(WEAKEST);
    }
    found
}

fn mean(values: &[Decimal]) -> Decimal {
    let count = i128::try_from(values.len()).unwrap_or(i128::MAX).max(1);
    let sum: i128 = values.iter().map(|value| i128::from(value.0)).sum();
    let mean = (sum * 2 + count).div_euclid(count * 2);
    Decimal(i64::try_from(mean).unwrap_or(i64::MAX))
}
