//! Who can do a thing, the best first, in pages.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use entity::{certificate, member, member_certificate, member_skill};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use uuid::Uuid;

use super::abilities::{evidence, weigh};
use crate::access::{Permission, Viewer, by_ids, visible};
use crate::db::along::Alongside;
use crate::db::keyset::{Listing, Page, Slice};
use crate::error::{ApiError, Result};

/// What stands first in the cursors of this list.
const TAG: &str = "skill-members";

/// Somebody who can do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub member: member::Model,
    /// How well; 0 when it doesn't count, for want of a valid certificate.
    pub level: u8,
    /// How well it would be with certificates that have lapsed, where that is better.
    pub lapsed: Option<u8>,
    /// The first day on which the level is no longer certified.
    pub certified_until: Option<NaiveDate>,
    /// The level by which the list is sorted.
    rank: u8,
}

/// Which holders of skills are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// On which day.
    pub day: NaiveDate,
    /// At least at this level.
    pub min_level: u8,
    /// Those who would be better with certificates that have lapsed, by that level, instead of those for whom it counts.
    pub lapsed: bool,
}

/// Who of those that the viewer may see can do these things on a day: the best first, by number among equals. Four
/// statements, however many skills and members; it reads everybody who can do one of them, which a service
/// organisation's few thousand members allow.
///
/// # Errors
/// When the database fails.
pub async fn holders(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    skills: &[Uuid],
    wanted: Wanted,
) -> Result<HashMap<Uuid, Vec<Holder>>> {
    let granting = certificate::Column::SkillId.is_in(skills.iter().copied());
    let (recorded, certificates, needing) = evidence(
        connection,
        visible::<member_skill::Entity>(viewer, Permission::MemberRead)
            .filter(member_skill::Column::SkillId.is_in(skills.iter().copied())),
        visible::<member_certificate::Entity>(viewer, Permission::MemberRead).filter(granting),
        wanted.day,
    )
    .await?;
    let abilities = weigh(&recorded, &certificates, &needing, wanted.day);
    let ids: Vec<Uuid> = abilities.keys().copied().collect();
    let members =
        by_ids::<member::Entity>(connection, viewer, Permission::MemberRead, &ids).await?;
    let mut holders: HashMap<Uuid, Vec<Holder>> = HashMap::new();
    for (id, ability) in abilities {
        let Some(member) = members.get(&id) else {
            continue;
        };
        let levels = if wanted.lapsed {
            &ability.lapsed
        } else {
            &ability.counts
        };
        for (skill, rank) in levels
            .iter()
            .filter(|(_, level)| **level >= wanted.min_level)
        {
            holders.entry(*skill).or_default().push(Holder {
                member: member.clone(),
                level: ability.counts.get(skill).copied().unwrap_or(0),
                lapsed: ability.lapsed.get(skill).copied(),
                certified_until: ability.certified_until.get(skill).copied(),
                rank: *rank,
            });
        }
    }
    for list in holders.values_mut() {
        list.sort_by_cached_key(order);
    }
    Ok(holders)
}

/// One page of holders that are sorted already.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub fn page_of_holders(all: &[Holder], page: &Page, want_total: bool) -> Result<Listing<Holder>> {
    let total = want_total.then_some(all.len() as u64);
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let mut rest: Vec<&Holder> = match &page.cursor {
        None => all.iter().collect(),
        Some(cursor) => {
            let place = place_of(cursor, page.backward)?;
            let beyond = |row: &Holder| {
                if page.backward {
                    order(row) < place
                } else {
                    order(row) > place
                }
            };
            all.iter().filter(|row| beyond(row)).collect()
        }
    };
    let more = rest.len() > limit;
    if page.backward {
        rest.drain(..rest.len().saturating_sub(limit));
    } else {
        rest.truncate(limit);
    }
    let around = page.cursor.is_some();
    let (has_next, has_previous) = if page.backward {
        (around, more)
    } else {
        (more, around)
    };
    Ok(Listing {
        slice: Slice {
            cursors: rest.iter().map(|row| cursor_of(row)).collect(),
            rows: rest.into_iter().cloned().collect(),
            has_next,
            has_previous,
            along: Alongside::default(),
        },
        total,
    })
}

/// A place in the list: the level, best first, and the member's number.
type Place = (i16, String);

/// The best first, by number among equals; no two are the same.
fn order(row: &Holder) -> Place {
    (-i16::from(row.rank), row.member.number.clone())
}

fn cursor_of(row: &Holder) -> String {
    let (level, number) = order(row);
    URL_SAFE_NO_PAD.encode(serde_json::json!([TAG, level, number]).to_string())
}

fn place_of(cursor: &str, backward: bool) -> Result<Place> {
    let place = (cursor.len() <= 1_000)
        .then(|| URL_SAFE_NO_PAD.decode(cursor).ok())
        .flatten()
        .and_then(|bytes| serde_json::from_slice::<(String, i16, String)>(&bytes).ok())
        .filter(|(tag, ..)| tag == TAG);
    let (_, level, number) = place.ok_or_else(|| {
        ApiError::bad_input(
            if backward { "before" } else { "after" },
            "is no cursor of this list and ordering; take one from pageInfo or edges",
            "不是此列表及排序的游标，请使用 pageInfo 或 edges 返回的值",
        )
    })?;
    Ok((level, number))
}
