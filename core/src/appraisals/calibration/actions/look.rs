//! What a session shows: its group from the best down, spreads, hints, changes, two side by side. Each look is logged before the
//! answer leaves, or there is no answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::appraisal_calibration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::appraisals::calibration::rules::{Line, Scope, of_full, side_by_side};
use crate::appraisals::calibration::store::{self, Changed, Stand};
use crate::appraisals::rules::calibration::{Hint, Judged, Share, Tenure, hints, spread, tenure};
use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::scoring::Outcome;
use crate::appraisals::rules::words::{Names, item_name};
use crate::appraisals::store::{content_of, metric_names};
use crate::audit::{self, note_read, note_reads};
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::{Result, Text};
use crate::organisation::{by_number, today};

/// A result of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The appraisal.
    pub stand: Stand,
    /// The score that holds.
    pub score: Decimal,
    /// Its band.
    pub band: String,
}

/// How results by one version of a template are spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The version.
    pub version: Uuid,
    /// Of how many results.
    pub results: usize,
    /// What each band is called, and how many lie in it, from the best one down.
    pub bands: Vec<(Text, Share)>,
}

/// What results are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Who judged.
    Reviewer,
    /// In which team.
    Team,
    /// For how long here.
    Tenure,
}

/// A group of results that is compared with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Judged by this member; none while nobody is named.
    Reviewer(Option<Uuid>),
    /// In this team; none for those without one.
    Team(Option<Uuid>),
    /// Here for so long.
    Tenure(Tenure),
}

/// The group of a session as the viewer may know it: without the viewer's own appraisal.
#[derive(Clone, Debug)]
pub struct Group {
    /// Those with a result, the best first.
    pub placed: Vec<Placed>,
    /// How many have none yet.
    pub waiting: usize,
    /// How the group is spread.
    pub group: Vec<Spread>,
    /// How the whole cycle is.
    pub cycle: Vec<Spread>,
    /// Scores in percent of full marks, by appraisal.
    percents: HashMap<Uuid, Decimal>,
    /// Since when members are here.
    joined: HashMap<Uuid, NaiveDate>,
    /// Today.
    day: NaiveDate,
}

impl Group {
    /// Which reviewers, teams or times of service stand out, in percent of full marks.
    #[must_use]
    pub fn hints(&self, by: By) -> Vec<Hint<Key>> {
        let judged = self.placed.iter().filter_map(|placed| {
            let stand = &placed.stand;
            let group = match by {
                By::Reviewer => Key::Reviewer(stand.reviewer_id),
                By::Team => Key::Team(stand.team_id),
                By::Tenure => Key::Tenure(tenure(*self.joined.get(&stand.member_id)?, self.day)),
            };
            let score = *self.percents.get(&stand.id)?;
            Some(Judged { score, group })
        });
        hints(&judged.collect::<Vec<_>>())
    }
}

/// The groups of sessions, by session.
///
/// # Errors
/// When they are too many, can't be read, or the look can't be logged.
pub async fn groups(db: &Db, call: &Call, scopes: &[Scope]) -> Result<HashMap<Uuid, Group>> {
    let reader = db.reader();
    let cycles: BTreeSet<Uuid> = scopes.iter().map(|scope| scope.cycle).collect();
    let cycles: Vec<Uuid> = cycles.into_iter().collect();
    let stands = store::stands(reader, &call.viewer, &cycles).await?;
    let versions = stands.iter().map(|stand| stand.version_id).collect();
    let contents = content_of(reader, versions).await?;
    let members: BTreeSet<Uuid> = stands.iter().map(|stand| stand.member_id).collect();
    let members = by_number(reader, &members).await?;
    let joined: HashMap<Uuid, NaiveDate> = members
        .into_iter()
        .map(|member| (member.id, member.joined_on))
        .collect();
    let mut all: HashMap<Uuid, Vec<Placed>> = HashMap::new();
    for stand in &stands {
        if let Some((score, band)) = stand.score.zip(stand.band.clone()) {
            all.entry(stand.cycle_id).or_default().push(Placed {
                stand: stand.clone(),
                score: Decimal(score),
                band,
            });
        }
    }
    let mut found = HashMap::new();
    for scope in scopes {
        let of_cycle = all.get(&scope.cycle).map_or(&[][..], Vec::as_slice);
        let held =
            |stand: &Stand| scope.holds(stand.cycle_id, stand.department_id, stand.version_id);
        let mut placed: Vec<Placed> = of_cycle
            .iter()
            .filter(|placed| held(&placed.stand))
            .cloned()
            .collect();
        placed.sort_by_key(|placed| (std::cmp::Reverse(placed.score), placed.stand.id));
        let waiting = stands.iter().filter(|stand| held(stand)).count() - placed.len();
        let percents = placed.iter().filter_map(|placed| {
            let content = contents.get(&placed.stand.version_id)?;
            Some((placed.stand.id, of_full(content, placed.score)))
        });
        let group = Group {
            percents: percents.collect(),
            group: spreads(&contents, &placed),
            cycle: spreads(&contents, of_cycle),
            joined: joined.clone(),
            day: today(call),
            waiting,
            placed,
        };
        found.insert(scope.session, group);
    }
    let mut entries = Vec::new();
    for scope in scopes {
        let results = found
            .get(&scope.session)
            .map_or(0, |group| group.placed.len());
        entries.push(look(scope.session, json!({ "results": results })));
    }
    note_reads(db, call, entries).await?;
    Ok(found)
}

