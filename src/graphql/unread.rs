//! What is said of a value that can't be read. The library says it without its field, and what reads the value doesn't know the
//! language of whoever sent it; here is both.

use std::collections::BTreeSet;

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Name, Pos, ServerError, Value, Variables};
use async_graphql_value::Value as Literal;
use entity::enums::Locale;

use super::SchemaModel;
use super::errors::fill;
use super::ids::{Unread, decode};
use super::model::{InputModel, Kind, named_type};
use super::precheck::Document;
use crate::error::{ApiError, ErrorCode};

/// What was sent.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    /// The schema.
    pub model: &'a SchemaModel,
    /// The document.
    pub document: &'a Document,
    /// Its variables.
    pub variables: &'a Variables,
}

impl<'a> Sent<'a> {
    /// Rewrites the errors of values that can't be read: with the field, and in the reader's language.
    pub fn explain(self, errors: &mut [ServerError], locale: Locale) {
        for error in errors {
            let Some(unread) = Unread::taken_from(error) else {
                continue;
            };
            let at = error.locations.first().copied();
            let field = at.and_then(|at| self.field_of(&unread, at));
            let text = unread.text;
            let told = match field {
                Some(field) => ApiError::bad_input(&field, text.en, text.zh),
                None => ApiError::new(ErrorCode::BadInput, text),
            };
            error.message = told.text.in_locale(locale).to_owned();
            fill(error.extensions.get_or_insert_default(), &told);
        }
    }

    /// The field of the input with this value, such as `input.unitId`; `at` is where the whole argument stands.
    fn field_of(self, unread: &Unread, at: Pos) -> Option<String> {
        let (argument, literal) = self.argument_at(at)?;
        let variable =
            |name: Name| Ok::<_, ()>(self.variables.get(&name).cloned().unwrap_or_default());
        let value = literal.clone().into_const_with(variable).ok()?;
        let mut fields = BTreeSet::new();
        let place = (argument.name.as_str(), named_type(&argument.ty));
        collect(self.model, unread, place, &value, &mut fields);
        // Of several fields with one id of another type, it may be right in one.
        let is_id = matches!(&unread.value, Value::String(text) if decode(text).is_ok());
        let doubtful = is_id && fields.len() > 1;
        let field = fields.pop_first().filter(|_| !doubtful);
        Some(field.unwrap_or_else(|| argument.name.clone()))
    }

    fn argument_at(self, at: Pos) -> Option<(&'a InputModel, &'a Literal)> {
        let (model, parsed) = (self.model, self.document.parsed());
        let operations = parsed.operations.iter().filter_map(|(_, operation)| {
            let root = model.root(operation.node.ty)?;
            Some((root, &operation.node.selection_set.node))
        });
        let fragments = parsed.fragments.values().map(|fragment| {
            let on = fragment.node.type_condition.node.on.node.as_str();
            (on, &fragment.node.selection_set.node)
        });
        operations
            .chain(fragments)
            .find_map(|(on, set)| argument_in(model, set, on, at))
    }
}

fn argument_in<'a>(
    model: &'a SchemaModel,
    set: &'a SelectionSet,
    on: &'a str,
    at: Pos,
) -> Option<(&'a InputModel, &'a Literal)> {
    set.items.iter().find_map(|item| match &item.node {
        Selection::Field(field) => {
            let field = &field.node;
            let known = model.field(on, field.name.node.as_str())?;
            let mut arguments = field.arguments.iter();
            match arguments.find(|(_, value)| value.pos == at) {
                Some((name, value)) => {
                    let argument = known.arguments.get(name.node.as_str())?;
                    Some((argument, &value.node))
                }
                None => {
                    let inside = &field.selection_set.node;
                    argument_in(model, inside, named_type(&known.ty), at)
                }
            }
        }
        Selection::InlineFragment(inline) => {
            let condition = inline.node.type_condition.as_ref();
            let on = condition.map_or(on, |condition| condition.node.on.node.as_str());
            argument_in(model, &inline.node.selection_set.node, on, at)
        }
        Selection::FragmentSpread(_) => None,
    })
}

