use std::cell::Cell;
use std::sync::Arc;

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use serde_json::json;

use super::*;
use crate::access::{Grants, Permission};
use crate::graphql::fixture::{grants, model, registry};

const AGENT: &[Permission] = &[Permission::TicketRead, Permission::CustomerRead];

/// Denied fields as `path Type.field need`, and refusals as `path member`.
fn walked(
    held: &Grants,
    signed_in: bool,
    document: &str,
    variables: serde_json::Value,
) -> (Vec<String>, Vec<String>) {
    let (model, registry, document, variables) = (
        model(),
        registry(),
        parse_query(document).unwrap(),
        Variables::from_json(variables),
    );
    let caller = Caller {
        grants: &Arc::new(held.clone()),
        signed_in,
        complexity: u64::MAX,
    };
    let (_, operation) = document.operations.iter().next().unwrap();
    let root = match operation.node.ty {
        async_graphql::parser::types::OperationType::Query => "Query",
        async_graphql::parser::types::OperationType::Mutation => "Mutation",
        async_graphql::parser::types::OperationType::Subscription => "Subscription",
    };
    let asked = Cell::new(false);
    let walk = Walk::new(
        &model,
        &registry,
        &caller,
        &document,
        Given::new(&operation.node, &variables, &asked),
    );
    let (denied, refusals) = walk.operation(root, &operation.node.selection_set.node);
    let denied = denied.into_iter().map(|denied| {
        let need = match denied.need {
            Need::SignIn => "signed in",
            Need::Permission(permission) => permission.key(),
            Need::Rule => "rule",
        };
        format!(
            "{} {}.{} {need}",
            denied.path.join("."),
            denied.type_name,
            denied.field
        )
    });
    let refusals = refusals.into_iter().map(|refusal| match refusal {
        Refusal::Forbidden { member, path, .. } => format!("{} {member}", path.join(".")),
        other => format!("{other:?}"),
    });
    (denied.collect(), refusals.collect())
}

fn agent(document: &str, variables: serde_json::Value) -> (Vec<String>, Vec<String>) {
    walked(&grants(AGENT), true, document, variables)
}

#[test]
fn denied_fields_are_listed_with_their_response_path() {
    for (document, expected) in [
        ("{ ticket(id: 1) { subject customer { name } } }", vec![]),
        (
            "{ t: ticket(id: 1) { c: customer { tel: phone } } }",
            vec!["t.c.tel Customer.phone customer.contact.read"],
        ),
        (
            "{ members { name } }",
            vec!["members Query.members member.read"],
        ),
        (
            "{ me { pay { base } } }",
            vec![
                "me.pay Member.pay user.read",
                "me.pay.base Pay.base user.read",
            ],
        ),
        (
            "mutation { assign(id: 1) { done } }",
            vec!["assign Mutation.assign ticket.assign"],
        ),
        (
            "{ tickets { nodes { customer { phone } } edges { node { customer { phone } } } } }",
            vec![
                "tickets.nodes.customer.phone Customer.phone customer.contact.read",
                "tickets.edges.node.customer.phone Customer.phone customer.contact.read",
            ],
        ),
        // The same field twice at one path is one denial.
        (
            "{ members { name } members { id } }",
            vec!["members Query.members member.read"],
        ),
        (
            "{ nothing ticket { nothing { phone } } ...Nowhere ... on Nowhere { phone } __typename }",
            vec![],
        ),
    ] {
        assert_eq!(
            agent(document, json!({})),
            (expected.into_iter().map(str::to_owned).collect(), vec![]),
            "{document}"
        );
    }
}

#[test]
fn a_field_of_an_interface_is_looked_up_for_every_type_it_can_be() {
    for (document, expected) in [
        (
            "{ node(id: 1) { id } }",
            vec!["node.id Note.id ticket.note.read"],
        ),
        ("{ node(id: 1) { ... on Ticket { id } } }", vec![]),
        (
            "{ node(id: 1) { ... on Note { text } } }",
            vec!["node.text Note.text ticket.note.read"],
        ),
        (
            "{ node(id: 1) { ... on Ticket { ... on Node { id } } } }",
            vec![],
        ),
        (
            "{ node(id: 1) { ... on Event { ... on Node { id } } } }",
            vec!["node.id Note.id ticket.note.read"],
        ),
        (
            "{ ticket(id: 1) { events { nodes { ...E } } } } fragment E on Node { id }",
            vec!["ticket.events.nodes.id Note.id ticket.note.read"],
        ),
        ("{ ticket(id: 1) { ... on Note { text } } }", vec![]),
    ] {
        assert_eq!(agent(document, json!({})).0, expected, "{document}");
    }
}

