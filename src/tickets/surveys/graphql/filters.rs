//! Filters and orderings as clients write them.

use async_graphql::{Enum, InputObject};
use chrono::Utc;
use entity::{member, team};

use super::types::{FollowUpState, SurveyState};
use crate::enum_filter;
use crate::error::{ApiError, Result};
use crate::graphql::filters::{DateTimeFilter, IdFilter, IntFilter};
use crate::graphql::{DateTime, Id};
use crate::organisation::graphql::Province;
use crate::tickets::surveys::store;

enum_filter!(
    SurveyStateFilter,
    SurveyState,
    entity::enums::SurveyState,
    "Compares the state of a survey. 问卷状态条件"
);
enum_filter!(
    FollowUpStateFilter,
    FollowUpState,
    entity::enums::FollowUpState,
    "Compares the state of a follow-up. 回访状态条件"
);

/// Which surveys to list. Everything given must hold. 问卷筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct SurveyFilter {
    /// What has become of it. 状态
    state: Option<SurveyStateFilter>,
    /// The rating, 1 to 5; only answered ones have one. 评分
    rating: Option<IntFilter>,
    /// The team that has the ticket. 团队
    team_id: Option<IdFilter>,
    /// When it was sent. 发送时间
    sent_at: Option<DateTimeFilter>,
}

impl SurveyFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self, now: chrono::DateTime<Utc>) -> Result<store::SurveyFilter> {
        Ok(store::SurveyFilter {
            now,
            state: self.state.map(Into::into),
            rating: self.rating.map(Into::into),
            team_id: self
                .team_id
                .map(|ids| ids.of::<team::Entity>("filter.teamId"))
                .transpose()?,
            sent_at: self.sent_at.map(Into::into),
        })
    }
}

/// In which order surveys are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SurveyOrder {
    /// Newest first. 最新发送
    #[default]
    SentAtDesc,
    /// Oldest first. 最早发送
    SentAtAsc,
}

impl From<SurveyOrder> for store::SurveyOrder {
    fn from(order: SurveyOrder) -> Self {
        Self::SentAt {
            newest_first: order == SurveyOrder::SentAtDesc,
        }
    }
}

/// Which follow-ups to list. Everything given must hold. 回访筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct SurveyFollowUpFilter {
    /// Whether it is done. 状态
    state: Option<FollowUpStateFilter>,
    /// Who does it. 负责人
    member_id: Option<IdFilter>,
    /// Until when it is to be done. 截止时间
    due_at: Option<DateTimeFilter>,
}

impl SurveyFollowUpFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::FollowUpFilter> {
        Ok(store::FollowUpFilter {
            state: self.state.map(Into::into),
            member_id: self
                .member_id
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            due_at: self.due_at.map(Into::into),
        })
    }
}

/// In which order follow-ups are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SurveyFollowUpOrder {
    /// First due first. 最早到期
    #[default]
    DueAtAsc,
    /// Last due first. 最晚到期
    DueAtDesc,
}

impl From<SurveyFollowUpOrder> for store::FollowUpOrder {
    fn from(order: SurveyFollowUpOrder) -> Self {
        Self::DueAt {
            latest_first: order == SurveyFollowUpOrder::DueAtDesc,
        }
    }
}

/// Whose satisfaction is asked for. Everything given must hold. 满意度统计条件
#[derive(Clone, InputObject)]
pub struct SatisfactionFilter {
    /// Surveys sent at this moment or later. 起始时间
    from: DateTime,
    /// Surveys sent before this moment. 截止时间
    to: DateTime,
    /// Of tickets that this team has. 团队
    team_id: Option<Id<team::Entity>>,
    /// Of tickets that this member is credited with, each counting by the member's share. 成员
    member_id: Option<Id<member::Entity>>,
    /// Of tickets served in this province. 省份
    province: Option<Province>,
}

impl SatisfactionFilter {
    /// The plain question.
    ///
    /// # Errors
    /// `BAD_INPUT` when the time ends before it begins.
    pub fn plain(self) -> Result<store::Asked> {
        if self.to < self.from {
            let error = ApiError::bad_input("filter.to", "it comes before `from`", "不能早于 from");
            return Err(error.into());
        }
        Ok(store::Asked {
            from: self.from.0,
            to: self.to.0,
            team_id: self.team_id.map(|id| id.uuid),
            member_id: self.member_id.map(|id| id.uuid),
            province: self.province.map(Into::into),
        })
    }
}
