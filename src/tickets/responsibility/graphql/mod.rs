//! Ownership and credit as clients see them. [`ACCESS`] says who may have which field.

mod mutation;
mod query;
mod types;

pub use mutation::ResponsibilityMutation;
pub use query::ResponsibilityQuery;
pub use types::TicketResponsibility;

use crate::access::{Entry, Permission, Rule};

/// Partner and customer see none of it: who answers for a ticket, and for how much, is a matter of the house.
const INTERNAL: Rule = Rule::Needs(Permission::TicketNoteRead);
const HANDOVER: Rule = Rule::Needs(Permission::TicketHandover);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of responsibility's types.
pub const ACCESS: &[Entry] = &[
    entry("Query", HANDOVER, &["handoversForMe"]),
    entry("Query", MEMBER, &["memberCredits"]),
    entry(
        "Mutation",
        HANDOVER,
        &[
            "ticketHandoverAccept",
            "ticketHandoverDecline",
            "ticketHandoverOffer",
            "ticketHandoverWithdraw",
        ],
    ),
    entry(
        "Mutation",
        Rule::Needs(Permission::TicketCreditWrite),
        &["ticketCreditSet"],
    ),
    entry("Ticket", INTERNAL, &["responsibility"]),
    entry(
        "TicketResponsibility",
        INTERNAL,
        &["credits", "handovers", "openHandover"],
    ),
    entry("TicketResponsibility", MEMBER, &["owner"]),
    entry(
        "TicketHandover",
        INTERNAL,
        &[
            "answer",
            "answeredAt",
            "id",
            "offeredAt",
            "reason",
            "state",
            "version",
        ],
    ),
    entry("TicketHandover", MEMBER, &["from", "to"]),
    entry(
        "TicketHandover",
        Rule::Needs(Permission::TicketRead),
        &["ticket"],
    ),
    entry(
        "TicketCredit",
        INTERNAL,
        &[
            "id",
            "reason",
            "recordedAt",
            "replacedAt",
            "role",
            "round",
            "share",
            "source",
        ],
    ),
    entry("TicketCredit", MEMBER, &["member"]),
    entry(
        "MemberCredits",
        MEMBER,
        &["rated", "rating", "satisfied", "share", "tickets"],
    ),
    entry(
        "TicketHandoverOfferPayload",
        HANDOVER,
        &["handover", "userErrors"],
    ),
    entry(
        "TicketHandoverAcceptPayload",
        HANDOVER,
        &["handover", "userErrors"],
    ),
    entry(
        "TicketHandoverDeclinePayload",
        HANDOVER,
        &["handover", "userErrors"],
    ),
    entry(
        "TicketHandoverWithdrawPayload",
        HANDOVER,
        &["handover", "userErrors"],
    ),
    entry(
        "TicketCreditSetPayload",
        Rule::Needs(Permission::TicketCreditWrite),
        &["ticket", "userErrors"],
    ),
];
