//! What the mutations and lists about appraisals are told.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    appraisal, appraisal_cycle, appraisal_dispute, appraisal_incident, appraisal_plan_item, member,
    team, ticket,
};
use uuid::Uuid;

use crate::appraisals::actions::assess::{Assessment, ItemSaid};
use crate::appraisals::actions::common::Step;
use crate::appraisals::actions::disputes::{Dispute, DisputeDecide};
use crate::appraisals::actions::incidents::IncidentRecord;
use crate::appraisals::actions::plan::{Item, Plan};
use crate::appraisals::store::{self, Said};
use crate::error::{ApiError, Result};
use crate::graphql::filters::IdFilter;
use crate::graphql::{Date, Decimal, Id, change, ids};

/// Which appraisals; never by what was judged. All given comparisons must hold. 考核筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalFilter {
    /// In which cycle. 考核周期
    cycle_id: Option<IdFilter>,
    /// About whom. 被考核人
    member_id: Option<IdFilter>,
    /// Judged by whom. 评价人
    reviewer_id: Option<IdFilter>,
    /// For which team. 团队
    team_id: Option<IdFilter>,
    /// Was the self-assessment handed in? 自评是否已提交
    self_submitted: Option<bool>,
    /// Was the review handed in? 评价是否已提交
    review_submitted: Option<bool>,
}

impl AppraisalFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::AppraisalFilter> {
        let cycle = |ids: IdFilter| ids.of::<appraisal_cycle::Entity>("filter.cycleId");
        let team = |ids: IdFilter| ids.of::<team::Entity>("filter.teamId");
        let who = |ids: Option<IdFilter>, field: &str| {
            ids.map(|ids| ids.of::<member::Entity>(field)).transpose()
        };
        Ok(store::AppraisalFilter {
            cycle_id: self.cycle_id.map(cycle).transpose()?,
            member_id: who(self.member_id, "filter.memberId")?,
            reviewer_id: who(self.reviewer_id, "filter.reviewerId")?,
            team_id: self.team_id.map(team).transpose()?,
            self_submitted: self.self_submitted,
            review_submitted: self.review_submitted,
        })
    }
}

const fn step(id: Uuid, expected_version: i32) -> Step {
    Step {
        id,
        expected_version,
    }
}

/// An item of the work plan. 工作计划项
#[derive(Clone, InputObject)]
pub struct AppraisalPlanItemInput {
    /// Which of those that are there, so that what was said about it stays; a new one when absent. 标识
    id: Option<Id<appraisal_plan_item::Entity>>,
    /// What is to be done, 1 to 200 characters. 计划内容
    title: String,
    /// How one sees that it is done, 1 to 4,000 characters. 完成标准
    measure: String,
    /// Its weight among the items, 1 to 100. 权重
    weight: i32,
}

macro_rules! plans {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// The appraisal. 考核
                id: Id<appraisal::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
                /// The whole plan, 1 to 20 items in their order; those that are left out go. 工作计划
                items: Vec<AppraisalPlanItemInput>,
            }

            impl $name {
                /// The plain order.
                pub fn plain(self) -> Plan {
                    let item = |item: AppraisalPlanItemInput| Item {
                        id: item.id.map(|id| id.uuid),
                        title: item.title,
                        measure: item.measure,
                        weight: item.weight,
                    };
                    Plan {
                        step: step(self.id.uuid, self.expected_version),
                        items: self.items.into_iter().map(item).collect(),
                    }
                }
            }
        )*
    };
}

plans! {
    /// One's own work plan. 制定工作计划
    AppraisalPlanSetInput;
    /// A work plan as the reviewer revises it. 修订工作计划
    AppraisalPlanReviseInput;
}

