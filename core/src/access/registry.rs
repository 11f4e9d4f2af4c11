//! The one registry: for every field of the schema, who may have it.
//!
//! From it come the guard at execution, the directives in `schema.graphql`, the matrix in `docs/access-matrix.md`,
//! `accessCheck`, and the tests. The domains hand in tables of [`Entry`]s; a field in none of them keeps the server
//! from starting.

use std::collections::{BTreeMap, HashMap};

use super::Permission;

/// Who may have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Anybody, also signed out.
    Public,
    /// Any signed-in principal.
    SignedIn,
    /// Whoever holds the permission with any reach; which rows, the store decides.
    Needs(Permission),
}

/// One line of a domain's table: some fields of a type and their rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The object type, input object or ordering enum.
    pub type_name: &'static str,
    /// Who may have these fields.
    pub rule: Rule,
    /// Fields, input fields or enum values by name.
    pub fields: &'static [&'static str],
}

/// All rules, by type and field.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// Sorted, to be read in order.
    types: BTreeMap<String, BTreeMap<String, Rule>>,
    /// The same, to be looked up for every field of every row.
    rules: HashMap<String, HashMap<String, Rule>>,
}

impl Registry {
    /// Puts the domains' tables together.
    ///
    /// # Errors
    /// Names each field that stands in two entries.
    pub fn assemble<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Self, Vec<String>> {
        let mut registry = Self::default();
        let mut problems = Vec::new();
        for entry in entries {
            let fields = registry
                .types
                .entry(entry.type_name.to_owned())
                .or_default();
            for field in entry.fields {
                if fields.insert((*field).to_owned(), entry.rule).is_some() {
                    problems.push(format!("{}.{field} is registered twice", entry.type_name));
                }
            }
        }
        let hashed = |(name, fields): (&String, &BTreeMap<String, Rule>)| {
            let fields = fields.iter().map(|(field, rule)| (field.clone(), *rule));
            (name.clone(), fields.collect())
        };
        registry.rules = registry.types.iter().map(hashed).collect();
        if problems.is_empty() {
            Ok(registry)
        } else {
            Err(problems)
        }
    }

    /// The rule of one field, input field or enum value.
    #[must_use]
    pub fn rule(&self, type_name: &str, field: &str) -> Option<Rule> {
        self.rules.get(type_name)?.get(field).copied()
    }

    /// Has the type any rules?
    #[must_use]
    pub fn has_rules_of(&self, type_name: &str) -> bool {
        self.rules.contains_key(type_name)
    }

    /// Every rule as (type, field, rule), sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, Rule)> {
        self.types.iter().flat_map(|(type_name, fields)| {
            fields
                .iter()
                .map(move |(field, rule)| (type_name.as_str(), field.as_str(), *rule))
        })
    }
}
