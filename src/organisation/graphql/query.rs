//! Reading the organisation.

use async_graphql::{Context, Object, Result};
use entity::{department, member, position, region, team};

use super::filters::{
    MemberFilter, MemberOrder, PositionFilter, StructureFilter, StructureOrder, TeamFilter,
};
use super::people::Member;
use super::structure::{Department, Position, Region, Team};
use crate::graphql::direct::{Paged, To};
use crate::graphql::listing::listing_of;
use crate::graphql::{Ask, Id, PageArgs};
use crate::organisation::today;

/// The organisation's root fields.
#[derive(Default)]
pub struct OrganisationQuery;

macro_rules! roots {
    ($($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident, $ctx:ident| $plain:expr;)*) => {
        /// The organisation's root fields.
        #[Object]
        impl OrganisationQuery {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    #[graphql(desc = "Which one. 标识")] id: Id<$table::Entity>,
                ) -> To<$view> {
                    To::new(id.uuid)
                }

                $(#[$many_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    $ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$order>,
                ) -> Result<Option<Paged<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing_of::<$view>($ctx, args, $plain, order).await
                }
            )*
        }
    };
}

roots! {
    /// A department by id. 部门
    department,
    /// Departments. 部门列表
    departments: Department of department, StructureFilter, StructureOrder, |filter, ctx| Ok(filter.into());
    /// A region by id. 区域
    region,
    /// Regions. 区域列表
    regions: Region of region, StructureFilter, StructureOrder, |filter, ctx| Ok(filter.into());
    /// A team by id. 团队
    team,
    /// Teams. 团队列表
    teams: Team of team, TeamFilter, StructureOrder, |filter, ctx| filter.plain();
    /// A position by id. 岗位
    position,
    /// Positions with duties, goals and standards. 岗位列表
    positions: Position of position, PositionFilter, StructureOrder, |filter, ctx| Ok(filter.into());
    /// A member by id. 成员
    member,
    /// Members. 成员列表
    members: Member of member, MemberFilter, MemberOrder, |filter, ctx| filter.plain(today(ctx.call()));
}
