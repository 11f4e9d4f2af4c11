//! A new metric (新建指标).

use entity::{metric, metric_version};
use serde::Serialize;
use serde_json::json;

use super::content::{MetricContent, locked, look_at_key, look_over, made_by};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::metrics::definitions::store;
use crate::work::{Once, Work};

/// A new metric.
#[derive(Clone, Debug, Serialize)]
pub struct MetricDefine {
    /// Its name for queries and expressions, unique.
    pub key: String,
    /// What its first version says.
    pub content: MetricContent,
    /// So that a repeated request makes no second metric.
    pub idempotency_key: Option<String>,
}

/// Makes a metric with its first version. One from facts can be asked for once its sums are complete.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field, and the place within an expression.
pub async fn define(app: &App, call: &Call, define: MetricDefine) -> Result<metric::Model> {
    call.viewer.require(Permission::MetricManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = define.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "metricDefine", &define).await? {
        let (viewer, manage) = (&call.viewer, Permission::MetricManage);
        return to_change::<metric::Entity>(work.tx(), viewer, manage, id).await;
    }
    let metrics = locked(&work).await?;
    let mut checks = Checks::default();
    let key = look_at_key(&mut checks, &define.key);
    let looked = look_over(app, &mut checks, &key, &define.content, &metrics)?;
    checks.done()?;
    let Some((version, definition)) = looked else {
        return Err(crate::error::Error::internal("flaws that weren't told"));
    };
    let metric = metric::Model {
        id: new_id(call.at),
        key,
        active: true,
        shipped: false,
        current: 1,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let metric = store::insert_metric(work.tx(), metric).await?;
    let version = metric_version::Model {
        metric_id: metric.id,
        ..made_by(call, version, &definition)
    };
    work.audit(Entry {
        action: "metric.define",
        entity_type: "metric",
        entity_id: Some(metric.id),
        detail: json!({ "key": metric.key, "name": version.name, "definition": version.definition }),
    });
    store::insert_version(work.tx(), version).await?;
    work.done(metric.id).await?;
    work.commit().await?;
    Ok(metric)
}
