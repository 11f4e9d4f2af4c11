//! Where teams stood, and what things were called.

use async_graphql::{Context, Object, Result};
use entity::{department, region, structure_name, team, team_place};
use uuid::Uuid;

use crate::graphql::children::{Link, rows_of};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date};
use crate::organisation::graphql::{Department, Region, Team};

/// Where a team stands after a move. 团队归属
pub struct TeamPlace(pub team_place::Model);

/// Where a team stands after a move. 团队归属
#[Object]
impl TeamPlace {
    /// The department it belongs to then. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let row = ctx.row::<department::Entity>(self.0.department_id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The team above it then. 上级团队
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.parent_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The region it serves then. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let Some(id) = self.0.region_id else {
            return Ok(None);
        };
        let row = ctx.row::<region::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// First day on which it stands there. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer does; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }
}

/// A name for some time. 名称（含有效期）
pub struct DatedName(pub structure_name::Model);

/// A name for some time. 名称（含有效期）
#[Object]
impl DatedName {
    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// First day of the name. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it is called otherwise; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }
}

/// The names of something.
///
/// # Errors
/// When they can't be read.
pub async fn named<L>(ctx: &Context<'_>, id: Uuid) -> Result<Option<Vec<DatedName>>>
where
    L: Link<Child = structure_name::Entity>,
{
    let rows = rows_of::<L>(ctx, id).await.on_field(ctx.call())?;
    Ok(Some(rows.into_iter().map(DatedName).collect()))
}
