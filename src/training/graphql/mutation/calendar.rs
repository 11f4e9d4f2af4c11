//! Mutations of the link to one's own calendar.

use async_graphql::{Context, Object, Result};

use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::training::actions;

mutation_payload!(
    TrainingCalendarRenewPayload,
    url: String,
    "The link, shown this once; whoever has it reads your sessions. 日历订阅链接"
);
mutation_payload!(
    TrainingCalendarRevokePayload,
    revoked: bool,
    "Was there a link? 是否曾有链接"
);

/// The mutations of the link to one's own calendar.
#[derive(Default)]
pub struct TrainingCalendarMutation;

#[Object]
impl TrainingCalendarMutation {
    /// Makes a new secret link under which a calendar program reads your training sessions; the former link opens nothing any
    /// more. 生成日历订阅链接
    async fn training_calendar_renew(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<TrainingCalendarRenewPayload>> {
        let done = actions::feed_renew(ctx.app(), ctx.call()).await;
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Takes the link to your calendar away. 撤销日历订阅链接
    async fn training_calendar_revoke(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<TrainingCalendarRevokePayload>> {
        let done = actions::feed_revoke(ctx.app(), ctx.call()).await;
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
