//! Links as clients see them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use entity::{ticket, ticket_link};
use uuid::Uuid;

use super::rules::Relation;
use super::{actions, store};
use crate::access::{Entry, Permission, Rule};
use crate::error::Error;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id, Loads, Outcome, RowId};
use crate::mutation_payload;
use crate::tickets::graphql::Ticket;

const READ: Rule = Rule::Needs(Permission::TicketNoteRead);
const EDIT: Rule = Rule::Needs(Permission::TicketEdit);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Ticket",
        rule: READ,
        fields: &["links"],
    },
    Entry {
        type_name: "TicketLink",
        rule: READ,
        fields: &["createdAt", "id", "relation", "ticket"],
    },
    Entry {
        type_name: "Mutation",
        rule: EDIT,
        fields: &["ticketLink", "ticketUnlink"],
    },
    Entry {
        type_name: "TicketLinkPayload",
        rule: EDIT,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketUnlinkPayload",
        rule: EDIT,
        fields: &["ticket", "userErrors"],
    },
];

/// What a ticket is to another one. 关联关系
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Relation")]
pub enum TicketRelation {
    /// It says the same as the other one. 重复于
    DuplicateOf,
    /// The other one says the same. 被重复
    DuplicatedBy,
    /// They have to do with each other. 相关
    RelatedTo,
    /// It contains the other one. 父工单
    ParentOf,
    /// It is contained in the other one. 子工单
    ChildOf,
}

/// Another ticket that belongs together with this one; for staff only. 工单关联
#[derive(SimpleObject)]
pub struct TicketLink {
    /// The link's id, `link_...`. 关联 ID
    id: Id<ticket_link::Entity>,
    /// What this ticket is to the other one. 关联关系
    relation: TicketRelation,
    /// The other ticket; a link to one that you may not read isn't shown. 关联工单
    ticket: Ticket,
    /// When they were linked. 关联时间
    created_at: DateTime,
}

/// The key of the links of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LinksOf(pub Uuid);

impl Loader<LinksOf> for Loads {
    type Value = Vec<ticket_link::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[LinksOf],
    ) -> std::result::Result<HashMap<LinksOf, Vec<ticket_link::Model>>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::of_tickets(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, links)| (LinksOf(id), links))
            .collect())
    }
}

/// The links of a ticket to tickets that the viewer may read, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn links_of(ctx: &Context<'_>, this: Uuid) -> Result<Option<Vec<TicketLink>>> {
    let links = ctx
        .loads()
        .load_one(LinksOf(this))
        .await
        .map_err(shared)
        .on_field(ctx.call())?
        .unwrap_or_default();
    let other = |link: &ticket_link::Model| {
        if link.from_id == this {
            link.to_id
        } else {
            link.from_id
        }
    };
    let keys = links
        .iter()
        .map(|link| RowId::<ticket::Entity>::new(other(link)));
    let seen = ctx
        .loads()
        .load_many(keys)
        .await
        .map_err(shared)
        .on_field(ctx.call())?;
    let views = links.iter().filter_map(|link| {
        let key = RowId::new(other(link));
        // The same ticket may be linked in two ways.
        let row = seen.get(&key).cloned()?;
        Some(TicketLink {
            id: Id::new(link.id),
            relation: Relation::seen(link.kind, link.from_id == this).into(),
            ticket: Ticket(row),
            created_at: link.created_at.into(),
        })
    });
    Ok(Some(views.collect()))
}

/// What a ticket is to be to another one. 关联工单
#[derive(InputObject)]
pub struct TicketLinkInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// What it is to the other one. 关联关系
    relation: TicketRelation,
    /// The other ticket; you must be able to read it. 关联工单
    other_id: Id<ticket::Entity>,
}

/// Which link goes. 取消关联
#[derive(InputObject)]
pub struct TicketUnlinkInput {
    /// The ticket, either of the two. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The link, one of the ticket's `links`. 关联 ID
    link_id: Id<ticket_link::Entity>,
}

mutation_payload!(TicketLinkPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");
mutation_payload!(TicketUnlinkPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");

/// The mutations of links.
#[derive(Default)]
pub struct LinkMutation;

#[Object]
impl LinkMutation {
    /// Links a ticket with another one. Parents and children make no circle and stand at most five deep. 关联工单
    async fn ticket_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tickets, and how.")] input: TicketLinkInput,
    ) -> Result<Option<TicketLinkPayload>> {
        let link = actions::Link {
            id: input.id.uuid,
            expected_version: input.expected_version,
            relation: input.relation.into(),
            other_id: input.other_id.uuid,
        };
        let done = actions::link(ctx.app(), ctx.call(), link).await.map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Takes a link away. 取消关联
    async fn ticket_unlink(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which link.")] input: TicketUnlinkInput,
    ) -> Result<Option<TicketUnlinkPayload>> {
        let unlink = actions::Unlink {
            id: input.id.uuid,
            expected_version: input.expected_version,
            link_id: input.link_id.uuid,
        };
        let done = actions::unlink(ctx.app(), ctx.call(), unlink)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
