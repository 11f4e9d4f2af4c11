//! Members and their assignments in the schema.

use async_graphql::{Context, Object, Result};
use entity::{assignment, department, member, position, region, team};

use super::enums::AssignmentKind;
use super::structure::{Department, Position, Region, Team};
use crate::graphql::children::rows_of;
use crate::graphql::direct::To;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::competencies::graphql as competencies;
use crate::organisation::forces::graphql::MemberAllocation;
use crate::organisation::forces::rules::allocated;
use crate::organisation::probation::graphql as probation;
use crate::organisation::rotations::graphql as rotations;
use crate::organisation::rules::{WHOLE_TIME, holds_on};
use crate::organisation::store::MembersAssignments;
use crate::organisation::today;
use crate::organisation::workforce::graphql as workforce;
use crate::{direct, linked};

/// Somebody who works here. 成员
pub struct Member(pub member::Model);

impl Member {
    async fn home(&self, ctx: &Context<'_>, on: Option<Date>) -> Result<Option<assignment::Model>> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        let rows = rows_of::<MembersAssignments>(ctx, self.0.id).await;
        Ok(rows.on_field(ctx.call())?.into_iter().find(|row| {
            row.kind == entity::enums::AssignmentKind::Home
                && holds_on(row.valid_from, row.valid_to, day)
        }))
    }
}

/// Somebody who works here. 成员
#[Object]
impl Member {
    /// Its id. 标识
    pub async fn id(&self) -> Id<member::Entity> {
        Id::new(self.0.id)
    }

    /// The number for people, such as `M0001`. 工号
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The name as the member writes it. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name in Latin letters. 拉丁字母姓名
    async fn name_en(&self) -> Option<&str> {
        self.0.name_en.as_deref()
    }

    /// First day of work. 入职日期
    async fn joined_on(&self) -> Date {
        self.0.joined_on.into()
    }

    /// First day on which the member no longer works here. 离职日期
    async fn left_on(&self) -> Option<Date> {
        self.0.left_on.map(Into::into)
    }

