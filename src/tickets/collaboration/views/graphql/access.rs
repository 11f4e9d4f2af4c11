//! Who may have which field of the views' types. Which views, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::TicketRead);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["savedView", "savedViews"],
    },
    Entry {
        type_name: "SavedView",
        rule: READ,
        fields: &[
            "columns",
            "createdAt",
            "filter",
            "id",
            "mine",
            "name",
            "orderBy",
            "problem",
            "tickets",
            "updatedAt",
            "version",
        ],
    },
    Entry {
        type_name: "SavedView",
        rule: Rule::Needs(Permission::OrganisationRead),
        fields: &["team"],
    },
    Entry {
        type_name: "SavedViewConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "SavedViewEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "Mutation",
        rule: READ,
        fields: &["savedViewCreate", "savedViewDelete", "savedViewUpdate"],
    },
    Entry {
        type_name: "SavedViewCreatePayload",
        rule: READ,
        fields: &["savedView", "userErrors"],
    },
    Entry {
        type_name: "SavedViewUpdatePayload",
        rule: READ,
        fields: &["savedView", "userErrors"],
    },
    Entry {
        type_name: "SavedViewDeletePayload",
        rule: READ,
        fields: &["savedView", "userErrors"],
    },
];
