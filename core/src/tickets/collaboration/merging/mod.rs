//! Merging and splitting (合并与拆分): one matter in two tickets becomes one, two matters in one ticket become two.
//!
//! Invariants
//! - Nothing is lost: comments and history stay in the ticket in which they were written. Of a merged one they are read
//!   through `Ticket.mergedTickets`; a split one gets copies that keep author and time.
//! - Both tickets are of one customer.
//! - A merged ticket is cancelled and stays so: it isn't reopened, nothing is merged into it, and nobody writes there
//!   any more. Its watchers and tags go on with the other one.
//! - A split ticket starts its own clocks.

pub mod actions;
pub mod rules;
pub mod store;
