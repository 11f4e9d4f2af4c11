//! Writes the steps of a ticket down as rows, just as the actions of the server do: the ticket, its stages, its
//! comments and its history.

use chrono::{DateTime, Utc};
use entity::enums::{TicketStage, TicketState};
use entity::{member, team, ticket, ticket_change, ticket_stage_entry};
use serde_json::Value;
use uuid::Uuid;

use super::TicketRows;
use super::actors::{Actor, actor, staff};
use super::course::{Action, Step};
use super::crew::Crew;
use super::request::Request;
use crate::demo::company::Company;
use crate::demo::dispatch::Decisions;
use crate::demo::random::Chance;
use crate::demo::surveys::Aftermath;
use crate::demo::text::replies;
use crate::ids::Id;

/// The book that the steps are written in.
pub struct Book<'c> {
    /// The company.
    pub company: &'c Company,
    /// What the customer wants.
    pub request: &'c Request,
    /// Who works on it.
    pub crew: &'c Crew,
    /// What is written so far.
    pub rows: TicketRows,
    /// The ticket's own chance.
    pub chance: &'c mut Chance,
}

/// Writes the rows of a ticket.
pub fn write(
    company: &Company,
    request: &Request,
    crew: &Crew,
    steps: &[Step],
    created_at: DateTime<Utc>,
    number: i64,
    chance: &mut Chance,
) -> TicketRows {
    let creator = request.outsider.map_or_else(
        || staff(company, crew.owner),
        |holder| actor(company, holder),
    );
    let customer = &company.customers.customers[request.customer];
    let id = chance.id(created_at);
    let ticket = ticket::Model {
        id,
        number,
        kind: request.kind,
        subject: request.subject.clone(),
        description: request.description.clone(),
        stage: TicketStage::Intake,
        state: TicketState::Open,
        priority: request.priority,
        channel: request.channel,
        customer_id: customer.id,
        contact_id: Some(company.customers.contacts[request.contact].id),
        partner_id: customer.partner_id,
        unit_id: request.unit.map(|unit| company.customers.units[unit].id),
        product_id: request
            .product
            .map(|product| company.customers.products[product].id),
        province: customer.province,
        team_id: None,
        owner_id: None,
        assignee_id: None,
        created_by: creator.id,
        created_by_kind: creator.kind,
        stage_entered_at: created_at,
        resolved_at: None,
        closed_at: None,
        process_version_id: None,
        step_id: None,
        merged_into_id: None,
        first_responded_at: None,
        solution_proposed_at: None,
        sla_standing: None,
        due_at: None,
        warn_at: None,
        breached_at: None,
        reopened: 0,
        version: 1,
        created_at,
        updated_at: created_at,
    };
    let rows = TicketRows {
        ticket,
        entries: Vec::new(),
        steps: Vec::new(),
        comments: Vec::new(),
        changes: Vec::new(),
        aftermath: Aftermath::default(),
        dispatch: Decisions::default(),
        clocks: Vec::new(),
        intervals: Vec::new(),
        alerts: Vec::new(),
    };
    let mut book = Book {
        company,
        request,
        crew,
        rows,
        chance,
    };
    // Whoever of the staff opens a ticket owns it.
    if request.outsider.is_none() {
        book.rows.ticket.owner_id = crew.owner.map(|member| company.people.members[member].id);
    }
    book.enter(TicketStage::Intake, created_at);
    let stage = enum_json(TicketStage::Intake);
    book.changed(
        created_at,
        &creator,
        "create",
        "stage",
        Value::Null,
        stage,
        true,
    );
    for step in steps {
        book.take(*step);
    }
    book.rows
}

