//! What is told of raters and by them.

use async_graphql::InputObject;
use entity::{appraisal, appraisal_cycle, appraisal_rater, member};

use super::enums::{AppraisalRaterRole, AppraisalRequestStateFilter};
use crate::appraisals::feedback::actions::{
    FeedbackDecline, FeedbackGive, Named, RatersDecide, RatersPropose, RatersSuggest,
};
use crate::appraisals::feedback::store;
use crate::error::Result;
use crate::graphql::Id;
use crate::graphql::filters::IdFilter;

/// Somebody to ask. 评价人
#[derive(Clone, InputObject)]
pub struct AppraisalRaterInput {
    /// Who; somebody whom you may see. 成员
    member_id: Id<member::Entity>,
    /// As what. 类别
    role: AppraisalRaterRole,
}

/// Raters to propose. 提名评价人
#[derive(Clone, InputObject)]
pub struct AppraisalRatersProposeInput {
    /// For which appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Whom, 1 to 20 at once. 评价人
    raters: Vec<AppraisalRaterInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalRatersProposeInput {
    /// The plain order.
    pub fn plain(self) -> RatersPropose {
        let named = |one: AppraisalRaterInput| Named {
            member_id: one.member_id.uuid,
            source: one.role.into(),
        };
        RatersPropose {
            appraisal_id: self.id.uuid,
            raters: self.raters.into_iter().map(named).collect(),
        }
    }
}

/// A decision about proposed raters; it holds, so that no version is named. 审核评价人名单
#[derive(Clone, InputObject)]
pub struct AppraisalRatersDecideInput {
    /// Of which appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Which of its raters, 1 to 40. 评价人
    rater_ids: Vec<Id<appraisal_rater::Entity>>,
    /// Are they asked? 是否邀请
    accept: bool,
    /// Why not; needed when they are declined, and not shown to the member. 原因
    reason: Option<String>,
}

impl AppraisalRatersDecideInput {
    /// The plain order.
    pub fn plain(self) -> RatersDecide {
        RatersDecide {
            appraisal_id: self.id.uuid,
            rater_ids: self.rater_ids.iter().map(|id| id.uuid).collect(),
            accept: self.accept,
            reason: self.reason,
        }
    }
}

/// Raters to find for a whole cycle. 自动推荐评价人
#[derive(Clone, InputObject)]
pub struct AppraisalRatersSuggestInput {
    /// The cycle. 考核周期
    id: Id<appraisal_cycle::Entity>,
    /// Are they asked at once, without being approved? 是否直接邀请
    #[graphql(default)]
    ask: bool,
}

impl AppraisalRatersSuggestInput {
    /// The plain order.
    pub fn plain(self) -> RatersSuggest {
        RatersSuggest {
            cycle_id: self.id.uuid,
            ask: self.ask,
        }
    }
}

/// The answer to a question. 作答
#[derive(Clone, InputObject)]
pub struct AppraisalAnswerInput {
    /// The question's key. 题目
    question: String,
    /// The rating, 1 (not at all) to 5 (fully). 评分
    rating: i32,
}

/// Feedback about a colleague: every question, once. It can't be changed or taken back, for nobody can find it again, you neither.
/// 填写 360 度评价（提交后不可修改）
#[derive(Clone, InputObject)]
pub struct AppraisalFeedbackGiveInput {
    /// Your own request. 评价邀请
    id: Id<appraisal_rater::Entity>,
    /// The rating of each question. 作答
    answers: Vec<AppraisalAnswerInput>,
    /// In words, at most 4000 characters; shown as they are when enough people wrote something. 评语
    comment: Option<String>,
}

impl AppraisalFeedbackGiveInput {
    /// The plain order.
    pub fn plain(self) -> FeedbackGive {
        let answer = |one: AppraisalAnswerInput| (one.question, one.rating);
        FeedbackGive {
            id: self.id.uuid,
            answers: self.answers.into_iter().map(answer).collect(),
            comment: self.comment,
        }
    }
}

/// A request that you don't want to answer. 谢绝评价邀请
#[derive(Clone, InputObject)]
pub struct AppraisalFeedbackDeclineInput {
    /// Your own request. 评价邀请
    id: Id<appraisal_rater::Entity>,
    /// Why, 1 to 4000 characters; not shown to the member. 原因
    reason: String,
}

impl AppraisalFeedbackDeclineInput {
    /// The plain order.
    pub fn plain(self) -> FeedbackDecline {
        FeedbackDecline {
            id: self.id.uuid,
            reason: self.reason,
        }
    }
}

/// Which of your own requests. Everything given must hold. 评价邀请筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalFeedbackRequestFilter {
    /// How far they are. 状态
    state: Option<AppraisalRequestStateFilter>,
    /// Of which cycle. 考核周期
    cycle_id: Option<IdFilter>,
    /// Can they be answered now? 是否可以评价
    open: Option<bool>,
}

impl AppraisalFeedbackRequestFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::RequestFilter> {
        let cycle = self.cycle_id;
        Ok(store::RequestFilter {
            state: self.state.map(Into::into),
            cycle_id: cycle
                .map(|ids| ids.of::<appraisal_cycle::Entity>("filter.cycleId"))
                .transpose()?,
            open: self.open,
        })
    }
}
