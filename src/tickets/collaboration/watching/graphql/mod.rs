//! Watchers and mentions as clients see them. [`ACCESS`] says who may have which field: staff who read notes, and nobody
//! else.

mod loaders;
mod mutation;
mod query;
mod types;

pub use mutation::WatchingMutation;
pub use query::{WatchingQuery, WatchingSubscription};
pub use types::{TicketMention, TicketWatcher, mentioned_in, watchers_of};

use crate::access::{Entry, Permission, Rule};

const NOTES: Rule = Rule::Needs(Permission::TicketNoteRead);
const WRITE: Rule = Rule::Needs(Permission::TicketNoteWrite);

/// Who may have which field of watchers and mentions.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: NOTES,
        fields: &["mentions"],
    },
    Entry {
        type_name: "Subscription",
        rule: NOTES,
        fields: &["mentioned"],
    },
    Entry {
        type_name: "Mutation",
        rule: NOTES,
        fields: &["ticketWatch", "ticketUnwatch"],
    },
    Entry {
        type_name: "Mutation",
        rule: WRITE,
        fields: &["ticketWatcherAdd", "ticketWatcherRemove"],
    },
    Entry {
        type_name: "Ticket",
        rule: NOTES,
        fields: &["watchers"],
    },
    Entry {
        type_name: "TicketComment",
        rule: NOTES,
        fields: &["mentions"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: NOTES,
        fields: &["watchedByMe"],
    },
    Entry {
        type_name: "TicketWatcher",
        rule: NOTES,
        fields: &["since", "source"],
    },
    Entry {
        type_name: "TicketWatcher",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["member"],
    },
    Entry {
        type_name: "TicketMention",
        rule: NOTES,
        fields: &["at", "comment", "id", "ticket"],
    },
    Entry {
        type_name: "TicketMentionConnection",
        rule: NOTES,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TicketMentionEdge",
        rule: NOTES,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "TicketWatchPayload",
        rule: NOTES,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketUnwatchPayload",
        rule: NOTES,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketWatcherAddPayload",
        rule: WRITE,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketWatcherRemovePayload",
        rule: WRITE,
        fields: &["ticket", "userErrors"],
    },
];
