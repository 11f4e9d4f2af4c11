//! The only place that touches the tables of dispatch.

mod decisions;
mod pool;
mod queue;
mod reports;
mod requirements;

pub use decisions::{
    DecisionFilter, DecisionOrder, Decisions, NewDecision, Recorded, Replayed, candidate_row,
    candidates, decision, insert, latest, past,
};
pub use pool::{Moment, asked, names, open_of, pool};
pub use queue::{Turn, unassigned_since, waiting};
pub use reports::{Queue, Received, queues, received};
pub use requirements::{
    RequirementFilter, RequirementOrder, delete_requirement, insert_requirement, requirements,
    same_requirement, save_requirement,
};

use entity::enums::TicketState;

/// The states of tickets that have ended.
const ENDED: [TicketState; 2] = [TicketState::Closed, TicketState::Cancelled];
