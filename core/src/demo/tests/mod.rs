//! What holds for every demo company.

mod contracts;
mod dispatch;
mod exams;
mod goals;
mod growth;
mod sizes;
mod steps;
mod surveys;
mod teamwork;
mod tickets;
mod training;
mod workforce;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{AssignmentKind, CustomerTier, Province, UserKind};
use sea_orm::Iterable;
use sha2::{Digest, Sha256};

use super::company::Company;
use super::tickets::TicketRows;
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

/// The company that these tests look at, made once.
fn company() -> &'static Company {
    static COMPANY: LazyLock<Company> = LazyLock::new(|| Company::generate(&options()));
    &COMPANY
}

/// All its tickets, made once.
fn all_tickets() -> &'static [TicketRows] {
    static TICKETS: LazyLock<Vec<TicketRows>> = LazyLock::new(|| {
        (0..company().tickets)
            .map(|index| super::tickets::generate(company(), index))
            .collect()
    });
    &TICKETS
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
    add(&company.workforce);
    add(&company.teamwork);
    add(&company.contracts);
    for index in 0..company.tickets {
        add(&super::tickets::generate(&company, index));
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
    let summary = super::Summary::of(company);
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
