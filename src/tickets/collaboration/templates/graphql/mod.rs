//! Reply templates as clients see them. [`ACCESS`] says who may have which field.

mod mutation;
mod query;
mod types;

pub use mutation::TemplateMutation;
pub use query::TemplateQuery;
pub use types::ReplyTemplate;

use crate::access::{Entry, Permission, Rule};

/// Whoever reads notes prepares replies.
const NOTES: Rule = Rule::Needs(Permission::TicketNoteRead);
const MANAGE: Rule = Rule::Needs(Permission::ReplyTemplateManage);

/// Who may have which field of reply templates.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: NOTES,
        fields: &[
            "replyTemplate",
            "replyTemplateRender",
            "replyTemplateVariables",
            "replyTemplates",
        ],
    },
    Entry {
        type_name: "Mutation",
        rule: MANAGE,
        fields: &["replyTemplateCreate", "replyTemplateUpdate"],
    },
    Entry {
        type_name: "ReplyTemplate",
        rule: NOTES,
        fields: &[
            "active",
            "bodyEn",
            "bodyZh",
            "code",
            "createdAt",
            "id",
            "kinds",
            "name",
            "nameZh",
            "updatedAt",
            "version",
        ],
    },
    Entry {
        type_name: "ReplyTemplateConnection",
        rule: NOTES,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "ReplyTemplateEdge",
        rule: NOTES,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "ReplyTemplateVariable",
        rule: NOTES,
        fields: &["description", "descriptionZh", "example", "name"],
    },
    Entry {
        type_name: "RenderedReply",
        rule: NOTES,
        fields: &["locale", "missing", "text"],
    },
    Entry {
        type_name: "ReplyTemplateCreatePayload",
        rule: MANAGE,
        fields: &["replyTemplate", "userErrors"],
    },
    Entry {
        type_name: "ReplyTemplateUpdatePayload",
        rule: MANAGE,
        fields: &["replyTemplate", "userErrors"],
    },
];
