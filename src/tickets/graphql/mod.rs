//! Tickets as clients see them. [`ACCESS`] says who may have which field.

mod changes;
mod enums;
mod filter;
mod loaders;
mod mutation;
mod query;
mod subscription;
mod types;

pub use enums::{
    Channel, CommentVisibility, TicketKind, TicketKindFilter, TicketPriority, TicketStage,
    TicketState,
};
pub use filter::{TicketFilter, TicketOrder};
pub use mutation::TicketMutation;
pub use query::TicketQuery;
pub use subscription::TicketSubscription;
pub use types::{Ticket, TicketComment};

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::TicketRead);

/// Who may have which field of the tickets' types.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["ticket", "ticketByNumber", "tickets"],
    },
    Entry {
        type_name: "Subscription",
        rule: READ,
        fields: &["ticketChanged"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketCreate),
        fields: &["ticketCreate"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketAssign),
        fields: &["ticketAssign"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticketAdvance", "ticketHold", "ticketResume"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketClose),
        fields: &["ticketCancel", "ticketClose", "ticketReopen"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketComment),
        fields: &["ticketCommentAdd"],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketNoteWrite),
        fields: &["ticketNoteAdd"],
    },
    Entry {
        type_name: "Ticket",
        rule: READ,
        fields: &[
            "channel",
            "closedAt",
            "comments",
            "createdAt",
            "description",
            "history",
            "id",
            "kind",
            "number",
            "priority",
            "progress",
            "province",
            "reopened",
            "resolvedAt",
            "stage",
            "stageEnteredAt",
            "state",
            "subject",
            "updatedAt",
            "version",
        ],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::CustomerRead),
        fields: &["customer", "unit"],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::CustomerContactRead),
        fields: &["contact"],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::PartnerRead),
        fields: &["partner"],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::ProductRead),
        fields: &["product"],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::OrganisationRead),
        fields: &["team"],
    },
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["assignee", "owner"],
    },
    Entry {
        type_name: "TicketConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TicketEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "TicketStageEntry",
        rule: READ,
        fields: &["enteredAt", "leftAt", "stage", "visit"],
    },
    Entry {
        type_name: "TicketComment",
        rule: READ,
        fields: &[
            "authorKind",
            "authorName",
            "body",
            "createdAt",
            "id",
            "solution",
            "visibility",
        ],
    },
    Entry {
        type_name: "TicketCommentConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TicketCommentEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "TicketHistoryEntry",
        rule: READ,
        fields: &[
            "action",
            "actorKind",
            "actorName",
            "at",
            "field",
            "id",
            "newValue",
            "oldValue",
        ],
    },
    Entry {
        type_name: "TicketHistoryEntryConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TicketHistoryEntryEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "TicketEvent",
        rule: READ,
        fields: &["action", "at", "ticket"],
    },
    Entry {
        type_name: "TicketCreatePayload",
        rule: Rule::Needs(Permission::TicketCreate),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketAssignPayload",
        rule: Rule::Needs(Permission::TicketAssign),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketAdvancePayload",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketHoldPayload",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketResumePayload",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketClosePayload",
        rule: Rule::Needs(Permission::TicketClose),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketCancelPayload",
        rule: Rule::Needs(Permission::TicketClose),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketReopenPayload",
        rule: Rule::Needs(Permission::TicketClose),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketCommentAddPayload",
        rule: Rule::Needs(Permission::TicketComment),
        fields: &["comment", "userErrors"],
    },
    Entry {
        type_name: "TicketNoteAddPayload",
        rule: Rule::Needs(Permission::TicketNoteWrite),
        fields: &["comment", "userErrors"],
    },
    // Filtering by what one may not see would tell.
    Entry {
        type_name: "TicketFilter",
        rule: Rule::Needs(Permission::OrganisationRead),
        fields: &["teamId"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["assigneeId", "ownerId"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: Rule::Needs(Permission::CustomerRead),
        fields: &["customerId"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: Rule::Needs(Permission::PartnerRead),
        fields: &["partnerId"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: Rule::Needs(Permission::ProductRead),
        fields: &["productId"],
    },
];
