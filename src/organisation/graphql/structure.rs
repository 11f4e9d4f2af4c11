//! Departments, regions, teams and positions in the schema.

use async_graphql::{Context, Object, Result};
use entity::enums::Locale;
use entity::{department, position, region, team};

use super::enums::{JobFamily, Province};
use super::loaders::{TeamChildren, TeamMembership};
use super::people::Member;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::direct::To;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::competencies::graphql as competencies;
use crate::organisation::duties::graphql::PositionVersion;
use crate::organisation::duties::rules::{Expected, expected_on};
use crate::organisation::duties::store::PositionsVersions;
use crate::organisation::forces::graphql::{TaskForce, force_of};
use crate::organisation::pledges::graphql::{Pledge, pledge_on, pledges_of};
use crate::organisation::rules::holds_on;
use crate::organisation::store::RegionsProvinces;
use crate::organisation::structure::graphql::{DatedName, TeamPlace, named};
use crate::organisation::structure::store::{
    DepartmentsNames, PositionsNames, TeamsNames, TeamsPlaces,
};
use crate::organisation::structure::{Course, Spot};
use crate::organisation::today;
use crate::{direct, linked};

/// A department. 部门
pub struct Department(pub department::Model);

/// A department. 部门
#[Object]
impl Department {
    /// Its id. 标识
    pub async fn id(&self) -> Id<department::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What it was, is and will be called, by the first day; empty while it has had one name only. 名称变更
    async fn names(&self, ctx: &Context<'_>) -> Result<Option<Vec<DatedName>>> {
        named::<DepartmentsNames>(ctx, self.0.id).await
    }

    /// First day on which it exists. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer exists; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A region: a set of provinces; regions may overlap. 区域
pub struct Region(pub region::Model);

/// A region: a set of provinces; regions may overlap. 区域
#[Object]
impl Region {
    /// Its id. 标识
    pub async fn id(&self) -> Id<region::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Its provinces on a day. 所辖省份
    async fn provinces(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<Province>>> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        let rows = rows_of::<RegionsProvinces>(ctx, self.0.id)
            .await
            .on_field(ctx.call())?;
        let provinces = rows
            .iter()
            .filter(|row| holds_on(row.valid_from, row.valid_to, day))
            .map(|row| row.province.into())
            .collect();
        Ok(Some(provinces))
    }

    /// First day on which it exists. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer exists; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A team; teams form a tree. 团队
pub struct Team(pub team::Model);

impl Team {
    /// Where it stands on a day.
    async fn spot(&self, ctx: &Context<'_>, on: Option<Date>) -> Result<Spot> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        let places = rows_of::<TeamsPlaces>(ctx, self.0.id).await;
        let places = places.on_field(ctx.call())?;
        Ok(Course::of(&self.0, &places).on(day))
    }

    /// Its department on a day.
    pub(super) async fn department_on(
        &self,
        ctx: &Context<'_>,
        on: Option<Date>,
    ) -> Result<Option<Department>> {
        let spot = self.spot(ctx, on).await?;
        let row = ctx.row::<department::Entity>(spot.department).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }
}

/// A team; teams form a tree. 团队
#[Object]
impl Team {
    /// Its id. 标识
    pub async fn id(&self) -> Id<team::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The department it belongs to on a day. 所属部门
    async fn department(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Department>> {
        self.department_on(ctx, on).await
    }

    /// The team right above it on a day. 上级团队
    async fn parent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<To<Team>> {
        Ok(To::new(self.spot(ctx, on).await?.parent))
    }

    /// The teams right below it on a day, by code. 下级团队
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<Team>>> {
        let key = TeamChildren {
            team_id: self.0.id,
            day: on.map_or_else(|| today(ctx.call()), |day| day.0),
        };
        let rows = ctx.loads().load_one(key).await.map_err(shared);
        let rows = rows.on_field(ctx.call())?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(Team).collect()))
    }

    /// The region it serves on a day, if it serves only one. 服务区域
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<To<Region>> {
        Ok(To::new(self.spot(ctx, on).await?.region))
    }

