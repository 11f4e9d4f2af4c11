//! The schema as plain data, read once at start from the SDL that the GraphQL library prints.
//!
//! The registry is held against it, the printer and the role's view of the schema are made from it, and the
//! pre-check looks fields up in it. Everything is sorted by name, so whatever is made from it is byte-stable.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, DirectiveDefinition, OperationType, Type, TypeSystemDefinition,
};
use async_graphql::{Positioned, SDLExportOptions, Value};

use crate::access::Registry;

/// The scalars that GraphQL itself defines.
pub const BUILT_IN_SCALARS: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

/// The whole schema.
#[derive(Clone, Debug)]
pub struct SchemaModel {
    /// The name of the query root.
    pub query: String,
    /// The name of the mutation root.
    pub mutation: Option<String>,
    /// The name of the subscription root.
    pub subscription: Option<String>,
    types: BTreeMap<String, TypeModel>,
    directives: BTreeMap<String, DirectiveDefinition>,
}

/// One named type.
#[derive(Clone, Debug)]
pub struct TypeModel {
    /// Its name.
    pub name: String,
    /// What it is, for readers of the schema.
    pub description: Option<String>,
    /// `@specifiedBy`, `@oneOf` and the like.
    pub directives: Vec<ConstDirective>,
    /// What kind of type it is, with its parts.
    pub kind: Kind,
}

/// The kinds of types with their parts.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A custom scalar.
    Scalar,
    /// An object type.
    Object {
        /// The interfaces it implements.
        interfaces: BTreeSet<String>,
        /// Its fields.
        fields: BTreeMap<String, FieldModel>,
    },
    /// An interface.
    Interface {
        /// The interfaces it implements itself.
        interfaces: BTreeSet<String>,
        /// Its fields.
        fields: BTreeMap<String, FieldModel>,
        /// The object types that implement it.
        possible: BTreeSet<String>,
    },
    /// A union.
    Union {
        /// Its object types.
        possible: BTreeSet<String>,
    },
    /// An enum.
    Enum {
        /// Its values.
        values: BTreeMap<String, EnumValueModel>,
    },
    /// An input object.
    Input {
        /// Its fields.
        fields: BTreeMap<String, InputModel>,
    },
}

/// A field of an object type or an interface.
#[derive(Clone, Debug)]
pub struct FieldModel {
    /// Its name.
    pub name: String,
    /// What it is, unit, who may see it.
    pub description: Option<String>,
    /// Its arguments.
    pub arguments: BTreeMap<String, InputModel>,
    /// Its type.
    pub ty: Type,
    /// `@deprecated` and the like.
    pub directives: Vec<ConstDirective>,
}

/// An argument or a field of an input object.
#[derive(Clone, Debug)]
pub struct InputModel {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Its type.
    pub ty: Type,
    /// The value when it is absent.
    pub default_value: Option<Value>,
    /// `@deprecated` and the like.
    pub directives: Vec<ConstDirective>,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValueModel {
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// `@deprecated` and the like.
    pub directives: Vec<ConstDirective>,
}

/// Why the SDL can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The text isn't SDL; most often a quote inside a deprecation reason or three quotes in a description.
    #[error("the printed schema can't be parsed: {0}")]
    Syntax(#[from] async_graphql::parser::Error),
    /// The text has no query root.
    #[error("the printed schema has no query root")]
    NoQuery,
}

impl SchemaModel {
    /// How the library must print the schema for [`Self::from_sdl`]: nothing may be left out.
    #[must_use]
    pub fn export_options() -> SDLExportOptions {
        SDLExportOptions::new().include_specified_by()
    }

    /// Reads the SDL of a whole schema.
    ///
    /// # Errors
    /// When the text isn't SDL or has no query root.
    pub fn from_sdl(sdl: &str) -> Result<Self, ModelError> {
        let mut roots = None;
        let mut types = BTreeMap::new();
        let mut directives = BTreeMap::new();
        // Part by part: what the parser notes of a text takes a hundred times its size.
        for part in read::parts(sdl).map(parse_schema) {
            for definition in part?.definitions {
                match definition {
                    TypeSystemDefinition::Schema(schema) => {
                        let name = |root: Option<Positioned<async_graphql::Name>>| {
                            root.map(|root| root.node.to_string())
                        };
                        roots = Some((
                            name(schema.node.query),
                            name(schema.node.mutation),
                            name(schema.node.subscription),
                        ));
                    }
                    TypeSystemDefinition::Type(definition) => {
                        let model = TypeModel::from(definition.node);
                        types.insert(model.name.clone(), model);
                    }
                    TypeSystemDefinition::Directive(definition) => {
                        directives.insert(definition.node.name.node.to_string(), definition.node);
                    }
                }
            }
        }
        let Some((Some(query), mutation, subscription)) = roots else {
            return Err(ModelError::NoQuery);
        };
        read::link_possible_types(&mut types);
        Ok(Self {
            query,
            mutation,
            subscription,
            types,
            directives,
        })
    }

