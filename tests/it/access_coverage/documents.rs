//! Documents made from the schema: a way to every object type, every filter and order, every mutation with the least input.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use aftercare::graphql::model::{FieldModel, InputModel, Kind, named_type};
use aftercare::graphql::{SchemaFacts, SchemaModel};
use serde_json::Value;

use super::values::value;

/// From the query root to an object type, taking all its fields at the end.
#[derive(Debug)]
pub struct Way {
    /// The type at the end.
    pub type_name: String,
    /// The steps: type and field each.
    pub steps: Vec<(String, String)>,
    /// The fields that are taken there.
    pub fields: Vec<String>,
    /// The document.
    pub document: String,
}

impl Way {
    /// The fields of the steps.
    pub fn path(&self) -> Vec<&str> {
        self.steps.iter().map(|(_, field)| field.as_str()).collect()
    }
}

/// The shortest way to every object type that a query leads to.
pub fn ways(model: &SchemaModel) -> Vec<Way> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    // Lists first: they have everybody's rows, while a shortcut has one's own, and an id must be known.
    for (lists_only, with_arguments) in [(true, false), (false, false), (false, true)] {
        let known = found
            .iter()
            .map(|(name, steps)| (name.clone(), steps.clone()));
        let mut open: VecDeque<_> = std::iter::once((model.query.clone(), Vec::new()))
            .chain(known)
            .collect();
        while let Some((type_name, steps)) = open.pop_front() {
            for field in model
                .get(&type_name)
                .and_then(|model| model.fields())
                .into_iter()
                .flat_map(BTreeMap::values)
            {
                let (Some(call), Some(next)) = (call(model, field), object(model, field)) else {
                    continue;
                };
                let beyond =
                    lists_only && type_name == model.query && !next.ends_with("Connection");
                if next != model.query
                    && !beyond
                    && !found.contains_key(&next)
                    && (with_arguments || call == field.name)
                {
                    let mut steps: Vec<(String, String)> = steps.clone();
                    steps.push((type_name.clone(), field.name.clone()));
                    found.insert(next.clone(), steps.clone());
                    open.push_back((next, steps));
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(type_name, steps)| way(model, type_name, steps))
        .collect()
}

fn way(model: &SchemaModel, type_name: String, steps: Vec<(String, String)>) -> Way {
    let all = model
        .get(&type_name)
        .and_then(|model| model.fields())
        .into_iter()
        .flat_map(BTreeMap::values);
    let mut fields = Vec::new();
    let mut selection = String::new();
    for field in all {
        if let Some(call) = call(model, field) {
            fields.push(field.name.clone());
            selection.push_str(&format!("{call} {} ", typename_of(model, field)));
        }
    }
    for (parent, field) in steps.iter().rev() {
        let field = model.field(parent, field).expect("a step of the way");
        selection = format!(
            "{} {{ {selection} }}",
            call(model, field).expect("a step of the way")
        );
    }
    Way {
        type_name,
        steps,
        fields,
        document: format!("{{ {selection} }}"),
    }
}

/// The object type that a field gives.
fn object(model: &SchemaModel, field: &FieldModel) -> Option<String> {
    let name = named_type(&field.ty);
    matches!(model.get(name)?.kind, Kind::Object { .. }).then(|| name.to_owned())
}

/// The field with the arguments that it needs, if these tests know any.
pub fn call(model: &SchemaModel, field: &FieldModel) -> Option<String> {
    let needed = |argument: &&InputModel| !argument.ty.nullable && argument.default_value.is_none();
    let arguments: Option<Vec<String>> = field
        .arguments
        .values()
        .filter(needed)
        .map(|argument| {
            Some(format!(
                "{}: {}",
                argument.name,
                value(model, &argument.ty, &field.name, &argument.name)?
            ))
        })
        .collect();
    let arguments = arguments?;
    Some(if arguments.is_empty() {
        field.name.clone()
    } else {
        format!("{}({})", field.name, arguments.join(", "))
    })
}

/// A selection that asks an object for nothing but its type.
pub fn typename_of(model: &SchemaModel, field: &FieldModel) -> &'static str {
    if model.is_composite(named_type(&field.ty)) {
        "{ __typename }"
    } else {
        ""
    }
}

/// Is there any object at the end of that path?
pub fn any_at(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Array(items), _) => items.iter().any(|item| any_at(item, path)),
        (Value::Object(_), []) => true,
        (Value::Object(fields), [first, rest @ ..]) => {
            fields.get(*first).is_some_and(|value| any_at(value, rest))
        }
        _ => false,
    }
}

