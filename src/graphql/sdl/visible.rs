//! Which parts of the schema one role can reach.
//!
//! A member is shown when its rule lets the role have it and its type has anything to show. A type is shown when a
//! shown field leads to it from one of the roots. Whether a type has anything to show depends on its fields and the
//! other way round, so what is empty is taken away until nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::Value;
use async_graphql::parser::types::{BaseType, Type};

use super::REACH;
use crate::access::{Grants, Registry, Rule};
use crate::graphql::model::{
    BUILT_IN_SCALARS, FieldModel, InputModel, Kind, SchemaModel, TypeModel, named_type,
};

/// The shown members (fields, input fields, enum values, union members) of each type that isn't empty.
type Members<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// What is shown.
pub(super) struct View<'a> {
    members: Members<'a>,
    /// The types that a shown field leads to.
    reached: BTreeSet<&'a str>,
}

impl<'a> View<'a> {
    /// The whole schema, or what a role can reach.
    pub(super) fn of(model: &'a SchemaModel, registry: &Registry, grants: Option<&Grants>) -> Self {
        let allowed =
            |type_name: &str, member: &str| match (grants, registry.rule(type_name, member)) {
                (Some(grants), Some(Rule::Needs(permission))) => grants.has(permission),
                _ => true,
            };
        let mut members = Members::new();
        for named in model.types() {
            let shown = names_of_members(named).filter(|member| allowed(&named.name, member));
            members.insert(&named.name, shown.collect());
        }
        if grants.is_none() {
            let reached = members.keys().copied().collect();
            return Self { members, reached };
        }
        while let Some(fewer) = without_empty(model, &members) {
            members = fewer;
        }
        let reached = reach(model, &members);
        Self { members, reached }
    }

    /// Is the type shown?
    pub(super) fn has_type(&self, name: &str) -> bool {
        self.reached.contains(name)
    }

    /// Is that field, input field or enum value of a shown type shown?
    pub(super) fn has(&self, type_name: &str, member: &str) -> bool {
        has(&self.members, type_name, member)
    }

    /// Is the argument shown?
    pub(super) fn takes(&self, argument: &InputModel) -> bool {
        can_be_written(&self.members, argument)
    }

    /// Does the object type, as shown, still have everything that the interface shows?
    pub(super) fn implements(&self, object: &str, interface: &str) -> bool {
        self.has_type(interface) && implements(&self.members, object, interface)
    }
}

fn has(members: &Members<'_>, type_name: &str, member: &str) -> bool {
    members
        .get(type_name)
        .is_some_and(|members| members.contains(member))
}

fn exists(members: &Members<'_>, ty: &Type) -> bool {
    let name = named_type(ty);
    BUILT_IN_SCALARS.contains(&name) || members.contains_key(name)
}

fn implements(members: &Members<'_>, object: &str, interface: &str) -> bool {
    members
        .get(object)
        .zip(members.get(interface))
        .is_some_and(|(object, interface)| interface.is_subset(object))
}

/// Is there a value of the argument's type, and does its default name only what is shown?
fn can_be_written(members: &Members<'_>, input: &InputModel) -> bool {
    exists(members, &input.ty)
        && input
            .default_value
            .as_ref()
            .is_none_or(|value| default_is_shown(members, &input.ty, value))
}

fn default_is_shown(members: &Members<'_>, ty: &Type, value: &Value) -> bool {
    match (value, &ty.base) {
        (Value::List(items), BaseType::List(inner)) => items
            .iter()
            .all(|item| default_is_shown(members, inner, item)),
        (Value::Enum(name), _) => has(members, named_type(ty), name),
        // The types of its fields are checked where they are defined; here only the names count.
        (Value::Object(fields), _) => fields
            .keys()
            .all(|field| has(members, named_type(ty), field)),
        _ => true,
    }
}

fn is_required(input: &InputModel) -> bool {
    !input.ty.nullable && input.default_value.is_none()
}

/// Can the field be asked for: has its type anything to show, and can its required arguments be written?
fn can_be_asked(members: &Members<'_>, field: &FieldModel) -> bool {
    exists(members, &field.ty)
        && field
            .arguments
            .values()
            .all(|argument| !is_required(argument) || can_be_written(members, argument))
}

