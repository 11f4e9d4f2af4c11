//! What of an operation the viewer may not have: output fields, which become null with an error each, and arguments
//! that name something denied, for which the whole request is refused.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Positioned, Value};
use async_graphql_value::Value as Literal;

use super::refusal::Refusal;
use super::values::Given;
use super::{Caller, Denied, Need};
use crate::access::{Registry, Rule};
use crate::graphql::model::{InputModel, Kind, SchemaModel, named_type};

/// The object types that a value can have.
type Possible<'a> = Rc<BTreeSet<&'a str>>;

/// Looks up every field and argument of one operation. Runs after the bounds, so it may expand fragments.
pub(super) struct Walk<'a> {
    model: &'a SchemaModel,
    registry: &'a Registry,
    caller: &'a Caller<'a>,
    document: &'a ExecutableDocument,
    given: Given<'a>,
    path: Vec<String>,
    possible: BTreeMap<&'a str, Possible<'a>>,
    seen: HashSet<(&'a str, Vec<String>)>,
    /// Variables that were looked through already, by the input type that they are used for.
    looked_through: HashSet<(&'a str, &'a str)>,
    denied: Vec<Denied>,
    refusals: Vec<Refusal>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        model: &'a SchemaModel,
        registry: &'a Registry,
        caller: &'a Caller<'a>,
        document: &'a ExecutableDocument,
        given: Given<'a>,
    ) -> Self {
        Self {
            model,
            registry,
            caller,
            document,
            given,
            path: Vec::new(),
            possible: BTreeMap::new(),
            seen: HashSet::new(),
            looked_through: HashSet::new(),
            denied: Vec::new(),
            refusals: Vec::new(),
        }
    }

    /// The denied fields of an operation on its root type, and the refusals for its arguments.
    pub(super) fn operation(
        mut self,
        root: &'a str,
        set: &'a SelectionSet,
    ) -> (Vec<Denied>, Vec<Refusal>) {
        let possible = self.possible(root);
        self.set(set, root, &possible);
        (self.denied, self.refusals)
    }

    fn possible(&mut self, name: &'a str) -> Possible<'a> {
        let model = self.model;
        self.possible
            .entry(name)
            .or_insert_with(|| Rc::new(model.possible_types(name)))
            .clone()
    }

    fn set(&mut self, set: &'a SelectionSet, type_name: &'a str, possible: &Possible<'a>) {
        for item in &set.items {
            if self.is_left_out(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => self.field(&field.node, type_name, possible),
                Selection::InlineFragment(inline) => {
                    let on = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map_or(type_name, |condition| &condition.node.on.node);
                    self.narrowed(&inline.node.selection_set.node, on, possible);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) =
                        self.document.fragments.get(&spread.node.fragment_name.node)
                    {
                        self.narrowed(
                            &fragment.node.selection_set.node,
                            &fragment.node.type_condition.node.on.node,
                            possible,
                        );
                    }
                }
            }
        }
    }

    /// Inside a fragment only the object types remain that fit both it and what is around it.
    fn narrowed(&mut self, set: &'a SelectionSet, on: &'a str, around: &Possible<'a>) {
        let inside = self.possible(on);
        let both = if inside.is_superset(around) {
            Rc::clone(around)
        } else {
            Rc::new(inside.intersection(around).copied().collect())
        };
        if !both.is_empty() {
            self.set(set, on, &both);
        }
    }

    fn field(&mut self, field: &'a Field, type_name: &'a str, possible: &Possible<'a>) {
        let name = field.name.node.as_str();
        let Some(definition) = self.model.field(type_name, name) else {
            return;
        };
        self.path.push(field.response_key().node.to_string());
        for object in possible.iter().copied() {
            if let Some(need) = self.need(object, name)
                && self.seen.insert((object, self.path.clone()))
            {
                self.denied.push(Denied {
                    type_name: object.to_owned(),
                    field: name.to_owned(),
                    need,
                    path: self.path.clone(),
                });
            }
        }
        for (argument, value) in &field.arguments {
            if let Some(input) = definition.arguments.get(argument.node.as_str()) {
                self.input(input, |walk, target| walk.literal(&value.node, target));
            }
        }
        let target = named_type(&definition.ty);
        let inside = self.possible(target);
        self.set(&field.selection_set.node, target, &inside);
        self.path.pop();
    }

    /// What the caller lacks for an output field; a field without a rule is nobody's.
    fn need(&self, object: &str, field: &str) -> Option<Need> {
        match self.registry.rule(object, field) {
            Some(Rule::Public) => None,
            Some(Rule::SignedIn) => (!self.caller.signed_in).then_some(Need::SignIn),
            Some(Rule::Needs(permission)) => {
                (!self.caller.grants.has(permission)).then_some(Need::Permission(permission))
            }
            None => Some(Need::Rule),
        }
    }

    fn input(&mut self, input: &'a InputModel, look: impl FnOnce(&mut Self, &'a str)) {
        self.path.push(input.name.clone());
        look(self, named_type(&input.ty));
        self.path.pop();
    }

    /// A value written in the document, of an input type. Lists don't show in the path.
    fn literal(&mut self, value: &'a Literal, type_name: &'a str) {
        match value {
            Literal::Variable(name) => {
                if self.matters(type_name)
                    && let Some(value) = self.given.get(name)
                    && self.looked_through.insert((name, type_name))
                {
                    self.constant(value, type_name);
                }
            }
            Literal::List(items) => items.iter().for_each(|item| self.literal(item, type_name)),
            Literal::Object(fields) => {
                for (name, value) in fields {
                    if let Some(field) = self.input_field(type_name, name) {
                        self.input(field, |walk, target| {
                            walk.member(type_name, &field.name);
                            walk.literal(value, target);
                        });
                    }
                }
            }
            Literal::Enum(name) => self.member(type_name, name),
            _ => {}
        }
    }

    /// A value from the variables, where an enum value is a string.
    fn constant(&mut self, value: &'a Value, type_name: &'a str) {
        match value {
            Value::List(items) => items.iter().for_each(|item| self.constant(item, type_name)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    if let Some(field) = self.input_field(type_name, name) {
                        self.input(field, |walk, target| {
                            walk.member(type_name, &field.name);
                            walk.constant(value, target);
                        });
                    }
                }
            }
            Value::Enum(name) => self.member(type_name, name),
            Value::String(text) => self.member(type_name, text),
            _ => {}
        }
    }

    /// May a value of the type name something that has a rule?
    fn matters(&self, type_name: &str) -> bool {
        let ty = self.model.get(type_name);
        ty.is_some_and(|ty| match ty.kind {
            Kind::Input { .. } => true,
            _ => self.registry.has_rules_of(type_name),
        })
    }

    fn input_field(&self, type_name: &str, field: &str) -> Option<&'a InputModel> {
        match &self.model.get(type_name)?.kind {
            Kind::Input { fields } => fields.get(field),
            _ => None,
        }
    }

    /// An input field or enum value at the present path. One without a rule follows the field that takes it.
    fn member(&mut self, type_name: &str, member: &str) {
        let refusal = match self.registry.rule(type_name, member) {
            Some(Rule::Needs(permission)) if !self.caller.grants.has(permission) => {
                Refusal::Forbidden {
                    permission,
                    member: format!("{type_name}.{member}"),
                    path: self.path.clone(),
                }
            }
            Some(Rule::SignedIn) if !self.caller.signed_in => Refusal::SignIn {
                path: self.path.clone(),
            },
            _ => return,
        };
        if !self.refusals.contains(&refusal) {
            self.refusals.push(refusal);
        }
    }

    /// Do `@skip` or `@include` leave it out for certain? What isn't executed tells nothing.
    fn is_left_out(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let leaves_out = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = directive
                .node
                .get_argument("if")
                .and_then(|value| match &value.node {
                    Literal::Boolean(condition) => Some(*condition),
                    Literal::Variable(name) => match self.given.get(name)? {
                        Value::Boolean(condition) => Some(*condition),
                        _ => None,
                    },
                    _ => None,
                });
            condition == Some(leaves_out)
        })
    }
}

#[cfg(test)]
mod tests;
