//! Lines, descriptions, directives and values as GraphQL writes them.

use std::fmt::Write;

use async_graphql::parser::types::ConstDirective;
use async_graphql::{Name, Value};

use crate::graphql::model::InputModel;

pub(super) fn line(out: &mut String, level: usize, text: &str) {
    // Writing to a String can't fail.
    let _ = writeln!(out, "{:1$}{text}", "", level * 2);
}

pub(super) fn describe(out: &mut String, level: usize, text: Option<&str>) {
    let Some(text) = text else { return };
    line(out, level, "\"\"\"");
    for part in text.replace("\"\"\"", "\\\"\"\"").lines() {
        if part.trim().is_empty() {
            out.push('\n')
        } else {
            line(out, level, part.trim_end())
        }
    }
    line(out, level, "\"\"\"");
}

pub(super) fn input(field: &InputModel) -> String {
    let default = field
        .default_value
        .as_ref()
        .map(|value| format!(" = {}", literal(value)))
        .unwrap_or_default();
    format!(
        "{}: {}{default}{}",
        field.name,
        field.ty,
        applied(&field.directives)
    )
}

pub(super) fn applied(directives: &[ConstDirective]) -> String {
    let mut all: Vec<String> = directives.iter().map(one_applied).collect();
    all.sort();
    all.concat()
}

fn one_applied(directive: &ConstDirective) -> String {
    let mut arguments: Vec<String> = directive
        .arguments
        .iter()
        .map(|(name, value)| format!("{}: {}", name.node, literal(&value.node)))
        .collect();
    arguments.sort();
    let arguments = if arguments.is_empty() {
        String::new()
    } else {
        format!("({})", arguments.join(", "))
    };
    format!(" @{}{arguments}", directive.name.node)
}

/// A value as GraphQL writes it; keys sorted, strings in one line.
fn literal(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(&Name, &Value)> = fields.iter().collect();
            fields.sort_by(|a, b| a.0.cmp(b.0));
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(name, value)| format!("{name}: {}", literal(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::List(items) => format!(
            "[{}]",
            items.iter().map(literal).collect::<Vec<_>>().join(", ")
        ),
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        other => other.to_string(),
    }
}

/// `FieldDefinition` as `FIELD_DEFINITION`.
pub(super) fn screaming(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_uppercase());
    }
    out
}
