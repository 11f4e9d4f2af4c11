//! How large a document is once its fragments are expanded, found without expanding them: fragments are measured in
//! the order of their spreads, each once, so a document whose fragments spread each other twice a level costs no more
//! than reading it.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::Positioned;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, OperationType, Selection, SelectionSet,
};

use super::refusal::Refusal;
use crate::config::{Limit, Limits};

/// The size of a selection set with its fragments expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    /// Fields, spreads and inline fragments, outside of introspection.
    pub selections: u64,
    /// Levels of fields, outside of introspection.
    pub depth: u64,
    /// Fields with an alias.
    pub aliases: u64,
    /// Fields of the set itself, also those inside fragments.
    pub top: u64,
    /// Selections in and of `__schema` and `__type`.
    pub introspection_selections: u64,
    /// Levels of `__schema` and `__type`, themselves included.
    pub introspection_depth: u64,
    /// Items that the answer may list if it is about the schema; see [`listed`].
    pub described: u64,
    /// That of `__schema` and `__type`.
    pub introspection_items: u64,
}

impl Measure {
    /// Adds something that stands beside.
    fn beside(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.depth = self.depth.max(other.depth);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.top = self.top.saturating_add(other.top);
        self.introspection_selections = self
            .introspection_selections
            .saturating_add(other.introspection_selections);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
        self.described = self.described.saturating_add(other.described);
        self.introspection_items = self
            .introspection_items
            .saturating_add(other.introspection_items);
    }

    /// The field around what it selects.
    fn field(self, name: &str, aliased: bool) -> Self {
        let around = Self {
            aliases: self.aliases.saturating_add(u64::from(aliased)),
            top: 1,
            ..self
        };
        if is_introspection(name) {
            Self {
                selections: 0,
                depth: 0,
                introspection_selections: self
                    .selections
                    .saturating_add(self.introspection_selections)
                    .saturating_add(1),
                introspection_depth: self.depth.max(self.introspection_depth).saturating_add(1),
                described: 0,
                introspection_items: self.described.saturating_add(self.introspection_items),
                ..around
            }
        } else {
            Self {
                selections: self.selections.saturating_add(1),
                depth: self.depth.saturating_add(1),
                described: listed(name).map_or(self.described, |items| {
                    self.described.saturating_add(1).saturating_mul(items)
                }),
                ..around
            }
        }
    }

    /// The spread or inline fragment around what it selects.
    const fn fragment(self) -> Self {
        Self {
            selections: self.selections.saturating_add(1),
            ..self
        }
    }
}

/// Is it a root field of introspection?
pub(super) fn is_introspection(field: &str) -> bool {
    matches!(field, "__schema" | "__type")
}

/// How many items a field of introspection lists, roughly, if it is one that lists. Types lead to types again, so that
/// lists of lists multiply: a few nested ones would be millions of items.
fn listed(field: &str) -> Option<u64> {
    match field {
        "types" => Some(200),
        "possibleTypes" => Some(20),
        "fields" | "inputFields" | "directives" => Some(10),
        "enumValues" => Some(5),
        "args" => Some(3),
        "interfaces" => Some(2),
        _ => None,
    }
}

/// Everything measured in a document.
#[derive(Debug, Default)]
struct Found<'a> {
    fragments: BTreeMap<&'a str, Measure>,
    directives: u64,
}

/// Refuses a document that exceeds a limit whatever its variables are; all its operations and fragments count, as the
/// validation after this walks all of them.
///
/// # Errors
/// Each limit that is exceeded, or the circle that fragments make.
pub(super) fn bounds(document: &ExecutableDocument, limits: &Limits) -> Result<(), Vec<Refusal>> {
    let fragments: BTreeMap<&str, &FragmentDefinition> = document
        .fragments
        .iter()
        .map(|(name, fragment)| (name.as_str(), &fragment.node))
        .collect();
    let order = in_order(&fragments).map_err(|circle| vec![circle])?;
    let mut found = Found::default();
    let mut whole = Measure::default();
    for name in order {
        let fragment = fragments[name];
        found.note(&fragment.directives);
        let measure = found.measure(&fragment.selection_set.node);
        found.fragments.insert(name, measure);
        whole = largest(whole, fragment_alone(fragment, measure));
    }
    let mut operations = Measure::default();
    let mut refusals = Vec::new();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        found.note(&operation.directives);
        operation
            .variable_definitions
            .iter()
            .for_each(|variable| found.note(&variable.node.directives));
        let measure = found.measure(&operation.selection_set.node);
        let (limit, maximum) = match operation.ty {
            OperationType::Query => (Limit::RootFields, limits.root_fields),
            OperationType::Mutation => (Limit::Mutations, limits.mutations),
            OperationType::Subscription => (Limit::Subscriptions, limits.subscriptions),
        };
        refusals.extend(Refusal::above(limit, measure.top, maximum));
        operations.beside(measure);
    }
    let whole = largest(whole, operations);
    let checks = [
        (Limit::Fragments, fragments.len() as u64, limits.fragments),
        (Limit::Directives, found.directives, limits.directives),
        (Limit::Selections, whole.selections, limits.selections),
        (Limit::Depth, whole.depth, limits.depth),
        (Limit::Aliases, whole.aliases, limits.aliases),
        (
            Limit::IntrospectionSelections,
            whole.introspection_selections,
            limits.introspection_selections,
        ),
        (
            Limit::IntrospectionDepth,
            whole.introspection_depth,
            limits.introspection_depth,
        ),
        (
            Limit::IntrospectionItems,
            whole.introspection_items,
            limits.introspection_items,
        ),
    ];
    refusals.extend(
        checks
            .into_iter()
            .filter_map(|(limit, value, maximum)| Refusal::above(limit, value, maximum)),
    );
    refusals.dedup();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(refusals)
    }
}

