//! What the company and its parts want to reach, measured by a metric (目标, SMART).
//!
//! Words
//! - A **goal** (目标) is specific (what exactly), measured by a metric against a target, achievable (how), relevant (why)
//!   and has a deadline: it counts from a day until another one, which doesn't count any more.
//! - Its **population** (范围) says whose figures count: the company's, or those of a department, region, team or member.
//! - Its **course** (走势) is how it stands: the figure so far, what the rest must bring, the forecast of the final figure
//!   with the span that holds it in 95 of 100 cases, and the chance to reach the target ([`rules::course`]).
//! - An **alert** (提醒) is raised once when a goal leaves its course, once when it is back, and when it ends.
//!
//! Invariants
//! - Metric, population and first day of a goal that is pursued don't change; what may change needs a reason.
//! - Only the worker closes a goal, after its deadline and with its final figure; a closed one never changes.
//! - A forecast says nothing before a week of figures.
//! - Everybody with `goal.read` sees the goals of the company and of what they belong to. Colleagues don't see each
//!   other's: a member's goal is for the member, for whoever owns or made it, and for those who lead.

pub mod actions;
mod figures;
mod population;
pub mod rules;
mod scope;
mod so_far;
pub mod store;

pub use population::Population;
pub use scope::GoalFacts;
pub use so_far::so_far;

/// The event that a goal was made, changed, closed, or left its course; `entity_id` is the goal.
pub const GOAL_CHANGED: &str = "goal.changed";
