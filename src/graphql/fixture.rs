//! A small schema with one of everything, and its rules, for the tests of this room.

use std::sync::Arc;

use entity::enums::Reach;

use super::SchemaModel;
use crate::access::{Entry, Grants, Permission, Registry, Rule};

const SDL: &str = r#"
    scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")

    """
    Anything with an id.

    有 ID 的对象
    """
    interface Node { "The id." id: ID! }

    "A case. 工单"
    type Ticket implements Node {
        id: ID!
        subject: String
        openedAt: DateTime
        customer: Customer
        watchers: [Member!]!
        tags: [String!]!
        events(first: Int, after: String, last: Int, before: String, kind: EventKind = COMMENT): EventConnection!
        number: Int @deprecated(reason: "Use `id`.")
    }
    type Customer implements Node { id: ID!  name: String  phone: String  tickets(first: Int = 20, filter: TicketFilter): TicketConnection! }
    type Member implements Node { id: ID!  name: String  pay: Pay }
    type Pay { base: Int  history(first: Int): [Pay!]! }
    type PageInfo { hasNextPage: Boolean! }
    type TicketEdge { cursor: String!  node: Ticket! }
    type TicketConnection { edges: [TicketEdge!]!  nodes: [Ticket!]!  pageInfo: PageInfo!  totalCount: Int! }
    type EventConnection { nodes: [Event!]!  pageInfo: PageInfo! }
    union Event = Comment | Note
    type Comment implements Node { id: ID!  text: String  author: Member }
    type Note implements Node { id: ID!  text: String  author: Member }
    enum EventKind { COMMENT  NOTE }
    enum TicketOrder { OPENED_AT  "The customer's telephone number." PHONE }
    input TicketFilter { and: [TicketFilter!]  or: [TicketFilter!]  not: TicketFilter  subject: StringFilter  phone: StringFilter  events: EventKind }
    input StringFilter { eq: String  in: [String!] }
    input OneTarget @oneOf { ticket: ID  member: ID }
    input AssignInput { target: OneTarget!  note: String }
    type AssignPayload { ticket: Ticket  done: Boolean! }
    type Query {
        version: String!
        me: Member
        node(id: ID!): Node
        ticket(id: ID!): Ticket
        tickets(
            "Rows from the start."
            first: Int
            last: Int
            filter: TicketFilter
            orderBy: TicketOrder = OPENED_AT
        ): TicketConnection!
        members: [Member!]!
    }
    type Mutation { assign(id: ID!, input: AssignInput!): AssignPayload! }
    type Subscription { ticketChanged(id: ID): Ticket  tick: Int! }
    directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
    directive @oneOf on INPUT_OBJECT
    schema { query: Query  mutation: Mutation  subscription: Subscription }
"#;

macro_rules! entries {
    ($($type_name:literal $rule:expr => [$($field:literal),*];)*) => {
        &[$(Entry { type_name: $type_name, rule: $rule, fields: &[$($field),*] }),*]
    };
}

const ENTRIES: &[Entry] = entries! {
    "Ticket" Rule::Needs(Permission::TicketRead) => ["id", "subject", "openedAt", "customer", "watchers", "tags", "events", "number"];
    "Customer" Rule::Needs(Permission::CustomerRead) => ["id", "name", "tickets"];
    "Customer" Rule::Needs(Permission::CustomerContactRead) => ["phone"];
    "Member" Rule::SignedIn => ["id", "name"];
    "Member" Rule::Needs(Permission::UserRead) => ["pay"];
    "Pay" Rule::Needs(Permission::UserRead) => ["base", "history"];
    "PageInfo" Rule::SignedIn => ["hasNextPage"];
    "TicketEdge" Rule::SignedIn => ["cursor", "node"];
    "TicketConnection" Rule::SignedIn => ["edges", "nodes", "pageInfo", "totalCount"];
    "EventConnection" Rule::SignedIn => ["nodes", "pageInfo"];
    "Comment" Rule::Needs(Permission::TicketRead) => ["id", "text", "author"];
    "Note" Rule::Needs(Permission::TicketNoteRead) => ["id", "text", "author"];
    "EventKind" Rule::Needs(Permission::TicketNoteRead) => ["NOTE"];
    "TicketOrder" Rule::Needs(Permission::CustomerContactRead) => ["PHONE"];
    "TicketFilter" Rule::Needs(Permission::CustomerContactRead) => ["phone"];
    "AssignPayload" Rule::SignedIn => ["ticket", "done"];
    "Query" Rule::Public => ["version"];
    "Query" Rule::SignedIn => ["me", "node"];
    "Query" Rule::Needs(Permission::TicketRead) => ["ticket", "tickets"];
    "Query" Rule::Needs(Permission::MemberRead) => ["members"];
    "Mutation" Rule::Needs(Permission::TicketAssign) => ["assign"];
    "Subscription" Rule::Needs(Permission::TicketRead) => ["ticketChanged"];
    "Subscription" Rule::Public => ["tick"];
};

/// The schema.
pub(super) fn model() -> SchemaModel {
    SchemaModel::from_sdl(SDL).unwrap()
}

/// Its rules.
pub(super) fn registry() -> Registry {
    Registry::assemble(ENTRIES).unwrap()
}

/// Grants of some permissions with one reach each.
pub(super) fn grants(permissions: &[Permission]) -> Arc<Grants> {
    let held = permissions.iter();
    Arc::new(held.map(|permission| (*permission, Reach::Team)).collect())
}

#[test]
fn the_rules_fit_the_schema() {
    assert_eq!(model().check_rules(&registry()), Ok(()));
}
