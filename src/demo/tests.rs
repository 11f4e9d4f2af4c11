//! What holds for every demo company.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use entity::enums::{
    AssignmentKind, CustomerTier, Province, TicketKind, TicketPriority, TicketStage, TicketState,
    UserKind,
};
use sea_orm::Iterable;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::calendar::day_of;
use super::company::Company;
use super::tickets::{self, TicketRows, showcase};
use super::{Options, demo_users};

fn as_of() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_000_000, 123_456_789).expect("a valid time")
}

fn options() -> Options {
    Options {
        customers: 500,
        ..Options::as_of(as_of()).with_tickets(3_000)
    }
}

fn company() -> Company {
    Company::generate(&options())
}

fn all_tickets(company: &Company) -> Vec<TicketRows> {
    (0..company.tickets)
        .map(|index| tickets::generate(company, index))
        .collect()
}

/// A digest of all rows.
fn fingerprint(options: &Options) -> String {
    let company = Company::generate(options);
    let mut digest = Sha256::new();
    let mut add = |rows: &dyn Debug| digest.update(format!("{rows:?}"));
    add(&company.organisation);
    add(&company.people);
    add(&company.customers);
    add(&company.accounts);
    for index in 0..company.tickets {
        add(&tickets::generate(&company, index));
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_seed_stands_for_one_company() {
    let small = Options {
        customers: 60,
        ..Options::as_of(as_of()).with_tickets(150)
    };
    let first = fingerprint(&small);
    assert_eq!(first, fingerprint(&small));
    assert_ne!(
        first,
        fingerprint(&Options {
            seed: 8,
            ..small.clone()
        })
    );
    assert_ne!(
        first,
        fingerprint(&Options {
            as_of: as_of() - TimeDelta::days(1),
            ..small
        })
    );
}

#[test]
fn the_organisation_has_its_real_size() {
    let company = company();
    let today = company.today();
    let holds =
        |from, to: Option<chrono::NaiveDate>| from <= today && to.is_none_or(|to| today < to);
    let sizes: BTreeMap<&str, usize> = company
        .organisation
        .departments
        .iter()
        .map(|department| {
            let members = company.people.assignments.iter().filter(|row| {
                row.kind == AssignmentKind::Home
                    && row.department_id == Some(department.id)
                    && holds(row.valid_from, row.valid_to)
            });
            (department.code.as_str(), members.count())
        })
        .collect();
    assert_eq!(
        sizes,
        BTreeMap::from([("AC", 12), ("CS", 20), ("MO", 8), ("TS", 15)])
    );
    for region in &company.organisation.regions {
        let provinces = company
            .organisation
            .region_provinces
            .iter()
            .filter(|row| row.region_id == region.id && holds(row.valid_from, row.valid_to));
        assert_eq!(provinces.count(), 10, "{}", region.name);
    }
    for province in Province::iter() {
        assert!(
            !company.organisation.regions_of(province, today).is_empty(),
            "{province:?}"
        );
        let earliest = company.organisation.departments[0].valid_from;
        assert!(
            !company
                .organisation
                .regions_of(province, earliest)
                .is_empty(),
            "{province:?}"
        );
    }
    assert!(
        company
            .people
            .members
            .iter()
            .any(|member| member.left_on.is_some())
    );
}

#[test]
fn nobody_works_more_than_all_day_or_at_two_homes() {
    let company = company();
    for member in &company.people.members {
        let own: Vec<_> = company
            .people
            .assignments
            .iter()
            .filter(|row| row.member_id == member.id)
            .collect();
        for row in &own {
            let day = row.valid_from;
            let there = own.iter().filter(|other| {
                other.valid_from <= day && other.valid_to.is_none_or(|to| day < to)
            });
            let homes = there
                .clone()
                .filter(|other| other.kind == AssignmentKind::Home)
                .count();
            assert_eq!(homes, 1, "{} on {day}", member.name);
            let percent: i32 = there.map(|other| other.percent).sum();
            assert!(
                (1..=120).contains(&percent),
                "{} works {percent} % on {day}",
                member.name
            );
            assert!(row.valid_to.is_none_or(|to| to > row.valid_from));
        }
    }
}

#[test]
fn every_ticket_is_consistent() {
    let company = company();
    for rows in all_tickets(&company) {
        check_ticket(&company, &rows);
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
        .filter(|change| change.action != "create" && change.action != "comment")
        .map(|change| (change.at, change.action.as_str()))
        .collect();
    assert!(
        ticket.version > i32::try_from(saves.len()).expect("few"),
        "{number}"
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
    for rows in all_tickets(&company) {
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
fn units_and_customers_are_believable() {
    let company = Company::generate(&Options {
        customers: 4_000,
        ..options()
    });
    let share = |count: usize| count * 100 / company.customers.customers.len();
    let tier = |tier| {
        share(
            company
                .customers
                .customers
                .iter()
                .filter(|row| row.tier == tier)
                .count(),
        )
    };
    assert!(
        (64..77).contains(&tier(CustomerTier::Standard)),
        "{}",
        tier(CustomerTier::Standard)
    );
    assert!((13..23).contains(&tier(CustomerTier::Silver)));
    assert!((5..13).contains(&tier(CustomerTier::Gold)));
    assert!(tier(CustomerTier::Vip) < 5);
    let with_partner = share(
        company
            .customers
            .customers
            .iter()
            .filter(|row| row.partner_id.is_some())
            .count(),
    );
    assert!((20..34).contains(&with_partner), "{with_partner}");
    assert!(
        company
            .customers
            .customers
            .is_sorted_by_key(|row| row.created_at)
    );
    let serials: BTreeSet<_> = company
        .customers
        .units
        .iter()
        .map(|unit| &unit.serial)
        .collect();
    assert_eq!(serials.len(), company.customers.units.len());
    for contact in &company.customers.contacts {
        assert!(
            contact
                .phone
                .as_deref()
                .is_some_and(|phone| phone.starts_with("+86 1390000"))
        );
        assert!(
            contact
                .email
                .as_deref()
                .is_none_or(|email| email.is_ascii() && email.ends_with(".example.com"))
        );
    }
}

#[test]
fn tickets_are_believable() {
    let company = company();
    let all = all_tickets(&company);
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

#[test]
fn there_is_a_user_of_every_role() {
    let company = company();
    let roles: BTreeSet<_> = demo_users().iter().map(|user| user.role).collect();
    let builtin: BTreeSet<_> = crate::access::builtin::ROLES
        .iter()
        .map(|role| role.key)
        .collect();
    assert_eq!(roles, builtin);
    for demo in demo_users() {
        let user = company
            .accounts
            .users
            .iter()
            .find(|user| user.login == demo.login)
            .expect("it is there");
        let audience = crate::access::builtin::ROLES
            .iter()
            .find(|role| role.key == demo.role)
            .map(|role| role.audience);
        assert_eq!(Some(user.kind), audience, "{}", demo.login);
        assert!(
            user.kind != UserKind::Staff || user.member_id.is_some(),
            "{}",
            demo.login
        );
    }
    let logins: BTreeSet<_> = company
        .accounts
        .users
        .iter()
        .map(|user| &user.login)
        .collect();
    assert_eq!(logins.len(), company.accounts.users.len());
    assert!(
        logins
            .iter()
            .all(|login| login.is_ascii() && **login == login.to_lowercase())
    );
}

#[test]
fn the_next_steps_name_what_can_be_typed() {
    let company = company();
    let summary = super::Summary::of(&company);
    let text = summary.next_steps("http://127.0.0.1:8080/");
    let number = summary.partner_ticket.expect("it has tickets").to_string();
    for part in [
        number.as_str(),
        "http://127.0.0.1:8080/graphql",
        "partner.demo",
        &summary.client_id,
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}
