//! Conferring and revoking honours, recognising colleagues, and saying whether one is shown.

use async_graphql::{Context, Object, Result};
use entity::{honour, recognition};

use super::inputs::{
    HonourConferInput, HonourRevokeInput, HonourWallPreferenceSetInput, RecognitionGiveInput,
    RecognitionWithdrawInput,
};
use super::types::{Honour, HonourWallPreference, Recognition};
use crate::access::{Scoped, find};
use crate::graphql::{Ask, Outcome};
use crate::incentives::honours::actions;
use crate::mutation_payload;

mutation_payload!(HonourConferPayload, honour: Honour, "The new honour, if you may read it; null when nothing was changed. 荣誉");
mutation_payload!(HonourRevokePayload, honour: Honour, "The honour, if you may read it; null when nothing was changed. 荣誉");
mutation_payload!(HonourWallPreferenceSetPayload, preference: HonourWallPreference, "What holds from now on; null when nothing was changed. 公开设置");
mutation_payload!(RecognitionGivePayload, recognition: Recognition, "The new recognition; null when nothing was changed. 认可");
mutation_payload!(RecognitionWithdrawPayload, recognition: Recognition, "The recognition; null when nothing was changed. 认可");

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map($view),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

/// The mutations about honours and recognitions.
#[derive(Default)]
pub struct HonourMutation;

/// The mutations about honours and recognitions.
#[Object]
impl HonourMutation {
    /// Confers a title or a commendation on a member within the reach of `honour.confer`, from today on; never on yourself. 授予荣誉
    async fn honour_confer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The honour. 荣誉")] input: HonourConferInput,
    ) -> Result<Option<HonourConferPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::confer(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, honour as Honour)
    }

    /// Takes an honour of a member within the reach of `honour.confer` back for good, wherever it came from. 撤销荣誉
    async fn honour_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why. 荣誉及原因")] input: HonourRevokeInput,
    ) -> Result<Option<HonourRevokePayload>> {
        let done = actions::revoke(ctx.app(), ctx.call(), &input.plain()).await;
        shown!(ctx, done, honour as Honour)
    }

    /// Says whether your honours, and what you and colleagues recognise in each other, are shown to all the staff. 设置荣誉墙是否公开
    async fn honour_wall_preference_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether. 是否公开")] input: HonourWallPreferenceSetInput,
    ) -> Result<Option<HonourWallPreferenceSetPayload>> {
        let done = actions::set_shown(ctx.app(), ctx.call(), input.shown).await;
        let done = done.map(|shown| HonourWallPreference { shown });
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Recognises a colleague, within limits; everything that is in the way is told at once. 认可同事
    async fn recognition_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and for what. 同事及留言")] input: RecognitionGiveInput,
    ) -> Result<Option<RecognitionGivePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        let done = actions::give(ctx.app(), ctx.call(), &order, key.as_deref()).await;
        shown!(ctx, done, recognition as Recognition)
    }

    /// Takes a recognition that you gave today back; it counts for nothing any more. 撤回认可
    async fn recognition_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 认可")] input: RecognitionWithdrawInput,
    ) -> Result<Option<RecognitionWithdrawPayload>> {
        let done = actions::withdraw(ctx.app(), ctx.call(), input.plain()).await;
        shown!(ctx, done, recognition as Recognition)
    }
}
