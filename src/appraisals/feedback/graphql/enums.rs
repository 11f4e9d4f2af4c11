//! The enums of feedback as clients see them.

use async_graphql::Enum;
use entity::enums::{AppraisalFeedbackSource as Source, AppraisalRaterState as State};

use crate::appraisals::feedback::store;
use crate::enum_filter;

/// As what a rater is proposed. 评价人类别
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AppraisalRaterRole {
    /// A colleague; never the member or the reviewer. 同事
    Peer,
    /// The reviewer, or one who leads the member. 上级
    Superior,
}

impl From<AppraisalRaterRole> for Source {
    fn from(role: AppraisalRaterRole) -> Self {
        match role {
            AppraisalRaterRole::Peer => Self::Peer,
            AppraisalRaterRole::Superior => Self::Superior,
        }
    }
}

/// How far a rater is, as everybody but the rater sees it: whether somebody has answered isn't told. 评价人状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AppraisalRaterState {
    /// Proposed, and not yet approved. 待审核
    Proposed,
    /// Asked; whether they have answered is theirs to know. 已邀请
    Asked,
    /// Not approved, or the rater said no. 未通过或已谢绝
    Declined,
}

impl From<State> for AppraisalRaterState {
    fn from(state: State) -> Self {
        match state {
            State::Proposed => Self::Proposed,
            State::Asked | State::Given => Self::Asked,
            State::Declined => Self::Declined,
        }
    }
}

/// How far your own request is. 评价邀请状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AppraisalRequestState {
    /// It waits for your answer. 待评价
    Asked,
    /// You have answered; only you know. 已评价
    Given,
    /// You have declined. 已谢绝
    Declined,
}

impl From<State> for AppraisalRequestState {
    fn from(state: State) -> Self {
        match state {
            // What is proposed hasn't reached the rater and isn't shown.
            State::Proposed | State::Asked => Self::Asked,
            State::Given => Self::Given,
            State::Declined => Self::Declined,
        }
    }
}

impl From<AppraisalRequestState> for State {
    fn from(state: AppraisalRequestState) -> Self {
        match state {
            AppraisalRequestState::Asked => Self::Asked,
            AppraisalRequestState::Given => Self::Given,
            AppraisalRequestState::Declined => Self::Declined,
        }
    }
}

enum_filter!(
    AppraisalRequestStateFilter,
    AppraisalRequestState,
    State,
    "Compares how far your own requests are. 评价邀请状态筛选"
);

/// How your own requests are sorted. 评价邀请排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RequestOrder")]
pub enum AppraisalFeedbackRequestOrder {
    /// The latest first. 最新
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早
    CreatedAtAsc,
}
