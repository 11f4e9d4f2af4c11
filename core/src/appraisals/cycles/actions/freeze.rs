//! Freezing the figures of a cycle, once, and anew for an appraisal whose records were put right (冻结指标).

use entity::enums::AppraisalStage;
use entity::{appraisal, appraisal_cycle};
use serde_json::json;
use uuid::Uuid;

use super::common::trace;
use crate::access::Call;
use crate::appraisals::cycles::store;
use crate::db::Db;
use crate::error::Result;
use crate::metrics::counting::Counter;
use crate::metrics::snapshots::{Freeze, freeze_for};
use crate::work::Work;

/// The most characters of the name of a snapshot.
const NAME: usize = 100;

/// Freezes the figures of a cycle's days, if they aren't yet. Cut off between freezing and noting where, it finds the same
/// snapshot by the key of the cycle.
///
/// # Errors
/// While sums are still being made; when the database fails.
pub(super) async fn frozen(db: &Db, counter: &Counter, call: &Call, id: Uuid) -> Result<()> {
    let Some(cycle) = store::find(db.reader(), id).await? else {
        return Ok(());
    };
    if cycle.stage != AppraisalStage::Counting || cycle.snapshot_id.is_some() {
        return Ok(());
    }
    let order = order(&cycle, ("", ""));
    let key = format!("appraisal-cycle:{id}");
    let snapshot = freeze_for(db, counter, call, &order, Some(&key)).await?;
    let mut work = Work::begin(db, call).await?;
    let cycle = store::locked(work.tx(), id).await?;
    if cycle.stage != AppraisalStage::Counting || cycle.snapshot_id.is_some() {
        return Ok(());
    }
    let row = appraisal_cycle::Model {
        snapshot_id: Some(snapshot),
        ..cycle
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "snapshot": snapshot });
    trace(&mut work, id, "appraisal.cycle.freeze", detail);
    work.commit().await
}

/// Freezes the figures of a cycle's days anew for an appraisal whose records were put right, and gives the snapshot; for the same
/// version of the appraisal it is the same one.
///
/// # Errors
/// While sums are still being made; when the database fails.
pub(super) async fn anew(
    db: &Db,
    counter: &Counter,
    call: &Call,
    cycle: &appraisal_cycle::Model,
    row: &appraisal::Model,
) -> Result<Uuid> {
    // The name tells nobody whose figures they were.
    let order = order(cycle, (" (put right)", "（更正）"));
    let key = format!("appraisal:{}:{}", row.id, row.version);
    freeze_for(db, counter, call, &order, Some(&key)).await
}

fn order(cycle: &appraisal_cycle::Model, (more, more_zh): (&str, &str)) -> Freeze {
    let short = |name: String, more: &str| {
        let room = NAME.saturating_sub(more.chars().count());
        name.chars().take(room).chain(more.chars()).collect()
    };
    Freeze {
        name: short(format!("Appraisals {}: {}", cycle.code, cycle.name), more),
        name_zh: short(format!("考核 {}：{}", cycle.code, cycle.name_zh), more_zh),
        from: cycle.from_day,
        to: cycle.until_day,
        note: None,
    }
}
