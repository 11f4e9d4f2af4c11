//! From facts to cells.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::Attribution;
use entity::metric_fact;
use uuid::Uuid;

use super::Counter;
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::metrics::rules::cells::cells_of_day;
use crate::metrics::rules::definition::Base;
use crate::metrics::rules::period::month_of;
use crate::metrics::{definitions, store};

/// Days summed up in one transaction.
const BATCH: u64 = 31;

/// A version whose sums are kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// The version.
    pub version: Uuid,
    /// What it counts.
    pub base: Base,
    /// Which measure of its source it looks at.
    pub measure: Option<usize>,
}

/// The versions whose sums are kept, with their measures found.
pub(super) async fn kept(tx: &Transaction, counter: &Counter) -> Result<Vec<Kept>> {
    let versions = definitions::facts_versions(tx).await?;
    Ok(versions
        .into_iter()
        .map(|(version, base)| Kept {
            version: version.id,
            measure: measure_of(counter, &base),
            base,
        })
        .collect())
}

/// The place of the measure in its source.
pub(super) fn measure_of(counter: &Counter, base: &Base) -> Option<usize> {
    let key = base.measure.as_deref()?;
    let measures = counter.sources.get(&base.source)?.measures;
    measures.iter().position(|measure| measure.key == key)
}

/// Sums up the next days that wait; says whether there may be more.
pub(super) async fn settle(db: &Db, counter: &Counter) -> Result<bool> {
    let tx = db.begin().await?;
    definitions::lock_all(&tx).await?;
    let more = settle_within(&tx, counter).await?;
    tx.commit().await?;
    Ok(more)
}

/// The same within a transaction that has locked all metrics.
pub(super) async fn settle_within(tx: &Transaction, counter: &Counter) -> Result<bool> {
    let days = store::take_days(tx, BATCH).await?;
    let mut by_source: BTreeMap<String, BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in &days {
        by_source
            .entry(row.source.clone())
            .or_default()
            .insert(row.day);
    }
    if !by_source.is_empty() {
        let kept = kept(tx, counter).await?;
        for (source, days) in by_source {
            let of_source: Vec<&Kept> = kept
                .iter()
                .filter(|kept| kept.base.source == source)
                .collect();
            sum_days(tx, &of_source, &days).await?;
        }
    }
    Ok(days.len() as u64 == BATCH)
}

/// Sums up days of one source for some versions, and the months of those whose sums have changed.
pub(super) async fn sum_days(
    tx: &Transaction,
    kept: &[&Kept],
    days: &BTreeSet<NaiveDate>,
) -> Result<()> {
    let mut months: BTreeSet<(NaiveDate, Uuid)> = BTreeSet::new();
    for day in days {
        let mut facts: HashMap<Attribution, Vec<metric_fact::Model>> = HashMap::new();
        for one in kept {
            let facts = match facts.entry(one.base.attribution) {
                Entry::Occupied(read) => read.into_mut(),
                Entry::Vacant(unread) => {
                    let rule = one.base.attribution;
                    unread.insert(store::facts_of_day(tx, &one.base.source, rule, *day).await?)
                }
            };
            let cells = cells_of_day(one.version, &one.base, one.measure, *day, facts);
            if store::replace_day(tx, one.version, *day, cells).await? {
                months.insert((month_of(*day), one.version));
            }
        }
    }
    for (month, version) in months {
        store::months_anew(tx, version, month).await?;
    }
    Ok(())
}