fn largest(a: Measure, b: Measure) -> Measure {
    Measure {
        selections: a.selections.max(b.selections),
        depth: a.depth.max(b.depth),
        aliases: a.aliases.max(b.aliases),
        top: a.top.max(b.top),
        introspection_selections: a.introspection_selections.max(b.introspection_selections),
        introspection_depth: a.introspection_depth.max(b.introspection_depth),
        described: a.described.max(b.described),
        introspection_items: a.introspection_items.max(b.introspection_items),
    }
}

/// A fragment by itself, also when nothing spreads it; one on a type of introspection is measured by that budget.
fn fragment_alone(fragment: &FragmentDefinition, measure: Measure) -> Measure {
    if fragment.type_condition.node.on.node.starts_with("__") {
        Measure {
            selections: 0,
            depth: 0,
            introspection_selections: measure.selections,
            introspection_depth: measure.depth,
            introspection_items: measure.described,
            ..measure
        }
    } else {
        measure
    }
}

impl Found<'_> {
    fn note(&mut self, directives: &[Positioned<Directive>]) {
        self.directives = self.directives.max(directives.len() as u64);
    }

    /// Measures one set; its depth is bounded by the brackets of the text. An unknown fragment is left to validation.
    fn measure(&mut self, set: &SelectionSet) -> Measure {
        let mut sum = Measure::default();
        for item in &set.items {
            self.note(item.node.directives());
            sum.beside(match &item.node {
                Selection::Field(field) => {
                    let inside = self.measure(&field.node.selection_set.node);
                    inside.field(&field.node.name.node, field.node.alias.is_some())
                }
                Selection::InlineFragment(inline) => {
                    self.measure(&inline.node.selection_set.node).fragment()
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    self.fragments
                        .get(name)
                        .copied()
                        .unwrap_or_default()
                        .fragment()
                }
            });
        }
        sum
    }
}

/// The fragments so that each comes after those it spreads.
fn in_order<'a>(
    fragments: &BTreeMap<&'a str, &'a FragmentDefinition>,
) -> Result<Vec<&'a str>, Refusal> {
    let mut waits_for: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut waiting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, fragment) in fragments {
        let mut spreads = BTreeSet::new();
        collect_spreads(&fragment.selection_set.node, &mut spreads);
        spreads.retain(|spread| fragments.contains_key(spread));
        spreads
            .iter()
            .for_each(|spread| waiting.entry(spread).or_default().push(name));
        waits_for.insert(name, spreads);
    }
    let mut ready: Vec<&str> = waits_for
        .iter()
        .filter(|(_, spreads)| spreads.is_empty())
        .map(|(name, _)| *name)
        .collect();
    let mut order = Vec::with_capacity(fragments.len());
    while let Some(name) = ready.pop() {
        waits_for.remove(name);
        order.push(name);
        for waiter in waiting.remove(name).unwrap_or_default() {
            if let Some(spreads) = waits_for.get_mut(waiter) {
                spreads.remove(name);
                if spreads.is_empty() {
                    ready.push(waiter);
                }
            }
        }
    }
    match waits_for.first_key_value() {
        None => Ok(order),
        Some((first, _)) => Err(circle(first, &waits_for)),
    }
}

/// Names the circle that is met when the spreads are followed from a fragment that waits for ever.
fn circle(first: &str, waits_for: &BTreeMap<&str, BTreeSet<&str>>) -> Refusal {
    let mut way = vec![first];
    loop {
        let last = way[way.len() - 1];
        let Some(next) = waits_for.get(last).and_then(BTreeSet::first) else {
            break;
        };
        if let Some(begin) = way.iter().position(|name| name == next) {
            way.push(next);
            way.drain(..begin);
            break;
        }
        way.push(next);
    }
    let way = way.join(" -> ");
    Refusal::malformed(
        format!("Fragments spread each other in a circle: {way}."),
        format!("片段循环引用：{way}。"),
    )
}

fn collect_spreads<'a>(set: &'a SelectionSet, spreads: &mut BTreeSet<&'a str>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => {
                collect_spreads(&inline.node.selection_set.node, spreads)
            }
            Selection::FragmentSpread(spread) => {
                spreads.insert(&spread.node.fragment_name.node);
            }
        }
    }
}

#[cfg(test)]
mod tests;
