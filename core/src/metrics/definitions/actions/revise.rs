//! A new version of a metric (修订指标).

use entity::{metric, metric_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::content::{MetricContent, locked, look_over, made_by};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::metrics::definitions::store;
use crate::metrics::rules::definition::Definition;
use crate::metrics::rules::standing::{Metrics, misfit};
use crate::work::{Once, Work, expect_version};

/// A new version of a metric.
#[derive(Clone, Debug, Serialize)]
pub struct MetricRevise {
    /// The metric.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// What it says from now on, about all days.
    pub content: MetricContent,
    /// Why.
    pub note: String,
    /// So that a repeated request makes no second version.
    pub idempotency_key: Option<String>,
}

/// Adds a version to a metric in use. It holds from now on, for the days before as well; its figures can be asked for once
/// its sums are complete.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field, and the place within an expression.
pub async fn revise(app: &App, call: &Call, revise: MetricRevise) -> Result<metric::Model> {
    call.viewer.require(Permission::MetricManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (viewer, manage) = (&call.viewer, Permission::MetricManage);
    let key = revise.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "metricRevise", &revise).await? {
        return to_change::<metric::Entity>(work.tx(), viewer, manage, id).await;
    }
    let metrics = locked(&work).await?;
    let was = to_change::<metric::Entity>(work.tx(), viewer, manage, revise.id).await?;
    expect_version(was.version, revise.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(was.active, UserErrorCode::WrongState, "input.id", || {
        Text::new(
            "This metric is retired; restore it first.",
            "该指标已停用，请先恢复。",
        )
    });
    let note = checks.body("input.note", &revise.note, 1_000);
    let looked = look_over(app, &mut checks, &was.key, &revise.content, &metrics)?;
    if let Some((_, definition)) = &looked {
        still_fits(&mut checks, &was.key, definition, metrics);
    }
    checks.done()?;
    let Some((version, definition)) = looked else {
        return Err(Error::internal("flaws that weren't told"));
    };
    let number = was.current + 1;
    let version = metric_version::Model {
        metric_id: was.id,
        number,
        note: Some(note),
        ..made_by(call, version, &definition)
    };
    let detail = json!({
        "key": was.key, "number": number, "note": version.note, "name": version.name, "definition": version.definition,
    });
    store::insert_version(work.tx(), version).await?;
    let now = metric::Model {
        current: number,
        ..was
    };
    let saved = store::save_metric(work.tx(), now, call.at).await?;
    work.audit(Entry {
        action: "metric.revise",
        entity_type: "metric",
        entity_id: Some(saved.id),
        detail,
    });
    work.done(saved.id).await?;
    work.commit().await?;
    Ok(saved)
}

/// Whatever stands on the metric must still make sense, as with another unit it may not.
fn still_fits(checks: &mut Checks, key: &str, definition: &Definition, mut metrics: Metrics) {
    metrics.insert(key.to_owned(), definition.clone());
    let Some((other, problems)) = misfit(&metrics) else {
        return;
    };
    let why = problems.first().map(|problem| &problem.text);
    let (en, zh) = why.map_or(("", ""), |text| (&*text.en, &*text.zh));
    checks.add(
        UserErrorCode::RuleViolated,
        "input.content.definition.unit",
        Text::new(
            format!("The metric {other} stands on this one and wouldn't fit any more; revise or retire it first. {en}"),
            format!("指标 {other} 引用了本指标，修订后将不再适用，请先修订或停用它。{zh}"),
        ),
    );
}
