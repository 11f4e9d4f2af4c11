//! What the actions share: bounds, rights, and what they leave behind.

use entity::enums::MentoringState;
use entity::mentoring;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Permission, to_change};
use crate::audit;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::metrics::figures::Metric;
use crate::metrics::rules::definition::Direction;
use crate::training::mentoring::MENTORING_CHANGED;
use crate::work::{Work, expect_version};

/// The most characters of a goal, a note or a result.
pub(super) const BODY: usize = 2_000;
/// The most goals in a plan.
pub(super) const GOALS: usize = 30;

/// Which pair takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The pair.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// The pair that is about to change, locked, at work, and as it was seen.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error when it is over.
pub(super) async fn to_work(
    work: &Work<'_>,
    permission: Permission,
    step: Step,
) -> Result<mentoring::Model> {
    let viewer = &work.call().viewer;
    let row = to_change::<mentoring::Entity>(work.tx(), viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        row.state == MentoringState::Active,
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This pair has ended; start another one if it goes on.",
                "该结对已结束，如需继续请重新结对。",
            )
        },
    );
    checks.done()?;
    Ok(row)
}

/// A metric that a newcomer can be measured by.
pub(super) async fn measured(
    work: &Work<'_>,
    checks: &mut Checks,
    sources: &crate::metrics::Sources,
    key: &str,
) -> Result<String> {
    let key = key.trim();
    let found = Metric::find(work.tx(), sources, key).await?;
    let suits = found.is_some_and(|metric| {
        metric.is_about_members() && metric.defined.definition.direction != Direction::Neutral
    });
    checks.ensure(suits, UserErrorCode::NotFound, "input.metricKey", || {
        Text::new(
            "There is no metric with this key that is about members and has a good side; `metricDefinitions` lists them, such as tickets_resolved.",
            "没有该键的指标，或该指标不针对成员、没有优劣方向；可在 metrics 中查询，例如 tickets_resolved。",
        )
    });
    Ok(key.to_owned())
}

/// Leaves an audit entry and an event about a pair. Notes stay out of both.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "mentoring",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, MENTORING_CHANGED, id, payload));
}
