//! Changing policies, and taking note of alerts.

use async_graphql::{Context, InputObject, Object, Result};
use entity::ticket_alert;

use super::alerts::TicketAlert;
use super::inputs::{SlaPolicyChangeInput, SlaPolicyCreateInput, SlaPolicyVersionAddInput};
use super::policies::SlaPolicy;
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::sla::actions;

/// Which alert. 确认提醒
#[derive(InputObject)]
pub struct TicketAlertAcknowledgeInput {
    /// The alert. 提醒
    id: Id<ticket_alert::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

mutation_payload!(SlaPolicyCreatePayload, policy: SlaPolicy, "The new policy; null when it was refused. 新策略");
mutation_payload!(SlaPolicyChangePayload, policy: SlaPolicy, "The changed policy; null when it was refused. 已修改的策略");
mutation_payload!(SlaPolicyVersionAddPayload, policy: SlaPolicy, "The policy with its new version; null when it was refused. 策略");
mutation_payload!(TicketAlertAcknowledgePayload, alert: TicketAlert, "The alert; null when it was refused. 提醒");

/// The mutations of service levels.
#[derive(Default)]
pub struct SlaMutation;

#[Object]
impl SlaMutation {
    /// Makes a policy with its first version. It isn't used before it is activated by `slaPolicyChange`. 新建服务级别策略
    async fn sla_policy_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new policy.")] input: SlaPolicyCreateInput,
    ) -> Result<Option<SlaPolicyCreatePayload>> {
        let create = actions::PolicyCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            rank: input.rank,
            content: input.content.into(),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::create_policy(ctx.app(), ctx.call(), create)
            .await
            .map(SlaPolicy);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Changes name, order and use of a policy. Open tickets keep their policy until kind, priority, tier or region
    /// change. 修改服务级别策略
    async fn sla_policy_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: SlaPolicyChangeInput,
    ) -> Result<Option<SlaPolicyChangePayload>> {
        let change = actions::PolicyChange {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: input.name,
            name_zh: input.name_zh,
            rank: input.rank,
            active: input.active,
        };
        let done = actions::change_policy(ctx.app(), ctx.call(), change)
            .await
            .map(SlaPolicy);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Adds a version to a policy. It holds for new tickets from now on, and with `applyToOpen` for open ones within
    /// moments. 新增服务级别策略版本
    async fn sla_policy_version_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new version.")] input: SlaPolicyVersionAddInput,
    ) -> Result<Option<SlaPolicyVersionAddPayload>> {
        let add = actions::PolicyVersionAdd {
            policy_id: input.policy_id.uuid,
            expected_version: input.expected_version,
            content: input.content.into(),
            apply_to_open: input.apply_to_open,
            idempotency_key: input.idempotency_key,
        };
        let done = actions::add_policy_version(ctx.app(), ctx.call(), add)
            .await
            .map(SlaPolicy);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Notes that you have taken note of an alert. 确认超时提醒
    async fn ticket_alert_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which alert.")] input: TicketAlertAcknowledgeInput,
    ) -> Result<Option<TicketAlertAcknowledgePayload>> {
        let (app, call) = (ctx.app(), ctx.call());
        let done = actions::acknowledge(app, call, input.id.uuid, input.expected_version)
            .await
            .map(TicketAlert);
        Ok(Some(Outcome::from_result(call, done)?.into()))
    }
}
