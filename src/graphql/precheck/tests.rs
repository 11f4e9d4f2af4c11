mod attacks;

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::error::{ApiError, ErrorCode};
use crate::graphql::fixture::{grants, model, registry};

fn precheck() -> Precheck {
    Precheck::new(Arc::new(model()), Arc::new(registry()), Limits::default())
}

fn everything() -> Arc<Grants> {
    grants(Permission::ALL)
}

/// Reads and checks as somebody who may do everything at any cost.
fn checked(document: &str, variables: serde_json::Value) -> Result<Checked, Vec<Refusal>> {
    let (precheck, grants) = (precheck(), everything());
    let document = precheck.read(document)?;
    precheck.check(
        &document,
        None,
        &Variables::from_json(variables),
        &Caller {
            grants: &grants,
            signed_in: true,
            complexity: u64::MAX,
        },
    )
}

/// The introspection query of graphql-js 16 and GraphiQL 5 with every option switched on.
const INTROSPECTION: &str = "
    query IntrospectionQuery {
      __schema {
        description
        queryType { name kind } mutationType { name kind } subscriptionType { name kind }
        types { ...FullType }
        directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
      }
    }
    fragment FullType on __Type {
      kind name description specifiedByURL isOneOf
      fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
      inputFields(includeDeprecated: true) { ...InputValue }
      interfaces { ...TypeRef }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...TypeRef }
    }
    fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
    fragment TypeRef on __Type {
      kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
      ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
    }";

#[test]
fn the_cost_is_what_the_page_sizes_say() {
    for (document, variables, cost) in [
        ("{ version }", json!({}), 1),
        (
            "{ ticket(id: 1) { id subject tags customer { name } } }",
            json!({}),
            3,
        ),
        (
            "{ ticket(id: 1) { watchers { name } } }",
            json!({}),
            1 + 1 + 10,
        ),
        (
            "{ tickets { totalCount pageInfo { hasNextPage } } }",
            json!({}),
            1 + 1 + 1,
        ),
        ("{ tickets { nodes { id } } }", json!({}), 1 + 1 + 20),
        (
            "{ tickets(first: 5) { edges { node { id } } nodes { customer { name } } } }",
            json!({}),
            1 + 1 + 5 * 2 + 5 * 2,
        ),
        (
            "{ tickets(last: 3) { nodes { events(first: 4) { nodes { __typename ... on Comment { author { name } } } } } } }",
            json!({}),
            1 + 1 + 3 * (1 + 1 + 4 * 2),
        ),
        (
            "{ tickets(first: 1000) { nodes { id } } }",
            json!({}),
            1 + 1 + 100,
        ),
        (
            "{ tickets(first: -1) { nodes { id } } }",
            json!({}),
            1 + 1 + 20,
        ),
        (
            "query ($n: Int = 7) { tickets(first: $n) { nodes { id } } }",
            json!({}),
            1 + 1 + 7,
        ),
        (
            "query ($n: Int = 7) { tickets(first: $n) { nodes { id } } }",
            json!({"n": 9}),
            1 + 1 + 9,
        ),
        (
            "query ($n: Int = 7) { tickets(first: $n) { nodes { id } } }",
            json!({"n": "x"}),
            1 + 1 + 20,
        ),
        (
            "{ tickets(first: 2) { ...C } } fragment C on TicketConnection { nodes { ...T } } fragment T on Ticket { customer { id } }",
            json!({}),
            1 + 1 + 2 * 2,
        ),
        (
            "{ me { pay { history(first: 30) { history { base } } } } }",
            json!({}),
            1 + 1 + 1 + 30 * (1 + 20),
        ),
        ("{ ticket(id: 1) @skip(if: true) { id } }", json!({}), 2),
        (
            "{ node(id: 1) { id ... on Ticket { customer { id } } } }",
            json!({}),
            3,
        ),
        (
            "mutation { assign(id: 1) { ticket { id } } }",
            json!({}),
            1 + 10 + 1,
        ),
        (
            "subscription { ticketChanged { customer { id } } }",
            json!({}),
            3,
        ),
        ("{ __schema { types { name } } }", json!({}), 51),
        ("{ nothing { nodes { id } } ...Nowhere }", json!({}), 1),
    ] {
        assert_eq!(
            checked(document, variables).unwrap().cost,
            cost,
            "{document}"
        );
    }
}

