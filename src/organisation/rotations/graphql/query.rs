//! Reading rotations.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{member, rotation, team};

use super::types::{Rotation, RotationStateFilter};
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::filters::IdFilter;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::organisation::rotations::store;

/// Which rotations. All given comparisons must hold. 轮岗筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct RotationFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// To which team. 轮岗团队
    team_id: Option<IdFilter>,
    /// How far. 状态
    state: Option<RotationStateFilter>,
    /// Begun ones whose planned end is this day or earlier. 截至该日超期
    overdue_on: Option<Date>,
}

impl RotationFilter {
    fn plain(self) -> error::Result<store::RotationFilter> {
        let (member, team) = (self.member_id, self.team_id);
        Ok(store::RotationFilter {
            member_id: member
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            team_id: team
                .map(|ids| ids.of::<team::Entity>("filter.teamId"))
                .transpose()?,
            state: self.state.map(Into::into),
            overdue_on: self.overdue_on.map(|day| day.0),
        })
    }
}

/// How rotations are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RotationOrder")]
pub enum RotationOrder {
    /// The earliest first day first. 开始日期升序
    StartsOnAsc,
    /// The latest first day first. 开始日期降序
    #[default]
    StartsOnDesc,
}

/// The queries about rotations.
#[derive(Default)]
pub struct RotationQuery;

/// The queries about rotations.
#[Object]
impl RotationQuery {
    /// A rotation by id. 轮岗
    async fn rotation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<rotation::Entity>,
    ) -> Result<Option<Rotation>> {
        let row = ctx.row::<rotation::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Rotation))
    }

    /// Rotations within your reach. 轮岗列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn rotations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<RotationFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<RotationOrder>,
    ) -> Result<Option<Connection<Rotation>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let plain = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<rotation::Entity, _>(ctx, args, plain, order, Rotation).await
    }
}
