//! Holds what is kept against the records: facts that no longer follow from them, sums that don't fit the facts, and
//! frozen sums that don't fit the frozen facts.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Months, NaiveDate};
use entity::enums::{Dimension, Grain};
use entity::metric_cell;
use uuid::Uuid;

use super::Counter;
use super::sum::{Kept, kept};
use crate::db::{Db, Transaction};
use crate::error::Result;
use crate::metrics::rules::at::At;
use crate::metrics::rules::attribution::difference;
use crate::metrics::rules::cells::{DIMENSIONS, cells_of_day};
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::period::{Period, month_of};
use crate::metrics::{snapshots, store};

/// What the cells of a month have to be, by dimension and key: weight, counted and total.
type Month = BTreeMap<(Dimension, String), (i64, i64, i64)>;

/// Records compared at once.
const RECORDS: u64 = 500;

/// Something that doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The facts of a record aren't what follows from it.
    Facts {
        /// What the record is.
        kind: String,
        /// The record.
        record: Uuid,
    },
    /// The sums of a day, or of the month that begins with it, aren't those of its facts.
    Cells {
        /// The version of the metric.
        version: Uuid,
        /// The day.
        start: NaiveDate,
        /// Day or month.
        grain: Grain,
    },
    /// The frozen sums of a day, or of the month that begins with it, aren't those of the frozen facts: somebody has
    /// changed them behind the server's back.
    Frozen {
        /// The snapshot.
        snapshot: Uuid,
        /// The version of the metric.
        version: Uuid,
        /// The day.
        start: NaiveDate,
        /// Day or month.
        grain: Grain,
    },
}

/// Compares all facts with their records, all sums with their facts, and frozen sums with frozen facts. What waits to be
/// counted is found too.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db, counter: &Counter) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for provider in counter.sources.providers() {
        let mut after = None;
        loop {
            let records = provider.records(db.reader(), after, RECORDS).await?;
            let Some(last) = records.last() else { break };
            after = Some(*last);
            let tx = db.look().await?;
            let wanted = counter
                .facts_of(&tx, provider, &records, &Uuid::nil)
                .await?;
            let present = store::facts_of_records(&tx, &records).await?;
            let (gone, come) = difference(present, wanted);
            let mut wrong: Vec<Uuid> = gone.iter().chain(&come).map(|row| row.record_id).collect();
            wrong.sort_unstable();
            wrong.dedup();
            findings.extend(wrong.into_iter().map(|record| Finding::Facts {
                kind: provider.record_kind().to_owned(),
                record,
            }));
            tx.rollback().await?;
        }
    }
    let tx = db.look().await?;
    for one in kept(&tx, counter).await? {
        for (start, grain) in misfits(&tx, &At::Now, &one).await? {
            findings.push(Finding::Cells {
                version: one.version,
                start,
                grain,
            });
        }
    }
    for frozen in snapshots::all_frozen(&tx).await? {
        let at = At::Frozen(Arc::new(frozen.clone()));
        for (defined, measure) in snapshots::definitions(&tx, frozen.id).await? {
            let Body::Facts(base) = defined.definition.body else {
                continue;
            };
            let one = Kept {
                version: defined.version.id,
                base,
                measure,
            };
            for (start, grain) in misfits(&tx, &at, &one).await? {
                findings.push(Finding::Frozen {
                    snapshot: frozen.id,
                    version: one.version,
                    start,
                    grain,
                });
            }
        }
    }
    tx.rollback().await?;
    Ok(findings)
}

/// The days and months whose sums aren't those of their facts, as of a moment.
async fn misfits(tx: &Transaction, at: &At, one: &Kept) -> Result<Vec<(NaiveDate, Grain)>> {
    let mut misfits = Vec::new();
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    for day in store::days_of_source_at(tx, at, &one.base.source).await? {
        let of = (one.base.source.as_str(), one.base.attribution);
        let facts = store::facts_of_day_at(tx, at, of, day).await?;
        let right = cells_of_day(one.version, &one.base, one.measure, day, &facts);
        let month = months.entry(month_of(day)).or_default();
        for cell in &right {
            let sums = month.entry((cell.dimension, cell.key.clone())).or_default();
            sums.0 += cell.weight;
            sums.1 += cell.counted;
            sums.2 += cell.total;
        }
        let next = day.succ_opt().unwrap_or(day);
        let run = Period {
            from: day,
            to: next,
        };
        let there = cells(tx, at, one.version, Grain::Day, run).await?;
        if !fits(there, right) {
            misfits.push((day, Grain::Day));
        }
    }
    for (month, right) in months {
        let after = month.checked_add_months(Months::new(1)).unwrap_or(month);
        let whole = Period {
            from: month,
            to: after,
        };
        // Of a month that a snapshot only has a part of no sum is kept.
        if !at.has(whole) {
            continue;
        }
        let next = month.succ_opt().unwrap_or(month);
        let run = Period {
            from: month,
            to: next,
        };
        let there = cells(tx, at, one.version, Grain::Month, run).await?;
        let there: BTreeMap<_, _> = there
            .into_iter()
            .map(|cell| {
                (
                    (cell.dimension, cell.key),
                    (cell.weight, cell.counted, cell.total),
                )
            })
            .collect();
        if there != right {
            misfits.push((month, Grain::Month));
        }
    }
    Ok(misfits)
}

async fn cells(
    tx: &Transaction,
    at: &At,
    version: Uuid,
    grain: Grain,
    run: Period,
) -> Result<Vec<metric_cell::Model>> {
    let mut cells = Vec::new();
    for dimension in DIMENSIONS {
        let of = store::read_cells(tx, at, version, dimension, (grain, run)).await?;
        cells.extend(of);
    }
    Ok(cells)
}

/// Are these the cells that follow from the facts? They know at least how many members are behind them, so they may know of fewer.
fn fits(there: Vec<metric_cell::Model>, right: Vec<metric_cell::Model>) -> bool {
    let fit = |(there, right): (metric_cell::Model, &metric_cell::Model)| {
        let known = metric_cell::Model {
            people: there.people.max(right.people),
            ..there
        };
        known == *right
    };
    let (there, right) = (sorted(there), sorted(right));
    there.len() == right.len() && there.into_iter().zip(&right).all(fit)
}

fn sorted(mut cells: Vec<metric_cell::Model>) -> Vec<metric_cell::Model> {
    cells.sort_by(|a, b| (a.dimension, &a.key).cmp(&(b.dimension, &b.key)));
    cells
}