    /// Where it was moved to, and is to be moved, by the first day; empty while it stands where it was founded. 归属变更
    async fn moves(&self, ctx: &Context<'_>) -> Result<Option<Vec<TeamPlace>>> {
        let rows = rows_of::<TeamsPlaces>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(TeamPlace).collect()))
    }

    /// What it was, is and will be called, by the first day; empty while it has had one name only. 名称变更
    async fn names(&self, ctx: &Context<'_>) -> Result<Option<Vec<DatedName>>> {
        named::<TeamsNames>(ctx, self.0.id).await
    }

    /// The joint task force that it works as; null for all other teams. 联合工作组
    async fn task_force(&self, ctx: &Context<'_>) -> Result<Option<TaskForce>> {
        force_of(ctx, self.0.id).await
    }

    /// What it stands for on a day: slogan and goals of that period. 当期口号与目标
    async fn pledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Pledge>> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        pledge_on(ctx, self.0.id, day).await
    }

    /// What it stands, stood and will stand for, the latest period first. 历期口号与目标
    async fn pledges(&self, ctx: &Context<'_>) -> Result<Option<Vec<Pledge>>> {
        pledges_of(ctx, self.0.id).await
    }

    /// Those of its members on a day whom the viewer may see, by number. 当日成员
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<Member>>> {
        let key = TeamMembership {
            team_id: self.0.id,
            day: on.map_or_else(|| today(ctx.call()), |day| day.0),
        };
        let rows = ctx.loads().load_one(key).await.map_err(shared);
        let rows = rows.on_field(ctx.call())?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(Member).collect()))
    }

    /// First day on which it exists. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer exists; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A position with what is expected of whoever holds it. 岗位
pub struct Position(pub position::Model);

impl Position {
    async fn expected(&self, ctx: &Context<'_>, on: Option<Date>) -> Result<Expected> {
        let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
        let versions = rows_of::<PositionsVersions>(ctx, self.0.id).await;
        let versions = versions.on_field(ctx.call())?;
        Ok(expected_on(&self.0, &versions, day))
    }
}

fn in_language(ctx: &Context<'_>, en: String, zh: String) -> String {
    match ctx.call().locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}

/// A position with what is expected of whoever holds it. 岗位
#[Object]
impl Position {
    /// Its id. 标识
    pub async fn id(&self) -> Id<position::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The family it belongs to. 岗位族
    async fn family(&self) -> JobFamily {
        self.0.family.into()
    }

    /// What the holder does on a day, in your language; before its first version as it was written then. 岗位职责
    async fn duties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<String>> {
        let [en, zh] = self.expected(ctx, on).await?.duties;
        Ok(Some(in_language(ctx, en, zh)))
    }

    /// What the holder is to reach on a day, in your language. 工作目标
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<String>> {
        let [en, zh] = self.expected(ctx, on).await?.goals;
        Ok(Some(in_language(ctx, en, zh)))
    }

    /// How good work is told on a day, in your language. 绩效标准
    async fn standards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<String>> {
        let [en, zh] = self.expected(ctx, on).await?.standards;
        Ok(Some(in_language(ctx, en, zh)))
    }

    /// All versions of what is expected, in both languages, the latest first. 岗位说明版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Option<Vec<PositionVersion>>> {
        let rows = rows_of::<PositionsVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(PositionVersion).collect()))
    }

    /// How much of which competencies it wants on a day; null without a profile. 能力模型
    async fn competency_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<competencies::CompetencyProfile>> {
        competencies::profile_of(ctx, self.0.id, on).await
    }

    /// All its profiles, the latest first. 历版能力模型
    async fn competency_profiles(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<Vec<competencies::CompetencyProfile>>> {
        competencies::profiles_of(ctx, self.0.id).await
    }

    /// What it was, is and will be called, by the first day; empty while it has had one name only. 名称变更
    async fn names(&self, ctx: &Context<'_>) -> Result<Option<Vec<DatedName>>> {
        named::<PositionsNames>(ctx, self.0.id).await
    }

    /// First day on which it exists. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer exists; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

direct!(Department: id, code, name, name_zh, valid_from, valid_to, version, updated_at);
direct!(Position: id, code, name, name_zh, family, valid_from, valid_to, version, updated_at);
direct!(Region: id, code, name, name_zh, valid_from, valid_to, version, updated_at);
direct!(Team: id, code, name, name_zh, valid_from, valid_to, version, updated_at => region: Region);
linked!(Department: department, Position: position, Region: region, Team: team);
