//! Freezing the figures of a cycle, once (冻结指标).

use entity::appraisal_cycle;
use entity::enums::AppraisalStage;
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
    let order = order(&cycle);
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

fn order(cycle: &appraisal_cycle::Model) -> Freeze {
    let short = |name: String| name.chars().take(NAME).collect();
    Freeze {
        name: short(format!("Appraisals {}: {}", cycle.code, cycle.name)),
        name_zh: short(format!("考核 {}：{}", cycle.code, cycle.name_zh)),
        from: cycle.from_day,
        to: cycle.until_day,
        note: None,
    }
}
