//! Who is among the best, and who was chosen (季度最佳服务之星).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::JobFamily;
use uuid::Uuid;

use super::common::{known, look};
use crate::access::{Call, Permission};
use crate::appraisals::consequences::rules::stars::best;
use crate::appraisals::consequences::store::{self, Told};
use crate::appraisals::rules::words::{Names, Remark, remarks};
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::organisation::by_number;

/// The best of a family.
#[derive(Clone, Debug)]
pub struct FamilyStars {
    /// The family.
    pub family: JobFamily,
    /// Who, the best first.
    pub candidates: Vec<Candidate>,
}

/// Somebody among the best, and why.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub member: Uuid,
    /// The appraisal.
    pub appraisal: Uuid,
    /// The score.
    pub score: Decimal,
    /// The key of the band.
    pub band: String,
    /// What they are strong in, in words.
    pub strengths: Vec<Remark>,
}

/// The best of each family by score among those in the best band without incidents, but for whoever asks; none before results are
/// out. Those who have as many points as the last one are all named.
///
/// # Errors
/// Refusal of permission; when they can't be read or the look can't be logged.
pub async fn candidates(
    db: &Db,
    call: &Call,
    cycle: Uuid,
    most: usize,
) -> Result<Option<Vec<FamilyStars>>> {
    call.viewer.require(Permission::AppraisalCalibrate)?;
    let Some(known) = known(db, call, cycle).await? else {
        return Ok(None);
    };
    let families = store::families(db.reader(), known.cycle.id).await?;
    let me = call.viewer.standing.member_id;
    let mut scored: BTreeMap<JobFamily, Vec<(Decimal, Uuid)>> = BTreeMap::new();
    for one in &known.told {
        let (Some(content), Some(family)) =
            (known.contents.get(&one.version), families.get(&one.version))
        else {
            continue;
        };
        let top = content
            .bands
            .first()
            .is_some_and(|band| band.key == one.band);
        if top && one.outcome.deductions.is_empty() && me != Some(one.member) {
            scored.entry(*family).or_default().push((one.score, one.id));
        }
    }
    let by_id: HashMap<Uuid, &Told> = known.told.iter().map(|one| (one.id, one)).collect();
    let names: Names<'_> = &|key| known.metrics.get(key).cloned();
    let found: Vec<FamilyStars> = scored
        .into_iter()
        .map(|(family, scored)| FamilyStars {
            family,
            candidates: best(scored, most)
                .into_iter()
                .filter_map(|(_, id)| {
                    let one = by_id.get(&id)?;
                    let content = known.contents.get(&one.version)?;
                    Some(Candidate {
                        member: one.member,
                        appraisal: id,
                        score: one.score,
                        band: one.band.clone(),
                        strengths: remarks(content, &one.outcome, names).strengths,
                    })
                })
                .collect(),
        })
        .collect();
    let seen: BTreeSet<Uuid> = found
        .iter()
        .flat_map(|family| family.candidates.iter().map(|one| one.appraisal))
        .collect();
    look(db, call, known.cycle.id, "stars", &seen).await?;
    Ok(Some(found))
}

/// Somebody whose nomination was accepted.
#[derive(Clone, Debug)]
pub struct Star {
    /// What they are called.
    pub name: String,
    /// The same in Latin letters, where there is one.
    pub name_en: Option<String>,
    /// Why, in the words of the nomination.
    pub reasons: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The stars of a cycle, the first chosen first; none before results are out. An honour: names and reasons, for all the staff.
///
/// # Errors
/// When they can't be read.
pub async fn stars(db: &Db, call: &Call, cycle: Uuid) -> Result<Option<Vec<Star>>> {
    let reader = db.reader();
    let Some(cycle) = store::cycle(reader, &call.viewer, cycle).await? else {
        return Ok(None);
    };
    let accepted = store::accepted_stars(reader, cycle.id).await?;
    let members: BTreeSet<Uuid> = accepted.iter().map(|(_, member)| *member).collect();
    let rows = by_number(reader, &members).await?;
    let members: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let stars = accepted.into_iter().filter_map(|(row, member)| {
        let member = members.get(&member)?;
        Some(Star {
            name: member.name.clone(),
            name_en: member.name_en.clone(),
            reasons: row.content,
            since: row.decided_at?,
        })
    });
    Ok(Some(stars.collect()))
}
