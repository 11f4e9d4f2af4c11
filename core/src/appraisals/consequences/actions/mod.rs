//! What is done about what follows from results, a file each.

mod common;
mod groups;
mod needs;
mod propose;
mod stars;

pub use groups::{GroupResult, GroupResults, Grouped, Weakness, group_results};
pub use needs::{Need, needs};
pub use propose::{Decide, Propose, decide, proposal, proposals, propose};
pub use stars::{Candidate, FamilyStars, Star, candidates, stars};
