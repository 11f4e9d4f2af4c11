use std::collections::BTreeSet;

use async_graphql::Value;
use proptest::prelude::*;

use super::*;
use crate::access::Permission;
use crate::graphql::fixture::{grants, model, registry};
use crate::graphql::model::{BUILT_IN_SCALARS, named_type};

fn printed(grants: Option<&Grants>) -> String {
    print(&model(), &registry(), grants)
}

/// Every name that is used without being defined, every empty type, and every broken `implements`.
fn faults(model: &SchemaModel) -> Vec<String> {
    let mut faults = Vec::new();
    let defined: BTreeSet<&str> = model
        .types()
        .map(|named| named.name.as_str())
        .chain(BUILT_IN_SCALARS)
        .collect();
    let mut used = |place: &str, name: &str| {
        if !defined.contains(name) {
            faults.push(format!("{place} uses {name}"));
        }
    };
    for named in model.types() {
        match &named.kind {
            Kind::Scalar => {}
            Kind::Object { interfaces, fields }
            | Kind::Interface {
                interfaces, fields, ..
            } => {
                for interface in interfaces {
                    used(&named.name, interface);
                    for member in model
                        .get(interface)
                        .and_then(TypeModel::fields)
                        .into_iter()
                        .flatten()
                    {
                        assert!(
                            fields.contains_key(member.0),
                            "{} lacks {} of {interface}",
                            named.name,
                            member.0
                        );
                    }
                }
                for field in fields.values() {
                    used(&field.name, named_type(&field.ty));
                    for argument in field.arguments.values() {
                        used(&field.name, named_type(&argument.ty));
                        if let Some(Value::Enum(value)) = &argument.default_value {
                            assert!(
                                model.has_member(named_type(&argument.ty), value),
                                "default {value} is gone"
                            );
                        }
                    }
                }
            }
            Kind::Union { possible } => {
                possible.iter().for_each(|member| used(&named.name, member))
            }
            Kind::Input { fields } => fields
                .values()
                .for_each(|field| used(&named.name, named_type(&field.ty))),
            Kind::Enum { .. } => {}
        }
        let empty = match &named.kind {
            Kind::Scalar => false,
            Kind::Object { fields, .. } | Kind::Interface { fields, .. } => fields.is_empty(),
            Kind::Union { possible } => possible.is_empty(),
            Kind::Enum { values } => values.is_empty(),
            Kind::Input { fields } => fields.is_empty(),
        };
        assert!(!empty, "{} is empty", named.name);
    }
    faults
}

#[test]
fn the_whole_schema_is_sorted_decorated_and_stable() {
    let text = printed(None);
    assert_eq!(text, printed(None));
    for line in [
        "  tags: [String!]! @requiresPermission(permission: \"ticket.read\", reach: [OWN, TEAM, TEAM_TREE, DEPARTMENT, REGION, ALL, ORGANISATION])\n",
        "  version: String! @public\n",
        "  name: String @signedIn\n",
        "  members: [Member!]! @requiresPermission(permission: \"member.read\", reach: [OWN, TEAM, TEAM_TREE, DEPARTMENT, REGION, ALL]) @cost(weight: 1, multiplier: \"10\")\n",
        "  ): TicketConnection! @requiresPermission(permission: \"ticket.read\", reach: [OWN, TEAM, TEAM_TREE, DEPARTMENT, REGION, ALL, ORGANISATION]) @cost(weight: 1, multiplier: \"first last\")\n",
        " @cost(weight: 10)\n",
        "scalar DateTime @specifiedBy(url: \"https://www.rfc-editor.org/rfc/rfc3339\")\n",
        "  number: Int @deprecated(reason: \"Use `id`.\") @requires",
        "input OneTarget @oneOf {\n",
        "directive @oneOf on INPUT_OBJECT\n",
        "interface Node {\n",
        "\"\"\"\nAnything with an id.\n\n有 ID 的对象\n\"\"\"\n",
        "union Event = Comment | Note\n",
        "    orderBy: TicketOrder = OPENED_AT\n",
        "enum Reach {\n",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    let names: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("type "))
        .collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn it_reads_back_and_prints_the_same() {
    let again = SchemaModel::from_sdl(&printed(None)).unwrap();
    assert_eq!(faults(&again), Vec::<String>::new());
    assert_eq!(again.check_rules(&registry()), Ok(()));
    // The directives are there already the second time, so an empty registry adds none.
    let (twice, thrice) = (
        print(&again, &Registry::default(), None),
        print(&again, &Registry::default(), None),
    );
    assert_eq!(twice, thrice);
    for (named, original) in again
        .types()
        .zip(model().types().filter(|named| named.name != REACH))
    {
        if named.name != REACH && named.name == original.name {
            assert_eq!(named.description, original.description, "{}", named.name);
        }
    }
}

#[test]
fn a_role_sees_what_it_can_reach() {
    let role = grants(&[Permission::TicketRead, Permission::CustomerRead]);
    let text = printed(Some(&role));
    for shown in [
        "type Ticket implements Node",
        "type Customer implements Node",
        "union Event = Comment\n",
        "enum EventKind {\n  COMMENT\n}",
        "reach: [TEAM])",
        "subject: StringFilter",
    ] {
        assert!(text.contains(shown), "{shown} is missing in\n{text}");
    }
    for hidden in [
        "pay",
        "phone",
        "PHONE",
        "Note",
        "NOTE",
        "Mutation",
        "AssignInput",
        "members",
        "customer.contact.read",
        "ticket.assign",
    ] {
        assert!(!text.contains(hidden), "{hidden} is there in\n{text}");
    }
}

#[test]
fn without_grants_only_the_public_and_the_signed_in_remain() {
    let text = printed(Some(&Grants::default()));
    let again = SchemaModel::from_sdl(&text).unwrap();
    let names: Vec<&str> = again.types().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["Member", "Node", "Query", "Reach", "Subscription"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_dangles_for_any_role(chosen in proptest::collection::vec(any::<bool>(), Permission::ALL.len())) {
        let held: Vec<Permission> = Permission::ALL.iter().zip(chosen).filter_map(|(permission, held)| held.then_some(*permission)).collect();
        let role = grants(&held);
        let text = printed(Some(&role));
        let again = SchemaModel::from_sdl(&text).unwrap();
        prop_assert_eq!(faults(&again), Vec::<String>::new());
        for (type_name, field) in again.object_fields() {
            if let Some(Rule::Needs(permission)) = registry().rule(type_name, field) {
                prop_assert!(role.has(permission), "{}.{} is shown without {}", type_name, field, permission.key());
            }
        }
    }
}
