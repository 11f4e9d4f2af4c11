//! A pledge in the schema.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{team, team_pledge};
use uuid::Uuid;

use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Team;
use crate::organisation::pledges::store::TeamsPledges;

/// What a team stands for in a period: its slogan, what it does, finishes and gets. 团队口号与目标
pub struct Pledge(pub team_pledge::Model);

/// What a team stands for in a period: its slogan, what it does, finishes and gets. 团队口号与目标
#[Object]
impl Pledge {
    /// Its id, `pledge_...`. 标识
    async fn id(&self) -> Id<team_pledge::Entity> {
        Id::new(self.0.id)
    }

    /// The team. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let row = ctx.row::<team::Entity>(self.0.team_id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The first day of the period. 开始日期
    async fn from(&self) -> Date {
        self.0.from_day.into()
    }

    /// The first day after the period. 结束日期（不含）
    async fn until(&self) -> Date {
        self.0.until_day.into()
    }

    /// The slogan. 口号
    async fn slogan(&self) -> &str {
        &self.0.slogan
    }

    /// What we do. 做什么
    async fn does(&self) -> &str {
        &self.0.does
    }

    /// What we finish. 完成什么
    async fn finishes(&self) -> &str {
        &self.0.finishes
    }

    /// What we get. 得到什么
    async fn gets(&self) -> &str {
        &self.0.gets
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// The pledges of a team, the latest first.
///
/// # Errors
/// When they can't be read.
pub async fn pledges_of(ctx: &Context<'_>, team: Uuid) -> Result<Option<Vec<Pledge>>> {
    let rows = rows_of::<TeamsPledges>(ctx, team).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(Pledge).collect()))
}

/// The pledge of a team on a day.
///
/// # Errors
/// When it can't be read.
pub async fn pledge_on(ctx: &Context<'_>, team: Uuid, day: NaiveDate) -> Result<Option<Pledge>> {
    let rows = rows_of::<TeamsPledges>(ctx, team).await;
    let rows = rows.on_field(ctx.call())?;
    Ok(rows
        .into_iter()
        .find(|row| row.from_day <= day && day < row.until_day)
        .map(Pledge))
}
