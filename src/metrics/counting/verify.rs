//! Holds what is kept against the records: facts that no longer follow from them, sums that don't fit the facts.

use std::collections::BTreeMap;

use entity::enums::{Dimension, Grain};
use entity::metric_cell;
use uuid::Uuid;

use super::Counter;
use super::sum::kept;
use crate::db::Db;
use crate::error::Result;
use crate::metrics::rules::attribution::difference;
use crate::metrics::rules::cells::{DIMENSIONS, cells_of_day};
use crate::metrics::rules::period::{Period, month_of};
use crate::metrics::store::{self, Wanted};

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
        start: chrono::NaiveDate,
        /// Day or month.
        grain: Grain,
    },
}

/// Compares all facts with their records and all sums with their facts. What waits to be counted is found too.
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
            let tx = db.begin().await?;
            let wanted = counter.facts_of(&tx, provider, &records).await?;
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
    let tx = db.begin().await?;
    for one in kept(&tx, counter).await? {
        let mut months: BTreeMap<chrono::NaiveDate, Month> = BTreeMap::new();
        for day in store::days_of_source(&tx, &one.base.source).await? {
            let facts =
                store::facts_of_day(&tx, &one.base.source, one.base.attribution, day).await?;
            let right = cells_of_day(one.version, &one.base, one.measure, day, &facts);
            let month = months.entry(month_of(day)).or_default();
            for cell in &right {
                let sums = month.entry((cell.dimension, cell.key.clone())).or_default();
                sums.0 += cell.weight;
                sums.1 += cell.counted;
                sums.2 += cell.total;
            }
            let next = day.succ_opt().unwrap_or(day);
            let there = cells(
                &tx,
                one.version,
                Grain::Day,
                Period {
                    from: day,
                    to: next,
                },
            )
            .await?;
            if sorted(there) != sorted(right) {
                findings.push(Finding::Cells {
                    version: one.version,
                    start: day,
                    grain: Grain::Day,
                });
            }
        }
        for (month, right) in months {
            let next = month.succ_opt().unwrap_or(month);
            let there = cells(
                &tx,
                one.version,
                Grain::Month,
                Period {
                    from: month,
                    to: next,
                },
            )
            .await?;
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
                findings.push(Finding::Cells {
                    version: one.version,
                    start: month,
                    grain: Grain::Month,
                });
            }
        }
    }
    tx.rollback().await?;
    Ok(findings)
}

async fn cells(
    tx: &sea_orm::DatabaseTransaction,
    version: Uuid,
    grain: Grain,
    run: Period,
) -> Result<Vec<metric_cell::Model>> {
    let mut cells = Vec::new();
    for dimension in DIMENSIONS {
        let wanted = Wanted {
            version,
            dimension,
            keys: None,
            runs: vec![(grain, run)],
        };
        cells.extend(store::read_cells(tx, &wanted).await?);
    }
    Ok(cells)
}

fn sorted(mut cells: Vec<metric_cell::Model>) -> Vec<metric_cell::Model> {
    cells.sort_by(|a, b| (a.dimension, &a.key).cmp(&(b.dimension, &b.key)));
    cells
}
