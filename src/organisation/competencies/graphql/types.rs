//! What is wanted, what is there, and what is missing.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{
    competency, competency_assessment, competency_profile, competency_want, member, position,
};
use uuid::Uuid;

use crate::access::{Permission, by_ids};
use crate::error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id, Loads};
use crate::organisation::competencies::rules::{Line, fit, gap, held_on, profile_on};
use crate::organisation::competencies::store::{
    MembersAssessments, PositionsProfiles, ProfilesWants,
};
use crate::organisation::graphql::{Member, Position};
use crate::organisation::today;

/// Something that people need to do a job well. 能力项
pub struct Competency(pub competency::Model);

/// Something that people need to do a job well. 能力项
#[Object]
impl Competency {
    /// Its id, `competency_...`. 标识
    pub async fn id(&self) -> Id<competency::Entity> {
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

    /// What is meant, in English. 英文含义
    async fn meaning(&self) -> &str {
        &self.0.meaning
    }

    /// What is meant, in Chinese. 中文含义
    async fn meaning_zh(&self) -> &str {
        &self.0.meaning_zh
    }

    /// May it be wanted and assessed from now on? 是否在用
    async fn active(&self) -> bool {
        self.0.active
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

async fn competency(ctx: &Context<'_>, id: Uuid) -> Result<Option<Competency>> {
    let row = ctx.row::<competency::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Competency))
}

/// What a position wants of whoever holds it, from a day on. 能力模型
pub struct CompetencyProfile(pub competency_profile::Model);

/// What a position wants of whoever holds it, from a day on. 能力模型
#[Object]
impl CompetencyProfile {
    /// Counts up from 1 within the position. 版本号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// First day on which it holds; the next one ends it. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// Why it was written. 修订说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// How much of which competencies it wants. 能力要求
    async fn wants(&self, ctx: &Context<'_>) -> Result<Option<Vec<CompetencyWant>>> {
        let rows = rows_of::<ProfilesWants>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(CompetencyWant).collect()))
    }

    /// When it was written. 编写时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// How much of a competency is wanted. 能力要求
pub struct CompetencyWant(competency_want::Model);

/// How much of a competency is wanted. 能力要求
#[Object]
impl CompetencyWant {
    /// The competency. 能力项
    async fn competency(&self, ctx: &Context<'_>) -> Result<Option<Competency>> {
        competency(ctx, self.0.competency_id).await
    }

    /// The level, 1 to 5. 要求等级
    async fn level(&self) -> i32 {
        self.0.level
    }
}

/// How much of a competency a member was found to have. 能力评估
pub struct CompetencyAssessment(pub competency_assessment::Model);

/// How much of a competency a member was found to have. 能力评估
#[Object]
impl CompetencyAssessment {
    /// Its id, `assessment_...`. 标识
    async fn id(&self) -> Id<competency_assessment::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The competency. 能力项
    async fn competency(&self, ctx: &Context<'_>) -> Result<Option<Competency>> {
        competency(ctx, self.0.competency_id).await
    }

    /// The level, 1 to 5. 等级
    async fn level(&self) -> i32 {
        self.0.level
    }

    /// What it was seen by. 评估依据
    async fn evidence(&self) -> &str {
        &self.0.evidence
    }

    /// The day from which on it holds, until a later one. 评估日期
    async fn assessed_on(&self) -> Date {
        self.0.assessed_on.into()
    }

    /// Who assessed, as the account was called then. 评估人
    async fn assessed_by(&self) -> &str {
        &self.0.assessed_by_name
    }

    /// When it was written. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// What a position wants beside what a member was found to have, on a day. 能力差距
pub struct CompetencyGap {
    position: position::Model,
    profile: competency_profile::Model,
    day: NaiveDate,
    lines: Vec<Line>,
}

/// What a position wants beside what a member was found to have, on a day. 能力差距
#[Object]
impl CompetencyGap {
    /// The position. 岗位
    async fn position(&self) -> Position {
        Position(self.position.clone())
    }

    /// The profile of that day. 能力模型
    async fn profile(&self) -> Option<CompetencyProfile> {
        Some(CompetencyProfile(self.profile.clone()))
    }

    /// The day. 日期
    async fn day(&self) -> Date {
        self.day.into()
    }

    /// How many of a hundred wanted levels are there; what is too much of one makes up for nothing. 匹配度（%）
    async fn fit(&self) -> Option<i32> {
        fit(&self.lines)
    }

    /// Is nothing missing? 是否达标
    async fn met(&self) -> bool {
        self.lines.iter().all(|line| line.missing() == 0)
    }