#[test]
fn arguments_that_name_something_denied_are_refused_wherever_they_hide() {
    let phone = "tickets.filter.phone TicketFilter.phone";
    for (document, variables, expected) in [
        (
            "{ tickets(filter: {subject: {eq: \"a\"}}, orderBy: OPENED_AT) { totalCount } }",
            json!({}),
            vec![],
        ),
        (
            "{ tickets(filter: {phone: {eq: \"a\"}}) { totalCount } }",
            json!({}),
            vec![phone],
        ),
        (
            "{ tickets(filter: {phone: null}) { totalCount } }",
            json!({}),
            vec![phone],
        ),
        (
            "{ tickets(filter: {and: [{or: [{not: {phone: {eq: \"a\"}}}]}]}) { totalCount } }",
            json!({}),
            vec!["tickets.filter.and.or.not.phone TicketFilter.phone"],
        ),
        (
            "query ($f: TicketFilter) { tickets(filter: $f) { totalCount } }",
            json!({"f": {"phone": {"eq": "a"}}}),
            vec![phone],
        ),
        (
            "query ($f: TicketFilter) { tickets(filter: {or: [{not: $f}]}) { totalCount } }",
            json!({"f": {"and": [{"phone": {}}]}}),
            vec!["tickets.filter.or.not.and.phone TicketFilter.phone"],
        ),
        (
            "query ($f: TicketFilter = {phone: {eq: \"a\"}}) { tickets(filter: $f) { totalCount } }",
            json!({}),
            vec![phone],
        ),
        (
            "query ($f: TicketFilter = {phone: {eq: \"a\"}}) { tickets(filter: $f) { totalCount } }",
            json!({"f": null}),
            vec![],
        ),
        (
            "{ tickets(orderBy: PHONE) { totalCount } }",
            json!({}),
            vec!["tickets.orderBy TicketOrder.PHONE"],
        ),
        (
            "query ($o: TicketOrder) { tickets(orderBy: $o) { totalCount } }",
            json!({"o": "PHONE"}),
            vec!["tickets.orderBy TicketOrder.PHONE"],
        ),
        (
            "{ ticket(id: 1) { events(kind: NOTE) { pageInfo { hasNextPage } } } }",
            json!({}),
            vec!["ticket.events.kind EventKind.NOTE"],
        ),
        (
            "{ a: tickets(filter: $f) { totalCount } b: tickets(filter: $f) { totalCount } }",
            json!({"f": {"phone": {}}}),
            vec!["a.filter.phone TicketFilter.phone"],
        ),
        (
            "{ tickets(nothing: {phone: 1}, filter: {nothing: {phone: 1}}) { totalCount } }",
            json!({}),
            vec![],
        ),
        (
            "{ tickets(filter: \"phone\", orderBy: [[]]) { totalCount } }",
            json!({}),
            vec![],
        ),
    ] {
        assert_eq!(agent(document, variables).1, expected, "{document}");
    }
}

#[test]
fn whoever_holds_the_permission_may() {
    let held = grants(&[
        Permission::TicketRead,
        Permission::CustomerRead,
        Permission::CustomerContactRead,
    ]);
    let document = "{ tickets(filter: {phone: {eq: \"a\"}}, orderBy: PHONE) { nodes { customer { phone } } } }";
    assert_eq!(walked(&held, true, document, json!({})), (vec![], vec![]));
}

#[test]
fn what_is_left_out_for_certain_is_not_denied() {
    for (document, listed) in [
        (
            "query ($no: Boolean = false) { members @include(if: $no) { name } }",
            0,
        ),
        (
            "query ($yes: Boolean = true) { members @include(if: $yes) { name } }",
            1,
        ),
        ("{ members @skip(if: true) { name } }", 0),
        ("{ members @skip(if: $unknown) { name } }", 1),
        ("{ ... @include(if: false) { members { name } } }", 0),
    ] {
        assert_eq!(agent(document, json!({})).0.len(), listed, "{document}");
    }
}

#[test]
fn nobody_has_what_is_public_only() {
    let nobody = |document| walked(&Grants::default(), false, document, json!({})).0;
    assert_eq!(nobody("{ version }"), Vec::<String>::new());
    assert_eq!(
        nobody("{ version me { name } }"),
        ["me Query.me signed in", "me.name Member.name signed in"]
    );
    assert_eq!(nobody("subscription { tick }"), Vec::<String>::new());
}
