//! The mutations that correct a ticket.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{contact, ticket, unit};

use super::actions;
use crate::access::{Entry, Permission, Rule};
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::graphql::{Ticket, TicketKind, TicketPriority};

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketEdit),
        fields: &["ticketEdit", "ticketPrioritySet"],
    },
    Entry {
        type_name: "TicketEditPayload",
        rule: Rule::Needs(Permission::TicketEdit),
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketPrioritySetPayload",
        rule: Rule::Needs(Permission::TicketEdit),
        fields: &["ticket", "userErrors"],
    },
];

/// What a ticket is to say; what is absent stays. 修改工单
#[derive(InputObject)]
pub struct TicketEditInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The matter in one line, 1 to 200 characters. 主题
    subject: Option<String>,
    /// The matter in full, 1 to 10,000 characters. 描述
    description: Option<String>,
    /// What kind of request it is. Values of custom fields that the new kind hasn't stay on the ticket. 工单类型
    kind: Option<TicketKind>,
    /// The person to talk to, one of the customer's contacts; null takes it away. 联系人
    contact_id: MaybeUndefined<Id<contact::Entity>>,
    /// The unit it is about, one of the customer's; null takes it away. The product follows. 设备
    unit_id: MaybeUndefined<Id<unit::Entity>>,
}

/// How urgent a ticket is to be. 调整优先级
#[derive(InputObject)]
pub struct TicketPrioritySetInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// How urgent. 优先级
    priority: TicketPriority,
    /// Why; for staff only. 原因
    reason: String,
}

mutation_payload!(TicketEditPayload, ticket: Ticket, "The changed ticket; null when it was refused. 已修改的工单");
mutation_payload!(TicketPrioritySetPayload, ticket: Ticket, "The changed ticket; null when it was refused. 已调整的工单");

/// The mutations that correct a ticket.
#[derive(Default)]
pub struct EditingMutation;

#[Object]
impl EditingMutation {
    /// Changes what a ticket says; each field that changes leaves a row of history. 修改工单
    async fn ticket_edit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to say.")] input: TicketEditInput,
    ) -> Result<Option<TicketEditPayload>> {
        let edit = actions::Edit {
            id: input.id.uuid,
            expected_version: input.expected_version,
            subject: input.subject,
            description: input.description,
            kind: input.kind.map(Into::into),
            contact_id: wish(input.contact_id).map(|id| id.map(|id| id.uuid)),
            unit_id: wish(input.unit_id).map(|id| id.map(|id| id.uuid)),
        };
        let done = actions::edit(ctx.app(), ctx.call(), edit).await.map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Raises or lowers the priority of a ticket, with a reason; its due times follow. 调整优先级
    async fn ticket_priority_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How urgent, and why.")] input: TicketPrioritySetInput,
    ) -> Result<Option<TicketPrioritySetPayload>> {
        let set = actions::SetPriority {
            id: input.id.uuid,
            expected_version: input.expected_version,
            priority: input.priority.into(),
            reason: input.reason,
        };
        let done = actions::set_priority(ctx.app(), ctx.call(), set)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}

/// Absent is no wish, null is the wish for nothing.
fn wish<T>(given: MaybeUndefined<T>) -> Option<Option<T>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}