/// The fields in and below `field`, which is of the type `ty`, that have the value. Lists don't show in their names.
fn collect(
    model: &SchemaModel,
    unread: &Unread,
    (field, ty): (&str, &str),
    value: &Value,
    fields: &mut BTreeSet<String>,
) {
    if ty == unread.scalar && *value == unread.value {
        fields.insert(field.to_owned());
        return;
    }
    match value {
        Value::List(items) => {
            for item in items {
                collect(model, unread, (field, ty), item, fields);
            }
        }
        Value::Object(given) => {
            let Some(Kind::Input { fields: known }) = model.get(ty).map(|ty| &ty.kind) else {
                return;
            };
            for (name, value) in given {
                if let Some(inside) = known.get(name.as_str()) {
                    let place = format!("{field}.{name}");
                    let ty = named_type(&inside.ty);
                    collect(model, unread, (place.as_str(), ty), value, fields);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::error::Text;
    use crate::graphql::fixture::{model, registry};
    use crate::graphql::precheck::{Limits, Precheck};

    const TICKET: &str = "ticket_01h455vb4pex5vsknk084sn02q";

    /// The error about an id, the argument of which begins with `argument`.
    fn told(document: &str, variables: serde_json::Value, argument: &str, id: &str) -> ServerError {
        let column = document.find(argument).unwrap() + 1;
        let unread = Unread {
            scalar: "ID".to_owned(),
            value: Value::String(id.to_owned()),
            text: Text::new("wrong", "错误"),
        };
        let refused = Unread::error::<async_graphql::ID>(unread.value, unread.text);
        let mut errors = [refused.into_server_error(Pos { line: 1, column })];
        let model = Arc::new(model());
        let precheck = Precheck::new(Arc::clone(&model), Arc::new(registry()), Limits::default());
        let document = precheck.read(document).unwrap();
        let sent = Sent {
            model: &model,
            document: &document,
            variables: &Variables::from_json(variables),
        };
        sent.explain(&mut errors, Locale::Zh);
        let [error] = errors;
        error
    }

    #[test]
    fn the_field_is_named_wherever_the_value_stands() {
        let assign =
            "mutation($input: AssignInput!, $id: ID!) { assign(id: $id, input: $input) { done } }";
        for (document, variables, argument, id, field) in [
            (
                "{ ticket(id: \"A-17\") { id } }",
                json!({}),
                "\"A-17\"",
                "A-17",
                "id",
            ),
            (
                "query($t: ID!) { ticket(id: $t) { id } }",
                json!({ "t": "A-17" }),
                "$t)",
                "A-17",
                "id",
            ),
            (
                assign,
                json!({ "id": TICKET, "input": { "target": { "member": "A-17" } } }),
                "$input)",
                "A-17",
                "input.target.member",
            ),
            (
                "mutation($m: ID) { ... on Mutation { assign(id: \"x\", input: {target: {member: $m}}) { done } } }",
                json!({ "m": "A-17" }),
                "{target",
                "A-17",
                "input.target.member",
            ),
            (
                "{ members { id } ...A } fragment A on Query { node(id: \"A-17\") { id } }",
                json!({}),
                "\"A-17\"",
                "A-17",
                "id",
            ),
            // One of two that are equally wrong is named, and of two that may be right neither.
            (
                assign,
                json!({ "input": { "target": { "ticket": "A-17", "member": "A-17" } } }),
                "$input)",
                "A-17",
                "input.target.member",
            ),
            (
                assign,
                json!({ "input": { "target": { "ticket": TICKET, "member": TICKET } } }),
                "$input)",
                TICKET,
                "input",
            ),
        ] {
            let error = told(document, variables, argument, id);
            let extensions = error.extensions.unwrap_or_default();
            assert_eq!(
                extensions.get("field"),
                Some(&Value::from(field)),
                "{document}"
            );
            assert_eq!(extensions.get("code"), Some(&Value::from("BAD_INPUT")));
            assert_eq!(error.message, format!("{field}：错误"));
        }
    }

    #[test]
    fn what_stands_nowhere_is_told_without_a_field() {
        let error = told("{ me { id } }", json!({}), "me", "A-17");
        assert_eq!(error.message, "错误");
        assert_eq!(error.extensions.unwrap_or_default().get("field"), None);
    }
}
