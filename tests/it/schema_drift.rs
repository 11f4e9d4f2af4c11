//! The committed schema is the printed one, and keeps to the conventions of the API.

use std::path::Path;
use std::sync::Arc;

use aftercare::access::Rule;
use aftercare::graphql::model::{FieldModel, InputModel, Kind, named_type};
use aftercare::graphql::{SchemaFacts, SchemaModel, schema, sdl};

fn facts() -> Arc<SchemaFacts> {
    schema::build()
        .unwrap_or_else(|problems| panic!("{problems:#?}"))
        .1
}

/// Fields that can be denied and yet are never null, with the reason.
const NON_NULL: &[(&str, &str)] = &[
    (
        "Subscription.suggestionChanged",
        "a denied subscription is refused before it begins",
    ),
    (
        "Subscription.ticketAlertRaised",
        "a denied subscription is refused before it begins",
    ),
    (
        "Subscription.mentioned",
        "a denied subscription is refused before it begins",
    ),
    (
        "Subscription.ticketChanged",
        "a denied subscription is refused before it begins",
    ),
    (
        "Subscription.ticketPresence",
        "a denied subscription is refused before it begins",
    ),
    (
        "Subscription.ticketProgress",
        "a denied subscription is refused before it begins",
    ),
];

/// Lists with one order only, with the reason.
const ONE_ORDER: &[(&str, &str)] = &[
    (
        "Query.certificatesExpiring",
        "what runs out first comes first",
    ),
    (
        "Query.mentions",
        "an inbox: what came last is looked at first",
    ),
    ("Query.myTasks", "what presses most comes first"),
    ("Query.tasks", "what presses most comes first"),
    (
        "Query.auditEntries",
        "the log is a chain, read from its end",
    ),
    (
        "Query.roleGifts",
        "gifts are looked up by role or principal, the latest first",
    ),
];

#[test]
fn the_committed_schema_is_the_printed_one() {
    let facts = facts();
    let printed = sdl::print(&facts.model, &facts.registry, None);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == printed,
        "schema.graphql is stale: cargo run -- schema > schema.graphql"
    );
}

#[test]
fn it_prints_the_same_every_time() {
    let (one, other) = (facts(), facts());
    assert_eq!(
        sdl::print(&one.model, &one.registry, None),
        sdl::print(&other.model, &other.registry, None)
    );
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Everything has a description; types, fields and enum values are explained in both languages.
#[test]
fn everything_is_described() {
    let facts = facts();
    let mut bare = Vec::new();
    let mut note = |place: String, text: Option<&str>, bilingual: bool| {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() {
            bare.push(format!("{place} has no description"));
        } else if bilingual && !has_chinese(text) {
            bare.push(format!("{place} isn't described in Chinese: {text}"));
        }
    };
    for model in facts.model.types() {
        let name = &model.name;
        // Connections and edges are the same for every type: one text of the kit.
        note(name.clone(), model.description.as_deref(), true);
        match &model.kind {
            Kind::Object { fields, .. } | Kind::Interface { fields, .. } => {
                for field in fields.values() {
                    note(
                        format!("{name}.{}", field.name),
                        field.description.as_deref(),
                        true,
                    );
                    for argument in field.arguments.values() {
                        note(
                            format!("{name}.{}({}:)", field.name, argument.name),
                            argument.description.as_deref(),
                            false,
                        );
                    }
                }
            }
            Kind::Input { fields } => {
                for field in fields.values() {
                    note(
                        format!("{name}.{}", field.name),
                        field.description.as_deref(),
                        true,
                    );
                }
            }
            Kind::Enum { values } => {
                for value in values.values() {
                    note(
                        format!("{name}.{}", value.name),
                        value.description.as_deref(),
                        true,
                    );
                }
            }
            Kind::Scalar | Kind::Union { .. } => {}
        }
    }
    assert!(
        bare.is_empty(),
        "{} places:\n{}",
        bare.len(),
        bare.join("\n")
    );
}

/// A field that may be denied becomes null; where it can't, the denial would take its parent along. Inside a type all of
/// whose fields need the same permission that can't happen: whoever has the object has the field.
#[test]
fn what_can_be_denied_can_be_null() {
    let facts = facts();
    let mut wrong = Vec::new();
    for (type_name, field) in facts.model.object_fields() {
        let Some(Rule::Needs(needed)) = facts.registry.rule(type_name, field) else {
            continue;
        };
        let model = facts
            .model
            .field(type_name, field)
            .expect("it stands in the model");
        let place = format!("{type_name}.{field}");
        let listed = NON_NULL.iter().any(|(name, _)| *name == place);
        let common = ways_in(&facts.model, type_name)
            .all(|(parent, way)| facts.registry.rule(parent, way) == Some(Rule::Needs(needed)))
            || facts
                .registry
                .rule(type_name, "id")
                .or_else(|| facts.registry.rule(type_name, "node"))
                == Some(Rule::Needs(needed));
        let root = ["Query", "Mutation", "Subscription"].contains(&type_name);
        if !model.ty.nullable && !listed && (root || !common) {
            wrong.push(place);
        }
    }
    assert!(
        wrong.is_empty(),
        "these can be denied but not be null: {wrong:#?}"
    );
}

/// The fields that lead to a type.
fn ways_in<'m>(
    model: &'m SchemaModel,
    type_name: &'m str,
) -> impl Iterator<Item = (&'m str, &'m str)> {
    model.object_fields().filter(move |(parent, field)| {
        model
            .field(parent, field)
            .is_some_and(|field| named_type(&field.ty) == type_name)
    })
}

fn every_field(model: &SchemaModel) -> impl Iterator<Item = (&str, &FieldModel)> {
    model
        .object_fields()
        .filter_map(|(type_name, field)| Some((type_name, model.field(type_name, field)?)))
}

