//! The list's filter and orderings as clients write them.

use async_graphql::{Enum, InputObject};
use chrono::{DateTime, Utc};
use entity::{customer, member, partner, product, team};

use super::enums::{
    ChannelFilter, TicketKindFilter, TicketPriorityFilter, TicketStageFilter, TicketStateFilter,
};
use crate::access::Call;
use crate::db::Db;
use crate::error::Result;
use crate::graphql::filters::{DateTimeFilter, IdFilter, IntFilter, StringFilter};
use crate::organisation::graphql::ProvinceFilter;
use crate::tickets::collaboration::fields;
use crate::tickets::collaboration::fields::graphql::TicketFieldFilter;
use crate::tickets::collaboration::tags::graphql::TagsFilter;
use crate::tickets::sla::graphql::SlaStateFilter;
use crate::tickets::store::{Filter, Order};

/// Which tickets to list. Everything given must hold; filtering by a field that you may not see is refused. 工单筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct TicketFilter {
    /// The number for people. 工单编号
    number: Option<IntFilter>,
    /// The matter in one line. 主题
    subject: Option<StringFilter>,
    /// Kind of request. 工单类型
    kind: Option<TicketKindFilter>,
    /// Stage. 阶段
    stage: Option<TicketStageFilter>,
    /// State. 状态
    state: Option<TicketStateFilter>,
    /// Priority. 优先级
    priority: Option<TicketPriorityFilter>,
    /// Channel. 渠道
    channel: Option<ChannelFilter>,
    /// Province. 省份
    province: Option<ProvinceFilter>,
    /// Customer. 客户
    customer_id: Option<IdFilter>,
    /// Partner. 合作伙伴
    partner_id: Option<IdFilter>,
    /// Product. 产品
    product_id: Option<IdFilter>,
    /// Team. 团队
    team_id: Option<IdFilter>,
    /// Owner. 首问责任人
    owner_id: Option<IdFilter>,
    /// Assignee. 处理人
    assignee_id: Option<IdFilter>,
    /// Those that you watch (true) or don't (false). 我关注的
    watched_by_me: Option<bool>,
    /// When it was opened. 创建时间
    created_at: Option<DateTimeFilter>,
    /// When it last changed. 更新时间
    updated_at: Option<DateTimeFilter>,
    /// When it was resolved. 解决时间
    resolved_at: Option<DateTimeFilter>,
    /// The earliest due time of its running clocks; null when none runs. 到期时间
    due_at: Option<DateTimeFilter>,
    /// How it stands by its service level, at the moment of the request. 时限状态
    sla_state: Option<SlaStateFilter>,
    /// Tags; for staff only. 标签
    tag: Option<TagsFilter>,
    /// Custom fields, at most 20; all of these comparisons must hold. 自定义字段
    #[graphql(validator(max_items = 20))]
    fields: Option<Vec<TicketFieldFilter>>,
    /// All of these too. 并且
    and: Option<Vec<TicketFilter>>,
    /// At least one of these; an empty list matches no ticket. 或者（空列表不匹配任何工单）
    or: Option<Vec<TicketFilter>>,
    /// Not this. 排除
    not: Option<Box<TicketFilter>>,
}

impl TicketFilter {
    /// The plain filter, after a look whether the viewer may compare those custom fields.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type, or the custom field that can't be compared so.
    pub async fn plain_for(self, db: &Db, call: &Call) -> Result<Filter> {
        let filter = self.plain(call.at)?;
        fields::filter::check(db.reader(), &call.viewer, &filter.compared_fields()).await?;
        Ok(filter)
    }

    /// The plain filter, at the moment of the request.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self, now: DateTime<Utc>) -> Result<Filter> {
        let many = |filters: Vec<Self>| {
            filters
                .into_iter()
                .map(|filter| filter.plain(now))
                .collect::<Result<Vec<_>>>()
        };
        Ok(Filter {
            number: self.number.map(Into::into),
            subject: self.subject.map(Into::into),
            kind: self.kind.map(Into::into),
            stage: self.stage.map(Into::into),
            state: self.state.map(Into::into),
            priority: self.priority.map(Into::into),
            channel: self.channel.map(Into::into),
            province: self.province.map(Into::into),
            customer_id: self
                .customer_id
                .map(|ids| ids.of::<customer::Entity>("filter.customerId"))
                .transpose()?,
            partner_id: self
                .partner_id
                .map(|ids| ids.of::<partner::Entity>("filter.partnerId"))
                .transpose()?,
            product_id: self
                .product_id
                .map(|ids| ids.of::<product::Entity>("filter.productId"))
                .transpose()?,
            team_id: self
                .team_id
                .map(|ids| ids.of::<team::Entity>("filter.teamId"))
                .transpose()?,
            owner_id: self
                .owner_id
                .map(|ids| ids.of::<member::Entity>("filter.ownerId"))
                .transpose()?,
            assignee_id: self
                .assignee_id
                .map(|ids| ids.of::<member::Entity>("filter.assigneeId"))
                .transpose()?,
            watched_by_me: self.watched_by_me,
            created_at: self.created_at.map(Into::into),
            updated_at: self.updated_at.map(Into::into),
            resolved_at: self.resolved_at.map(Into::into),
            due_at: self.due_at.map(Into::into),
            sla_state: self.sla_state.map(|filter| (filter.states(), now)),
            due_seen: false,
            tag: self.tag.map(Into::into),
            fields: self
                .fields
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            and: many(self.and.unwrap_or_default())?,
            or: self.or.map(many).transpose()?,
            not: self
                .not
                .map(|filter| filter.plain(now))
                .transpose()?
                .map(Box::new),
        })
    }
}

/// In which order tickets are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TicketOrder {
    /// Newest first. 最新创建
    CreatedAtDesc,
    /// Oldest first. 最早创建
    CreatedAtAsc,
    /// Last changed first. 最近更新
    UpdatedAtDesc,
    /// Longest unchanged first. 最久未更新
    UpdatedAtAsc,
    /// Most urgent first, among equals the oldest. 优先级
    PriorityDesc,
    /// Not yet resolved ones first, then the latest resolved. 最近解决
    ResolvedAtDesc,
    /// First resolved first, not yet resolved ones last. 最早解决
    ResolvedAtAsc,
    /// Due first first, those without a running clock last; only tickets whose due times you may see. 最早到期
    DueAtAsc,
    /// Those without a running clock first, then due last first; only tickets whose due times you may see. 最晚到期
    DueAtDesc,
}

impl TicketOrder {
    /// Would the place in the list tell when a ticket is due?
    #[must_use]
    pub fn tells_due_times(self) -> bool {
        matches!(self, Self::DueAtAsc | Self::DueAtDesc)
    }
}

impl From<TicketOrder> for Order {
    fn from(order: TicketOrder) -> Self {
        match order {
            TicketOrder::CreatedAtDesc => Self::CreatedAt { newest_first: true },
            TicketOrder::CreatedAtAsc => Self::CreatedAt {
                newest_first: false,
            },
            TicketOrder::UpdatedAtDesc => Self::UpdatedAt { newest_first: true },
            TicketOrder::UpdatedAtAsc => Self::UpdatedAt {
                newest_first: false,
            },
            TicketOrder::PriorityDesc => Self::Priority,
            TicketOrder::ResolvedAtDesc => Self::ResolvedAt { newest_first: true },
            TicketOrder::ResolvedAtAsc => Self::ResolvedAt {
                newest_first: false,
            },
            TicketOrder::DueAtAsc => Self::DueAt {
                latest_first: false,
            },
            TicketOrder::DueAtDesc => Self::DueAt { latest_first: true },
        }
    }
}