    /// Where the member is placed on a day, or without a day ever was and will be; by first day. 任职
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that hold on this day. 仅当日有效")] on: Option<Date>,
    ) -> Result<Option<Vec<Assignment>>> {
        let rows = rows_of::<MembersAssignments>(ctx, self.0.id).await;
        let rows = rows
            .on_field(ctx.call())?
            .into_iter()
            .filter(|row| on.is_none_or(|day| holds_on(row.valid_from, row.valid_to, day.0)))
            .map(Assignment)
            .collect();
        Ok(Some(rows))
    }

    /// How much of the member's time is given away on a day, and to what. 投入占比
    async fn allocation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<MemberAllocation>> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        let rows = rows_of::<MembersAssignments>(ctx, self.0.id).await;
        let mut rows = rows.on_field(ctx.call())?;
        rows.retain(|row| holds_on(row.valid_from, row.valid_to, day));
        let percent = allocated(&rows, day);
        Ok(Some(MemberAllocation {
            percent,
            overloaded: percent > WHOLE_TIME,
            assignments: rows.into_iter().map(Assignment).collect(),
        }))
    }

    /// The home team on a day. 所属团队
    async fn team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<To<Team>> {
        Ok(To::new(
            self.home(ctx, on).await?.and_then(|row| row.team_id),
        ))
    }

    /// The home department on a day. 所属部门
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Department>> {
        let Some(home) = self.home(ctx, on).await? else {
            return Ok(None);
        };
        if let Some(team) = home.team_id {
            let row = ctx.row::<team::Entity>(team).await.on_field(ctx.call())?;
            return match row.map(Team) {
                Some(team) => team.department_on(ctx, on).await,
                None => Ok(None),
            };
        }
        let Some(id) = home.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The position of the home assignment on a day. 岗位
    async fn position(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Position>> {
        let Some(id) = self.home(ctx, on).await?.and_then(|row| row.position_id) else {
            return Ok(None);
        };
        let row = ctx.row::<position::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// What the member can do on a day, with certificates considered; the best first. 技能
    async fn skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<workforce::SkillLevel>>> {
        workforce::skills_of(ctx, self.0.id, on).await
    }

    /// The levels that are recorded, on a day or of all days; by first day. 技能登记
    async fn skill_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that hold on this day. 仅当日有效")] on: Option<Date>,
    ) -> Result<Option<Vec<workforce::MemberSkill>>> {
        workforce::records_of(ctx, self.0.id, on).await
    }

    /// The certificates that the member holds or held, by day of issue. 证书
    async fn certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that are valid on this day. 仅当日有效")] valid_on: Option<
            Date,
        >,
    ) -> Result<Option<Vec<workforce::MemberCertificate>>> {
        workforce::certificates_of(ctx, self.0.id, valid_on).await
    }

    /// The shift on a day; null for whoever works office hours. 班次
    async fn shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<workforce::MemberShift>> {
        workforce::shift_on(ctx, self.0.id, on).await
    }

    /// The shifts that hold on a day or later, by first day. 排班
    async fn shifts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] from: Option<Date>,
    ) -> Result<Option<Vec<workforce::MemberShift>>> {
        workforce::shifts_of(ctx, self.0.id, from).await
    }

    /// Is the member at work at a moment, by shift or office hours? Leave isn't looked at here. 是否当班
    async fn on_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The moment; now when absent. 时间（默认当前）")] at: Option<DateTime>,
    ) -> Result<Option<bool>> {
        let at_work = workforce::at_work_fields(ctx, self.0.id, at).await?;
        Ok(Some(at_work.on_shift))
    }

    /// When the work ends that the member is at, at a moment; null when the member isn't at work then. 当班至
    async fn on_shift_until(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The moment; now when absent. 时间（默认当前）")] at: Option<DateTime>,
    ) -> Result<Option<DateTime>> {
        let at_work = workforce::at_work_fields(ctx, self.0.id, at).await?;
        Ok(at_work.until.map(Into::into))
    }

    /// How many open tickets the member can have at once on a day; null when the house's figure holds. 工作容量
    async fn capacity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<workforce::MemberCapacity>> {
        workforce::capacity_on(ctx, self.0.id, on).await
    }

    /// When the member is away, by its start; not why. 不在岗时段
    async fn away(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What ends after this moment; now when absent. 起始时间（默认当前）")]
        from: Option<DateTime>,
        #[graphql(desc = "What starts before this moment. 截止时间")] to: Option<DateTime>,
    ) -> Result<Option<Vec<workforce::Away>>> {
        workforce::away_of(ctx, self.0.id, from, to).await
    }

    /// The member's leave with why, by its start. 请假
    async fn leaves(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what ends after this moment. 起始时间")] from: Option<DateTime>,
    ) -> Result<Option<Vec<workforce::Leave>>> {
        workforce::leaves_of(ctx, self.0.id, from).await
    }

    /// How long the member has worked here on a day, by the calendar; null before the first day of work. 司龄
    async fn tenure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Option<probation::MemberTenure> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        probation::tenure_on(&self.0, day)
    }

    /// The member's probations, the latest first. 试用期
    async fn probations(&self, ctx: &Context<'_>) -> Result<Option<Vec<probation::Probation>>> {
        probation::probations_of(ctx, self.0.id).await
    }

    /// The member's job rotations, the latest first. 轮岗
    async fn rotations(&self, ctx: &Context<'_>) -> Result<Option<Vec<rotations::Rotation>>> {
        rotations::rotations_of(ctx, self.0.id).await
    }

    /// How much of which competencies the member was found to have on a day: the latest assessment of each. 能力评估
    async fn competencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<competencies::CompetencyAssessment>>> {
        competencies::competencies_of(ctx, self.0.id, on).await
    }

    /// All assessments of the member, the latest first. 历次能力评估
    async fn competency_assessments(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<Vec<competencies::CompetencyAssessment>>> {
        competencies::assessments_of(ctx, self.0.id).await
    }

    /// What a position wants beside what the member was found to have, on a day; null for a position without a profile, and when the
    /// member's competencies are out of your reach. 能力差距
    async fn competency_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The position; that of the home assignment when absent. 岗位（默认本岗）"
        )]
        position_id: Option<Id<position::Entity>>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<competencies::CompetencyGap>> {
        let position = match position_id {
            Some(id) => Some(id.uuid),
            None => self.home(ctx, on).await?.and_then(|row| row.position_id),
        };
        let Some(position) = position else {
            return Ok(None);
        };
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        competencies::gap_of(ctx, self.0.id, position, day).await
    }

    /// Counts up with every change, also of the assignments. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Where a member is placed for some time. 任职
pub struct Assignment(pub assignment::Model);

/// Where a member is placed for some time. 任职
#[Object]
impl Assignment {
    /// Its id. 标识
    pub async fn id(&self) -> Id<assignment::Entity> {
        Id::new(self.0.id)
    }

    /// In which line of the matrix. 任职类型
    async fn kind(&self) -> AssignmentKind {
        self.0.kind.into()
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The department that was named when it started; a home with a team is where the team is, as `Member.department` says. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// In which team. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await.on_field(ctx.call())?;
        Ok(row.map(Team))
    }

    /// For which region. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let Some(id) = self.0.region_id else {
            return Ok(None);
        };
        let row = ctx.row::<region::Entity>(id).await.on_field(ctx.call())?;
        Ok(row.map(Region))
    }

    /// As what. 岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let Some(id) = self.0.position_id else {
            return Ok(None);
        };
        let row = ctx.row::<position::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// What the member does there. 角色
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// Share of the working time, 1 to 100 percent. 工时占比（%）
    async fn percent(&self) -> i32 {
        self.0.percent
    }

    /// First day on which it holds. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer holds; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }
}

direct!(Member: id, number, name, name_en, joined_on, left_on, version, updated_at => team: Team);
linked!(Member: member);
