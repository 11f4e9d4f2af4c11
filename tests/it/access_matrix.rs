//! Who may have which field: the committed table, the roles in the database and the guard say the same.
//!
//! `docs/access-matrix.md` is the table of answers for people to review; a change of it is a change of the policy.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use aftercare::access::{
    Actor, Call, Grants, Permission, Principal, Rule, Viewer, builtin, matrix, roles,
};
use aftercare::graphql::guard::refusal;
use aftercare::graphql::model::{Kind, SchemaModel};
use entity::enums::ActorKind;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

fn signed_in(grants: Grants) -> Call {
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(Uuid::nil()),
        name: "somebody".to_owned(),
    };
    Call {
        viewer: Viewer {
            actor,
            grants: Arc::new(grants),
            ..Viewer::anonymous()
        },
        ..Call::system(start(), "test")
    }
}

both_databases! {
    async fn every_role_has_every_field_that_its_grants_name_and_no_other(app: TestApp) {
        let registry = &app.endpoint.facts().registry;
        for (n, login) in company::LOGINS.iter().enumerate() {
            // The grants as the database gives them, against the table of the product.
            let principal = Principal::User(key(Table::User, n));
            let (held, roles) = roles::grants_of(app.db.reader(), principal, None, start()).await.expect("grants");
            assert_eq!(roles, [login.to_string()]);
            let role = builtin::ROLES.iter().find(|role| role.key == *login).expect("a built-in role");
            assert_eq!(held.pairs().collect::<Vec<_>>(), role.grants().pairs().collect::<Vec<_>>(), "{login}");
            let call = signed_in(held);
            for (type_name, field, rule) in registry.iter() {
                let allowed = match rule {
                    Rule::Public | Rule::SignedIn => true,
                    Rule::Needs(permission) => role.grants().pairs().any(|(held, _)| held == permission),
                };
                assert_eq!(refusal(rule, &call).is_none(), allowed, "{login} and {type_name}.{field}");
            }
        }
    }

    async fn nobody_has_only_what_is_public(app: TestApp) {
        let nobody = Call { viewer: Viewer::anonymous(), ..Call::system(start(), "test") };
        for (type_name, field, rule) in app.endpoint.facts().registry.iter() {
            let error = refusal(rule, &nobody);
            assert_eq!(error.is_none(), rule == Rule::Public, "{type_name}.{field}");
            assert!(error.is_none_or(|error| error.code.as_str() == "UNAUTHENTICATED"), "{type_name}.{field}");
        }
    }

    /// What anybody can have signed out is a short list: it is read by a person whenever it grows.
    async fn what_is_public_is_named_here(app: TestApp) {
        let public: BTreeSet<&str> = app.endpoint.facts().registry.iter()
            .filter(|(_, _, rule)| *rule == Rule::Public)
            .map(|(type_name, ..)| type_name)
            .collect();
        let known = [
            "ApiClientSignInPayload", "Money", "Mutation", "PageInfo", "Query", "Session", "SignInPayload", "SurveyAnswerPayload", "SurveyInvitation",
            "TokenRefreshPayload", "UserError",
        ];
        let unknown: Vec<_> = public.iter().filter(|name| !known.contains(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?} became public");
        let mutations: Vec<&str> = app.endpoint.facts().registry.iter()
            .filter(|(type_name, _, rule)| *type_name == "Mutation" && *rule == Rule::Public)
            .map(|(_, field, _)| field)
            .collect();
        assert_eq!(mutations, ["apiClientSignIn", "signIn", "surveyAnswer", "tokenRefresh"]);
        let queries: Vec<&str> = app.endpoint.facts().registry.iter()
            .filter(|(type_name, _, rule)| *type_name == "Query" && *rule == Rule::Public)
            .map(|(_, field, _)| field)
            .collect();
        assert_eq!(queries, ["surveyByToken"]);
    }

    async fn the_committed_matrix_is_the_generated_one(app: TestApp) {
        let page = matrix::markdown(&app.endpoint.facts().registry);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/access-matrix.md");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == page, "docs/access-matrix.md is stale: cargo run -- access-matrix > docs/access-matrix.md");
    }
}

/// No field of an outside role hangs on a permission that outsiders may never hold.
#[test]
fn outside_roles_hold_nothing_for_staff() {
    for role in builtin::ROLES {
        for (permission, reach) in role.grants().pairs() {
            assert!(
                permission.audience().contains(&role.audience),
                "{} holds {}",
                role.key,
                permission.key()
            );
            assert!(
                role.key == builtin::ADMIN || permission.reaches().contains(&reach),
                "{} holds {} {reach:?}",
                role.key,
                permission.key()
            );
        }
    }
    assert!(Permission::ALL.len() > 20);
}

/// Filtering or sorting by what one may not see would tell: a filter's field follows the rule of the field it is about.
#[tokio::test]
async fn filters_and_orders_follow_the_fields_they_are_about() {
    let (_, facts) = aftercare::graphql::schema::build().expect("every field has a rule");
    let mut loose = Vec::new();
    for input in facts.model.types() {
        let Some((subject, members)) = about(&facts.model, &input.name, &input.kind) else {
            continue;
        };
        let Some(fields) = facts
            .model
            .get(&subject)
            .and_then(|subject| subject.fields())
        else {
            continue;
        };
        // What every field of the type needs is needed for the list itself.
        let rules: Vec<Option<Rule>> = fields
            .keys()
            .map(|field| facts.registry.rule(&subject, field))
            .collect();
        let own = facts.registry.rule(&subject, "id").or(rules[0]);
        for member in members {
            let Some(field) = named_by(&member, fields.keys()) else {
                continue;
            };
            let (wanted, found) = (
                facts.registry.rule(&subject, &field),
                facts.registry.rule(&input.name, &member),
            );
            if wanted != own && found != wanted {
                loose.push(format!(
                    "{}.{member} needs {found:?}, but {subject}.{field} {wanted:?}",
                    input.name
                ));
            }
        }
    }
    assert!(loose.is_empty(), "{loose:#?}");
}

/// The object type that a filter or an order is about, with the filter's fields or the order's values.
fn about(model: &SchemaModel, name: &str, kind: &Kind) -> Option<(String, Vec<String>)> {
    let (subject, members): (&str, Vec<String>) = match kind {
        Kind::Input { fields } => (
            name.strip_suffix("Filter")?,
            fields.keys().cloned().collect(),
        ),
        Kind::Enum { values } => (
            name.strip_suffix("Order")?,
            values.keys().cloned().collect(),
        ),
        _ => return None,
    };
    model.get(subject)?;
    Some((subject.to_owned(), members))
}

/// The output field that an input is about: `teamId` is about `team`, `CREATED_AT_DESC` about `createdAt`.
fn named_by<'f>(member: &str, fields: impl Iterator<Item = &'f String>) -> Option<String> {
    let plain = member
        .strip_suffix("Id")
        .unwrap_or(member)
        .replace('_', "")
        .to_lowercase();
    let plain = plain
        .strip_suffix("desc")
        .or_else(|| plain.strip_suffix("asc"))
        .unwrap_or(&plain)
        .to_owned();
    fields
        .into_iter()
        .find(|field| field.to_lowercase() == plain)
        .cloned()
}
