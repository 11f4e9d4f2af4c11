//! Proposals, what they stand on, and benches.

use async_graphql::{Context, Enum, Object, Result};
use entity::{
    competency_assessment, exam_attempt, member, member_certificate, position, talent_evidence,
    talent_proposal,
};

use super::loaders::BookedIn;
use crate::enum_filter;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::competencies::graphql::{CompetencyAssessment, CompetencyGap, gap_of};
use crate::organisation::graphql::{Member, Position};
use crate::organisation::today;
use crate::organisation::workforce::graphql::MemberCertificate;
use crate::training::exams::graphql::ExamAttempt;
use crate::training::talent::rules::{Depth, depth};
use crate::training::talent::store::ProposalsEvidence;

/// When somebody could take over a position. 准备度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TalentReadiness")]
pub enum TalentReadiness {
    /// Now. 可立即胜任
    ReadyNow,
    /// Within a year. 一年内
    WithinOneYear,
    /// In one to two years. 一至两年
    OneToTwoYears,
    /// Not within two years. 尚未具备
    NotYet,
}

/// What has become of a proposal. 提名状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TalentState")]
pub enum TalentState {
    /// It waits for a decision. 待评审
    Proposed,
    /// It holds. 已通过
    Accepted,
    /// It was declined. 未通过
    Declined,
    /// It was withdrawn. 已撤回
    Withdrawn,
    /// A later one holds. 已被取代
    Superseded,
}

/// What a proposal stands on. 依据类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TalentEvidenceKind")]
pub enum TalentEvidenceKind {
    /// An assessment of a competency. 能力评估
    Competency,
    /// A certificate. 证书
    Certificate,
    /// A published exam result. 考试成绩
    Exam,
    /// The training hours of a year. 培训学时
    TrainingHours,
    /// Words. 其他
    Other,
}

enum_filter!(
    TalentReadinessFilter,
    TalentReadiness,
    entity::enums::TalentReadiness,
    "Compares a readiness. All given comparisons must hold. 准备度条件"
);
enum_filter!(
    TalentStateFilter,
    TalentState,
    entity::enums::TalentState,
    "Compares what has become of a proposal. All given comparisons must hold. 提名状态条件"
);

/// Who could take over which position, and when; never seen by the member. 人才提名
pub struct TalentProposal(pub talent_proposal::Model);

/// Who could take over which position, and when; never seen by the member. 人才提名
#[Object]
impl TalentProposal {
    /// Its id, `talent_...`. 标识
    pub async fn id(&self) -> Id<talent_proposal::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// For which position. 目标岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let row = ctx.row::<position::Entity>(self.0.position_id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// When ready. 准备度
    async fn readiness(&self) -> TalentReadiness {
        self.0.readiness.into()
    }

    /// Why. 理由
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What has become of it. 状态
    async fn state(&self) -> TalentState {
        self.0.state.into()
    }

    /// What it stands on, in order. 依据
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<Vec<TalentEvidence>>> {
        let rows = rows_of::<ProposalsEvidence>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let evidence = rows.into_iter().map(|row| TalentEvidence {
            row,
            member: self.0.member_id,
        });
        Ok(Some(evidence.collect()))
    }

    /// What the position wants beside what the member is found to have today; null for a position without a profile. 能力差距
    async fn gap(&self, ctx: &Context<'_>) -> Result<Option<CompetencyGap>> {
        gap_of(ctx, self.0.member_id, self.0.position_id, today(ctx.call())).await
    }

    /// Who proposed, as the account was called then. 提名人
    async fn proposed_by(&self) -> &str {
        &self.0.proposed_by_name
    }

    /// Who decided or withdrew it, as the account was called then. 评审人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided or withdrawn. 评审时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 评审意见
    async fn decision_note(&self) -> Option<&str> {
        self.0.decision_note.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was proposed. 提名时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What a proposal stands on. Each record is there for whoever may see it by itself. 人才依据
pub struct TalentEvidence {
    row: talent_evidence::Model,
    member: uuid::Uuid,
}

/// What a proposal stands on. Each record is there for whoever may see it by itself. 人才依据
#[Object]
impl TalentEvidence {
    /// What it is. 类型
    async fn kind(&self) -> TalentEvidenceKind {
        self.row.kind.into()
    }

    /// In the words of who proposed. 说明
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// The assessment; null when it is of another kind or out of your reach. 能力评估
    async fn assessment(&self, ctx: &Context<'_>) -> Result<Option<CompetencyAssessment>> {
        let Some(id) = self.row.assessment_id else {
            return Ok(None);
        };
        let row = ctx.row::<competency_assessment::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(CompetencyAssessment))
    }

    /// The certificate; null when it is of another kind or out of your reach. 证书
    async fn certificate(&self, ctx: &Context<'_>) -> Result<Option<MemberCertificate>> {
        let Some(id) = self.row.certificate_id else {
            return Ok(None);
        };
        let row = ctx.row::<member_certificate::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(MemberCertificate))
    }

    /// The attempt at an exam; null when it is of another kind or out of your reach. 考试
    async fn attempt(&self, ctx: &Context<'_>) -> Result<Option<ExamAttempt>> {
        let Some(id) = self.row.attempt_id else {
            return Ok(None);
        };
        let row = ctx.row::<exam_attempt::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(ExamAttempt))
    }

    /// The year whose training hours are meant. 学时年度
    async fn hours_year(&self) -> Option<i32> {
        self.row.hours_year
    }

    /// What the ledger has for that year as far as you may see it, in minutes; null when it is of another kind. 学时（分钟）
    async fn hours_booked(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        let Some(year) = self.row.hours_year else {
            return Ok(None);
        };
        let key = BookedIn {
            member: self.member,
            year,
        };
        let minutes = ctx.loads().load_one(key).await.map_err(shared);
        minutes.on_field(ctx.call())
    }
}

/// What is accepted for a position, as far as you may see it. 岗位后备
pub struct TalentBench {
    /// The position.
    pub position: position::Model,
    /// Who could take over, who is ready first comes first.
    pub proposals: Vec<talent_proposal::Model>,
}

impl TalentBench {
    fn depth(&self) -> Depth {
        depth(self.proposals.iter().map(|row| row.readiness))
    }
}

/// What is accepted for a position, as far as you may see it. 岗位后备
#[Object]
impl TalentBench {
    /// The position. 岗位
    async fn position(&self) -> Position {
        Position(self.position.clone())
    }

    /// Who could take over; who is ready first comes first. 后备人选
    async fn proposals(&self) -> Vec<TalentProposal> {
        self.proposals.iter().cloned().map(TalentProposal).collect()
    }

    /// How many are ready now. 可立即胜任人数
    async fn ready_now(&self) -> i32 {
        self.depth().ready_now
    }

    /// How many are ready within a year. 一年内人数
    async fn within_one_year(&self) -> i32 {
        self.depth().within_one_year
    }

    /// How many are ready in one to two years. 一至两年人数
    async fn one_to_two_years(&self) -> i32 {
        self.depth().one_to_two_years
    }

    /// Is nobody ready now or within a year? 是否缺后备
    async fn uncovered(&self) -> bool {
        let depth = self.depth();
        depth.ready_now + depth.within_one_year == 0
    }
}
