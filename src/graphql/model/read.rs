//! From the parsed SDL to the model.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::types::{
    EnumValueDefinition, FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind,
};
use async_graphql::{Name, Positioned};

use super::{EnumValueModel, FieldModel, InputModel, Kind, TypeModel};

/// A part has at least so many bytes, but for the last one.
const PART: usize = 16 << 10;

/// The printed schema in parts of whole definitions: each ends at a blank line outside of braces and descriptions.
pub(super) fn parts(sdl: &str) -> impl Iterator<Item = &str> {
    let mut rest = sdl;
    std::iter::from_fn(move || {
        let (part, further) = rest.split_at(end_of_part(rest));
        rest = further;
        (!part.trim().is_empty()).then_some(part)
    })
}

fn end_of_part(text: &str) -> usize {
    let (mut end, mut described, mut braces) = (0, false, 0_usize);
    for line in text.split_inclusive('\n') {
        end += line.len();
        let bare = line.trim();
        // A description stands between two lines of three quotes, or in one line with both.
        described ^= bare.matches("\"\"\"").count() % 2 == 1;
        if described || bare.starts_with('"') {
            continue;
        }
        if bare.ends_with('{') {
            braces += 1;
        } else if bare == "}" {
            braces = braces.saturating_sub(1);
        } else if bare.is_empty() && braces == 0 && end >= PART {
            break;
        }
    }
    end
}

/// Tells each interface which object types implement it.
pub(super) fn link_possible_types(types: &mut BTreeMap<String, TypeModel>) {
    let mut links = Vec::new();
    for model in types.values() {
        if let Kind::Object { interfaces, .. } = &model.kind {
            links.extend(
                interfaces
                    .iter()
                    .map(|interface| (interface.clone(), model.name.clone())),
            );
        }
    }
    for (interface, object) in links {
        if let Some(TypeModel {
            kind: Kind::Interface { possible, .. },
            ..
        }) = types.get_mut(&interface)
        {
            possible.insert(object);
        }
    }
}

fn text(description: Option<Positioned<String>>) -> Option<String> {
    description
        .map(|text| text.node.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn nodes<T>(list: Vec<Positioned<T>>) -> Vec<T> {
    list.into_iter().map(|item| item.node).collect()
}

fn names(list: Vec<Positioned<Name>>) -> BTreeSet<String> {
    list.into_iter().map(|name| name.node.to_string()).collect()
}

fn by_name<T, M: From<T>>(
    list: Vec<Positioned<T>>,
    name: impl Fn(&M) -> &String,
) -> BTreeMap<String, M> {
    list.into_iter()
        .map(|item| M::from(item.node))
        .map(|model| (name(&model).clone(), model))
        .collect()
}

impl From<TypeDefinition> for TypeModel {
    fn from(definition: TypeDefinition) -> Self {
        let fields = |list| by_name(list, |field: &FieldModel| &field.name);
        let kind = match definition.kind {
            TypeKind::Scalar => Kind::Scalar,
            TypeKind::Object(object) => Kind::Object {
                interfaces: names(object.implements),
                fields: fields(object.fields),
            },
            TypeKind::Interface(interface) => Kind::Interface {
                interfaces: names(interface.implements),
                fields: fields(interface.fields),
                possible: BTreeSet::new(),
            },
            TypeKind::Union(union) => Kind::Union {
                possible: names(union.members),
            },
            TypeKind::Enum(list) => {
                let value = |value: EnumValueDefinition| EnumValueModel {
                    name: value.value.node.to_string(),
                    description: text(value.description),
                    directives: nodes(value.directives),
                };
                Kind::Enum {
                    values: list
                        .values
                        .into_iter()
                        .map(|item| value(item.node))
                        .map(|value| (value.name.clone(), value))
                        .collect(),
                }
            }
            TypeKind::InputObject(input) => Kind::Input {
                fields: by_name(input.fields, |field: &InputModel| &field.name),
            },
        };
        Self {
            name: definition.name.node.to_string(),
            description: text(definition.description),
            directives: nodes(definition.directives),
            kind,
        }
    }
}

impl From<FieldDefinition> for FieldModel {
    fn from(definition: FieldDefinition) -> Self {
        Self {
            name: definition.name.node.to_string(),
            description: text(definition.description),
            arguments: by_name(definition.arguments, |argument: &InputModel| &argument.name),
            ty: definition.ty.node,
            directives: nodes(definition.directives),
        }
    }
}

impl From<InputValueDefinition> for InputModel {
    fn from(definition: InputValueDefinition) -> Self {
        Self {
            name: definition.name.node.to_string(),
            description: text(definition.description),
            ty: definition.ty.node,
            default_value: definition.default_value.map(|value| value.node),
            directives: nodes(definition.directives),
        }
    }
}
