//! What holds for every ticket of every demo company.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, TimeDelta};
use entity::enums::{TicketKind, TicketPriority, TicketStage, TicketState};
use sea_orm::Iterable;
use uuid::Uuid;

use super::{all_tickets, as_of, company};
use crate::demo::Options;
use crate::demo::calendar::day_of;
use crate::demo::company::Company;
use crate::demo::tickets::{self, TicketRows, showcase};

#[test]
fn every_ticket_is_consistent() {
    let company = company();
    for rows in all_tickets() {
        check_ticket(company, rows);
    }
}

fn check_ticket(company: &Company, rows: &TicketRows) {
    let ticket = &rows.ticket;
    let number = ticket.number;
    let ended = matches!(ticket.state, TicketState::Closed | TicketState::Cancelled);
    assert!(
        ticket.created_at <= ticket.updated_at && ticket.updated_at <= company.as_of,
        "{number}"
    );
    assert_eq!(ended, ticket.closed_at.is_some(), "{number}");
    assert!(
        ticket.state != TicketState::Closed || ticket.stage == TicketStage::Feedback,
        "{number}"
    );
    assert_eq!(
        ticket.stage == TicketStage::Feedback,
        ticket.resolved_at.is_some(),
        "{number}"
    );
    assert!(
        ticket.subject.chars().count() <= 200 && !ticket.description.is_empty(),
        "{number}"
    );

    assert_eq!(rows.entries[0].stage, TicketStage::Intake, "{number}");
    assert_eq!(rows.entries[0].entered_at, ticket.created_at, "{number}");
    let last = rows.entries.last().expect("at least one");
    assert_eq!(
        (last.stage, last.entered_at),
        (ticket.stage, ticket.stage_entered_at),
        "{number}"
    );
    assert_eq!(last.left_at.is_some(), ended, "{number}");
    let mut visits = BTreeMap::new();
    for entry in &rows.entries {
        let visit = visits.entry(entry.stage).or_insert(0);
        *visit += 1;
        assert_eq!(entry.visit, *visit, "{number}");
        assert!(
            entry.left_at.is_none_or(|left| left >= entry.entered_at),
            "{number}"
        );
    }
    for pair in rows.entries.windows(2) {
        let gap = pair[1].entered_at - pair[0].left_at.expect("only the last one is open");
        // Only between the end and a reopening is it in no stage.
        assert!(
            gap == TimeDelta::zero() || ticket.reopened > 0 && gap > TimeDelta::zero(),
            "{number}"
        );
        let (from, to) = (pair[0].stage as usize, pair[1].stage as usize);
        assert!(to <= from + 1 && to != from, "{number}");
    }
    assert!(
        rows.changes.is_sorted_by_key(|change| change.at),
        "{number}"
    );
    assert!(
        rows.changes
            .iter()
            .all(|change| change.at >= ticket.created_at && change.at <= company.as_of)
    );
    let finals = |field: &str| {
        rows.changes
            .iter()
            .rev()
            .find(|change| change.field.as_deref() == Some(field))
    };
    let stage = finals("stage").and_then(|change| change.new_value.clone());
    assert_eq!(
        stage,
        Some(format!("{:?}", ticket.stage).to_uppercase().into()),
        "{number}"
    );
    let saves: BTreeSet<_> = rows
        .changes
        .iter()
        // Who writes or declines changes nothing of the ticket itself; a merge ends it in the same save.
        .filter(|change| {
            !["create", "comment", "handover_decline", "merge"].contains(&&*change.action)
        })
        .map(|change| (change.at, change.action.as_str()))
        .collect();
    assert!(
        ticket.version > i32::try_from(saves.len()).expect("few"),
        "{number}: {} for {saves:?}",
        ticket.version
    );
    check_crew(company, rows);
}

/// Whoever works on a ticket is in the team on every day until it ended.
fn check_crew(company: &Company, rows: &TicketRows) {
    let ticket = &rows.ticket;
    let number = ticket.number;
    let member = |id: Uuid| {
        let found = company
            .people
            .members
            .iter()
            .position(|member| member.id == id);
        found.unwrap_or_else(|| panic!("{number}: there is no member {id}"))
    };
    let (from, until) = (
        day_of(ticket.created_at),
        day_of(ticket.closed_at.unwrap_or(company.as_of)),
    );
    if let Some(assignee) = ticket.assignee_id {
        let team = ticket.team_id.expect("who works on it does so in a team");
        let place = company
            .organisation
            .teams
            .iter()
            .position(|row| row.id == team)
            .expect("the team is there");
        assert!(
            company.people.is_in(member(assignee), place, from, until),
            "{number}"
        );
        assert!(ticket.owner_id.is_some(), "{number}");
    }
    if let Some(owner) = ticket.owner_id {
        let left = company.people.members[member(owner)].left_on;
        assert!(left.is_none_or(|left| until < left), "{number}");
    }
}

