//! Who answers for a ticket to the end, and who is credited with it (首问责任制).
//!
//! Words
//! - The **owner** (首问责任人) answers for a ticket to the customer, whoever works on it. The first who takes it owns it.
//! - A **handover** (责任移交) is the only way to another owner: offered with a reason, and accepted by the colleague it
//!   was offered to.
//! - **Credit** (计分份额) says how much of a resolved ticket is whose: the owner's part, and the parts of those who worked
//!   on it. Satisfaction and work are counted by these shares.
//! - A **round** is one resolution: 0 for the first, counted up by each reopening.
//!
//! Invariants
//! - The owner changes only by the first taking and by an accepted handover ([`rules::handover`] is the table).
//! - A ticket has one open offer at most; its end and a new owner withdraw it.
//! - The shares of one set are 10,000 hundredths of a percent together, and a set is never overwritten: a new one
//!   replaces it, and both stay.
//! - An open offer lends reading of its ticket to the colleague it was made to, and nothing else; see [`offered_tickets`].
//! - Nobody raises their own share.
//!
//! To count another kind of work: a line in [`rules::work`]. To give another party a move of the handover: a line in
//! the table of [`rules::handover`].

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::{OfTicket, offered_tickets};
