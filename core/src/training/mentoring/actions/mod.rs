//! What can be done with pairs.

mod common;
mod end;
mod look;
mod plan;
mod start;
mod work;

pub use common::Step;
pub use end::{PairEnd, pair_end};
pub use look::{Look, MentorResults, look, mentor_results};
pub use plan::{GoalAdd, GoalReach, PairUpdate, goal_add, goal_reach, pair_update};
pub use start::{GoalPlan, PairStart, pair_start};
pub use work::{CheckInAdd, TicketLink, check_in_add, ticket_link, ticket_unlink};
