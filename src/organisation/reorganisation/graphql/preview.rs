//! Who would see what.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::member;
use uuid::Uuid;

use crate::graphql::errors::{OnField, user_errors};
use crate::graphql::kinds::Reach;
use crate::graphql::{Ask, UserErrorView};
use crate::organisation::graphql::Member;
use crate::organisation::reorganisation::actions::Preview;
use crate::organisation::reorganisation::rules::{Effect, Shift};

/// What a plan would mean for whom; nothing has been written. 方案预览
pub struct ReorganisationPreview(pub Preview);

/// What a plan would mean for whom; nothing has been written. 方案预览
#[Object]
impl ReorganisationPreview {
    /// How many members would see something else than now. 受影响人数
    async fn affected_count(&self) -> usize {
        self.0.effects.len()
    }

    /// Those members; empty when something doesn't fit. 受影响成员
    async fn effects(
        &self,
        #[graphql(desc = "So many of them, at most 100. 数量，最多 100", default = 50)] first: u32,
        #[graphql(desc = "After leaving out so many. 跳过数量", default = 0)] offset: u32,
    ) -> Vec<ReorganisationEffect> {
        self.0
            .effects
            .iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(usize::try_from(first.min(100)).unwrap_or(100))
            .cloned()
            .map(ReorganisationEffect)
            .collect()
    }

    /// What of the plan doesn't fit; `changes.0` is the first change. 不可行之处
    async fn user_errors(&self, ctx: &Context<'_>) -> Vec<UserErrorView> {
        user_errors(ctx.call(), &self.0.mistakes)
    }
}

/// What a plan would mean for one member. 对单个成员的影响
pub struct ReorganisationEffect(Effect);

async fn members(ctx: &Context<'_>, ids: impl Iterator<Item = &Uuid>) -> Result<Vec<Member>> {
    let mut members = Vec::new();
    let rows = futures_util::future::join_all(ids.map(|id| ctx.row::<member::Entity>(*id))).await;
    for row in rows {
        members.extend(row.on_field(ctx.call())?.map(Member));
    }
    Ok(members)
}

/// What a plan would mean for one member. 对单个成员的影响
#[Object]
impl ReorganisationEffect {
    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Teams whose rows come into a reach of the member or go out of it, reach by reach. 数据范围变化
    async fn shifts(&self) -> Vec<ReorganisationShift> {
        let shifts = self.0.shifts.iter();
        shifts.map(ReorganisationShift::of).collect()
    }

    /// How many members would be seen as well. 新增可见人数
    async fn members_gained_count(&self) -> usize {
        self.0.members_gained.len()
    }

    /// How many members would be seen no more. 不再可见人数
    async fn members_lost_count(&self) -> usize {
        self.0.members_lost.len()
    }

    /// Members who would be seen as well, at most 20 of them. 新增可见成员
    async fn members_gained(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        Ok(Some(
            members(ctx, self.0.members_gained.iter().take(20)).await?,
        ))
    }

    /// Members who would be seen no more, at most 20 of them. 不再可见成员
    async fn members_lost(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        Ok(Some(
            members(ctx, self.0.members_lost.iter().take(20)).await?,
        ))
    }
}

/// What comes into one reach of a member, or goes out of it. 数据范围变化
#[derive(SimpleObject)]
pub struct ReorganisationShift {
    /// The reach. 数据范围
    reach: Reach,
    /// The permissions that the member holds with it. 相关权限
    permissions: Vec<&'static str>,
    /// Codes of teams that come into it. 新增团队
    gained_teams: Vec<String>,
    /// Codes of teams that go out of it. 失去团队
    lost_teams: Vec<String>,
}

impl ReorganisationShift {
    fn of(shift: &Shift) -> Self {
        Self {
            reach: shift.reach.into(),
            permissions: shift
                .permissions
                .iter()
                .map(|permission| permission.key())
                .collect(),
            gained_teams: shift.gained.iter().cloned().collect(),
            lost_teams: shift.lost.iter().cloned().collect(),
        }
    }
}