#[test]
fn every_reference_resolves() {
    let company = company();
    let set = |ids: Vec<Uuid>| ids.into_iter().collect::<BTreeSet<_>>();
    let members = set(company.people.members.iter().map(|row| row.id).collect());
    let customers: BTreeMap<_, _> = company
        .customers
        .customers
        .iter()
        .map(|row| (row.id, row))
        .collect();
    let contacts: BTreeMap<_, _> = company
        .customers
        .contacts
        .iter()
        .map(|row| (row.id, row))
        .collect();
    let units: BTreeMap<_, _> = company
        .customers
        .units
        .iter()
        .map(|row| (row.id, row))
        .collect();
    let partners = set(company
        .customers
        .partners
        .iter()
        .map(|row| row.id)
        .collect());
    let products = set(company
        .customers
        .products
        .iter()
        .map(|row| row.id)
        .collect());
    let principals = company.accounts.principals();
    for customer in &company.customers.customers {
        assert!(customer.partner_id.is_none_or(|id| partners.contains(&id)));
        assert!(members.contains(&customer.owner_id.expect("somebody answers for it")));
    }
    let mut seen = BTreeSet::new();
    for rows in all_tickets() {
        let ticket = &rows.ticket;
        let customer = customers[&ticket.customer_id];
        assert!(
            customer.created_at <= ticket.created_at,
            "{}",
            ticket.number
        );
        assert_eq!(
            (ticket.partner_id, ticket.province),
            (customer.partner_id, customer.province)
        );
        assert_eq!(
            contacts[&ticket.contact_id.expect("somebody calls")].customer_id,
            customer.id
        );
        assert!(products.contains(&ticket.product_id.expect("it is about something")));
        if let Some(unit) = ticket.unit_id {
            let unit = units[&unit];
            assert_eq!(
                (unit.customer_id, Some(unit.product_id)),
                (customer.id, ticket.product_id)
            );
            assert!(
                unit.sold_on <= day_of(ticket.created_at),
                "{}",
                ticket.number
            );
        }
        assert!(principals.contains(&ticket.created_by));
        let ids = std::iter::once(ticket.id)
            .chain(rows.entries.iter().map(|row| row.id))
            .chain(rows.comments.iter().map(|row| row.id))
            .chain(rows.changes.iter().map(|row| row.id));
        assert!(
            ids.into_iter().all(|id| seen.insert(id)),
            "an id stands twice"
        );
        let authors = rows.comments.iter().map(|row| row.author_id);
        let actors = rows.changes.iter().map(|row| row.actor_id);
        assert!(
            authors
                .chain(actors)
                .all(|id| id.is_some_and(|id| principals.contains(&id)))
        );
    }
}

#[test]
fn tickets_are_believable() {
    let all = all_tickets();
    let share = |count: usize| count * 100 / all.len();
    let with =
        |test: &dyn Fn(&TicketRows) -> bool| share(all.iter().filter(|rows| test(rows)).count());
    let kind = |kind| with(&|rows| rows.ticket.kind == kind);
    assert!((21..32).contains(&kind(TicketKind::Consultation)));
    assert!((21..32).contains(&kind(TicketKind::FaultRepair)));
    assert!((4..11).contains(&kind(TicketKind::Complaint)));
    assert!(with(&|rows| rows.ticket.priority == TicketPriority::Urgent) < 12);
    let closed = with(&|rows| rows.ticket.state == TicketState::Closed);
    assert!((88..97).contains(&closed), "{closed}");
    let cancelled = with(&|rows| rows.ticket.state == TicketState::Cancelled);
    assert!((2..7).contains(&cancelled), "{cancelled}");
    assert!((1..9).contains(&with(&|rows| rows.ticket.reopened > 0)));
    let english = with(&|rows| rows.ticket.subject.is_ascii());
    assert!((10..24).contains(&english), "{english}");
    let comments: usize = all.iter().map(|rows| rows.comments.len()).sum();
    assert!(
        (18..42).contains(&(comments * 10 / all.len())),
        "{comments} comments"
    );
    for state in [
        TicketState::Open,
        TicketState::PendingCustomer,
        TicketState::PendingParts,
        TicketState::OnHold,
    ] {
        assert!(
            all.iter().any(|rows| rows.ticket.state == state),
            "{state:?}"
        );
    }
    for stage in TicketStage::iter() {
        let open =
            |rows: &TicketRows| rows.ticket.closed_at.is_none() && rows.ticket.stage == stage;
        assert!(
            all.iter().filter(|rows| open(rows)).count() >= 2,
            "{stage:?}"
        );
    }
    let august = with(&|rows| day_of(rows.ticket.created_at).month() == 8);
    let february = with(&|rows| day_of(rows.ticket.created_at).month() == 2);
    assert!(august > february, "{august} {february}");
    let resolved_in_time = all.iter().filter(|rows| {
        rows.ticket
            .resolved_at
            .is_some_and(|at| at - rows.ticket.created_at < TimeDelta::hours(48))
    });
    let in_time = share(resolved_in_time.count());
    assert!((45..90).contains(&in_time), "{in_time}");
}

#[test]
fn demo_users_have_tickets_of_their_own() {
    for tickets in [200, 4_000] {
        let company = Company::generate(&Options {
            customers: 100,
            ..Options::as_of(as_of()).with_tickets(tickets)
        });
        let recent: Vec<_> = (0..showcase::COUNT)
            .filter_map(|place| showcase::index_of(tickets, place))
            .map(|index| tickets::generate(&company, index).ticket)
            .collect();
        assert_eq!(recent.len(), showcase::COUNT);
        let open: Vec<_> = recent
            .iter()
            .filter(|ticket| ticket.closed_at.is_none())
            .collect();
        let user = |login| &company.accounts.users[company.accounts.demo(login)];
        let stages = |test: &dyn Fn(&entity::ticket::Model) -> bool| -> BTreeSet<TicketStage> {
            open.iter()
                .filter(|ticket| test(ticket))
                .map(|ticket| ticket.stage)
                .collect()
        };
        let partner = user("partner.demo").partner_id;
        assert_eq!(stages(&|ticket| ticket.partner_id == partner).len(), 5);
        let customer = user("customer.demo").customer_id;
        assert!(stages(&|ticket| Some(ticket.customer_id) == customer).len() >= 3);
        for login in ["agent.demo", "engineer.demo"] {
            let member = user(login).member_id;
            assert!(
                stages(&|ticket| ticket.assignee_id == member).len() >= 2,
                "{login}"
            );
        }
    }
}
