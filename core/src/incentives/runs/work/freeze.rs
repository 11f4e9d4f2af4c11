//! Freezing the figures of a run, once (冻结指标).

use entity::enums::IncentiveRunState;
use entity::incentive_run;
use serde_json::json;

use super::evaluate::Cursor;
use super::{told, unchanged};
use crate::access::Call;
use crate::db::Db;
use crate::error::Result;
use crate::incentives::runs::store;
use crate::metrics::counting::Counter;
use crate::metrics::snapshots::{Freeze, freeze_for};
use crate::work::Work;

/// Freezes the figures of a run's days. Cut off between freezing and noting where, it finds the same snapshot by the key of the
/// run.
///
/// # Errors
/// While sums are still being made; when the database fails.
pub(super) async fn frozen(
    db: &Db,
    counter: &Counter,
    call: &Call,
    run: &incentive_run::Model,
) -> Result<()> {
    let days = format!("{} - {}", run.from_day, run.until_day);
    let order = Freeze {
        name: format!("Incentives {days}, attempt {}", run.attempt),
        name_zh: format!("激励 {days} 第 {} 次", run.attempt),
        from: run.from_day,
        to: run.until_day,
        note: None,
    };
    let key = format!("incentive-run:{}", run.id);
    let snapshot = freeze_for(db, counter, call, &order, Some(&key)).await?;
    let mut work = Work::begin(db, call).await?;
    let Some(now) = unchanged(&work, run).await? else {
        return Ok(());
    };
    let id = now.id;
    let row = incentive_run::Model {
        state: IncentiveRunState::Evaluating,
        snapshot_id: Some(snapshot),
        cursor: Some(serde_json::to_value(Cursor::default())?),
        ..now
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "snapshot": snapshot });
    told(&mut work, id, "incentive.run.freeze", detail);
    work.commit().await
}