fn spreads(contents: &HashMap<Uuid, Content>, placed: &[Placed]) -> Vec<Spread> {
    let mut scores: BTreeMap<Uuid, Vec<Decimal>> = BTreeMap::new();
    for one in placed {
        let version = one.stand.version_id;
        scores.entry(version).or_default().push(one.score);
    }
    scores
        .into_iter()
        .filter_map(|(version, scores)| {
            let content = contents.get(&version)?;
            Some(Spread {
                version,
                results: scores.len(),
                bands: named(content, spread(content, &scores)),
            })
        })
        .collect()
}

/// Shares with what their bands are called.
#[must_use]
pub fn named(content: &Content, shares: Vec<Share>) -> Vec<(Text, Share)> {
    let names = content.bands.iter();
    let names = names.map(|band| Text::new(band.name.clone(), band.name_zh.clone()));
    names.zip(shares).collect()
}

/// The changes made in sessions, by session.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn changes(
    db: &Db,
    call: &Call,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Changed>>> {
    let found = store::changes_of(db.reader(), &call.viewer, sessions).await?;
    let mut entries = Vec::new();
    for (session, changes) in &found {
        entries.push(look(*session, json!({ "changes": changes.len() })));
    }
    note_reads(db, call, entries).await?;
    Ok(found)
}

/// One result of a session's group, as it is now; none when there is none for this viewer.
///
/// # Errors
/// When it can't be read or the look can't be logged.
pub async fn stand(db: &Db, call: &Call, session: Uuid, id: Uuid) -> Result<Option<Placed>> {
    let Some(scope) = scope_of(db, call, session).await? else {
        return Ok(None);
    };
    let mut groups = groups(db, call, &[scope]).await?;
    let group = groups.remove(&session);
    Ok(group.and_then(|group| group.placed.into_iter().find(|one| one.stand.id == id)))
}

/// Two results side by side.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The first.
    pub one: Placed,
    /// The other.
    pub other: Placed,
    /// Sections and items, each with what it is called.
    pub lines: Vec<(Text, Line)>,
}

/// Two results of a session's group side by side; none when either isn't of it, is the viewer's own or isn't there yet.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn pair(
    db: &Db,
    call: &Call,
    session: Uuid,
    (one, other): (Uuid, Uuid),
) -> Result<Option<Pair>> {
    call.viewer.require(Permission::AppraisalCalibrate)?;
    let Some(scope) = scope_of(db, call, session).await? else {
        return Ok(None);
    };
    let reader = db.reader();
    let stands = store::stands(reader, &call.viewer, &[scope.cycle]).await?;
    let pick = |id: Uuid| {
        let stand = stands.iter().find(|stand| stand.id == id)?;
        let held = scope.holds(stand.cycle_id, stand.department_id, stand.version_id);
        let (score, band) = stand.score.zip(stand.band.clone())?;
        held.then(|| Placed {
            stand: stand.clone(),
            score: Decimal(score),
            band,
        })
    };
    let (Some(first), Some(second)) = (pick(one), pick(other)) else {
        return Ok(None);
    };
    let results = store::results_of_both(reader, [one, other]).await?;
    let outcome = |placed: &Placed| -> Result<Option<Outcome>> {
        let found = results.iter().find(|result| {
            (result.appraisal_id, result.number) == (placed.stand.id, placed.stand.result)
        });
        let outcome = found.map(|result| serde_json::from_value(result.outcome.clone()));
        Ok(outcome.transpose()?)
    };
    let (Some(of_first), Some(of_second)) = (outcome(&first)?, outcome(&second)?) else {
        return Ok(None);
    };
    let versions = [&first, &second].map(|placed| placed.stand.version_id);
    let contents = content_of(reader, BTreeSet::from(versions)).await?;
    let metrics = metric_names(reader).await?;
    let names: Names<'_> = &|key| metrics.get(key).cloned();
    let lines = side_by_side(&of_first, &of_second)
        .into_iter()
        .map(|line| (named_line(&contents, &versions, &line, names), line))
        .collect();
    note_read(db, call, look(session, json!({ "pair": [one, other] }))).await?;
    Ok(Some(Pair {
        one: first,
        other: second,
        lines,
    }))
}

fn named_line(
    contents: &HashMap<Uuid, Content>,
    versions: &[Uuid],
    line: &Line,
    names: Names<'_>,
) -> Text {
    let mut contents = versions.iter().filter_map(|version| contents.get(version));
    let section = contents.find_map(|content| {
        let mut sections = content.sections.iter();
        sections.find(|section| section.key == line.section)
    });
    match (section, &line.item) {
        (Some(section), Some(item)) => item_name(section, item, names),
        (Some(section), None) => Text::new(section.name.clone(), section.name_zh.clone()),
        (None, _) => Text::new(line.section.clone(), line.section.clone()),
    }
}

async fn scope_of(db: &Db, call: &Call, session: Uuid) -> Result<Option<Scope>> {
    let permission = Permission::AppraisalCalibrate;
    let row = find::<appraisal_calibration::Entity>(db.reader(), &call.viewer, permission, session)
        .await?;
    Ok(row.as_ref().map(Scope::from))
}

fn look(session: Uuid, detail: Value) -> audit::Entry {
    audit::Entry {
        action: "appraisal.calibration.read",
        entity_type: "appraisal_calibration",
        entity_id: Some(session),
        detail,
    }
}
