//! Tickets over two years. Each is a pure function of the company and its index, so that a million of them never need
//! to be in memory at once.
//!
//! [`request`] says what a customer wants, [`course`] which steps follow and when, [`crew`] who takes them, and
//! [`record`] and [`comments`] write the steps down as rows, just as the actions of the server would have done.
//! [`steps`] leads them through the shipped processes. [`showcase`] gives the most recent tickets a part to play for the demo users.

pub mod actors;
pub mod clocks;
pub mod comments;
pub mod course;
pub mod crew;
pub mod record;
pub mod request;
pub mod showcase;
pub mod steps;

use entity::{
    sla_clock, sla_interval, ticket, ticket_alert, ticket_change, ticket_comment,
    ticket_stage_entry, ticket_step_entry,
};

use super::calendar::day_of;
use super::company::Company;
use super::dispatch::{self, Decisions};
use super::random::Chance;
use super::surveys::{self, Aftermath};
use crate::ids::Node;
use crate::ids::encode;

/// The counter's value before the first ticket.
pub const FIRST_NUMBER: i64 = 100_000;

/// A ticket with everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketRows {
    /// The ticket.
    pub ticket: ticket::Model,
    /// Its stages, in order.
    pub entries: Vec<ticket_stage_entry::Model>,
    /// Its stays in the steps of its process, in order.
    pub steps: Vec<ticket_step_entry::Model>,
    /// Its comments, in order.
    pub comments: Vec<ticket_comment::Model>,
    /// Its history, in order.
    pub changes: Vec<ticket_change::Model>,
    /// Handovers, credit and surveys.
    pub aftermath: Aftermath,
    /// Its clocks.
    pub clocks: Vec<sla_clock::Model>,
    /// The ledgers of its clocks.
    pub intervals: Vec<sla_interval::Model>,
    /// What has been told of clocks that still run.
    pub alerts: Vec<ticket_alert::Model>,
    /// Why it went to whom.
    pub dispatch: Decisions,
}

/// The ticket with that index.
#[must_use]
pub fn generate(company: &Company, index: u64) -> TicketRows {
    let mut chance = Chance::of(company.seed, "ticket", index);
    let created_at = company.demand.arrival(index, company.tickets, &mut chance);
    let part = showcase::part(company, index);
    let request = request::make(company, created_at, part.as_ref(), &mut chance);
    let plan = part.as_ref().map_or_else(
        || course::Plan::by_chance(request.kind, &mut chance),
        |part| course::Plan::until(part.end),
    );
    let mut steps = course::steps(
        &plan,
        request.kind,
        request.priority,
        created_at,
        &mut chance,
    );
    if part.is_some() {
        course::squeeze(&mut steps, created_at, company.as_of, &mut chance);
    }
    steps.retain(|step| step.at <= company.as_of);
    let ended = course::has_ended(&steps);
    let until = match steps.last() {
        Some(last) if ended => day_of(last.at),
        _ => company.today(),
    };
    let crew = crew::choose(
        company,
        &request,
        created_at,
        until,
        part.as_ref(),
        &mut chance,
    );
    let number = FIRST_NUMBER + 1 + i64::try_from(index).unwrap_or(i64::MAX - FIRST_NUMBER - 1);
    let mut rows = record::write(
        company,
        &request,
        &crew,
        &steps,
        created_at,
        number,
        &mut chance,
    );
    steps::follow(company, index, &mut rows);
    surveys::add(company, index, &crew, &mut rows);
    dispatch::add(company, index, &mut rows);
    clocks::follow(company, &request, &steps, index, &mut rows);
    if company.comments > 0 {
        comments::add_notes(company, index, crew.owner, &mut rows);
    }
    if let Some(target) = showcase::merged_into(company.tickets, index) {
        merge(&mut rows, generate(company, target).ticket.id, &mut chance);
    }
    rows
}

/// Has a ticket end as merged into another one.
fn merge(rows: &mut TicketRows, into: uuid::Uuid, chance: &mut Chance) {
    rows.ticket.merged_into_id = Some(into);
    if let Some(last) = rows.changes.last() {
        let row = ticket_change::Model {
            id: chance.id(last.at),
            action: "merge".to_owned(),
            field: Some("mergedIntoId".to_owned()),
            old_value: None,
            new_value: Some(encode(<ticket::Entity as Node>::PREFIX, into).into()),
            ..last.clone()
        };
        rows.changes.push(row);
    }
}