#[test]
fn connections_look_alike() {
    let facts = facts();
    let mut found = 0;
    for (type_name, field) in every_field(&facts.model) {
        let returned = named_type(&field.ty);
        let Some(row) = returned.strip_suffix("Connection") else {
            continue;
        };
        found += 1;
        let place = format!("{type_name}.{}", field.name);
        for argument in ["first", "after", "last", "before"] {
            assert!(
                field.arguments.contains_key(argument),
                "{place} has no {argument}"
            );
        }
        if type_name == "Query" && !ONE_ORDER.iter().any(|(name, _)| *name == place) {
            assert!(
                field.arguments.contains_key("orderBy"),
                "{place} can't be ordered"
            );
        }
        let fields = facts
            .model
            .get(returned)
            .and_then(|connection| connection.fields())
            .expect("fields");
        assert_eq!(
            fields.keys().map(String::as_str).collect::<Vec<_>>(),
            ["edges", "nodes", "pageInfo", "totalCount"],
            "{returned}"
        );
        let text = |name: &str| fields[name].ty.to_string();
        assert_eq!(text("nodes"), format!("[{row}!]!"), "{returned}");
        assert_eq!(text("edges"), format!("[{row}Edge!]!"), "{returned}");
        assert_eq!(
            (text("pageInfo").as_str(), fields["totalCount"].ty.nullable),
            ("PageInfo!", true),
            "{returned}"
        );
    }
    assert!(found > 10, "{found} connections");
}

#[test]
fn mutations_look_alike() {
    let facts = facts();
    let mutation = facts.model.mutation.clone().expect("mutations");
    for (_, field) in every_field(&facts.model).filter(|(type_name, _)| *type_name == mutation) {
        let name = &field.name;
        assert_eq!(
            named_type(&field.ty).to_lowercase(),
            format!("{}payload", name.to_lowercase()),
            "{name}"
        );
        let arguments: Vec<&str> = field.arguments.keys().map(String::as_str).collect();
        assert!(
            arguments == ["input"] || arguments.is_empty(),
            "{name} takes {arguments:?}"
        );
        let payload = facts
            .model
            .get(named_type(&field.ty))
            .and_then(|payload| payload.fields())
            .expect("a payload");
        assert_eq!(
            payload
                .get("userErrors")
                .map(|field| field.ty.to_string())
                .as_deref(),
            Some("[UserError!]!"),
            "{name}"
        );
        let Some(input) = field
            .arguments
            .get("input")
            .map(|input| named_type(&input.ty))
        else {
            continue;
        };
        let Some(Kind::Input { fields }) = facts.model.get(input).map(|input| &input.kind) else {
            panic!("{name} takes {input}")
        };
        check_input(name, fields);
    }
}

fn check_input(mutation: &str, fields: &std::collections::BTreeMap<String, InputModel>) {
    // What creates can be repeated safely.
    let creates = ["Create", "Add", "Register", "Start"]
        .iter()
        .any(|verb| mutation.ends_with(verb));
    assert!(
        !creates || fields.contains_key("idempotencyKey"),
        "{mutation} has no idempotencyKey"
    );
    // What changes an object says which version it has seen.
    let changes =
        fields.contains_key("id") && !UNVERSIONED.iter().any(|(name, _)| *name == mutation);
    assert!(
        !changes || fields.contains_key("expectedVersion"),
        "{mutation} has no expectedVersion"
    );
}

/// Changes without an expected version, with the reason.
const UNVERSIONED: &[(&str, &str)] = &[
    (
        "appraisalTemplateDraft",
        "a template has one draft at a time, and a second one is refused",
    ),
    (
        "incentivePayoutReverse",
        "a payout is taken back once, and a second time is refused",
    ),
    (
        "incentiveRuleDraft",
        "a rule has one version on its way at a time, and a second one is refused",
    ),
    (
        "incentiveSimulationRelease",
        "a result never changes; it is released once, and a second time is refused",
    ),
    (
        "incentiveSimulationCancel",
        "its version counts the pages that are done",
    ),
    (
        "appraisalAppealFile",
        "an appeal is against the result that holds; it changes nothing of the appraisal",
    ),
    (
        "appraisalFeedbackDecline",
        "a request is declined once, and a version would tell who has answered",
    ),
    (
        "appraisalFeedbackGive",
        "feedback is given once, and a version would tell that it was",
    ),
    (
        "appraisalRatersDecide",
        "a decision holds once, and a version would tell who has answered",
    ),
    (
        "appraisalRatersPropose",
        "naming somebody twice is refused by itself",
    ),
    (
        "appraisalRatersSuggest",
        "done again it only fills what is missing",
    ),
    ("sessionRevoke", "a session is only ever ended"),
    (
        "staffSurveyAnswer",
        "answering only raises counters; a version that counts up would tell how many have answered",
    ),
];

#[test]
fn names_keep_to_the_conventions() {
    let facts = facts();
    for (type_name, field) in every_field(&facts.model) {
        let first = field.name.chars().next().unwrap_or('_');
        assert!(
            first.is_ascii_lowercase() && !field.name.contains('_'),
            "{type_name}.{}",
            field.name
        );
        if field.name == "id" {
            assert_eq!(field.ty.to_string(), "ID!", "{type_name}.id");
        }
    }
    for model in facts.model.types() {
        if let Kind::Enum { values } = &model.kind {
            for value in values.keys() {
                // An ordering says by what and in which direction.
                assert!(
                    !model.name.ends_with("Order")
                        || value.ends_with("_ASC")
                        || value.ends_with("_DESC"),
                    "{}.{value}",
                    model.name
                );
                assert!(
                    value
                        .chars()
                        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'),
                    "{}.{value}",
                    model.name
                );
            }
        }
    }
}
