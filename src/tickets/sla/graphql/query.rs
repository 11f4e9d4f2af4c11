//! Reading policies and alerts, and trying a policy.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use entity::{customer, sla_policy, ticket_alert};

use super::alerts::{TicketAlert, TicketAlertFilter, TicketAlertOrder};
use super::enums::SlaClockKind;
use super::policies::{SlaPolicy, SlaPolicyFilter, SlaPolicyOrder};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, DateTime, Duration, Id, PageArgs};
use crate::tickets::graphql::{TicketKind, TicketPriority};
use crate::tickets::sla::actions;

/// Which ticket to try the policies on. 时限预览
#[derive(InputObject)]
pub struct SlaPreviewInput {
    /// What kind of request it would be. 工单类型
    kind: TicketKind,
    /// How urgent it would be. 优先级
    #[graphql(default_with = "TicketPriority::Normal")]
    priority: TicketPriority,
    /// For which customer: tier and province decide. 客户
    customer_id: Id<customer::Entity>,
    /// When it would be opened; at the moment of the request when absent. 创建时间
    at: Option<DateTime>,
}

/// What would be promised to a ticket. 时限预览
#[derive(SimpleObject)]
pub struct SlaPreview {
    /// The policy that would hold. 策略
    policy: Option<SlaPolicy>,
    /// Its clocks as they would begin. 计时项
    clocks: Vec<SlaPreviewClock>,
}

/// A clock as it would begin. 计时预览
#[derive(SimpleObject)]
pub struct SlaPreviewClock {
    /// What it measures. 计时项
    kind: SlaClockKind,
    /// Working time allowed. 时限
    target: Duration,
    /// When a warning would be due. 提醒时间
    warn_at: Option<DateTime>,
    /// When it would be due. 到期时间
    due_at: Option<DateTime>,
}

/// The queries of service levels.
#[derive(Default)]
pub struct SlaQuery;

#[Object]
impl SlaQuery {
    /// A service level policy by id. 服务级别策略
    async fn sla_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy's id, `policy_...`.")] id: Id<sla_policy::Entity>,
    ) -> Result<Option<SlaPolicy>> {
        let row = ctx.row::<sla_policy::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(SlaPolicy))
    }

    /// The service level policies, in the order in which they are tried. 服务级别策略列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn sla_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which policies.")] filter: Option<SlaPolicyFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<SlaPolicyOrder>,
    ) -> Result<Option<Connection<SlaPolicy>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<sla_policy::Entity, _>(ctx, page, filter, order, SlaPolicy).await
    }

    /// Which policy would hold for a ticket, and when it would be due; null when no policy is for it, or the customer is out of your reach. 时限预览
    async fn sla_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: SlaPreviewInput,
    ) -> Result<Option<SlaPreview>> {
        let call = ctx.call();
        let ask = actions::PreviewAsk {
            kind: input.kind.into(),
            priority: input.priority.into(),
            customer_id: input.customer_id.uuid,
            at: input.at.map_or(call.at, |at| at.0),
        };
        let found = actions::preview(ctx.app(), call, ask).await;
        let Some(preview) = found.on_field(call)? else {
            return Ok(None);
        };
        let policy = ctx.row::<sla_policy::Entity>(preview.level.policy).await;
        Ok(Some(SlaPreview {
            policy: policy.on_field(call)?.map(SlaPolicy),
            clocks: preview
                .clocks
                .into_iter()
                .map(|(kind, clock)| SlaPreviewClock {
                    kind: kind.into(),
                    target: Duration::of_seconds(clock.target),
                    warn_at: clock.warn().map(Into::into),
                    due_at: clock.due().map(Into::into),
                })
                .collect(),
        }))
    }

    /// Warnings and escalations of the tickets within your reach, the newest first. 超时提醒列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn ticket_alerts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which alerts.")] filter: Option<TicketAlertFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TicketAlertOrder>,
    ) -> Result<Option<Connection<TicketAlert>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<ticket_alert::Entity, _>(ctx, page, filter, order, TicketAlert).await
    }
}
