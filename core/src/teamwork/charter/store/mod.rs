//! Proposals, rules and what hangs on them.

pub mod ballots;
mod lists;
mod notes;
mod rows;
mod tasks;

pub use lists::{
    ProposalFilter, ProposalOrder, ProposalsComments, RuleFilter, RuleOrder, RulesVersions,
};
pub use notes::{Outstanding, insert_note, noted_latest, outstanding};
pub use rows::{due, lock, lock_rule, versions_of};
pub use tasks::{AcknowledgementTasks, VoteTasks};
