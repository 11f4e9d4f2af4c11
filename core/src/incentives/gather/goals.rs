//! Goals that come to their deadline with a period, for whoever has to know of them before what they came to is known (到期目标).

use std::collections::BTreeSet;

use entity::enums::GoalPopulation;
use sea_orm::ConnectionTrait;

use crate::error::Result;
use crate::incentives::rules::trace::Span;
use crate::metrics::goals::store::unclosed;

/// The facts about goals, by whose goals these are.
pub const GOALS: [(&[&str], GoalPopulation); 2] = [
    (
        &["goal.target", "goal.actual", "goal.progress"],
        GoalPopulation::Member,
    ),
    (&["team.goal_progress"], GoalPopulation::Team),
];

/// How many goals whose deadline lies within a period are still under way, of those that one of these facts is about; one statement
/// at most.
///
/// # Errors
/// When the database fails.
pub async fn unclosed_goals(
    connection: &impl ConnectionTrait,
    span: Span,
    facts: &BTreeSet<String>,
) -> Result<u64> {
    let whose: Vec<GoalPopulation> = GOALS
        .iter()
        .filter(|(keys, _)| keys.iter().any(|key| facts.contains(*key)))
        .map(|(_, whose)| *whose)
        .collect();
    if whose.is_empty() {
        return Ok(0);
    }
    unclosed(connection, &whose, (span.from, span.to)).await
}