    /// Competency by competency, the largest gap first. 各项差距
    async fn lines(&self) -> Vec<CompetencyGapLine> {
        self.lines.iter().copied().map(CompetencyGapLine).collect()
    }
}

/// What is wanted of one competency, and what is there. 单项差距
pub struct CompetencyGapLine(Line);

/// What is wanted of one competency, and what is there. 单项差距
#[Object]
impl CompetencyGapLine {
    /// The competency. 能力项
    async fn competency(&self, ctx: &Context<'_>) -> Result<Option<Competency>> {
        competency(ctx, self.0.competency).await
    }

    /// The level that is wanted. 要求等级
    async fn wanted(&self) -> i32 {
        self.0.wanted
    }

    /// The level that was found; null when nobody has looked. 评估等级
    async fn found(&self) -> Option<i32> {
        self.0.found
    }

    /// How many levels are missing. 差距
    async fn missing(&self) -> i32 {
        self.0.missing()
    }
}

/// What a member was found to have on a day, by the code of the competency's id.
///
/// # Errors
/// When it can't be read.
pub async fn competencies_of(
    ctx: &Context<'_>,
    member: Uuid,
    on: Option<Date>,
) -> Result<Option<Vec<CompetencyAssessment>>> {
    let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
    let rows = rows_of::<MembersAssessments>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?;
    let held = held_on(&rows, day);
    Ok(Some(
        held.into_values()
            .cloned()
            .map(CompetencyAssessment)
            .collect(),
    ))
}

/// All assessments of a member, the latest first.
///
/// # Errors
/// When they can't be read.
pub async fn assessments_of(
    ctx: &Context<'_>,
    member: Uuid,
) -> Result<Option<Vec<CompetencyAssessment>>> {
    let rows = rows_of::<MembersAssessments>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(CompetencyAssessment).collect()))
}

/// What a position wants on a day.
///
/// # Errors
/// When it can't be read.
pub async fn profile_of(
    ctx: &Context<'_>,
    position: Uuid,
    on: Option<Date>,
) -> Result<Option<CompetencyProfile>> {
    let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
    let rows = rows_of::<PositionsProfiles>(ctx, position).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(profile_on(&rows, day).cloned().map(CompetencyProfile))
}

/// All profiles of a position, the latest first.
///
/// # Errors
/// When they can't be read.
pub async fn profiles_of(
    ctx: &Context<'_>,
    position: Uuid,
) -> Result<Option<Vec<CompetencyProfile>>> {
    let rows = rows_of::<PositionsProfiles>(ctx, position).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(CompetencyProfile).collect()))
}

/// Somebody whose competencies the viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Assessed(Uuid);

impl Loader<Assessed> for Loads {
    type Value = ();
    type Error = Arc<error::Error>;

    async fn load(
        &self,
        keys: &[Assessed],
    ) -> error::Result<HashMap<Assessed, ()>, Arc<error::Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let (db, viewer) = (self.db.reader(), &self.call.viewer);
        let seen = by_ids::<member::Entity>(db, viewer, Permission::CompetencyRead, &ids);
        let seen = seen.await.map_err(error::Error::from)?;
        let seen = keys.iter().filter(|key| seen.contains_key(&key.0));
        Ok(seen.map(|key| (*key, ())).collect())
    }
}

/// What a position wants beside what a member was found to have; none for a position without a profile, and for a member whose
/// competencies the viewer may not see: nothing found would look like nothing there.
///
/// # Errors
/// When it can't be read.
pub async fn gap_of(
    ctx: &Context<'_>,
    member: Uuid,
    position: Uuid,
    day: NaiveDate,
) -> Result<Option<CompetencyGap>> {
    let call = ctx.call();
    let assessed = ctx.loads().load_one(Assessed(member)).await.map_err(shared);
    if assessed.on_field(call)?.is_none() {
        return Ok(None);
    }
    let row = ctx.row::<position::Entity>(position).await.on_field(call)?;
    let Some(position) = row else { return Ok(None) };
    let profiles = rows_of::<PositionsProfiles>(ctx, position.id).await;
    let profiles = profiles.on_field(call)?;
    let Some(profile) = profile_on(&profiles, day).cloned() else {
        return Ok(None);
    };
    let wants = rows_of::<ProfilesWants>(ctx, profile.id)
        .await
        .on_field(call)?;
    let rows = rows_of::<MembersAssessments>(ctx, member)
        .await
        .on_field(call)?;
    let lines = gap(&wants, &held_on(&rows, day));
    Ok(Some(CompetencyGap {
        position,
        profile,
        day,
        lines,
    }))
}
