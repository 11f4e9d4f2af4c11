//! Taking metrics out of use and back (停用与恢复指标).

use entity::metric;
use serde_json::json;
use uuid::Uuid;

use super::content::{definition_of, locked};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::metrics::definitions::store;
use crate::metrics::rules::checking::{Draft, DraftBody};
use crate::metrics::rules::definition::{Body, Definition};
use crate::metrics::rules::standing::dependants;
use crate::work::{Work, expect_version};

/// Which metric, as it was seen.
#[derive(Clone, Copy, Debug)]
pub struct MetricRetire {
    /// The metric.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
}

/// Takes a metric out of use: nobody can ask for it, and nothing is counted for it. Its versions stay.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error while another metric in use stands on it.
pub async fn retire(app: &App, call: &Call, order: MetricRetire) -> Result<metric::Model> {
    call.viewer.require(Permission::MetricManage)?;
    let work = Work::begin(&app.db, call).await?;
    let metrics = locked(&work).await?;
    let was = seen(&work, order).await?;
    let above = dependants(&metrics, &was.key).join(", ");
    if !above.is_empty() {
        let text = Text::new(
            format!("In use, and standing on this metric: {above}. Retire or revise them first."),
            format!("以下在用指标引用了本指标：{above}。请先停用或修订它们。"),
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    switch(work, was, false, "metric.retire").await
}

/// Takes a retired metric back into use, by its last version; its sums are made anew.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when its definition doesn't hold any more.
pub async fn restore(app: &App, call: &Call, order: MetricRetire) -> Result<metric::Model> {
    call.viewer.require(Permission::MetricManage)?;
    let work = Work::begin(&app.db, call).await?;
    let metrics = locked(&work).await?;
    let was = seen(&work, order).await?;
    let defined = store::current_of(work.tx(), &[was.id]).await?.pop();
    let defined = defined.ok_or_else(|| Error::internal("a metric without its version"))?;
    let uncounted = matches!(defined.definition.body, Body::Facts(_)) && !was.active;
    let draft = draft_of(defined.definition);
    if let Err(flaws) = definition_of(app, Some(&was.key), &draft, &metrics) {
        let errors = flaws.iter().map(|flaw| {
            let told = flaw.told();
            let text = Text::new(
                format!("Its definition doesn't hold any more. {}", told.en),
                format!("其定义已不再适用。{}", told.zh),
            );
            UserError::new(UserErrorCode::RuleViolated, "input.id", text)
        });
        return Err(Error::User(errors.collect()));
    }
    if uncounted {
        store::forget_counted(work.tx(), defined.version.id).await?;
    }
    switch(work, was, true, "metric.restore").await
}

async fn seen(work: &Work<'_>, order: MetricRetire) -> Result<metric::Model> {
    let viewer = &work.call().viewer;
    let manage = Permission::MetricManage;
    let was = to_change::<metric::Entity>(work.tx(), viewer, manage, order.id).await?;
    expect_version(was.version, order.expected_version)?;
    Ok(was)
}

fn draft_of(definition: Definition) -> Draft {
    Draft {
        unit: definition.unit,
        direction: definition.direction,
        body: match definition.body {
            Body::Facts(base) => DraftBody::Facts(base),
            Body::Derived(derived) => DraftBody::Expression(derived.expression),
        },
    }
}

/// What is so already isn't a change.
async fn switch(
    mut work: Work<'_>,
    was: metric::Model,
    active: bool,
    action: &'static str,
) -> Result<metric::Model> {
    if was.active == active {
        return Ok(was);
    }
    let at = work.call().at;
    let saved = store::save_metric(work.tx(), metric::Model { active, ..was }, at).await?;
    work.audit(Entry {
        action,
        entity_type: "metric",
        entity_id: Some(saved.id),
        detail: json!({ "key": saved.key }),
    });
    work.commit().await?;
    Ok(saved)
}
