//! The targets that the organisation usually sets itself (默认目标值), for goals that don't say one.

use crate::check::Checks;
use crate::decimal::{Decimal, SCALE};
use crate::error::{Result, Text, UserErrorCode};
use crate::settings::{
    self, GOAL_IN_TIME_PERCENT, GOAL_RESOLUTION_HOURS, GOAL_SATISFIED_PERCENT, Setting,
};
use crate::work::Work;

/// Metrics with the setting that has their target, and how many of the metric's unit one of the setting's is.
const USUAL: &[(&str, Setting<i64>, i64)] = &[
    ("first_response_in_time", GOAL_IN_TIME_PERCENT, 1),
    ("solution_in_time", GOAL_IN_TIME_PERCENT, 1),
    ("resolved_in_time", GOAL_IN_TIME_PERCENT, 1),
    ("satisfied", GOAL_SATISFIED_PERCENT, 1),
    ("resolution_time", GOAL_RESOLUTION_HOURS, 3_600),
];

/// The usual target of a metric, or a mistake where there is none.
///
/// # Errors
/// When the database fails.
pub(super) async fn usual(
    work: &Work<'_>,
    checks: &mut Checks,
    metric: &str,
) -> Result<Option<Decimal>> {
    let found = USUAL.iter().find(|(key, ..)| *key == metric);
    let Some((_, setting, times)) = found else {
        checks.add(
            UserErrorCode::Blank,
            "input.target",
            Text::new(
                "This metric has no usual target: say which one the goal has.",
                "该指标没有默认目标值，请填写目标值。",
            ),
        );
        return Ok(None);
    };
    let figure = settings::read(work.tx(), setting).await?;
    Ok(Some(Decimal(figure * times * SCALE)))
}
