//! Finding needs, proposing trainings, measuring what they brought.

mod effect;
mod gather;
mod look;
mod propose;

pub use effect::{Measured, effect};
pub use look::{Needs, needs};
pub use propose::{
    AcceptWith, Evidence, ProposalAccept, ProposalCreate, ProposalDecline, proposal_accept,
    proposal_create, proposal_decline,
};
