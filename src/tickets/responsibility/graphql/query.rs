//! Reading what waits for one's answer, and what members are credited with.

use async_graphql::{Context, Object, Result};
use entity::member;

use super::types::{MemberCredits, TicketHandover};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::tickets::responsibility::{actions, store};

/// The queries about responsibility.
#[derive(Default)]
pub struct ResponsibilityQuery;

#[Object]
impl ResponsibilityQuery {
    /// The offers to hand over a ticket to you that wait for your answer, the oldest first, at most 100. 待我答复的移交
    async fn handovers_for_me(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketHandover>>> {
        let call = ctx.call();
        let rows = store::offered_to(ctx.app().db.reader(), &call.viewer).await;
        Ok(Some(
            rows.on_field(call)?
                .into_iter()
                .map(TicketHandover)
                .collect(),
        ))
    }

    /// What a member is credited with over a time, by the recorded shares; null when the member is out of your reach. 成员计分
    async fn member_credits(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The member.")] member_id: Id<member::Entity>,
        #[graphql(desc = "Resolved and rated at this moment or later.")] from: DateTime,
        #[graphql(desc = "Before this moment.")] to: DateTime,
    ) -> Result<Option<MemberCredits>> {
        let call = ctx.call();
        let found = actions::member_credits(ctx.app(), call, member_id.uuid, from.0, to.0).await;
        Ok(found.on_field(call)?.map(Into::into))
    }
}
