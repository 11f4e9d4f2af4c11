//! Freezing the figures of a run, once (冻结指标).

use entity::enums::IncentiveRunState;
use entity::incentive_run;
use serde_json::json;

use super::evaluate::Cursor;
use super::{late_now, told, unchanged};
use crate::access::Call;
use crate::db::Db;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::incentives::runs::store;
use crate::metrics::counting::Counter;
use crate::metrics::snapshots::{Freeze, freeze_for, frozen_at};
use crate::work::Work;

/// Freezes the figures of a run's days. Cut off between freezing and noting where, it finds the same snapshot by the key of the
/// run for a day; after that it freezes another one. Nothing is evaluated before it is noted.
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
    let late = late_now(work.tx(), &now).await?;
    let frozen_at = frozen_at(work.tx(), snapshot).await?;
    if late.is_some_and(|late| frozen_at < late.since) {
        // It was cut off here while the period before was run: what was recorded between the two would count twice.
        let text = Text::new(
            "The period before was worked out after the figures of this one were frozen: run it again.",
            "上一周期在本周期冻结之后才计算，请重新计算。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input", text).into());
    }
    let row = incentive_run::Model {
        state: IncentiveRunState::Evaluating,
        snapshot_id: Some(snapshot),
        late: late.map(serde_json::to_value).transpose()?,
        cursor: Some(serde_json::to_value(Cursor::default())?),
        ..now
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "snapshot": snapshot });
    told(&mut work, id, "incentive.run.freeze", detail);
    work.commit().await
}
