//! What is told of proposals.

use async_graphql::InputObject;
use entity::{member, training_course, training_proposal, training_session};

use super::enums::TrainingNeedKind;
use crate::graphql::{DateTime, Id};
use crate::training::actions::SessionCreate;
use crate::training::needs::actions::{
    AcceptWith, ProposalAccept, ProposalCreate, ProposalDecline,
};

/// A training to propose. 提出培训建议
#[derive(Clone, InputObject)]
pub struct TrainingProposalCreateInput {
    /// The course. 课程
    course_id: Id<training_course::Entity>,
    /// For whom, 1 to 50. 建议参训人员
    member_ids: Vec<Id<member::Entity>>,
    /// What it is to mend, 1 to 2000 characters. 目的
    purpose: String,
    /// 1 is the most urgent, 3 the least. 优先级
    #[graphql(default = 2)]
    priority: i32,
    /// The respects whose needs of today are kept as evidence. 依据的需求类型
    #[graphql(default)]
    kinds: Vec<TrainingNeedKind>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingProposalCreateInput {
    /// The plain order.
    pub fn plain(self) -> ProposalCreate {
        ProposalCreate {
            course_id: self.course_id.uuid,
            members: self.member_ids.into_iter().map(|id| id.uuid).collect(),
            purpose: self.purpose,
            priority: self.priority,
            kinds: self.kinds.into_iter().map(Into::into).collect(),
        }
    }
}

/// A session to plan for a proposal. 安排场次
#[derive(Clone, InputObject)]
pub struct TrainingProposalPlanInput {
    /// Who gives it; you, when nobody is named and you plan your own sessions only. 讲师
    #[graphql(default)]
    trainer_ids: Vec<Id<member::Entity>>,
    /// Where. 地点
    place: Option<String>,
    /// The link, when it is held online. 链接
    link: Option<String>,
    /// From when. 开始时间
    starts_at: DateTime,
    /// Until when. 结束时间
    ends_at: DateTime,
    /// How many places there are. 名额
    capacity: i32,
}

/// A proposal to accept: with an open session of the course, or with one to plan; exactly one of both. 采纳培训建议
#[derive(Clone, InputObject)]
pub struct TrainingProposalAcceptInput {
    /// The proposal. 建议
    id: Id<training_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What comes of it. 落实方式
    with: TrainingProposalWithInput,
}

/// What comes of a proposal. 落实方式
#[derive(Clone, async_graphql::OneofObject)]
pub enum TrainingProposalWithInput {
    /// Its members are enrolled in this session, which is open. 报名到已有场次
    SessionId(Id<training_session::Entity>),
    /// A session is planned; it is opened and enrolled in as any other. 新安排场次
    Plan(TrainingProposalPlanInput),
}

impl TrainingProposalAcceptInput {
    /// The plain order.
    pub fn plain(self) -> ProposalAccept {
        let with = match self.with {
            TrainingProposalWithInput::SessionId(id) => AcceptWith::Session(id.uuid),
            TrainingProposalWithInput::Plan(plan) => AcceptWith::Plan(Box::new(SessionCreate {
                // That of the proposal is taken.
                course_id: uuid::Uuid::nil(),
                trainers: plan.trainer_ids.into_iter().map(|id| id.uuid).collect(),
                guest_trainer: None,
                place: plan.place,
                link: plan.link,
                starts_at: plan.starts_at.0,
                ends_at: plan.ends_at.0,
                minutes: None,
                capacity: plan.capacity,
                enrol_until: None,
            })),
        };
        ProposalAccept {
            id: self.id.uuid,
            expected_version: self.expected_version,
            with,
        }
    }
}

/// A proposal to decline. 不采纳培训建议
#[derive(Clone, InputObject)]
pub struct TrainingProposalDeclineInput {
    /// The proposal. 建议
    id: Id<training_proposal::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 2000 characters. 原因
    reason: String,
}

impl TrainingProposalDeclineInput {
    /// The plain order.
    pub fn plain(self) -> ProposalDecline {
        ProposalDecline {
            id: self.id.uuid,
            expected_version: self.expected_version,
            reason: self.reason,
        }
    }
}