impl Book<'_> {
    fn take(&mut self, step: Step) {
        let at = step.at;
        let owner = staff(self.company, self.crew.owner);
        let worker = self.worker();
        match step.action {
            Action::ToDesk => {
                let by = match self.request.outsider {
                    None => owner,
                    Some(_) => staff(self.company, self.crew.dispatcher),
                };
                self.assign(at, &by, self.crew.desk, self.crew.owner);
            }
            Action::ToTeam => {
                if self.crew.team != self.crew.desk {
                    self.assign(at, &owner, self.crew.team, None);
                }
            }
            Action::ToHandler => {
                if self.crew.team != self.crew.desk {
                    self.assign(at, &owner, self.crew.team, self.crew.assignee);
                }
            }
            Action::Stage(to) => self.advance(at, &worker, to),
            Action::Hold(to) => {
                let reason = self.said(replies::waiting(to));
                self.state(at, &worker, "hold", to, Some(reason));
            }
            Action::Resume => self.state(at, &worker, "resume", TicketState::Open, None),
            Action::Close => {
                self.rows.ticket.closed_at = Some(at);
                self.leave(at);
                self.state(at, &owner, "close", TicketState::Closed, None);
            }
            Action::Cancel => {
                self.rows.ticket.closed_at = Some(at);
                self.leave(at);
                let reason = self.chance.pick(&replies::CANCELLED);
                let reason = self.said(reason);
                self.state(at, &owner, "cancel", TicketState::Cancelled, Some(reason));
            }
            Action::Reopen => self.reopen(at, &owner),
            Action::Say(moment) => self.say(at, moment),
        }
    }

    /// Whoever works on the ticket now.
    pub fn worker(&self) -> Actor {
        let handler =
            self.rows.ticket.team_id == Some(self.company.organisation.teams[self.crew.team].id);
        staff(
            self.company,
            if handler {
                self.crew.assignee
            } else {
                self.crew.owner
            },
        )
    }

    /// In the language of the ticket.
    pub fn said(&self, (chinese, english): (&'static str, &'static str)) -> String {
        if self.request.english {
            english
        } else {
            chinese
        }
        .to_owned()
    }

    fn assign(&mut self, at: DateTime<Utc>, by: &Actor, to: usize, assignee: Option<usize>) {
        let members = &self.company.people.members;
        let team = Some(self.company.organisation.teams[to].id);
        let assignee = assignee.map(|member| members[member].id);
        let owner = self.rows.ticket.owner_id.or(assignee);
        let was = self.rows.ticket.clone();
        if was.team_id != team {
            self.changed(
                at,
                by,
                "assign",
                "teamId",
                id_json::<team::Entity>(was.team_id),
                id_json::<team::Entity>(team),
                false,
            );
        }
        for (field, was, now) in [
            ("assigneeId", was.assignee_id, assignee),
            ("ownerId", was.owner_id, owner),
        ] {
            if was != now {
                self.changed(
                    at,
                    by,
                    "assign",
                    field,
                    id_json::<member::Entity>(was),
                    id_json::<member::Entity>(now),
                    false,
                );
            }
        }
        let ticket = &mut self.rows.ticket;
        ticket.team_id = team;
        ticket.assignee_id = assignee;
        ticket.owner_id = owner;
        self.saved(at);
    }

    fn advance(&mut self, at: DateTime<Utc>, by: &Actor, to: TicketStage) {
        let was = self.rows.ticket.stage;
        self.enter(to, at);
        self.rows.ticket.resolved_at = (to == TicketStage::Feedback).then_some(at);
        self.changed(
            at,
            by,
            "advance",
            "stage",
            enum_json(was),
            enum_json(to),
            true,
        );
        if to < was {
            let reason = self.said(replies::back(to));
            self.changed(
                at,
                by,
                "advance",
                "reason",
                Value::Null,
                reason.into(),
                false,
            );
        }
        self.saved(at);
    }

    fn state(
        &mut self,
        at: DateTime<Utc>,
        by: &Actor,
        action: &str,
        to: TicketState,
        reason: Option<String>,
    ) {
        let was = self.rows.ticket.state;
        self.rows.ticket.state = to;
        self.changed(at, by, action, "state", enum_json(was), enum_json(to), true);
        if let Some(reason) = reason {
            self.changed(at, by, action, "reason", Value::Null, reason.into(), false);
        }
        self.saved(at);
    }

    fn reopen(&mut self, at: DateTime<Utc>, by: &Actor) {
        let (state, stage) = (self.rows.ticket.state, self.rows.ticket.stage);
        let ticket = &mut self.rows.ticket;
        ticket.state = TicketState::Open;
        ticket.resolved_at = None;
        ticket.closed_at = None;
        ticket.reopened += 1;
        self.enter(TicketStage::Analysis, at);
        self.changed(
            at,
            by,
            "reopen",
            "state",
            enum_json(state),
            enum_json(TicketState::Open),
            true,
        );
        self.changed(
            at,
            by,
            "reopen",
            "stage",
            enum_json(stage),
            enum_json(TicketStage::Analysis),
            true,
        );
        let reason = self.chance.pick(&replies::REOPENED);
        let reason = self.said(reason);
        self.changed(
            at,
            by,
            "reopen",
            "reason",
            Value::Null,
            reason.into(),
            false,
        );
        self.saved(at);
    }

    fn enter(&mut self, stage: TicketStage, at: DateTime<Utc>) {
        self.leave(at);
        let visits = self
            .rows
            .entries
            .iter()
            .filter(|entry| entry.stage == stage)
            .count();
        self.rows.entries.push(ticket_stage_entry::Model {
            id: self.chance.id(at),
            ticket_id: self.rows.ticket.id,
            stage,
            entered_at: at,
            left_at: None,
            visit: i32::try_from(visits + 1).unwrap_or(i32::MAX),
        });
        self.rows.ticket.stage = stage;
        self.rows.ticket.stage_entered_at = at;
    }

    fn leave(&mut self, at: DateTime<Utc>) {
        if let Some(open) = self
            .rows
            .entries
            .last_mut()
            .filter(|entry| entry.left_at.is_none())
        {
            open.left_at = Some(at);
        }
    }

    fn saved(&mut self, at: DateTime<Utc>) {
        self.rows.ticket.version += 1;
        self.rows.ticket.updated_at = at;
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "it is one row of the history, column by column"
    )]
    fn changed(
        &mut self,
        at: DateTime<Utc>,
        by: &Actor,
        action: &str,
        field: &str,
        old: Value,
        new: Value,
        public: bool,
    ) {
        self.history(at, by, action, Some(field), (old, new), public);
    }

    /// A row of the history.
    pub fn history(
        &mut self,
        at: DateTime<Utc>,
        by: &Actor,
        action: &str,
        field: Option<&str>,
        (old, new): (Value, Value),
        public: bool,
    ) {
        self.rows.changes.push(ticket_change::Model {
            id: self.chance.id(at),
            ticket_id: self.rows.ticket.id,
            at,
            actor_kind: by.kind,
            actor_id: Some(by.id),
            actor_name: by.name.clone(),
            action: action.to_owned(),
            field: field.map(str::to_owned),
            old_value: Some(old).filter(|value| !value.is_null()),
            new_value: Some(new).filter(|value| !value.is_null()),
            public,
            request_id: None,
        });
    }
}

/// A stage or state as the API writes it: upper case.
fn enum_json(value: impl serde::Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => Value::String(name.to_uppercase()),
        _ => Value::Null,
    }
}

fn id_json<E: crate::ids::Node>(id: Option<Uuid>) -> Value {
    id.map_or(Value::Null, |id| Id::<E>::new(id).to_string().into())
}
