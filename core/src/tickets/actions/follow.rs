//! What follows from a change of a ticket, in the same transaction: whoever keeps an account of tickets is told here.

use entity::ticket;

use crate::error::Result;
use crate::tickets::{processes, progress, responsibility, sla, store, surveys};
use crate::work::Work;

/// What was done to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It was opened.
    Created,
    /// Its stage or state changed, or it was reopened.
    Moved,
    /// Team, assignee or owner changed.
    Assigned,
    /// Something that it says changed: subject, priority, fields.
    Edited,
    /// Somebody wrote to the customer, or the customer wrote.
    PublicReply {
        /// Was it written by the staff?
        by_staff: bool,
        /// Does it give a preliminary solution?
        solution: bool,
    },
    /// Somebody wrote a note.
    Note,
}

/// One change of a ticket on its way to those who follow it.
pub struct Turn<'t> {
    /// The ticket before; none when it is new.
    pub was: Option<&'t ticket::Model>,
    /// The ticket as it is now. Whoever follows may set the columns that are theirs (step, due time); they are written
    /// at the end.
    pub now: ticket::Model,
    /// What was done.
    pub happened: Happened,
}

/// Tells everybody who follows tickets, in an order in which each finds what it needs, and keeps what they have set.
///
/// # Errors
/// User errors when one of them refuses the change; an internal one when the database fails.
pub async fn follow(
    work: &mut Work<'_>,
    was: Option<&ticket::Model>,
    saved: ticket::Model,
    happened: Happened,
) -> Result<ticket::Model> {
    let mut turn = Turn {
        was,
        now: saved.clone(),
        happened,
    };
    processes::actions::follow(work, &mut turn).await?;
    sla::actions::follow(work, &mut turn).await?;
    responsibility::actions::follow(work, &mut turn).await?;
    progress::follow(work, &turn);
    surveys::actions::follow(work, &mut turn).await?;
    if turn.now == saved {
        return Ok(saved);
    }
    store::keep(work.tx(), turn.now).await
}
