//! The schema of roles by itself: every field has its rule, and every part its words in both languages.

use async_graphql::{EmptySubscription, MergedObject, Schema};

use super::{ACCESS, RoleMutation, RoleQuery};
use crate::access::{Entry, Registry, Rule};
use crate::graphql::SchemaModel;

#[derive(MergedObject, Default)]
struct Query(RoleQuery);

#[derive(MergedObject, Default)]
struct Mutation(RoleMutation);

const KIT: &[Entry] = &[
    Entry {
        type_name: "PageInfo",
        rule: Rule::Public,
        fields: &["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"],
    },
    Entry {
        type_name: "UserError",
        rule: Rule::Public,
        fields: &["code", "field", "message"],
    },
];

fn sdl() -> String {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .finish()
        .sdl_with_options(SchemaModel::export_options())
}

#[test]
fn every_field_has_its_rule() {
    let model = SchemaModel::from_sdl(&sdl()).expect("the schema can be read");
    let registry = Registry::assemble(ACCESS.iter().chain(KIT)).expect("no field stands twice");
    assert_eq!(model.check_rules(&registry), Ok(()));
}