/// One round of taking away members that lead nowhere and types without members; none when nothing was left to take.
fn without_empty<'a>(model: &'a SchemaModel, members: &Members<'a>) -> Option<Members<'a>> {
    let mut fewer = Members::new();
    for (name, shown) in members {
        let Some(named) = model.get(name) else {
            continue;
        };
        let kept: BTreeSet<&str> = match &named.kind {
            Kind::Scalar => {
                fewer.insert(*name, BTreeSet::new());
                continue;
            }
            Kind::Enum { .. } => shown.clone(),
            Kind::Object { fields, .. } => {
                keep(shown, |member| can_be_asked(members, &fields[member]))
            }
            Kind::Interface {
                fields, possible, ..
            } => {
                let anybody = possible
                    .iter()
                    .any(|object| implements(members, object, name));
                keep(shown, |member| {
                    anybody && can_be_asked(members, &fields[member])
                })
            }
            Kind::Union { .. } => keep(shown, |member| members.contains_key(member)),
            Kind::Input { fields } => {
                let whole = fields
                    .values()
                    .all(|field| !is_required(field) || has(members, name, &field.name));
                keep(shown, |member| {
                    whole && can_be_written(members, &fields[member])
                })
            }
        };
        if !kept.is_empty() {
            fewer.insert(*name, kept);
        }
    }
    (fewer != *members).then_some(fewer)
}

fn keep<'a>(shown: &BTreeSet<&'a str>, condition: impl Fn(&str) -> bool) -> BTreeSet<&'a str> {
    shown
        .iter()
        .copied()
        .filter(|member| condition(member))
        .collect()
}

/// Follows the shown fields from the roots.
fn reach<'a>(model: &'a SchemaModel, members: &Members<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    // Interfaces that only stand behind `implements` are shown, but nobody gets at their object types through them.
    let mut met_as_value = BTreeSet::new();
    let roots = [
        Some(model.query.as_str()),
        model.mutation.as_deref(),
        model.subscription.as_deref(),
        Some(REACH),
    ];
    let mut open: Vec<(&str, bool)> = roots
        .into_iter()
        .flatten()
        .map(|root| (root, true))
        .collect();
    while let Some((name, as_value)) = open.pop() {
        let Some((named, shown)) = model.get(name).zip(members.get(name)) else {
            continue;
        };
        let first_time = reached.insert(named.name.as_str());
        if let Kind::Interface { possible, .. } = &named.kind
            && as_value
            && met_as_value.insert(named.name.as_str())
        {
            let objects = possible.iter().map(String::as_str);
            let shown = objects.filter(|object| implements(members, object, name));
            open.extend(shown.map(|object| (object, true)));
        }
        if !first_time {
            continue;
        }
        match &named.kind {
            Kind::Object { interfaces, fields }
            | Kind::Interface {
                interfaces, fields, ..
            } => {
                let behind = interfaces.iter().map(String::as_str);
                let shown_behind = behind.filter(|interface| implements(members, name, interface));
                open.extend(shown_behind.map(|interface| (interface, false)));
                for field in shown.iter().filter_map(|member| fields.get(*member)) {
                    open.push((named_type(&field.ty), true));
                    let arguments = field.arguments.values();
                    let written = arguments.filter(|argument| can_be_written(members, argument));
                    open.extend(written.map(|argument| (named_type(&argument.ty), true)));
                }
            }
            Kind::Input { fields } => {
                let shown = shown.iter().filter_map(|member| fields.get(*member));
                open.extend(shown.map(|field| (named_type(&field.ty), true)));
            }
            Kind::Union { .. } => open.extend(shown.iter().map(|member| (*member, true))),
            Kind::Scalar | Kind::Enum { .. } => {}
        }
    }
    reached
}

fn names_of_members(named: &TypeModel) -> Box<dyn Iterator<Item = &str> + '_> {
    match &named.kind {
        Kind::Scalar => Box::new(std::iter::empty()),
        Kind::Object { fields, .. } | Kind::Interface { fields, .. } => {
            Box::new(fields.keys().map(String::as_str))
        }
        Kind::Union { possible } => Box::new(possible.iter().map(String::as_str)),
        Kind::Enum { values } => Box::new(values.keys().map(String::as_str)),
        Kind::Input { fields } => Box::new(fields.keys().map(String::as_str)),
    }
}
