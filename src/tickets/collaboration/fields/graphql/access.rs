//! Who may have which field of the custom fields' types. Which fields and values, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::TicketRead);
const EDIT: Rule = Rule::Needs(Permission::TicketEdit);
const MANAGE: Rule = Rule::Needs(Permission::FieldManage);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["customFields"],
    },
    Entry {
        type_name: "Ticket",
        rule: READ,
        fields: &["fields"],
    },
    Entry {
        type_name: "TicketFieldValue",
        rule: READ,
        fields: &[
            "choice",
            "date",
            "field",
            "flag",
            "number",
            "text",
            "updatedAt",
        ],
    },
    Entry {
        type_name: "CustomField",
        rule: READ,
        fields: &[
            "choices",
            "code",
            "createdAt",
            "help",
            "id",
            "kinds",
            "max",
            "min",
            "name",
            "nameZh",
            "public",
            "retiredAt",
            "updatedAt",
            "valueType",
            "version",
        ],
    },
    Entry {
        type_name: "CustomFieldChoice",
        rule: READ,
        fields: &["code", "name", "nameZh"],
    },
    Entry {
        type_name: "CustomFieldConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "CustomFieldEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "Mutation",
        rule: EDIT,
        fields: &["ticketFieldsSet"],
    },
    Entry {
        type_name: "TicketFieldsSetPayload",
        rule: EDIT,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "Mutation",
        rule: MANAGE,
        fields: &[
            "customFieldCreate",
            "customFieldRetire",
            "customFieldUpdate",
        ],
    },
    Entry {
        type_name: "CustomFieldCreatePayload",
        rule: MANAGE,
        fields: &["customField", "userErrors"],
    },
    Entry {
        type_name: "CustomFieldUpdatePayload",
        rule: MANAGE,
        fields: &["customField", "userErrors"],
    },
    Entry {
        type_name: "CustomFieldRetirePayload",
        rule: MANAGE,
        fields: &["customField", "userErrors"],
    },
];
