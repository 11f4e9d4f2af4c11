//! From events to facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::metric_fact;
use uuid::Uuid;

use super::Counter;
use crate::db::{Db, Transaction, new_id};
use crate::error::Result;
use crate::events::{self, Event};
use crate::metrics::definitions;
use crate::metrics::facts::{Occurrence, Provider};
use crate::metrics::rules::attribution::{Places, attribute, difference};
use crate::metrics::store;
use crate::organisation;

/// Events taken in one transaction.
const BATCH: u64 = 500;

impl Counter {
    /// Takes in the next events; says whether there may be more.
    pub(super) async fn follow(&self, db: &Db, now: DateTime<Utc>) -> Result<bool> {
        if events::uncounted(db.reader(), 1).await?.is_empty() {
            return Ok(false);
        }
        let tx = db.begin().await?;
        definitions::lock_all(&tx).await?;
        let more = self.follow_within(&tx, now).await?;
        tx.commit().await?;
        Ok(more)
    }

    /// The same within a transaction that has locked all metrics.
    pub(super) async fn follow_within(&self, tx: &Transaction, now: DateTime<Utc>) -> Result<bool> {
        let waiting = events::uncounted(tx, BATCH).await?;
        if waiting.is_empty() {
            return Ok(false);
        }
        let mut dirty = BTreeSet::new();
        for provider in self.sources.providers() {
            let records: BTreeSet<Uuid> = waiting
                .iter()
                .flat_map(|(_, event)| provider.touched(event))
                .collect();
            let records: Vec<Uuid> = records.into_iter().collect();
            dirty.extend(self.recount(tx, provider, &records, now).await?);
        }
        for (_, event) in &waiting {
            if event.kind == Event::ACCESS_CHANGED {
                dirty.extend(place_anew(tx, event.entity_id).await?);
                dirty.extend(regroup(tx, event.entity_id).await?);
            }
        }
        store::mark_days(tx, dirty).await?;
        let seqs: Vec<i64> = waiting.iter().map(|(seq, _)| *seq).collect();
        events::mark_counted(tx, &seqs, now).await?;
        Ok(waiting.len() as u64 == BATCH)
    }

    /// Makes the facts of some records anew; gives the sources and days whose facts have changed. Their ids are of now, whenever
    /// it was that something happened: an id that runs ahead of the clock would draw all later ones along.
    pub(super) async fn recount(
        &self,
        tx: &Transaction,
        provider: &dyn Provider,
        records: &[Uuid],
        now: DateTime<Utc>,
    ) -> Result<BTreeSet<(String, NaiveDate)>> {
        if records.is_empty() {
            return Ok(BTreeSet::new());
        }
        let ids = || new_id(now);
        let wanted = self.facts_of(tx, provider, records, &ids).await?;
        let present = store::facts_of_records(tx, records).await?;
        let (gone, come) = difference(present, wanted);
        let days = gone.iter().chain(&come);
        let days = days.map(|row| (row.source.clone(), row.day)).collect();
        store::replace_facts(tx, &gone, come).await?;
        Ok(days)
    }

    /// The facts of some records as they are now, attributed.
    pub(super) async fn facts_of(
        &self,
        tx: &Transaction,
        provider: &dyn Provider,
        records: &[Uuid],
        ids: &(dyn Fn() -> Uuid + Sync),
    ) -> Result<Vec<metric_fact::Model>> {
        let occurrences = provider.occurrences(tx, records).await?;
        let places = places_of(tx, &occurrences).await?;
        let rules: BTreeMap<&str, _> = provider
            .sources()
            .iter()
            .map(|source| (source.key, source.attributions))
            .collect();
        let mut facts = Vec::new();
        for occurrence in &occurrences {
            for rule in rules.get(occurrence.source).copied().unwrap_or_default() {
                facts.extend(attribute(
                    occurrence,
                    provider.record_kind(),
                    *rule,
                    &places,
                    self.zone,
                    ids,
                ));
            }
        }
        Ok(facts)
    }
}

/// Where everybody was whom these occurrences name.
async fn places_of(tx: &Transaction, occurrences: &[Occurrence]) -> Result<Places> {
    let members: BTreeSet<Uuid> = occurrences
        .iter()
        .flat_map(|one| {
            one.owner
                .into_iter()
                .chain(one.shares.iter().map(|(id, _)| *id))
        })
        .collect();
    Ok(Places {
        homes: organisation::homes(tx, members).await?,
        departments: organisation::departments_of_teams(tx).await?,
    })
}

/// Places a member's facts where the homes now say, all of them: a move can be told late.
async fn place_anew(tx: &Transaction, member: Uuid) -> Result<BTreeSet<(String, NaiveDate)>> {
    let homes = organisation::homes(tx, [member]).await?.remove(&member);
    let homes = homes.unwrap_or_default();
    if homes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut spans = Vec::new();
    let mut free_from = None;
    for home in &homes {
        spans.push((free_from, Some(home.from), None, None));
        spans.push((Some(home.from), home.to, home.team, home.department));
        free_from = home.to;
        if home.to.is_none() {
            break;
        }
    }
    if free_from.is_some() {
        spans.push((free_from, None, None, None));
    }
    let mut dirty = BTreeSet::new();
    for (from, to, team, department) in spans {
        if from.zip(to).is_some_and(|(from, to)| from >= to) {
            continue;
        }
        let within = (from, to);
        let days = store::facts_placed_elsewhere(tx, member, within, team, department).await?;
        if !days.is_empty() {
            store::place(tx, member, within, team, department).await?;
            dirty.extend(days);
        }
    }
    Ok(dirty)
}

/// Places the facts of a team where it stood on their days, when it is a team that has moved.
async fn regroup(tx: &Transaction, team: Uuid) -> Result<BTreeSet<(String, NaiveDate)>> {
    let mut dirty = BTreeSet::new();
    let departments = organisation::departments_of_teams(tx).await?;
    for (from, to, department) in departments.stretches(team) {
        let days = store::regroup(tx, team, (from, to), department).await?;
        dirty.extend(days);
    }
    Ok(dirty)
}
