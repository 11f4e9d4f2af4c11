//! Tickets of the demo company follow the shipped processes.

use std::collections::BTreeMap;

use entity::enums::TicketStage;

use super::{all_tickets, company};
use crate::demo::tickets::{TicketRows, steps};
use crate::tickets::processes::rules::walk;
use crate::tickets::processes::shipped;

#[test]
fn every_ticket_follows_its_process() {
    let company = company();
    let processes = steps::processes();
    let shipped = shipped::all(company.as_of).expect("they can be read");
    let mut detours = 0;
    for rows in all_tickets() {
        let number = rows.ticket.number;
        let place = shipped
            .iter()
            .position(|one| Some(one.version.id) == rows.ticket.process_version_id)
            .unwrap_or_else(|| panic!("{number} follows no process"));
        assert_eq!(shipped[place].template.kind, rows.ticket.kind, "{number}");
        let at = |id| {
            let found = shipped[place].steps.iter().position(|step| step.id == id);
            found.unwrap_or_else(|| panic!("{number} is in a step of another process"))
        };
        let plan = &processes[place].steps;
        check(rows, plan, at);
        detours += rows.steps.len() - rows.entries.len();
    }
    assert!(detours > 100, "only {detours} steps within a stage");
}

fn check(
    rows: &TicketRows,
    plan: &[crate::tickets::processes::rules::steps::Step],
    at: impl Fn(uuid::Uuid) -> usize,
) {
    let number = rows.ticket.number;
    let last = rows.steps.last().expect("at least one");
    assert_eq!(rows.ticket.step_id, Some(last.step_id), "{number}");
    assert_eq!(plan[at(last.step_id)].stage, rows.ticket.stage, "{number}");
    assert_eq!(
        last.left_at.is_some(),
        rows.ticket.closed_at.is_some(),
        "{number}"
    );
    let mut visits = BTreeMap::new();
    for stay in &rows.steps {
        let visit = visits.entry(stay.step_id).or_insert(0);
        *visit += 1;
        assert_eq!(stay.visit, *visit, "{number}");
        let stage = plan[at(stay.step_id)].stage;
        let within = rows.entries.iter().any(|entry| {
            entry.stage == stage
                && entry.entered_at <= stay.entered_at
                && (entry.left_at.is_none() || stay.left_at <= entry.left_at)
        });
        assert!(within, "{number}: a step outside of its stage");
    }
    for pair in rows.steps.windows(2) {
        let (from, to) = (at(pair[0].step_id), at(pair[1].step_id));
        let left = pair[0].left_at.expect("only the last one is open");
        assert!(left <= pair[1].entered_at, "{number}");
        let reopened = left < pair[1].entered_at;
        assert!(
            walk::allowed(plan, from).contains(&to)
                || reopened && Some(to) == walk::first_of(plan, TicketStage::Analysis),
            "{number}: {} -> {}",
            plan[from].code,
            plan[to].code
        );
    }
    let told = rows
        .changes
        .iter()
        .rev()
        .find(|change| change.field.as_deref() == Some("step"))
        .and_then(|change| change.new_value.clone());
    assert_eq!(
        told,
        Some(plan[at(last.step_id)].code.clone().into()),
        "{number}: history leads to the present step"
    );
}
