//! Settings in the schema.

mod mutation;
mod query;
mod types;

pub use mutation::SettingMutation;
pub use query::SettingQuery;
pub use types::Setting;

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::SettingRead);
const MANAGE: Rule = Rule::Needs(Permission::SettingManage);

/// Every field of the settings' types with its rule.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["settings"],
    },
    Entry {
        type_name: "Mutation",
        rule: MANAGE,
        fields: &["settingChange"],
    },
    Entry {
        type_name: "Setting",
        rule: READ,
        fields: &[
            "key",
            "label",
            "type",
            "value",
            "default",
            "least",
            "most",
            "range",
            "unit",
            "version",
            "updatedAt",
        ],
    },
    Entry {
        type_name: "SettingChangePayload",
        rule: MANAGE,
        fields: &["userErrors"],
    },
    Entry {
        type_name: "SettingChangePayload",
        rule: READ,
        fields: &["setting"],
    },
];