    /// The name of the root of such operations.
    #[must_use]
    pub fn root(&self, operation: OperationType) -> Option<&str> {
        match operation {
            OperationType::Query => Some(&self.query),
            OperationType::Mutation => self.mutation.as_deref(),
            OperationType::Subscription => self.subscription.as_deref(),
        }
    }

    /// The type of that name; none for the built-in scalars and unknown names.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&TypeModel> {
        self.types.get(name)
    }

    /// All types, sorted by name.
    pub fn types(&self) -> impl Iterator<Item = &TypeModel> {
        self.types.values()
    }

    /// All directive definitions, sorted by name.
    pub fn directives(&self) -> impl Iterator<Item = &DirectiveDefinition> {
        self.directives.values()
    }

    /// A field of an object type or an interface.
    #[must_use]
    pub fn field(&self, type_name: &str, field: &str) -> Option<&FieldModel> {
        self.get(type_name)?.fields()?.get(field)
    }

    /// The object types that a value of this type can have at run time: itself for an object type.
    #[must_use]
    pub fn possible_types(&self, name: &str) -> BTreeSet<&str> {
        match self.types.get_key_value(name) {
            Some((
                _,
                TypeModel {
                    kind: Kind::Interface { possible, .. } | Kind::Union { possible },
                    ..
                },
            )) => possible.iter().map(String::as_str).collect(),
            Some((
                name,
                TypeModel {
                    kind: Kind::Object { .. },
                    ..
                },
            )) => BTreeSet::from([name.as_str()]),
            _ => BTreeSet::new(),
        }
    }

    /// Has the type fields of its own to select (an object type, an interface or a union)?
    #[must_use]
    pub fn is_composite(&self, name: &str) -> bool {
        self.get(name).is_some_and(|model| {
            matches!(
                model.kind,
                Kind::Object { .. } | Kind::Interface { .. } | Kind::Union { .. }
            )
        })
    }

    /// Every field of every object type as (type, field), sorted.
    pub fn object_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.types
            .values()
            .filter_map(|model| match &model.kind {
                Kind::Object { fields, .. } => Some((model, fields)),
                _ => None,
            })
            .flat_map(|(model, fields)| {
                fields
                    .keys()
                    .map(move |field| (model.name.as_str(), field.as_str()))
            })
    }

    /// Does the type have that field, input field or enum value?
    #[must_use]
    pub fn has_member(&self, type_name: &str, member: &str) -> bool {
        self.get(type_name).is_some_and(|model| match &model.kind {
            Kind::Object { fields, .. } | Kind::Interface { fields, .. } => {
                fields.contains_key(member)
            }
            Kind::Enum { values } => values.contains_key(member),
            Kind::Input { fields } => fields.contains_key(member),
            Kind::Scalar | Kind::Union { .. } => false,
        })
    }

    /// Holds a registry against the schema.
    ///
    /// # Errors
    /// Names every field of an object type without a rule, and every rule without a field.
    pub fn check_rules(&self, registry: &Registry) -> Result<(), Vec<String>> {
        let mut problems = Vec::new();
        for (type_name, field) in self.object_fields() {
            if registry.rule(type_name, field).is_none() {
                problems.push(format!("{type_name}.{field} has no access rule"));
            }
        }
        for (type_name, field, _) in registry.iter() {
            if !self.has_member(type_name, field) {
                problems.push(format!(
                    "the rule for {type_name}.{field} has no such field"
                ));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }
}

impl TypeModel {
    /// The fields of an object type or an interface.
    #[must_use]
    pub fn fields(&self) -> Option<&BTreeMap<String, FieldModel>> {
        match &self.kind {
            Kind::Object { fields, .. } | Kind::Interface { fields, .. } => Some(fields),
            _ => None,
        }
    }
}

/// The name inside all brackets and exclamation marks.
#[must_use]
pub fn named_type(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named_type(inner),
    }
}

/// Is it a list of something?
#[must_use]
pub const fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}

#[cfg(test)]
mod tests;
