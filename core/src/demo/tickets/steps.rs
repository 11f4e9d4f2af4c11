//! Leads the tickets through the shipped processes: within each stay in a stage the stays in its steps, with their
//! history, just as the actions of the server do.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{TicketKind, TicketStage};
use entity::{ticket_change, ticket_stage_entry, ticket_step_entry};
use serde_json::Value;
use uuid::Uuid;

use super::TicketRows;
use crate::demo::company::Company;
use crate::demo::random::Chance;
use crate::tickets::processes::rules::steps::Step;
use crate::tickets::processes::rules::walk;
use crate::tickets::processes::shipped;

/// The process of a kind, ready to be walked through.
#[derive(Clone, Debug)]
pub struct Process {
    kind: TicketKind,
    version: Uuid,
    ids: Vec<Uuid>,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// The shipped processes.
#[must_use]
pub fn processes() -> Vec<Process> {
    let shipped = shipped::all(DateTime::UNIX_EPOCH).expect("a test reads every shipped process");
    shipped
        .into_iter()
        .map(|shipped| Process {
            kind: shipped.template.kind,
            version: shipped.version.id,
            ids: shipped.steps.iter().map(|step| step.id).collect(),
            steps: shipped.steps.iter().map(Step::from).collect(),
        })
        .collect()
}

impl Process {
    /// The limit of one of its steps, if it has one.
    pub fn limit_of(&self, step: Uuid) -> Option<i64> {
        let place = self.ids.iter().position(|id| *id == step)?;
        self.steps[place].limit_seconds
    }

    /// The ways through a stage, from the step by which it was entered to one that leads on: each goes forward only.
    fn ways(&self, from: usize, to: Option<TicketStage>) -> Vec<Vec<usize>> {
        let stage = self.steps[from].stage;
        let mut found = Vec::new();
        let mut open = vec![vec![from]];
        while let Some(way) = open.pop() {
            let last = way[way.len() - 1];
            let next = walk::allowed(&self.steps, last);
            let leads_on = |to| next.iter().any(|step| self.steps[*step].stage == to);
            if to.is_none_or(leads_on) {
                found.push(way.clone());
            }
            for step in next {
                if self.steps[step].stage == stage && walk::is_forward(last, step) {
                    open.push([way.as_slice(), &[step]].concat());
                }
            }
        }
        found.sort_by_key(Vec::len);
        found
    }
}

/// Lets a ticket follow the process of its kind.
pub fn follow(company: &Company, index: u64, rows: &mut TicketRows) {
    let Some(process) = company
        .processes
        .iter()
        .find(|process| process.kind == rows.ticket.kind)
    else {
        return;
    };
    let mut walk = Walk {
        process,
        chance: Chance::of(company.seed, "ticket steps", index),
        as_of: company.as_of,
        present: None,
        stays: Vec::new(),
        changes: Vec::new(),
        moves: 0,
    };
    let entries = rows.entries.clone();
    for (place, entry) in entries.iter().enumerate() {
        walk.stage(entry, entries.get(place + 1), rows);
    }
    let ticket = &mut rows.ticket;
    ticket.process_version_id = Some(process.version);
    ticket.step_id = walk.present.map(|step| process.ids[step]);
    ticket.version += walk.moves;
    let last = walk
        .stays
        .last()
        .map_or(ticket.updated_at, |stay| stay.entered_at);
    ticket.updated_at = ticket.updated_at.max(last);
    rows.steps = walk.stays;
    rows.changes.extend(walk.changes);
    rows.changes.sort_by_key(|change| change.at);
}

/// A ticket on its way.
struct Walk<'p> {
    process: &'p Process,
    chance: Chance,
    as_of: DateTime<Utc>,
    present: Option<usize>,
    stays: Vec<ticket_step_entry::Model>,
    changes: Vec<ticket_change::Model>,
    moves: i32,
}

impl Walk<'_> {
    /// The steps within one stay in a stage.
    fn stage(
        &mut self,
        entry: &ticket_stage_entry::Model,
        next: Option<&ticket_stage_entry::Model>,
        rows: &TicketRows,
    ) {
        let moved_on = next.filter(|next| entry.left_at == Some(next.entered_at));
        let entered = rows.changes.iter().find(|change| {
            change.at == entry.entered_at && change.field.as_deref() == Some("stage")
        });
        let Some(entered) = entered else { return };
        let Some(first) = self.first(entry, entered) else {
            return;
        };
        let ways = self.process.ways(first, moved_on.map(|next| next.stage));
        let way = match ways.as_slice() {
            [] => vec![first],
            [only] => only.clone(),
            [usual, others @ ..] => {
                if self.chance.percent(75) {
                    usual.clone()
                } else {
                    self.chance.pick(&others.iter().collect::<Vec<_>>()).clone()
                }
            }
        };
        // While it waits a ticket goes nowhere, so all of this is before it first did.
        let end = rows
            .changes
            .iter()
            .find(|change| change.action == "hold" && change.at >= entry.entered_at)
            .map(|change| change.at)
            .into_iter()
            .chain(entry.left_at)
            .chain([self.as_of])
            .min()
            .unwrap_or(self.as_of);
        let room = (end - entry.entered_at).num_seconds().max(0);
        let parts = i64::try_from(way.len()).unwrap_or(i64::MAX);
        for (place, step) in way.iter().copied().enumerate() {
            let share = i64::try_from(place).unwrap_or_default();
            let at = if place == 0 {
                entry.entered_at
            } else {
                entry.entered_at + TimeDelta::seconds(room * share / parts)
            };
            self.enter(step, at, entered, place > 0);
        }
        if let Some(stay) = self.stays.last_mut() {
            stay.left_at = entry.left_at;
        }
    }

    /// The step by which a stage is entered: where the present one leads, or the stage's first after a new beginning.
    fn first(
        &self,
        entry: &ticket_stage_entry::Model,
        entered: &ticket_change::Model,
    ) -> Option<usize> {
        let steps = &self.process.steps;
        let by_process = self
            .present
            .filter(|_| entered.action == "advance")
            .and_then(|present| walk::towards(steps, present, entry.stage).ok());
        by_process.or_else(|| walk::first_of(steps, entry.stage))
    }

    fn enter(
        &mut self,
        step: usize,
        at: DateTime<Utc>,
        entered: &ticket_change::Model,
        within: bool,
    ) {
        let process = self.process;
        if let Some(before) = self.stays.last_mut()
            && before.left_at.is_none()
        {
            before.left_at = Some(at);
        }
        let id = process.ids[step];
        let visits = self.stays.iter().filter(|stay| stay.step_id == id).count();
        self.stays.push(ticket_step_entry::Model {
            id: self.chance.id(at),
            ticket_id: entered.ticket_id,
            step_id: id,
            entered_at: at,
            left_at: None,
            visit: i32::try_from(visits + 1).unwrap_or(i32::MAX),
        });
        let code = |step: usize| Value::String(process.steps[step].code.clone());
        let action = if within {
            self.moves += 1;
            "step"
        } else {
            &entered.action
        };
        let changed = self.present != Some(step);
        if changed {
            self.changes.push(ticket_change::Model {
                id: self.chance.id(at),
                at,
                action: action.to_owned(),
                field: Some("step".to_owned()),
                old_value: self.present.map(code),
                new_value: Some(code(step)),
                public: false,
                ..entered.clone()
            });
        }
        self.present = Some(step);
    }
}
