//! Needs and proposals in the schema.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{
    certificate, exam_attempt, member, member_certificate, team, training_course,
    training_proposal, training_session,
};
use uuid::Uuid;

use super::enums::{TrainingNeedKind, TrainingProposalState};
use crate::error::Error;
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::ids::encode;
use crate::graphql::{Ask, DateTime, Decimal, Id, Node};
use crate::organisation::graphql::{Member, Team};
use crate::organisation::workforce::graphql::Certificate;
use crate::training::graphql::{TrainingCourse, TrainingSession};
use crate::training::needs::actions::{Evidence, Needs};
use crate::training::needs::rules::finding::Need;
use crate::training::needs::store::ProposalsMembers;

/// What training is needed. 培训需求
pub struct TrainingNeedList(pub Needs);

/// What training is needed. 培训需求
#[Object]
impl TrainingNeedList {
    /// Those of members, of whom you may see what they follow from: the most urgent first, at most 200. 成员需求
    async fn members(&self) -> Vec<TrainingNeed> {
        let needs = self.0.members.iter().take(200);
        needs.cloned().map(TrainingNeed).collect()
    }

    /// Those of teams, of `metrics.minimum_group` people at least: the most urgent first, at most 200. 团队需求
    async fn teams(&self) -> Vec<TrainingNeed> {
        let needs = self.0.teams.iter().take(200);
        needs.cloned().map(TrainingNeed).collect()
    }

    /// How many needs of members there are. 成员需求数
    async fn member_total(&self) -> i32 {
        i32::try_from(self.0.members.len()).unwrap_or(i32::MAX)
    }

    /// How many needs of teams there are. 团队需求数
    async fn team_total(&self) -> i32 {
        i32::try_from(self.0.teams.len()).unwrap_or(i32::MAX)
    }

    /// How many members were looked at. 覆盖人数
    async fn looked_at(&self) -> i32 {
        i32::try_from(self.0.looked_at).unwrap_or(i32::MAX)
    }
}

/// A need with its evidence. 培训需求
pub struct TrainingNeed(pub Need);

/// A need with its evidence. 培训需求
#[Object]
impl TrainingNeed {
    /// In which respect. 类型
    async fn kind(&self) -> TrainingNeedKind {
        self.0.kind.into()
    }

    /// The topic of the questions, the key of the metric, the id of the certificate, or the year. 对象
    async fn subject(&self) -> String {
        match (self.0.kind, self.0.subject.parse::<Uuid>()) {
            (entity::enums::TrainingNeedKind::Certificate, Ok(id)) => {
                encode(certificate::Entity::PREFIX, id)
            }
            _ => self.0.subject.clone(),
        }
    }

    /// The certificate, of a need of that kind. 证书
    async fn certificate(&self, ctx: &Context<'_>) -> Result<Option<Certificate>> {
        let wanted = self.0.kind == entity::enums::TrainingNeedKind::Certificate;
        let id: Option<Uuid> = self.0.subject.parse().ok();
        let Some(id) = id.filter(|_| wanted) else {
            return Ok(None);
        };
        let row = ctx.row::<certificate::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Certificate))
    }

    /// Whose; null for a team's. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.member else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The team, or the home team of the member. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The figure: of a hundred, a rating, days, or minutes, as the kind says. 数值
    async fn value(&self) -> Decimal {
        use entity::enums::TrainingNeedKind::{Certificate, Hours};
        match self.0.kind {
            Certificate | Hours => (self.0.value * crate::decimal::SCALE).into(),
            _ => self.0.value.into(),
        }
    }

    /// What it is held against. 阈值
    async fn threshold(&self) -> Decimal {
        self.0.threshold.into()
    }

    /// Of how many cases it is: answers, ratings, tickets. 样本数
    async fn cases(&self) -> i64 {
        self.0.cases
    }

    /// Of how many people it is. 人数
    async fn people(&self) -> i32 {
        i32::try_from(self.0.people).unwrap_or(i32::MAX)
    }

    /// 1 is the most urgent, 3 the least. 优先级
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// Some of the records behind it, at most 20: attempts, or the certificate held. The tickets behind a figure are
    /// `metric(...) { groups { figure { records } } }`. 依据记录
    async fn record_ids(&self) -> Vec<ID> {
        let prefix = match self.0.kind {
            entity::enums::TrainingNeedKind::ExamTopic => exam_attempt::Entity::PREFIX,
            _ => member_certificate::Entity::PREFIX,
        };
        let records = self.0.records.iter();
        records.map(|id| ID(encode(prefix, *id))).collect()
    }
}

/// A need as a proposal keeps it: of single members neither who nor the figure. 建议依据
#[derive(SimpleObject)]
pub struct TrainingEvidence {
    /// In which respect. 类型
    kind: TrainingNeedKind,
    /// The topic, the key of the metric, the certificate or the year. 对象
    subject: String,
    /// The figure of a team; null for members. 团队数值
    value: Option<Decimal>,
    /// What it was held against. 阈值
    threshold: Decimal,
    /// Of how many cases. 样本数
    cases: i64,
    /// Of how many people. 人数
    people: i32,
}

/// A training that is proposed from needs. 培训建议
pub struct TrainingProposal(pub training_proposal::Model);

/// A training that is proposed from needs. 培训建议
#[Object]
impl TrainingProposal {
    /// Its id, `proposal_...`. 标识
    pub async fn id(&self) -> Id<training_proposal::Entity> {
        Id::new(self.0.id)
    }

    /// The course. 课程
    async fn course(&self, ctx: &Context<'_>) -> Result<Option<TrainingCourse>> {
        let row = ctx.row::<training_course::Entity>(self.0.course_id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingCourse))
    }

    /// What it is to mend. 目的
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// 1 is the most urgent, 3 the least. 优先级
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// For whom, of those whom you may see. 建议参训人员
    async fn members(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        let rows = rows_of::<ProposalsMembers>(ctx, self.0.id).await;
        let mut members = Vec::new();
        for row in rows.on_field(ctx.call())? {
            let member = ctx.row::<member::Entity>(row.member_id).await;
            members.extend(member.on_field(ctx.call())?.map(Member));
        }
        Ok(Some(members))
    }

    /// The needs that it follows from, as they were when it was made. 依据
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrainingEvidence>>> {
        let evidence: Result<Vec<Evidence>, Error> =
            serde_json::from_value(self.0.evidence.clone()).map_err(Into::into);
        let evidence = evidence.on_field(ctx.call())?.into_iter();
        Ok(Some(
            evidence
                .map(|one| TrainingEvidence {
                    kind: one.kind.into(),
                    subject: one.subject,
                    value: one.value.map(Into::into),
                    threshold: one.threshold.into(),
                    cases: one.cases,
                    people: i32::try_from(one.people).unwrap_or(i32::MAX),
                })
                .collect(),
        ))
    }

    /// What has become of it. 状态
    async fn state(&self) -> TrainingProposalState {
        self.0.state.into()
    }

    /// The session that came of it; null when it is out of your reach. 场次
    async fn session(&self, ctx: &Context<'_>) -> Result<Option<TrainingSession>> {
        let Some(id) = self.0.session_id else {
            return Ok(None);
        };
        let row = ctx.row::<training_session::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(TrainingSession))
    }

    /// Why it was declined. 未采纳原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What whoever decided was called then. 处理人
    async fn decided_by_name(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided. 处理时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in the decision. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