/// Takes away every type that is reached from `root`.
pub fn below(model: &SchemaModel, root: &str, types: &mut BTreeSet<&str>) {
    let mut open = vec![root.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if seen.insert(name.clone()) {
            types.remove(name.as_str());
            let fields = model.get(&name).and_then(|model| model.fields());
            let next = fields
                .into_iter()
                .flat_map(BTreeMap::values)
                .map(|field| named_type(&field.ty).to_owned());
            open.extend(next.flat_map(|name| {
                model
                    .possible_types(&name)
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            }));
        }
    }
}

/// A list of the query root with what it can be filtered and sorted by.
pub struct List {
    /// The field.
    pub field: String,
    filter: Option<String>,
    order: Option<String>,
    /// The arguments that it needs besides, with a comma.
    needed: String,
}

/// Every list of the query root.
pub fn lists(model: &SchemaModel) -> Vec<List> {
    let fields = model
        .get(&model.query)
        .and_then(|query| query.fields())
        .expect("queries");
    let argument = |field: &FieldModel, name: &str| {
        field
            .arguments
            .get(name)
            .map(|argument| named_type(&argument.ty).to_owned())
    };
    fields
        .values()
        .filter(|field| named_type(&field.ty).ends_with("Connection"))
        .map(|field| List {
            field: field.name.clone(),
            filter: argument(field, "filter"),
            order: argument(field, "orderBy"),
            needed: needed(model, field),
        })
        .collect()
}

/// What a list needs besides a filter and an order.
fn needed(model: &SchemaModel, field: &FieldModel) -> String {
    let call = call(model, field).unwrap_or_default();
    call.split_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'))
        .map(|arguments| format!("{arguments}, "))
        .unwrap_or_default()
}

impl List {
    /// A document for each single part of the filter and each order: with the input or enum type and its member. What has
    /// a rule of its own also comes one level down.
    pub fn documents(&self, facts: &SchemaFacts) -> Vec<(String, String, String)> {
        let model = &*facts.model;
        let (field, needed) = (&self.field, &self.needed);
        let mut documents = Vec::new();
        if let Some(name) = &self.filter
            && let Some(Kind::Input { fields }) = model.get(name).map(|filter| &filter.kind)
        {
            for part in fields.values() {
                let Some(value) = value(model, &part.ty, field, &part.name) else {
                    continue;
                };
                let one = format!("{}: {value}", part.name);
                let mut filters = vec![format!("{{ {one} }}")];
                if facts.registry.rule(name, &part.name).is_some() && fields.contains_key("not") {
                    filters.push(format!("{{ and: [{{ {one} }}] }}"));
                    filters.push(format!("{{ or: [{{ {one} }}] }}"));
                    filters.push(format!("{{ not: {{ {one} }} }}"));
                }
                documents.extend(filters.into_iter().map(|filter| {
                    (
                        format!(
                            "{{ {field}({needed}first: 1, filter: {filter}) {{ nodes {{ __typename }} }} }}"
                        ),
                        name.clone(),
                        part.name.clone(),
                    )
                }));
            }
        }
        if let Some(name) = &self.order
            && let Some(Kind::Enum { values }) = model.get(name).map(|order| &order.kind)
        {
            documents.extend(values.keys().map(|value| {
                (
                    format!(
                        "{{ {field}({needed}first: 1, orderBy: {value}) {{ nodes {{ __typename }} }} }}"
                    ),
                    name.clone(),
                    value.clone(),
                )
            }));
        }
        documents
    }
}

/// A mutation with the least input.
pub fn mutation(model: &SchemaModel, field: &FieldModel) -> String {
    let call = call(model, field)
        .unwrap_or_else(|| panic!("these tests know no input for {}", field.name));
    format!("mutation {{ {call} {{ userErrors {{ code field }} }} }}")
}