#[test]
fn objects_that_are_asked_for_by_id_count_each() {
    let model = SchemaModel::from_sdl(
        "schema { query: Query } type Query { nodes(ids: [ID!]!): [Thing]  permissions: [Thing!]! } type Thing { id: ID! }",
    )
    .unwrap();
    let registry = Registry::assemble(&[]).unwrap();
    let precheck = Precheck::new(Arc::new(model), Arc::new(registry), Limits::default());
    let grants = everything();
    for (document, variables, cost) in [
        ("{ nodes(ids: [1, 2, 3]) { id } }", json!({}), 1 + 3),
        ("{ nodes(ids: 1) { id } }", json!({}), 1 + 1),
        (
            "query($i: [ID!]!) { nodes(ids: $i) { id } }",
            json!({ "i": vec!["x"; 150] }),
            1 + 150,
        ),
        (
            "query($i: [ID!]!) { ...A ...A b: nodes(ids: $i) { id } } fragment A on Query { nodes(ids: $i) { id } }",
            json!({ "i": ["x", "y"] }),
            1 + 3 * 2,
        ),
        ("{ permissions { id } }", json!({}), 1 + 250),
    ] {
        let read = precheck.read(document).unwrap();
        let caller = Caller {
            grants: &grants,
            signed_in: true,
            complexity: u64::MAX,
        };
        let variables = Variables::from_json(variables);
        let (checked, _) = precheck.inspect(&read, None, &variables, &caller).unwrap();
        assert_eq!(checked.cost, cost, "{document}");
    }
}

#[test]
fn deep_pages_saturate_instead_of_wrapping() {
    let deep = format!(
        "{{ {} id {} }}",
        "tickets(first: 100) { nodes { customer { ".repeat(3),
        "} } }".repeat(3)
    );
    let cost = checked(&deep, json!({})).unwrap().cost;
    assert_eq!(
        cost,
        1 + 1 + 100 * (1 + 1 + 1 + 100 * (1 + 1 + 1 + 100 * 2))
    );
}

#[test]
fn the_cost_holds_at_the_limit_and_is_refused_one_over() {
    let (precheck, grants) = (precheck(), everything());
    let document = precheck
        .read("{ tickets(first: 98) { nodes { id } } }")
        .unwrap();
    let with = |complexity| {
        precheck.check(
            &document,
            None,
            &Variables::default(),
            &Caller {
                grants: &grants,
                signed_in: true,
                complexity,
            },
        )
    };
    assert!(with(100).is_ok());
    assert_eq!(
        with(99),
        Err(vec![Refusal::Exceeded {
            limit: Limit::Complexity,
            value: 100,
            maximum: 99
        }])
    );
    assert_eq!(
        ApiError::from(&with(99).unwrap_err()[0]).code,
        ErrorCode::CostExceeded
    );
}

#[test]
fn the_standard_introspection_query_passes_and_is_reported() {
    let checked = checked(INTROSPECTION, json!({})).unwrap();
    assert!(checked.introspection);
    assert_eq!(
        (checked.cost, checked.root_fields, checked.denied),
        (51, vec!["__schema".to_owned()], vec![])
    );
}

#[test]
fn introspection_is_for_the_signed_in() {
    let (precheck, grants) = (precheck(), Arc::new(Grants::default()));
    for document in [
        "{ __schema { queryType { name } } }",
        "{ ...F } fragment F on Query { x: __type(name: \"Query\") { name } }",
    ] {
        let document = precheck.read(document).unwrap();
        let refusals = precheck
            .check(
                &document,
                None,
                &Variables::default(),
                &Caller {
                    grants: &grants,
                    signed_in: false,
                    complexity: 1_000,
                },
            )
            .unwrap_err();
        assert_eq!(
            ApiError::from(&refusals[0]).code,
            ErrorCode::Unauthenticated
        );
    }
}

