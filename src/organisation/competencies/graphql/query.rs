//! Reading the catalogue of competencies.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::competency;

use super::types::Competency;
use crate::graphql::errors::OnField;
use crate::graphql::filters::StringFilter;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::competencies::store;

/// Which competencies. All given comparisons must hold. 能力项筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct CompetencyFilter {
    /// The short code. 编码
    code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    name: Option<StringFilter>,
    /// In use, or retired. 是否在用
    active: Option<bool>,
}

/// How competencies are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::CompetencyOrder")]
pub enum CompetencyOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
}

/// The queries about competencies.
#[derive(Default)]
pub struct CompetencyQuery;

/// The queries about competencies.
#[Object]
impl CompetencyQuery {
    /// A competency by id. 能力项
    async fn competency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<competency::Entity>,
    ) -> Result<Option<Competency>> {
        let row = ctx.row::<competency::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Competency))
    }

    /// The catalogue of competencies. 能力项列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn competencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<CompetencyFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<CompetencyOrder>,
    ) -> Result<Option<Connection<Competency>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default();
        let plain = store::CompetencyFilter {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
            active: filter.active,
        };
        let order = order_by.unwrap_or_default().into();
        listing::<competency::Entity, _>(ctx, args, Ok(plain), order, Competency).await
    }
}
