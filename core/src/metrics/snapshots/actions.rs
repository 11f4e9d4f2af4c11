//! Freezing a period (冻结).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::{metric_snapshot, metric_snapshot_metric};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::access::{Call, Permission, Principal};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::{Db, new_id};
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::metrics::counting::Counter;
use crate::metrics::definitions::{self, Defined};
use crate::metrics::figures::within;
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::period::Period;
use crate::metrics::store::{freeze_cells, freeze_facts};
use crate::organisation;
use crate::work::{Once, Work};

/// What is to be frozen.
#[derive(Clone, Debug, Serialize)]
pub struct Freeze {
    /// Its name in English.
    pub name: String,
    /// 名称.
    pub name_zh: String,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub to: NaiveDate,
    /// Why.
    pub note: Option<String>,
}

/// The most days of a snapshot: two years.
const MOST_DAYS: i64 = 731;
/// The most characters of a name.
const NAME: usize = 100;
/// The most characters of a note.
const NOTE: usize = 2_000;

/// Freezes the figures of a period as they are now, and returns the snapshot's id. Everything that has happened is counted
/// first. It goes on to its end when whoever asked for it doesn't wait: asked again with the same key, it is found.
///
/// # Errors
/// User errors about the values; refusals of permission.
pub async fn freeze(
    app: &App,
    call: &Call,
    order: Freeze,
    idempotency_key: Option<String>,
) -> Result<Uuid> {
    call.viewer.require(Permission::MetricSnapshotManage)?;
    let (db, counter, call) = (app.db.clone(), app.counter.clone(), call.clone());
    let freezing =
        async move { freeze_for(&db, &counter, &call, &order, idempotency_key.as_deref()).await };
    tokio::spawn(freezing).await.map_err(Error::internal)?
}

/// The same for a domain whose own rules say that the time has come, whatever the permissions of the call: asked again with
/// the same key, it finds what it froze.
///
/// # Errors
/// User errors about the values, and while sums are still being made.
pub async fn freeze_for(
    db: &Db,
    counter: &Counter,
    call: &Call,
    order: &Freeze,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let mut checks = Checks::default();
    let row = looked_over(&mut checks, call, counter.zone, order);
    checks.done()?;
    // Most is counted before anybody has to wait for it.
    counter.catch_up(db, call.at).await?;
    let mut work = Work::begin(db, call).await?;
    let once = work.once(idempotency_key, "metricSnapshotFreeze", order);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    definitions::lock_all(work.tx()).await?;
    let waiting = counter.catch_up_within(work.tx(), call.at).await?;
    if !waiting.is_empty() {
        let keys = waiting.join(", ");
        let text = Text::new(
            format!(
                "The sums of these metrics are still being made: {keys}. Try again in a moment."
            ),
            format!("以下指标的汇总尚未完成：{keys}。请稍后再试。"),
        );
        return Err(UserError::new(UserErrorCode::WrongState, "", text).into());
    }
    let period = Period {
        from: row.from_day,
        to: row.until_day,
    };
    let holdings = within(&organisation::holdings(work.tx()).await?, period);
    let metrics = definitions::all_current(work.tx()).await?;
    let id = row.id;
    let detail = json!({
        "name": row.name, "from": row.from_day, "until": row.until_day, "metrics": metrics.len(),
    });
    let row = metric_snapshot::Model {
        holdings: store::holdings_json(&holdings)?,
        ..row
    };
    store::insert(work.tx(), row).await?;
    let named = metrics.iter().map(|one| named(id, one, counter));
    store::insert_metrics(work.tx(), named.collect()).await?;
    copy(&work, id, &metrics, period).await?;
    work.audit(Entry {
        action: "metric.snapshot.freeze",
        entity_type: "metric_snapshot",
        entity_id: Some(id),
        detail,
    });
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

fn looked_over(
    checks: &mut Checks,
    call: &Call,
    zone: Tz,
    order: &Freeze,
) -> metric_snapshot::Model {
    let days = (order.to - order.from).num_days();
    checks.ensure(
        (1..=MOST_DAYS).contains(&days),
        UserErrorCode::Invalid,
        "input.period",
        || {
            Text::new(
                format!(
                    "A snapshot has 1 to {MOST_DAYS} days, and `to` is the first day after it."
                ),
                format!("快照须为 1 至 {MOST_DAYS} 天，且 to 为不含在内的次日。"),
            )
        },
    );
    let today = call.at.with_timezone(&zone).date_naive();
    checks.ensure(
        order.from <= today,
        UserErrorCode::RuleViolated,
        "input.period.from",
        || {
            Text::new(
                "These days are still to come: there is nothing to freeze.",
                "该周期尚未开始，没有可冻结的数据。",
            )
        },
    );
    let principal = Principal::of_viewer(&call.viewer);
    metric_snapshot::Model {
        id: new_id(call.at),
        name: checks.text("input.name", &order.name, NAME),
        name_zh: checks.text("input.nameZh", &order.name_zh, NAME),
        from_day: order.from,
        until_day: order.to,
        note: checks.optional_body("input.note", order.note.as_deref(), NOTE),
        holdings: json!([]),
        frozen_by: principal.map(Principal::id),
        frozen_at: call.at,
    }
}

fn named(snapshot: Uuid, one: &Defined, counter: &Counter) -> metric_snapshot_metric::Model {
    let measure = match &one.definition.body {
        Body::Facts(base) => counter.sources.measure(base),
        Body::Derived(_) => None,
    };
    metric_snapshot_metric::Model {
        snapshot_id: snapshot,
        key: one.metric.key.clone(),
        version_id: one.version.id,
        measure: measure.and_then(|place| i32::try_from(place).ok()),
    }
}

/// Copies all that the figures of the period are read from.
async fn copy(work: &Work<'_>, snapshot: Uuid, metrics: &[Defined], period: Period) -> Result<()> {
    let mut copied = BTreeSet::new();
    for one in metrics {
        let Body::Facts(base) = &one.definition.body else {
            continue;
        };
        if copied.insert((base.source.as_str(), base.attribution)) {
            let source = (base.source.as_str(), base.attribution);
            freeze_facts(work.tx(), snapshot, source, period).await?;
        }
        freeze_cells(work.tx(), snapshot, one.version.id, period).await?;
    }
    Ok(())
}
