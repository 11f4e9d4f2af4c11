//! What the results of a cycle are weak in (能力短板).

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::common::{known, look};
use crate::access::{Call, Permission};
use crate::appraisals::consequences::rules::needs::{Item, beyond, called, items, weak};
use crate::appraisals::rules::words::Names;
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::{Result, Text};

/// The most needs that are told.
const MOST: usize = 200;
/// The most members who are named with one.
const NAMED: usize = 500;

/// Something that results are weak in.
#[derive(Clone, Debug)]
pub struct Need {
    /// What.
    pub item: Item,
    /// What it is called.
    pub name: Text,
    /// Who within reach, the weakest first: member, appraisal, and what it is worth, in percent.
    pub members: Vec<(Uuid, Uuid, Decimal)>,
    /// How many within reach.
    pub within: usize,
    /// How many others; none when that would tell who.
    pub beyond: Option<usize>,
}

#[derive(Default)]
struct Tally {
    members: Vec<(Uuid, Uuid, Decimal)>,
    weak: usize,
    measured: usize,
}

/// What the results of a cycle are weak in, what most members are weak in first; none before results are out.
///
/// # Errors
/// Refusal of permission; when they can't be read or the look can't be logged.
pub async fn needs(db: &Db, call: &Call, cycle: Uuid) -> Result<Option<Vec<Need>>> {
    call.viewer.require(Permission::AppraisalRead)?;
    let Some(known) = known(db, call, cycle).await? else {
        return Ok(None);
    };
    let mut tallies: BTreeMap<Item, Tally> = BTreeMap::new();
    for one in &known.told {
        let Some(content) = known.contents.get(&one.version) else {
            continue;
        };
        let within = known.within.contains(&one.id);
        for (item, percent) in weak(one.version, content, &one.outcome) {
            let tally = tallies.entry(item).or_default();
            if within {
                tally.members.push((one.member, one.id, percent));
            } else {
                tally.weak += 1;
            }
        }
        if !within {
            for (item, _) in items(one.version, content, &one.outcome) {
                tallies.entry(item).or_default().measured += 1;
            }
        }
    }
    let names: Names<'_> = &|key| known.metrics.get(key).cloned();
    let mut needs: Vec<Need> = tallies
        .into_iter()
        .filter_map(|(item, mut tally)| {
            let others = beyond(tally.weak, tally.measured, known.least);
            if tally.members.is_empty() && others.is_none() {
                return None;
            }
            tally
                .members
                .sort_by_key(|(_, id, percent)| (*percent, *id));
            let within = tally.members.len();
            tally.members.truncate(NAMED);
            Some(Need {
                name: called(known.contents.get(&item.version)?, &item, names),
                members: tally.members,
                beyond: others,
                within,
                item,
            })
        })
        .collect();
    needs.sort_by_key(|need| {
        let told = need.within + need.beyond.unwrap_or(0);
        (std::cmp::Reverse(told), need.item.clone())
    });
    needs.truncate(MOST);
    let seen: BTreeSet<Uuid> = needs
        .iter()
        .flat_map(|need| need.members.iter().map(|(_, id, _)| *id))
        .collect();
    look(db, call, known.cycle.id, "needs", &seen).await?;
    Ok(Some(needs))
}
