//! The only place that touches proposals; and the results that they and everything else here follow from.

mod proposals;
mod results;
mod stars;

pub use proposals::{ProposalFilter, ProposalOrder, Row, accepted_stars, insert, save, waiting};
pub use results::{Out, Told, appraisal_ids, cycle, families, of_cycle, out_by_id, told, within};
pub use stars::{StarChosen, stars_after, stars_of};