#[test]
fn only_the_chosen_operation_is_costed_but_all_are_bounded() {
    let (precheck, grants) = (precheck(), everything());
    let caller = Caller {
        grants: &grants,
        signed_in: true,
        complexity: 10,
    };
    let text = "query Cheap { version } query Dear { tickets { nodes { id } } } mutation Change { assign(id: 1) { done } }";
    let document = precheck.read(text).unwrap();
    let check = |name| precheck.check(&document, name, &Variables::default(), &caller);
    let cheap = check(Some("Cheap")).unwrap();
    assert_eq!(
        (cheap.cost, cheap.operation, cheap.root_fields),
        (1, OperationType::Query, vec!["version".to_owned()])
    );
    assert!(matches!(
        check(Some("Dear")).unwrap_err()[..],
        [Refusal::Exceeded {
            limit: Limit::Complexity,
            value: 22,
            maximum: 10
        }]
    ));
    assert_eq!(
        document.operation_type(Some("Change")),
        Ok(OperationType::Mutation)
    );
    for wrong in [None, Some("Other"), Some("")] {
        assert!(matches!(
            &check(wrong).unwrap_err()[..],
            [Refusal::Malformed { .. }]
        ));
    }
    let deep = format!(
        "query Fine {{ version }} query Deep {{ {} id {} }}",
        "a { ".repeat(12),
        "} ".repeat(12)
    );
    assert!(matches!(
        precheck.read(&deep).unwrap_err()[..],
        [Refusal::Exceeded {
            limit: Limit::Depth,
            value: 13,
            maximum: 12
        }]
    ));
}

#[test]
fn a_denied_argument_refuses_the_whole_request_and_a_denied_field_does_not() {
    let (precheck, grants) = (precheck(), grants(&[Permission::TicketRead]));
    let caller = Caller {
        grants: &grants,
        signed_in: true,
        complexity: 1_000,
    };
    let check = |text: &str| {
        precheck.check(
            &precheck.read(text).unwrap(),
            None,
            &Variables::default(),
            &caller,
        )
    };
    let denied = check("{ members { name } version }").unwrap().denied;
    assert_eq!(denied.len(), 1);
    let refusals = check("{ tickets(orderBy: PHONE) { totalCount } version }").unwrap_err();
    let error = ApiError::from(&refusals[0]);
    assert_eq!(
        (error.code, error.facts["permission"].as_str()),
        (ErrorCode::Forbidden, Some("customer.contact.read"))
    );
}

#[test]
fn what_cannot_be_parsed_is_said_with_its_place() {
    for (text, line, column) in [("{ a", 1, 4), ("query {\n  a(\n}", 3, 1), ("", 1, 1)] {
        let refusals = precheck().read(text).unwrap_err();
        let error = ApiError::from(&refusals[0]);
        assert_eq!(
            (error.code, &error.facts["line"], &error.facts["column"]),
            (ErrorCode::BadInput, &json!(line), &json!(column)),
            "{}",
            error.text.en
        );
    }
    assert!(
        precheck().read("{ a } { b }").is_err()
            && precheck().read("fragment F on Query { a }").is_err()
    );
}

#[test]
fn the_same_text_is_read_once() {
    let precheck = precheck();
    let (first, second) = (
        precheck.read("{ version }").unwrap(),
        precheck.read("{ version }").unwrap(),
    );
    assert!(Arc::ptr_eq(&first, &second));
}

#[test]
fn what_was_found_holds_for_those_who_hold_the_same_and_where_variables_have_no_say() {
    let precheck = precheck();
    let document = precheck
        .read("query ($n: Int) { tickets(first: $n) { nodes { id } } }")
        .unwrap();
    let plain = precheck
        .read("{ tickets { nodes { customer { name } } } }")
        .unwrap();
    let (all, few) = (everything(), grants(&[Permission::TicketRead]));
    let check = |document: &Document, grants: &Arc<Grants>, n: i32| {
        let caller = Caller {
            grants,
            signed_in: true,
            complexity: u64::MAX,
        };
        let variables = Variables::from_json(json!({ "n": n }));
        precheck
            .check(document, None, &variables, &caller)
            .expect("it is allowed")
    };
    // Each time as it was the first time, whoever asked in between.
    for _ in 0..2 {
        assert_eq!(
            [7, 9].map(|n| check(&document, &all, n).cost),
            [1 + 1 + 7, 1 + 1 + 9]
        );
        assert_eq!(check(&plain, &all, 0).denied, []);
        assert_eq!(check(&plain, &few, 0).denied.len(), 1);
    }
}
