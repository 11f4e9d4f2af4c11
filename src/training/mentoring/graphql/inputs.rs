//! What is told of pairs.

use async_graphql::InputObject;
use entity::{member, mentoring, mentoring_goal, ticket};

use super::enums::{MentoringResult, MentoringStateFilter};
use crate::error::Result;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Date, Id};
use crate::training::graphql::TrainingDayFilter;
use crate::training::mentoring::actions::{
    CheckInAdd, GoalAdd, GoalPlan, GoalReach, PairEnd, PairStart, PairUpdate, Step, TicketLink,
};
use crate::training::mentoring::store;

/// Which pairs. Everything given must hold. 结对筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct MentoringFilter {
    /// Whose mentor. 导师
    mentor_id: Option<IdFilter>,
    /// Which newcomer. 新人
    newcomer_id: Option<IdFilter>,
    /// What has become of them. 状态
    state: Option<MentoringStateFilter>,
    /// When they began. 开始日期
    started_on: Option<TrainingDayFilter>,
    /// When they should end. 计划结束日期
    planned_end: Option<TrainingDayFilter>,
}

impl MentoringFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::PairFilter> {
        let who = |filter: Option<IdFilter>, field: &str| {
            filter
                .map(|ids| ids.of::<member::Entity>(field))
                .transpose()
        };
        Ok(store::PairFilter {
            mentor_id: who(self.mentor_id, "filter.mentorId")?,
            newcomer_id: who(self.newcomer_id, "filter.newcomerId")?,
            state: self.state.map(Into::into),
            started_on: self.started_on.map(Into::into),
            planned_end: self.planned_end.map(Into::into),
        })
    }
}

/// A goal of the plan. 带教目标
#[derive(Clone, InputObject)]
pub struct MentoringGoalInput {
    /// What the newcomer is to reach, 1 to 2000 characters. 目标
    goal: String,
    /// The last day for it. 到期日
    due_on: Date,
}

/// A pair to form. 师徒结对
#[derive(Clone, InputObject)]
pub struct MentoringStartInput {
    /// Who looks after the other. 导师
    mentor_id: Id<member::Entity>,
    /// Who is new; a member has one mentor at a time. 新人
    newcomer_id: Id<member::Entity>,
    /// Key of the metric by whose figures the newcomer reaches the standard. 衡量指标
    #[graphql(default_with = "\"tickets_resolved\".to_owned()")]
    metric_key: String,
    /// The first day; 92 days ago at most. 开始日期
    started_on: Date,
    /// The first day on which it should no longer be needed; within two years. 计划结束日期
    planned_end: Date,
    /// The plan: 1 to 30 goals. 带教计划
    goals: Vec<MentoringGoalInput>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl MentoringStartInput {
    /// The plain order.
    pub fn plain(self) -> PairStart {
        let goal = |goal: MentoringGoalInput| GoalPlan {
            goal: goal.goal,
            due_on: goal.due_on.0,
        };
        PairStart {
            mentor_id: self.mentor_id.uuid,
            newcomer_id: self.newcomer_id.uuid,
            metric_key: self.metric_key,
            started_on: self.started_on.0,
            planned_end: self.planned_end.0,
            goals: self.goals.into_iter().map(goal).collect(),
        }
    }
}

/// What changes about a pair; what is absent stays. 修改结对
#[derive(Clone, InputObject)]
pub struct MentoringUpdateInput {
    /// Which one. 结对
    id: Id<mentoring::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Key of the metric that it is measured by. 衡量指标
    metric_key: Option<String>,
    /// When it should end. 计划结束日期
    planned_end: Option<Date>,
}

impl MentoringUpdateInput {
    /// The plain order.
    pub fn plain(self) -> PairUpdate {
        PairUpdate {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            metric_key: self.metric_key,
            planned_end: self.planned_end.map(|day| day.0),
        }
    }
}

/// A goal to add to the plan. 新增带教目标
#[derive(Clone, InputObject)]
pub struct MentoringGoalAddInput {
    /// The pair. 结对
    mentoring_id: Id<mentoring::Entity>,
    /// What the newcomer is to reach, 1 to 2000 characters. 目标
    goal: String,
    /// The last day for it. 到期日
    due_on: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl MentoringGoalAddInput {
    /// The plain order.
    pub fn plain(self) -> GoalAdd {
        GoalAdd {
            mentoring_id: self.mentoring_id.uuid,
            goal: self.goal,
            due_on: self.due_on.0,
        }
    }
}

/// Whether a goal was reached. 目标达成
#[derive(Clone, InputObject)]
pub struct MentoringGoalReachInput {
    /// The goal. 目标
    id: Id<mentoring_goal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The day on which it was reached; null takes that back. 达成日期
    reached_on: Option<Date>,
    /// What is said about it, at most 2000 characters. 说明
    note: Option<String>,
}

impl MentoringGoalReachInput {
    /// The plain order.
    pub fn plain(self) -> GoalReach {
        GoalReach {
            id: self.id.uuid,
            expected_version: self.expected_version,
            reached_on: self.reached_on.map(|day| day.0),
            note: self.note,
        }
    }
}

/// A ticket on which both have worked. 关联共同处理的工单
#[derive(Clone, InputObject)]
pub struct MentoringTicketLinkInput {
    /// The pair. 结对
    mentoring_id: Id<mentoring::Entity>,
    /// The ticket. 工单
    ticket_id: Id<ticket::Entity>,
    /// What was learnt from it, at most 2000 characters. 心得
    note: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl MentoringTicketLinkInput {
    /// The plain order.
    pub fn plain(self) -> TicketLink {
        TicketLink {
            mentoring_id: self.mentoring_id.uuid,
            ticket_id: self.ticket_id.uuid,
            note: self.note,
        }
    }
}

/// A ticket that is taken away from a pair. 取消关联工单
#[derive(Clone, InputObject)]
pub struct MentoringTicketUnlinkInput {
    /// The pair. 结对
    pub mentoring_id: Id<mentoring::Entity>,
    /// The ticket. 工单
    pub ticket_id: Id<ticket::Entity>,
}

/// A talk to note. 登记带教记录
#[derive(Clone, InputObject)]
pub struct MentoringCheckInAddInput {
    /// The pair. 结对
    mentoring_id: Id<mentoring::Entity>,
    /// The day of the talk; within the last 31 days. 日期
    held_on: Date,
    /// How the newcomer gets on, 1 to 5; absent in the newcomer's own notes. 进展评分
    rating: Option<i32>,
    /// What was said, 1 to 2000 characters. 内容
    note: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl MentoringCheckInAddInput {
    /// The plain order.
    pub fn plain(self) -> CheckInAdd {
        CheckInAdd {
            mentoring_id: self.mentoring_id.uuid,
            held_on: self.held_on.0,
            rating: self.rating,
            note: self.note,
        }
    }
}

/// A pair that ends. 结束结对
#[derive(Clone, InputObject)]
pub struct MentoringEndInput {
    /// Which one. 结对
    id: Id<mentoring::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The first day on which it no longer holds; today at the latest. 结束日期
    ended_on: Date,
    /// How it ended. 结果
    result: MentoringResult,
    /// What is said about it, 1 to 2000 characters. 说明
    note: String,
}

impl MentoringEndInput {
    /// The plain order.
    pub fn plain(self) -> PairEnd {
        PairEnd {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            ended_on: self.ended_on.0,
            result: self.result.into(),
            note: self.note,
        }
    }
}
