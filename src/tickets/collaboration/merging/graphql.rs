//! Merging and splitting as clients see them.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use entity::{ticket, ticket_comment};
use uuid::Uuid;

use super::actions;
use super::store::MergedTickets;
use crate::access::{Entry, Permission, Rule};
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Id, Outcome, UserErrorView};
use crate::tickets::collaboration::links::graphql::TicketRelation;
use crate::tickets::graphql::{Ticket, TicketKind, TicketPriority};

const MERGE: Rule = Rule::Needs(Permission::TicketMerge);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Ticket",
        rule: Rule::Needs(Permission::TicketRead),
        fields: &["mergedInto", "mergedTickets"],
    },
    Entry {
        type_name: "TicketComment",
        rule: Rule::Needs(Permission::TicketRead),
        fields: &["copied"],
    },
    Entry {
        type_name: "Mutation",
        rule: MERGE,
        fields: &["ticketMerge", "ticketSplit"],
    },
    Entry {
        type_name: "TicketMergePayload",
        rule: MERGE,
        fields: &["merged", "ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketSplitPayload",
        rule: MERGE,
        fields: &["source", "ticket", "userErrors"],
    },
];

/// The ticket that one was merged into, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn merged_into(ctx: &Context<'_>, into: Option<Uuid>) -> Result<Option<Ticket>> {
    let Some(id) = into else { return Ok(None) };
    let row = ctx.row::<ticket::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Ticket))
}

/// The tickets that were merged into one, as far as the viewer may read them.
///
/// # Errors
/// When the database fails.
pub async fn merged_tickets(ctx: &Context<'_>, into: Uuid) -> Result<Option<Vec<Ticket>>> {
    let rows = rows_of::<MergedTickets>(ctx, into).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(Ticket).collect()))
}

/// Which ticket goes into which. 合并工单
#[derive(InputObject)]
pub struct TicketMergeInput {
    /// The ticket that ends. 被合并的工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The ticket in which the work goes on, of the same customer. 目标工单
    into_id: Id<ticket::Entity>,
    /// The version that one was read at. 目标工单版本号
    into_expected_version: i32,
    /// Why; for staff only. 原因
    reason: String,
}

/// What becomes a ticket of its own. 拆分工单
#[derive(InputObject)]
pub struct TicketSplitInput {
    /// The ticket with the two matters. 原工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The second matter in one line, 1 to 200 characters. 新工单主题
    subject: String,
    /// The second matter in full, 1 to 10,000 characters; that of the first when nothing is said. 新工单描述
    description: Option<String>,
    /// What kind of request the second matter is. 新工单类型
    kind: TicketKind,
    /// How urgent it is; as the first when nothing is said. 新工单优先级
    priority: Option<TicketPriority>,
    /// What the first ticket is to the new one: RELATED_TO or PARENT_OF. 与新工单的关系
    #[graphql(default_with = "TicketRelation::RelatedTo")]
    relation: TicketRelation,
    /// The comments that are about the second matter, at most 100: copies of them go along. 带走的回复
    #[graphql(default)]
    comment_ids: Vec<Id<ticket_comment::Entity>>,
    /// Repeating the mutation with the same key within 24 hours gives the same ticket. 幂等键
    idempotency_key: Option<String>,
}

/// What the mutation did. 操作结果
#[derive(SimpleObject)]
pub struct TicketMergePayload {
    /// The ticket in which the work goes on; null when it was refused. 目标工单
    ticket: Option<Ticket>,
    /// The ticket that ended; null when it was refused. 被合并的工单
    merged: Option<Ticket>,
    /// Mistakes that a person can mend; empty when it was done. 可修正的错误
    user_errors: Vec<UserErrorView>,
}

/// What the mutation did. 操作结果
#[derive(SimpleObject)]
pub struct TicketSplitPayload {
    /// The new ticket; null when it was refused. 新工单
    ticket: Option<Ticket>,
    /// The ticket that it was split from; null when it was refused. 原工单
    source: Option<Ticket>,
    /// Mistakes that a person can mend; empty when it was done. 可修正的错误
    user_errors: Vec<UserErrorView>,
}

/// The mutations that merge and split.
#[derive(Default)]
pub struct MergingMutation;

#[Object]
impl MergingMutation {
    /// Merges a ticket into another one of the same customer: it is cancelled for good, its comments and history stay readable
    /// as one of the other's `mergedTickets`, its watchers and tags go on there. 合并工单
    async fn ticket_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket goes into which.")] input: TicketMergeInput,
    ) -> Result<Option<TicketMergePayload>> {
        let merge = actions::Merge {
            id: input.id.uuid,
            expected_version: input.expected_version,
            into_id: input.into_id.uuid,
            into_expected_version: input.into_expected_version,
            reason: input.reason,
        };
        let done = actions::merge(ctx.app(), ctx.call(), merge).await;
        let outcome = Outcome::from_result(ctx.call(), done)?;
        let (ticket, merged) = outcome.value.unzip();
        Ok(Some(TicketMergePayload {
            ticket: ticket.map(Ticket),
            merged: merged.map(Ticket),
            user_errors: outcome.user_errors,
        }))
    }

    /// Makes a new ticket of the second matter in a ticket, with copies of the comments about it, and links the two. 拆分工单
    async fn ticket_split(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What becomes a ticket of its own.")] input: TicketSplitInput,
    ) -> Result<Option<TicketSplitPayload>> {
        let split = actions::Split {
            id: input.id.uuid,
            expected_version: input.expected_version,
            subject: input.subject,
            description: input.description,
            kind: input.kind.into(),
            priority: input.priority.map(Into::into),
            relation: input.relation.into(),
            comment_ids: input.comment_ids.iter().map(|id| id.uuid).collect(),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::split(ctx.app(), ctx.call(), split).await;
        let outcome = Outcome::from_result(ctx.call(), done)?;
        let (ticket, source) = outcome.value.unzip();
        Ok(Some(TicketSplitPayload {
            ticket: ticket.map(Ticket),
            source: source.map(Ticket),
            user_errors: outcome.user_errors,
        }))
    }
}
