//! The schema as text, sorted and decorated: `schema.graphql`, and the schema as one role sees it.
//!
//! Each field says who may have it (`@public`, `@signedIn`, `@requiresPermission`) and what it costs (`@cost`), from
//! the same registry and the same definition that the server enforces. The same model and registry give the same
//! bytes. What a role can't reach is left out, with every type, argument and directive that only led there.

mod text;
mod visible;

use std::collections::BTreeSet;

use async_graphql::parser::types::DirectiveDefinition;
use entity::enums::Reach;

use self::text::{applied, describe, input, line, screaming};
use self::visible::View;
use super::cost::{FieldCost, Multiplier, PAGE_ARGUMENTS};
use super::model::{EnumValueModel, FieldModel, InputModel, Kind, SchemaModel, TypeModel};
use crate::access::{Grants, Registry, Rule, reach_name};

/// Our own directives, printed with every schema.
const DIRECTIVES: &str = r#""""
What the field costs: `weight`, times the asked page (`multiplier` names the arguments) or times the assumed length of a list without pages.
The page of a connection counts for its `edges` and `nodes`. 费用
"""
directive @cost(weight: Int!, multiplier: String) on FIELD_DEFINITION

"""
Anybody may have it, also signed out. 公开
"""
directive @public on FIELD_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

"""
Whoever holds the permission may have it; `reach` lists the sets of rows for which the permission can be held. 需要权限
"""
directive @requiresPermission(permission: String!, reach: [Reach!]!) on FIELD_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

"""
Any signed-in principal may have it. 登录即可
"""
directive @signedIn on FIELD_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

"#;

/// Directives that the GraphQL language itself defines, and those above: not printed a second time.
/// (`@oneOf` is too young to be left out: older tools need its definition.)
const OWN_DEFINITIONS: [&str; 8] = [
    "cost",
    "deprecated",
    "include",
    "public",
    "requiresPermission",
    "signedIn",
    "skip",
    "specifiedBy",
];

/// The type that `@requiresPermission` names, when the schema itself doesn't use it.
const REACH: &str = "Reach";

const REACHES: [Reach; 7] = [
    Reach::All,
    Reach::Department,
    Reach::Organisation,
    Reach::Own,
    Reach::Region,
    Reach::Team,
    Reach::TeamTree,
];

/// The schema as text: the whole of it, or what a role with `grants` can reach.
#[must_use]
pub fn print(model: &SchemaModel, registry: &Registry, grants: Option<&Grants>) -> String {
    let view = View::of(model, registry, grants);
    let printer = Printer {
        model,
        registry,
        grants,
        view: &view,
    };
    printer.schema()
}

struct Printer<'a> {
    model: &'a SchemaModel,
    registry: &'a Registry,
    grants: Option<&'a Grants>,
    view: &'a View<'a>,
}

impl Printer<'_> {
    fn schema(&self) -> String {
        let mut out = String::new();
        out.push_str("schema {\n");
        let roots = [
            ("query", Some(&self.model.query)),
            ("mutation", self.model.mutation.as_ref()),
            ("subscription", self.model.subscription.as_ref()),
        ];
        for (operation, name) in roots {
            if let Some(name) = name.filter(|name| self.view.has_type(name)) {
                line(&mut out, 1, &format!("{operation}: {name}"));
            }
        }
        out.push_str("}\n\n");
        out.push_str(DIRECTIVES);
        for directive in self.model.directives() {
            if !OWN_DEFINITIONS.contains(&directive.name.node.as_str()) {
                self.directive(&mut out, directive);
            }
        }
        if self.model.get(REACH).is_none() {
            reach_type(&mut out);
        }
        for model in self.model.types() {
            if self.view.has_type(&model.name) {
                self.named_type(&mut out, model);
            }
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    fn named_type(&self, out: &mut String, model: &TypeModel) {
        describe(out, 0, model.description.as_deref());
        let name = &model.name;
        let directives = applied(&model.directives);
        match &model.kind {
            Kind::Scalar => line(out, 0, &format!("scalar {name}{directives}")),
            Kind::Object { interfaces, fields }
            | Kind::Interface {
                interfaces, fields, ..
            } => {
                let keyword = if matches!(model.kind, Kind::Object { .. }) {
                    "type"
                } else {
                    "interface"
                };
                let implements = self.implements(name, interfaces);
                line(
                    out,
                    0,
                    &format!("{keyword} {name}{implements}{directives} {{"),
                );
                for field in fields
                    .values()
                    .filter(|field| self.view.has(name, &field.name))
                {
                    self.field(out, model, field);
                }
                line(out, 0, "}");
            }
            Kind::Union { possible } => {
                let members: Vec<&str> = possible
                    .iter()
                    .map(String::as_str)
                    .filter(|member| self.view.has_type(member))
                    .collect();
                line(
                    out,
                    0,
                    &format!("union {name}{directives} = {}", members.join(" | ")),
                );
            }
            Kind::Enum { values } => {
                line(out, 0, &format!("enum {name}{directives} {{"));
                for value in values
                    .values()
                    .filter(|value| self.view.has(name, &value.name))
                {
                    self.enum_value(out, name, value);
                }
                line(out, 0, "}");
            }
            Kind::Input { fields } => {
                line(out, 0, &format!("input {name}{directives} {{"));
                for field in fields
                    .values()
                    .filter(|field| self.view.has(name, &field.name))
                {
                    describe(out, 1, field.description.as_deref());
                    let access = self.access(name, &field.name);
                    line(out, 1, &format!("{}{access}", input(field)));
                }
                line(out, 0, "}");
            }
        }
        out.push('\n');
    }

    fn implements(&self, name: &str, interfaces: &BTreeSet<String>) -> String {
        let shown: Vec<&str> = interfaces
            .iter()
            .map(String::as_str)
            .filter(|interface| self.view.implements(name, interface))
            .collect();
        if shown.is_empty() {
            String::new()
        } else {
            format!(" implements {}", shown.join(" & "))
        }
    }

    fn field(&self, out: &mut String, model: &TypeModel, field: &FieldModel) {
        describe(out, 1, field.description.as_deref());
        let arguments: Vec<&InputModel> = field
            .arguments
            .values()
            .filter(|argument| self.view.takes(argument))
            .collect();
        let object = matches!(model.kind, Kind::Object { .. });
        let access = if object {
            self.access(&model.name, &field.name)
        } else {
            String::new()
        };
        let tail = format!(
            ": {}{}{access}{}",
            field.ty,
            applied(&field.directives),
            self.cost(&model.name, field)
        );
        if arguments.is_empty() {
            line(out, 1, &format!("{}{tail}", field.name));
        } else if arguments
            .iter()
            .all(|argument| argument.description.is_none())
        {
            let list: Vec<String> = arguments.into_iter().map(input).collect();
            line(
                out,
                1,
                &format!("{}({}){tail}", field.name, list.join(", ")),
            );
        } else {
            line(out, 1, &format!("{}(", field.name));
            for argument in arguments {
                describe(out, 2, argument.description.as_deref());
                line(out, 2, &input(argument));
            }
            line(out, 1, &format!("){tail}"));
        }
    }

    fn enum_value(&self, out: &mut String, type_name: &str, value: &EnumValueModel) {
        describe(out, 1, value.description.as_deref());
        let access = self.access(type_name, &value.name);
        line(
            out,
            1,
            &format!("{}{}{access}", value.name, applied(&value.directives)),
        );
    }

    /// Who may have it; with the reaches that the role holds, or all that make sense.
    fn access(&self, type_name: &str, member: &str) -> String {
        match self.registry.rule(type_name, member) {
            None => String::new(),
            Some(Rule::Public) => " @public".to_owned(),
            Some(Rule::SignedIn) => " @signedIn".to_owned(),
            Some(Rule::Needs(permission)) => {
                let reaches: Vec<&str> = match self.grants {
                    Some(grants) => grants.reaches(permission).map(reach_name).collect(),
                    None => permission
                        .reaches()
                        .iter()
                        .copied()
                        .map(reach_name)
                        .collect(),
                };
                format!(
                    " @requiresPermission(permission: \"{}\", reach: [{}])",
                    permission.key(),
                    reaches.join(", ")
                )
            }
        }
    }

    fn cost(&self, type_name: &str, field: &FieldModel) -> String {
        let cost = FieldCost::of(self.model, type_name, field);
        if cost.is_free() {
            return String::new();
        }
        let weight = cost.weight;
        match cost.multiplier {
            Multiplier::One => format!(" @cost(weight: {weight})"),
            Multiplier::Assumed => format!(
                " @cost(weight: {weight}, multiplier: \"{}\")",
                super::cost::ASSUMED_LIST
            ),
            Multiplier::Known(size) => {
                format!(" @cost(weight: {weight}, multiplier: \"{size}\")")
            }
            Multiplier::Ids => format!(
                " @cost(weight: {weight}, multiplier: \"{}\")",
                super::cost::IDS_ARGUMENT
            ),
            Multiplier::Rows(list) => {
                format!(" @cost(weight: {weight}, multiplier: \"input.{list}\")")
            }
            Multiplier::Page | Multiplier::Connection => {
                let arguments: Vec<&str> = PAGE_ARGUMENTS
                    .into_iter()
                    .filter(|argument| field.arguments.contains_key(*argument))
                    .collect();
                format!(
                    " @cost(weight: {weight}, multiplier: \"{}\")",
                    arguments.join(" ")
                )
            }
        }
    }

    fn directive(&self, out: &mut String, directive: &DirectiveDefinition) {
        describe(
            out,
            0,
            directive.description.as_ref().map(|text| text.node.trim()),
        );
        let inputs = directive
            .arguments
            .iter()
            .map(|argument| InputModel::from(argument.node.clone()));
        let mut arguments: Vec<String> = inputs
            .filter(|argument| self.view.takes(argument))
            .map(|argument| input(&argument))
            .collect();
        arguments.sort();
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        };
        // The parser takes every directive for a repeatable one, so that can't be told; we have none.
        let mut locations: Vec<String> = directive
            .locations
            .iter()
            .map(|location| screaming(&format!("{:?}", location.node)))
            .collect();
        locations.sort();
        line(
            out,
            0,
            &format!(
                "directive @{}{arguments} on {}\n",
                directive.name.node,
                locations.join(" | ")
            ),
        );
    }
}

fn reach_type(out: &mut String) {
    describe(
        out,
        0,
        Some("A set of rows for which a permission can be held. 数据范围"),
    );
    line(out, 0, "enum Reach {");
    for reach in REACHES {
        line(out, 1, reach_name(reach));
    }
    line(out, 0, "}\n");
}

#[cfg(test)]
mod tests;
