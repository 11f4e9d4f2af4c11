//! Looks at all teams or regions on a day and advises on each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::Province;
use uuid::Uuid;

use super::rules::{Advice, Desk, Thresholds, advise};
use super::{Count, CustomerCounts};
use crate::db::Db;
use crate::error::Result;
use crate::organisation::store::{Post, posts, provinces_of, regions_on};
use crate::organisation::structure::store::teams_on;
use crate::settings;

/// What is advised on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Teams, by the homes of those of their members who look after customers or hold a position of the service desk.
    Team,
    /// Regions, by whoever of them is placed there or in a team of theirs; customers of a province of two regions count in both.
    Region,
}

/// A team or region with its people, its customers and the advice.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// The team or region.
    pub id: Uuid,
    /// Its people and customers.
    pub desk: Desk,
    /// What is advised.
    pub advice: Advice,
}

/// The advice for every team or region with customers, by code; and the thresholds that it went by.
///
/// # Errors
/// When the database fails.
pub async fn survey(
    db: &Db,
    counts: &dyn CustomerCounts,
    unit: Unit,
    day: NaiveDate,
) -> Result<(Thresholds, Vec<Surveyed>)> {
    let figures = settings::read_all(db.reader()).await?;
    let thresholds = Thresholds {
        dedicated_from: figures.get(&settings::STAFFING_DEDICATED_FROM)?,
        relieved_from: figures.get(&settings::STAFFING_RELIEVED_FROM)?,
        per_member: figures.get(&settings::STAFFING_PER_MEMBER)?,
        pair_from: figures.get(&settings::STAFFING_PAIR_FROM)?,
        large_from: figures.get(&settings::STAFFING_LARGE_FROM)?,
        manager_from: figures.get(&settings::STAFFING_MANAGER_FROM)?,
    };
    let counts = counts.counts(db.reader()).await?;
    let desks = desks(db, &counts, unit, day).await?;
    let surveyed = desks
        .into_iter()
        .filter(|(_, desk)| desk.customers() > 0)
        .map(|(id, desk)| Surveyed {
            id,
            advice: advise(&desk, &thresholds),
            desk,
        })
        .collect();
    Ok((thresholds, surveyed))
}

async fn desks(db: &Db, counts: &[Count], unit: Unit, day: NaiveDate) -> Result<Vec<(Uuid, Desk)>> {
    let posts = posts(db.reader(), day).await?;
    let mut teams = teams_on(db.reader(), day).await?;
    teams.sort_by(|one, other| one.code.cmp(&other.code));
    match unit {
        Unit::Team => Ok(teams
            .iter()
            .map(|team| {
                let here = |post: &&Post| post.home && post.team == Some(team.id);
                (team.id, desk(posts.iter().filter(here), counts, None))
            })
            .collect()),
        Unit::Region => {
            let regions = regions_on(db.reader(), day).await?;
            let ids: Vec<Uuid> = regions.iter().map(|region| region.id).collect();
            let provinces = provinces_of(db.reader(), &ids, day).await?;
            let region_of: HashMap<Uuid, Uuid> = teams
                .iter()
                .filter_map(|team| Some((team.id, team.region_id?)))
                .collect();
            Ok(regions
                .iter()
                .map(|region| {
                    let here = |post: &&Post| {
                        let through_team = post.team.and_then(|team| region_of.get(&team));
                        post.region == Some(region.id) || through_team == Some(&region.id)
                    };
                    let own: BTreeSet<Province> = provinces
                        .get(&region.id)
                        .into_iter()
                        .flatten()
                        .copied()
                        .collect();
                    (
                        region.id,
                        desk(posts.iter().filter(here), counts, Some(&own)),
                    )
                })
                .collect())
        }
    }
}

/// The people of a desk with their customers; of those that nobody looks after only the ones in its provinces.
fn desk<'p>(
    posts: impl Iterator<Item = &'p Post>,
    counts: &[Count],
    provinces: Option<&BTreeSet<Province>>,
) -> Desk {
    let mut desk = Desk::default();
    let owners: BTreeSet<Uuid> = counts.iter().filter_map(|count| count.owner).collect();
    let (mut leads, mut gone) = (BTreeSet::new(), BTreeSet::new());
    for post in posts {
        if !post.works {
            gone.insert(post.member);
        } else if post.leads {
            leads.insert(post.member);
        } else if post.serves || owners.contains(&post.member) {
            desk.members.entry(post.member).or_default();
        }
    }
    let mut led: BTreeMap<Uuid, i64> = BTreeMap::new();
    for count in counts {
        match count.owner {
            None if provinces.is_some_and(|own| own.contains(&count.province)) => {
                desk.unowned += count.customers;
            }
            None => {}
            Some(owner) => {
                if let Some(has) = desk.members.get_mut(&owner) {
                    *has += count.customers;
                } else if leads.contains(&owner) {
                    *led.entry(owner).or_default() += count.customers;
                } else if gone.contains(&owner) {
                    *desk.left_behind.entry(owner).or_default() += count.customers;
                }
            }
        }
    }
    desk.managers = i64::try_from(leads.len()).unwrap_or(0);
    // A lead who looks after customers does the work of a member.
    desk.members.extend(led);
    desk
}