/// A plan to agree to. 确认工作计划
#[derive(Clone, InputObject)]
pub struct AppraisalPlanAgreeInput {
    /// The appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

impl AppraisalPlanAgreeInput {
    /// The plain order.
    pub const fn plain(&self) -> Step {
        step(self.id.uuid, self.expected_version)
    }
}

/// What is said about a criterion. 指标评分
#[derive(Clone, InputObject)]
pub struct AppraisalRatingInput {
    /// The key of a criterion that the template lets judge. 评价指标键
    criterion: String,
    /// How far it is met, 0 to 100 percent; null takes back what was said. 达成率
    percent: Option<Decimal>,
    /// In words, at most 4,000 characters. 说明
    comment: Option<String>,
}

impl From<AppraisalRatingInput> for Said {
    fn from(input: AppraisalRatingInput) -> Self {
        Self {
            criterion: input.criterion,
            percent: input.percent.map(|percent| percent.0),
            comment: input.comment,
        }
    }
}

/// How far the member sees an item of the plan done. 计划项自评
#[derive(Clone, InputObject)]
pub struct AppraisalOwnItemInput {
    /// The item. 工作计划项
    id: Id<appraisal_plan_item::Entity>,
    /// How far it is done, 0 to 100 percent; null takes back what was said. 完成率
    percent: Option<Decimal>,
}

/// How far the reviewer sees an item of the plan done. 计划项评价
#[derive(Clone, InputObject)]
pub struct AppraisalJudgedItemInput {
    /// The item. 工作计划项
    id: Id<appraisal_plan_item::Entity>,
    /// How far it is done, 0 to 100 percent; null takes back what was said. 完成率
    percent: Option<Decimal>,
    /// In words, at most 4,000 characters. 评语
    comment: Option<String>,
}

/// How the member sees it; what isn't named stays as it was. 自评
#[derive(Clone, InputObject)]
pub struct AppraisalSelfAssessInput {
    /// The appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// About criteria, each once. 指标评分
    ratings: Option<Vec<AppraisalRatingInput>>,
    /// About items of the plan, each once. 计划项
    plan: Option<Vec<AppraisalOwnItemInput>>,
    /// About the whole, at most 4,000 characters; null takes it away. 说明
    comment: MaybeUndefined<String>,
    /// Is that all, so that it is handed in? It can still be changed while self-assessments are open. 是否提交
    #[graphql(default)]
    submit: bool,
}

impl AppraisalSelfAssessInput {
    /// The plain order.
    pub fn plain(self) -> Assessment {
        let item = |item: AppraisalOwnItemInput| ItemSaid {
            id: item.id.uuid,
            percent: item.percent.map(|percent| percent.0),
            comment: None,
        };
        let ratings = self.ratings.unwrap_or_default();
        Assessment {
            step: step(self.id.uuid, self.expected_version),
            ratings: ratings.into_iter().map(Into::into).collect(),
            plan: self
                .plan
                .unwrap_or_default()
                .into_iter()
                .map(item)
                .collect(),
            comment: change(self.comment),
            submit: self.submit,
        }
    }
}

/// How the reviewer sees it; what isn't named stays as it was. 上级评价
#[derive(Clone, InputObject)]
pub struct AppraisalReviewInput {
    /// The appraisal. 考核
    id: Id<appraisal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// About criteria, each once. 指标评分
    ratings: Option<Vec<AppraisalRatingInput>>,
    /// About items of the plan, each once. 计划项
    plan: Option<Vec<AppraisalJudgedItemInput>>,
    /// About the whole, at most 4,000 characters; null takes it away. The member reads it once results are out. 评语
    comment: MaybeUndefined<String>,
    /// Is that all, so that it is handed in? Nothing may be missing then without which there is no result. 是否提交
    #[graphql(default)]
    submit: bool,
}

impl AppraisalReviewInput {
    /// The plain order.
    pub fn plain(self) -> Assessment {
        let item = |item: AppraisalJudgedItemInput| ItemSaid {
            id: item.id.uuid,
            percent: item.percent.map(|percent| percent.0),
            comment: item.comment,
        };
        let ratings = self.ratings.unwrap_or_default();
        Assessment {
            step: step(self.id.uuid, self.expected_version),
            ratings: ratings.into_iter().map(Into::into).collect(),
            plan: self
                .plan
                .unwrap_or_default()
                .into_iter()
                .map(item)
                .collect(),
            comment: change(self.comment),
            submit: self.submit,
        }
    }
}

/// A critical behaviour to record. 登记关键行为
#[derive(Clone, InputObject)]
pub struct AppraisalIncidentRecordInput {
    /// The appraisal. 考核
    appraisal_id: Id<appraisal::Entity>,
    /// The key of the behaviour in the template. 关键行为键
    behaviour: String,
    /// When it happened; a day of the period. 发生日期
    day: Date,
    /// On which ticket, one that you may see. 工单
    ticket_id: Option<Id<ticket::Entity>>,
    /// What is known of it, 1 to 4,000 characters; the member reads it. 依据
    evidence: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalIncidentRecordInput {
    /// The plain order.
    pub fn plain(self) -> IncidentRecord {
        IncidentRecord {
            appraisal_id: self.appraisal_id.uuid,
            behaviour: self.behaviour,
            day: self.day.0,
            ticket_id: self.ticket_id.map(|id| id.uuid),
            evidence: self.evidence,
        }
    }
}

/// A recorded behaviour to take back. 撤回关键行为
#[derive(Clone, InputObject)]
pub struct AppraisalIncidentWithdrawInput {
    /// Which one. 关键行为记录
    id: Id<appraisal_incident::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 4,000 characters. 原因
    pub reason: String,
}

impl AppraisalIncidentWithdrawInput {
    /// Which one, as it was seen.
    pub const fn step(&self) -> Step {
        step(self.id.uuid, self.expected_version)
    }
}

/// A record behind one's own figure that is wrong. 提出数据异议
#[derive(Clone, InputObject)]
pub struct AppraisalDisputeInput {
    /// The appraisal. 考核
    appraisal_id: Id<appraisal::Entity>,
    /// The key of the metric whose figure it is behind. 指标键
    metric_key: String,
    /// The record: `recordId` of `metric { groups { figure { records } } }`. 记录标识
    record_id: ID,
    /// What is wrong with it, 1 to 4,000 characters. 异议理由
    grounds: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalDisputeInput {
    /// The plain order.
    ///
    /// # Errors
    /// `BAD_INPUT` when the record's id isn't one.
    pub fn plain(self) -> Result<Dispute> {
        let (record_kind, record_id) = ids::decode(&self.record_id)
            .map_err(|wrong| ApiError::bad_input("input.recordId", wrong.en, wrong.zh))?;
        Ok(Dispute {
            appraisal_id: self.appraisal_id.uuid,
            metric_key: self.metric_key,
            record_kind,
            record_id,
            grounds: self.grounds,
        })
    }
}

/// A decision about a dispute. 处理数据异议
#[derive(Clone, InputObject)]
pub struct AppraisalDisputeDecideInput {
    /// Which one; never about yourself, or about whom you review. 数据异议
    id: Id<appraisal_dispute::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Is the record wrong? 是否成立
    uphold: bool,
    /// Why, 1 to 4,000 characters; the member reads it. 处理意见
    decision: String,
}

impl AppraisalDisputeDecideInput {
    /// The plain order.
    pub fn plain(self) -> DisputeDecide {
        DisputeDecide {
            step: step(self.id.uuid, self.expected_version),
            uphold: self.uphold,
            decision: self.decision,
        }
    }
}
