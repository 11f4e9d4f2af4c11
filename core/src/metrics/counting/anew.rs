//! Counting anew: everything from the records, or the sums of a version that is new.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::sum::{Kept, measure_of, sum_days};
use super::{Counter, settle};
use crate::db::Db;
use crate::error::Result;
use crate::metrics::facts::Provider;
use crate::metrics::rules::period::month_of;
use crate::metrics::{definitions, store};

/// Records read in one transaction.
const RECORDS: u64 = 500;

/// Makes all facts anew from the records, and all sums from the facts; gives the number of records. Figures can be read
/// meanwhile.
///
/// # Errors
/// When the database fails; then it can be run again.
pub async fn rebuild(db: &Db, counter: &Counter, now: DateTime<Utc>) -> Result<u64> {
    let mut counted = 0;
    for provider in counter.sources.providers() {
        counted += recount_all(db, counter, provider, now).await?;
        mark_counted(db, provider, now).await?;
    }
    sum_all(db, counter).await?;
    fill(db, counter, now).await?;
    Ok(counted)
}

/// Makes all sums anew from the facts, and takes out those of days without any.
///
/// # Errors
/// When the database fails; then it can be run again.
pub async fn sum_all(db: &Db, counter: &Counter) -> Result<()> {
    let tx = db.begin().await?;
    for source in counter.sources.iter() {
        let days = store::days_of_source(&tx, source.key).await?;
        store::mark_days(
            &tx,
            days.into_iter().map(|day| (source.key.to_owned(), day)),
        )
        .await?;
    }
    let mut months: BTreeSet<(NaiveDate, Uuid)> = BTreeSet::new();
    for (version, base) in definitions::facts_versions(&tx).await? {
        let days = store::days_of_cells(&tx, version.id).await?;
        months.extend(days.iter().map(|day| (month_of(*day), version.id)));
        store::mark_days(&tx, days.into_iter().map(|day| (base.source.clone(), day))).await?;
    }
    tx.commit().await?;
    settle(db, counter).await?;
    // Days that were right have left their months alone.
    for (month, version) in months {
        let tx = db.begin().await?;
        definitions::lock_all(&tx).await?;
        store::months_anew(&tx, version, month).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Makes the facts of all records of one domain anew; gives their number.
async fn recount_all(
    db: &Db,
    counter: &Counter,
    provider: &dyn Provider,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut counted = 0;
    let mut after = None;
    loop {
        let records = provider.records(db.reader(), after, RECORDS).await?;
        let Some(last) = records.last() else {
            return Ok(counted);
        };
        after = Some(*last);
        let tx = db.begin().await?;
        definitions::lock_all(&tx).await?;
        let dirty = counter.recount(&tx, provider, &records, now).await?;
        store::mark_days(&tx, dirty).await?;
        tx.commit().await?;
        counted += records.len() as u64;
    }
}

/// Notes that all sources of a domain have been counted.
async fn mark_counted(db: &Db, provider: &dyn Provider, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    let keys = provider.sources().iter().map(|source| source.key);
    store::mark_sources(&tx, keys, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Counts the records of each domain that hands in a source which was never counted: one that is new with an update of
/// the server, or came back with it.
async fn count_new_sources(db: &Db, counter: &Counter, now: DateTime<Utc>) -> Result<()> {
    let counted = store::counted_sources(db.reader()).await?;
    let given_up: Vec<&str> = counted
        .iter()
        .map(String::as_str)
        .filter(|key| counter.sources.get(key).is_none())
        .collect();
    if !given_up.is_empty() {
        let tx = db.begin().await?;
        store::forget_sources(&tx, &given_up).await?;
        tx.commit().await?;
    }
    for provider in counter.sources.providers() {
        let mut sources = provider.sources().iter();
        if sources.any(|source| !counted.contains(source.key)) {
            recount_all(db, counter, provider, now).await?;
            mark_counted(db, provider, now).await?;
            settle(db, counter).await?;
        }
    }
    Ok(())
}

/// Counts sources that were never counted, and fills the sums of versions that have none yet, month by month. A domain
/// whose records were there before anything of it was counted is counted first.
///
/// # Errors
/// When the database fails; then it can be run again.
pub async fn fill(db: &Db, counter: &Counter, now: DateTime<Utc>) -> Result<()> {
    count_new_sources(db, counter, now).await?;
    let versions = definitions::facts_versions(db.reader()).await?;
    let new: Vec<_> = versions
        .into_iter()
        .filter(|(version, _)| version.counted_at.is_none())
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    for provider in counter.sources.providers() {
        if !store::has_facts(db.reader(), provider.record_kind()).await? {
            recount_all(db, counter, provider, now).await?;
        }
    }
    settle(db, counter).await?;
    for (version, base) in new {
        let kept = Kept {
            version: version.id,
            measure: measure_of(counter, &base),
            base,
        };
        // Days that have cells from before, while the metric was retired, may have no facts any more.
        let mut days = store::days_of_source(db.reader(), &kept.base.source).await?;
        days.extend(store::days_of_cells(db.reader(), version.id).await?);
        days.sort_unstable();
        days.dedup();
        let mut days = days.as_slice();
        while let Some(first) = days.first() {
            let month = month_of(*first);
            let (some, rest) = days.split_at(days.partition_point(|day| month_of(*day) == month));
            let tx = db.begin().await?;
            definitions::lock_all(&tx).await?;
            let some: BTreeSet<NaiveDate> = some.iter().copied().collect();
            sum_days(&tx, &[&kept], &some).await?;
            tx.commit().await?;
            days = rest;
        }
        let tx = db.begin().await?;
        definitions::mark_counted(&tx, version.id, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
