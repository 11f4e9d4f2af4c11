//! Do the variables fit the types that the operation gives them, beyond doubt?
//!
//! The library validates a document anew for every request, although only the values of its variables differ. Of a document that
//! was found valid once, those are all there is left to look at; whatever isn't plain here is left to the library, which also
//! says what is wrong.

use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::{Value, Variables};

use crate::graphql::SchemaModel;
use crate::graphql::model::Kind;

/// Does every variable that was sent fit?
pub(super) fn fits(
    model: &SchemaModel,
    operation: &OperationDefinition,
    variables: &Variables,
) -> bool {
    operation.variable_definitions.iter().all(|definition| {
        let definition = &definition.node;
        match variables.get(&definition.name.node) {
            // Whether it may be missing, the pre-check has seen.
            None => true,
            // Where a null may stand depends on the place.
            Some(Value::Null) => false,
            Some(value) => of_type(model, &definition.var_type.node, value),
        }
    })
}

fn of_type(model: &SchemaModel, ty: &Type, value: &Value) -> bool {
    match (value, &ty.base) {
        (Value::Null, _) => ty.nullable,
        (Value::List(items), BaseType::List(inner)) => {
            items.iter().all(|item| of_type(model, inner, item))
        }
        (Value::List(_), BaseType::Named(_)) | (_, BaseType::List(_)) => false,
        (value, BaseType::Named(name)) => of_named(model, name, value),
    }
}

fn of_named(model: &SchemaModel, name: &str, value: &Value) -> bool {
    match (name, value) {
        ("Boolean", Value::Boolean(_)) | ("ID" | "String", Value::String(_)) => return true,
        ("Int", Value::Number(number)) => {
            return number
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok());
        }
        _ => {}
    }
    let Some(ty) = model.get(name) else {
        return false;
    };
    match (&ty.kind, value) {
        // Ours are written as texts, and read where they are used; what else may be one is the scalar's affair.
        (Kind::Scalar, Value::String(_)) => true,
        (Kind::Enum { values }, Value::String(name)) => values.contains_key(name),
        (Kind::Input { fields }, Value::Object(given)) => {
            let one_of = ty
                .directives
                .iter()
                .any(|directive| directive.name.node == "oneOf");
            let known = given.keys().all(|name| fields.contains_key(name.as_str()));
            let right = fields
                .values()
                .all(|field| match given.get(field.name.as_str()) {
                    Some(value) => of_type(model, &field.ty, value),
                    None => field.ty.nullable || field.default_value.is_some(),
                });
            let one = !one_of || (given.len() == 1 && given.values().all(|v| *v != Value::Null));
            known && right && one
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::DocumentOperations;
    use serde_json::json;

    use super::*;

    const SCHEMA: &str = r"
        schema { query: Query }
        scalar Date
        enum State { OPEN CLOSED }
        input Matches { eq: ID in: [ID!] isNull: Boolean }
        input Filter { state: State! team: Matches page: Int! = 1 }
        input Place @oneOf { team: ID region: ID }
        type Query { list(filter: Filter, place: Place): Int }
        directive @oneOf on INPUT_OBJECT
    ";

    fn fit(ty: &str, value: serde_json::Value) -> bool {
        let model = SchemaModel::from_sdl(SCHEMA).unwrap();
        let document = parse_query(format!("query ($v: {ty}) {{ list }}")).unwrap();
        let DocumentOperations::Single(operation) = document.operations else {
            panic!("one operation");
        };
        let variables = Variables::from_json(json!({ "v": value }));
        fits(&model, &operation.node, &variables)
    }

    #[test]
    fn values_of_their_types_fit() {
        for (ty, value) in [
            ("ID!", json!("ticket_1")),
            ("String", json!("a")),
            ("Int", json!(20)),
            ("Boolean!", json!(true)),
            ("Date", json!("2026-03-01")),
            ("State", json!("OPEN")),
            ("[State!]!", json!(["OPEN", "CLOSED"])),
            ("[ID]", json!(["a", null])),
            ("Filter", json!({ "state": "OPEN" })),
            (
                "Filter",
                json!({ "state": "OPEN", "team": { "in": ["a"], "isNull": null }, "page": 2 }),
            ),
            ("Place", json!({ "team": "a" })),
        ] {
            assert!(fit(ty, value.clone()), "{ty} {value}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_library() {
        for (ty, value) in [
            ("ID", json!(null)),
            ("ID", json!(7)),
            ("ID", json!(["a"])),
            ("[ID]", json!("a")),
            ("[ID!]", json!([null])),
            ("Int", json!(3_000_000_000_u64)),
            ("Int", json!(1.5)),
            ("Int", json!("1")),
            ("Boolean", json!("true")),
            ("Date", json!(7)),
            ("State", json!("AJAR")),
            ("Unknown", json!("a")),
            ("Query", json!({})),
            ("Filter", json!({})),
            ("Filter", json!({ "state": null })),
            ("Filter", json!({ "state": "OPEN", "other": 1 })),
            ("Filter", json!({ "state": "OPEN", "team": { "in": "a" } })),
            ("Place", json!({})),
            ("Place", json!({ "team": null })),
            ("Place", json!({ "team": "a", "region": "b" })),
        ] {
            assert!(!fit(ty, value.clone()), "{ty} {value}");
        }
    }
}
