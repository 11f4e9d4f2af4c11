//! What the customer says when a ticket is resolved, and what is done about it (满意度调查).
//!
//! Words
//! - A **survey** (问卷) is opened when a ticket is resolved: one for each **round**, 0 for the first resolution and
//!   counted up by each reopening. It expires after some days, and is withdrawn when the ticket is taken up again.
//! - Its **link** carries a signed pass that opens this one survey and names nobody; whoever holds it may answer, once.
//! - A **follow-up** (差评回访) is what a low rating asks for: somebody talks to the customer and writes down the result.
//!
//! Invariants
//! - A survey has one answer at most, and an answer never changes.
//! - Staff never get the link: only accounts of the customer do.
//! - A link that isn't ours, or for something else, is refused without telling why.
//! - The owner of a badly rated ticket doesn't close its follow-up.
//! - An open survey whose time is over counts as expired, whatever the column says: [`rules::state`].
//!
//! To ask for one more dimension: a column of `survey_answers`, a field in `rules::Given`, an input in the server's `graphql/`
//! and on the page of its `http/survey.rs`.

pub mod actions;
pub mod gate;
mod link;
pub mod rules;
mod scope;
pub mod store;

pub use gate::Gate;
pub use link::link;
pub use store::{Rated, rated};
