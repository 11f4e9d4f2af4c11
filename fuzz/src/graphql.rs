//! The checks of documents, and scalars.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use async_graphql::parser::types::{Selection, SelectionSet};
use async_graphql::{Value, Variables};
use async_graphql_value::Value as Literal;

use crate::access::{Entry, Grants, Permission, Registry, Rule};
use crate::config::Limits;

#[path = "../../src/graphql/body.rs"]
pub mod body;
#[path = "../../src/graphql/cost.rs"]
pub mod cost;
#[path = "../../src/graphql/errors.rs"]
pub mod errors;
#[path = "../../src/graphql/incoming.rs"]
pub mod incoming;
#[path = "../../src/graphql/model/mod.rs"]
pub mod model;
#[path = "../../src/graphql/money.rs"]
pub mod money;
#[path = "../../src/graphql/order.rs"]
pub mod order;
#[path = "persisted.rs"]
pub mod persisted;
#[path = "../../src/graphql/precheck/mod.rs"]
pub mod precheck;
#[path = "../../src/graphql/scalars.rs"]
pub mod scalars;

pub use aftercare_core::ids;
pub use errors::{Outcome, UserErrorView};
pub use model::SchemaModel;
pub use scalars::{Date, DateTime, Decimal, Duration};

use model::Kind;
use precheck::{Caller, Precheck};

/// The printed schema, with the rules that stand in it.
static PRECHECK: LazyLock<Precheck> = LazyLock::new(|| {
    let sdl = include_str!("../../schema.graphql");
    let model = SchemaModel::from_sdl(sdl).expect("the printed schema");
    let registry = Registry::assemble(&rules(&model)).expect("a rule a field");
    Precheck::new(Arc::new(model), Arc::new(registry), Limits::default())
});

/// Who may have which field, as the directives say.
fn rules(model: &SchemaModel) -> Vec<Entry> {
    let rule = |directives: &[async_graphql::parser::types::ConstDirective]| {
        directives.iter().find_map(|directive| {
            match directive.name.node.as_str() {
                "public" => return Some(Rule::Public),
                "signedIn" => return Some(Rule::SignedIn),
                "requiresPermission" => {}
                _ => return None,
            }
            match &directive.get_argument("permission")?.node {
                Value::String(key) => Permission::ALL
                    .iter()
                    .find(|permission| permission.key() == key)
                    .map(|permission| Rule::Needs(*permission)),
                _ => None,
            }
        })
    };
    let entry = |type_name: &str, field: &str, rule| Entry {
        type_name: String::leak(type_name.to_owned()),
        rule,
        fields: Vec::leak(vec![&*String::leak(field.to_owned())]),
    };
    let mut entries = Vec::new();
    for of in model.types() {
        match &of.kind {
            Kind::Object { fields, .. } | Kind::Interface { fields, .. } => {
                for field in fields.values() {
                    let rule = rule(&field.directives);
                    entries.extend(rule.map(|rule| entry(&of.name, &field.name, rule)));
                }
            }
            Kind::Input { fields } => {
                for field in fields.values() {
                    let rule = rule(&field.directives);
                    entries.extend(rule.map(|rule| entry(&of.name, &field.name, rule)));
                }
            }
            _ => {}
        }
    }
    entries
}

/// How deep values stand in one another in the arguments of a set.
fn nesting(set: &SelectionSet) -> u64 {
    fn of(value: &Literal) -> u64 {
        match value {
            Literal::List(items) => 1 + items.iter().map(of).max().unwrap_or(0),
            Literal::Object(fields) => 1 + fields.values().map(of).max().unwrap_or(0),
            _ => 0,
        }
    }
    let below = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => {
            let arguments = field.node.arguments.iter();
            let arguments = arguments.map(|(_, value)| of(&value.node)).max();
            arguments
                .unwrap_or(0)
                .max(nesting(&field.node.selection_set.node))
        }
        Selection::InlineFragment(inline) => nesting(&inline.node.selection_set.node),
        Selection::FragmentSpread(_) => 0,
    });
    1 + below.max().unwrap_or(0)
}

/// Checks a document with its variables, for whoever may do everything and for whoever may do nothing.
pub fn document(text: &str, variables: &str) {
    let precheck = &*PRECHECK;
    let Ok(document) = precheck.read(text) else {
        return;
    };
    // What the parser made of it was counted before.
    for (_, operation) in document.parsed().operations.iter() {
        let nesting = nesting(&operation.node.selection_set.node);
        assert!(nesting <= precheck.limits().document_nesting);
    }
    let variables = serde_json::from_str(variables).unwrap_or_default();
    let variables = Variables::from_json(variables);
    let names: BTreeSet<Option<&str>> = match &document.parsed().operations {
        async_graphql::parser::types::DocumentOperations::Single(_) => [None].into(),
        async_graphql::parser::types::DocumentOperations::Multiple(many) => {
            many.keys().map(|name| Some(name.as_str())).collect()
        }
    };
    static EVERYTHING: LazyLock<Arc<Grants>> = LazyLock::new(|| Arc::new(Grants::everything()));
    let nothing = Arc::new(Grants::default());
    for name in names {
        let of = |grants, signed_in| Caller {
            grants,
            signed_in,
            complexity: 5_000,
        };
        let all = precheck.inspect(&document, name, &variables, &of(&EVERYTHING, true));
        let none = precheck.inspect(&document, name, &variables, &of(&nothing, false));
        // What it costs doesn't depend on who asks.
        if let (Ok((all, _)), Ok((none, _))) = (all, none) {
            assert_eq!(all.cost, none.cost);
        }
    }
}

/// Reads a value as each scalar; what is read is written and read again as the same.
pub fn scalar(text: &str) {
    use async_graphql::ScalarType;
    fn both_ways<S: ScalarType + PartialEq + std::fmt::Debug>(value: Value) {
        if let Ok(read) = S::parse(value) {
            let again = S::parse(read.to_value());
            assert_eq!(again.ok().as_ref(), Some(&read));
        }
    }
    let json = serde_json::from_str(text).ok();
    let json = json.and_then(|json| Value::from_json(json).ok());
    for value in [Some(Value::String(text.to_owned())), json]
        .into_iter()
        .flatten()
    {
        both_ways::<DateTime>(value.clone());
        both_ways::<Date>(value.clone());
        both_ways::<Decimal>(value.clone());
        both_ways::<Duration>(value);
    }
    if let Ok(decimal) = text.parse::<crate::decimal::Decimal>() {
        for currency in ["CNY", "JPY", "KWD", "XXX"] {
            if let Some(minor) = crate::money::to_minor(decimal, currency) {
                assert_eq!(crate::money::to_major(minor, currency), decimal);
            }
        }
    }
    if let Ok(span) = crate::config::span::parse(text) {
        let printed = crate::config::span::print(span);
        assert_eq!(crate::config::span::parse(&printed), Ok(span));
    }
}
