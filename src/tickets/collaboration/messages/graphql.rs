//! Single comments in the schema, batched.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use entity::{ticket, ticket_comment};
use uuid::Uuid;

use super::store;
use crate::access::{Entry, Permission, Rule};
use crate::error::Error;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Loads};
use crate::tickets::graphql::TicketComment;

/// Who may have which field of messages.
pub const ACCESS: &[Entry] = &[Entry {
    type_name: "Ticket",
    rule: Rule::Needs(Permission::TicketRead),
    fields: &["lastMessage"],
}];

/// The comment with that id, if the viewer may read it.
///
/// # Errors
/// When the database fails.
pub async fn comment_of(ctx: &Context<'_>, id: Uuid) -> Result<Option<TicketComment>> {
    let row = ctx.loads().load_one(CommentId(id)).await.map_err(shared);
    Ok(row.on_field(ctx.call())?.map(TicketComment))
}

/// The newest comment of a ticket that the viewer may read, for its field.
///
/// # Errors
/// When the database fails.
pub async fn last_message_of(
    ctx: &Context<'_>,
    ticket: &ticket::Model,
) -> Result<Option<TicketComment>> {
    let row = ctx.loads().load_one(LastOf(ticket.id)).await;
    let row = row.map_err(shared).on_field(ctx.call())?;
    Ok(row.map(TicketComment))
}

/// A comment by its id.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CommentId(Uuid);

impl Loader<CommentId> for Loads {
    type Value = ticket_comment::Model;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CommentId],
    ) -> Result<HashMap<CommentId, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (CommentId(id), row))
            .collect())
    }
}

/// The newest comment of a ticket.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LastOf(Uuid);

impl Loader<LastOf> for Loads {
    type Value = ticket_comment::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LastOf]) -> Result<HashMap<LastOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rows = store::last_of_each(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (LastOf(id), row))
            .collect())
    }
}
