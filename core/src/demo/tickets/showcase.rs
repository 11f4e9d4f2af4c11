//! The most recent tickets play a part: whoever signs in as a demo user finds tickets of its own at every stage.

use entity::enums::{TicketKind, TicketStage, TicketState};

use super::course::End;
use crate::demo::company::Company;

/// A part that a ticket plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place of the customer; the demo customer is the first, the demo partner's are the next.
    pub customer: usize,
    /// The kind of ticket.
    pub kind: TicketKind,
    /// How far it has come.
    pub end: End,
    /// Login of the demo user who works on it; none leaves the choice to chance.
    pub worker: Option<&'static str>,
    /// Was it opened by the partner or the customer itself?
    pub by_outsider: bool,
}

use TicketKind::{
    Complaint, Consultation, FaultRepair, OnSiteService, ReturnExchange, TechnicalSupport,
};
use TicketStage::{Analysis, Execution, Feedback, Intake, Solution};

const AGENT: Option<&str> = Some("agent.demo");
const ENGINEER: Option<&str> = Some("engineer.demo");

const fn line(
    customer: usize,
    kind: TicketKind,
    end: End,
    worker: Option<&'static str>,
    by_outsider: bool,
) -> Part {
    Part {
        customer,
        kind,
        end,
        worker,
        by_outsider,
    }
}

/// The parts, the newest ticket first: what has come further is older.
#[rustfmt::skip]
const PARTS: [Part; 17] = [
    line(1, FaultRepair, End::Working(Intake), None, true),
    line(0, Consultation, End::Working(Intake), None, true),
    line(2, Consultation, End::Working(Analysis), AGENT, true),
    line(0, FaultRepair, End::Working(Analysis), ENGINEER, true),
    line(3, TechnicalSupport, End::Working(Analysis), None, true),
    line(4, FaultRepair, End::Waiting(Solution, TicketState::PendingCustomer), ENGINEER, true),
    line(1, Complaint, End::Working(Solution), AGENT, false),
    line(5, OnSiteService, End::Working(Execution), ENGINEER, true),
    line(2, FaultRepair, End::Waiting(Execution, TicketState::PendingParts), ENGINEER, true),
    line(0, OnSiteService, End::Working(Execution), ENGINEER, false),
    line(3, Consultation, End::Waiting(Solution, TicketState::OnHold), AGENT, false),
    line(4, ReturnExchange, End::Working(Feedback), None, true),
    line(0, TechnicalSupport, End::Working(Feedback), None, true),
    line(5, FaultRepair, End::Closed, ENGINEER, true),
    line(1, Consultation, End::Cancelled(Analysis), AGENT, true),
    line(0, FaultRepair, End::Closed, ENGINEER, true),
    line(1, Complaint, End::Working(Execution), AGENT, true),
];

/// The place of the part that was merged, and of the one that it went into: of one customer, the second the older.
const MERGED: (usize, usize) = (14, 16);

/// The index of the ticket that the one with this index was merged into, if it plays that part.
#[must_use]
pub fn merged_into(tickets: u64, index: u64) -> Option<u64> {
    let (source, target) = (index_of(tickets, MERGED.0)?, index_of(tickets, MERGED.1)?);
    (source == index).then_some(target)
}

/// How many tickets have a part.
#[cfg(test)]
pub const COUNT: usize = PARTS.len();

/// The part of the ticket with that index, if it has one. The parts are spread over the last few days, however many
/// tickets there are.
#[must_use]
pub fn part(company: &Company, index: u64) -> Option<Part> {
    let back = company.tickets.checked_sub(index + 1)?;
    let stride = stride(company.tickets);
    if !back.is_multiple_of(stride) {
        return None;
    }
    PARTS.get(usize::try_from(back / stride).ok()?).copied()
}

/// The index of the ticket that plays the part at that place, if there are so many tickets.
#[must_use]
pub fn index_of(tickets: u64, place: usize) -> Option<u64> {
    let back = u64::try_from(place).ok()? * stride(tickets);
    tickets.checked_sub(back + 1)
}

fn stride(tickets: u64) -> u64 {
    (tickets / 2_000).max(1)
}

/// The place of an open part of the demo partner that has come some way.
#[must_use]
pub fn of_partner() -> Option<usize> {
    PARTS
        .iter()
        .position(|part| part.customer > 0 && matches!(part.end, End::Waiting(Execution, _)))
}

/// The place of an open part of the demo customer, which has no partner.
#[must_use]
pub fn of_customer() -> Option<usize> {
    PARTS
        .iter()
        .position(|part| part.customer == 0 && part.end == End::Working(Execution))
}
