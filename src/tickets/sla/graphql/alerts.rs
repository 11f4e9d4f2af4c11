//! Alerts: warnings and escalations.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{member, sla_clock, team, ticket, ticket_alert};

use super::enums::{AlertKind, AlertKindFilter};
use crate::graphql::errors::OnField;
use crate::graphql::filters::{DateTimeFilter, IdFilter};
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::{Member, Team};
use crate::tickets::graphql::Ticket;
use crate::tickets::sla::store;

/// A warning before a due time, or the escalation of a missed one. 超时提醒
pub struct TicketAlert(pub ticket_alert::Model);

/// A warning before a due time, or the escalation of a missed one. 超时提醒
#[Object]
impl TicketAlert {
    /// The alert's id, `alert_...`. 提醒 ID
    async fn id(&self) -> Id<ticket_alert::Entity> {
        Id::new(self.0.id)
    }

    /// What it tells. 提醒类型
    async fn kind(&self) -> AlertKind {
        self.0.kind.into()
    }

    /// The ticket; null when it is out of your reach. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let row = ctx.row::<ticket::Entity>(self.0.ticket_id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// The clock, `clock_...`, one of the ticket's. 计时 ID
    async fn clock_id(&self) -> Id<sla_clock::Entity> {
        Id::new(self.0.clock_id)
    }

    /// The time that it is about: when the warning was due, or the due time that was missed. 相关时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// When it was raised. 提醒时间
    async fn raised_at(&self) -> DateTime {
        self.0.raised_at.into()
    }

    /// Whether it was found only after the server had stood still. 是否延迟发现
    async fn late(&self) -> bool {
        self.0.late
    }

    /// Who should act. 责任人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The team whose lead should know. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// When somebody took note of it; null until then. 确认时间
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.0.acknowledged_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Which alerts to list. 提醒筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct TicketAlertFilter {
    /// What it tells. 提醒类型
    kind: Option<AlertKindFilter>,
    /// Taken note of (true) or not (false). 是否已确认
    acknowledged: Option<bool>,
    /// The ticket. 工单
    ticket_id: Option<IdFilter>,
    /// The team whose lead should know. 团队
    team_id: Option<IdFilter>,
    /// Who should act. 责任人
    member_id: Option<IdFilter>,
    /// When it was raised. 提醒时间
    raised_at: Option<DateTimeFilter>,
}

impl TicketAlertFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> crate::error::Result<store::AlertFilter> {
        Ok(store::AlertFilter {
            kind: self.kind.map(Into::into),
            acknowledged: self.acknowledged,
            ticket_id: self
                .ticket_id
                .map(|ids| ids.of::<ticket::Entity>("filter.ticketId"))
                .transpose()?,
            team_id: self
                .team_id
                .map(|ids| ids.of::<team::Entity>("filter.teamId"))
                .transpose()?,
            member_id: self
                .member_id
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            raised_at: self.raised_at.map(Into::into),
        })
    }
}

/// In which order alerts are listed. 提醒排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum TicketAlertOrder {
    /// The newest first. 最新
    #[default]
    RaisedAtDesc,
    /// The oldest first. 最早
    RaisedAtAsc,
}

impl From<TicketAlertOrder> for store::AlertOrder {
    fn from(order: TicketAlertOrder) -> Self {
        match order {
            TicketAlertOrder::RaisedAtDesc => Self::RaisedAtDesc,
            TicketAlertOrder::RaisedAtAsc => Self::RaisedAtAsc,
        }
    }
}
