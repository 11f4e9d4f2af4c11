//! The demo company in another size: as measurements want it.

use std::collections::BTreeSet;

use super::super::company::Company;
use super::{Options, as_of};

fn larger() -> Company {
    Company::generate(&Options {
        members: 300,
        comments: 5,
        ..Options::as_of(as_of()).with_tickets(500)
    })
}

#[test]
fn it_has_as_many_members_as_asked_each_with_an_account_of_its_own() {
    let company = larger();
    assert_eq!(company.people.members.len(), 300);
    let logins: BTreeSet<&str> = company
        .accounts
        .users
        .iter()
        .map(|user| user.login.as_str())
        .collect();
    assert_eq!(logins.len(), company.accounts.users.len());
}

#[test]
fn its_tickets_have_as_many_comments_as_asked_on_average() {
    let company = larger();
    let tickets = (0..company.tickets).map(|index| crate::demo::tickets::generate(&company, index));
    let counts = tickets.map(|rows| {
        let told = rows
            .changes
            .iter()
            .filter(|change| change.action == "comment");
        assert_eq!(told.count(), rows.comments.len(), "each is in the history");
        assert!(rows.comments.is_sorted_by_key(|comment| comment.created_at));
        rows.comments.len()
    });
    let average = counts.sum::<usize>() as f64 / company.tickets as f64;
    assert!((4.5..6.0).contains(&average), "{average}");
}

#[test]
fn fewer_members_than_the_usual_ones_are_the_usual_ones() {
    let members = |members| {
        let options = Options {
            members,
            ..Options::as_of(as_of())
        };
        Company::generate(&options).people.members
    };
    assert_eq!(members(10), members(0));
}
