//! Reading honours and recognitions.

use async_graphql::{Context, Object, Result};
use entity::{honour, recognition};

use super::enums::{HonourOrder, RecognitionOrder};
use super::inputs::{HonourFilter, RecognitionFilter};
use super::patterns::{RecognitionBalance, RecognitionPatterns};
use super::types::{Honour, HonourWallPreference, Recognition};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::incentives::honours::balance::balance;
use crate::incentives::honours::patterns::patterns;
use crate::incentives::honours::store::{self, is_opted_out};

macro_rules! roots {
    ($($(#[$doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident| $plain:expr;)*) => {
        /// The queries about honours and recognitions.
        #[derive(Default)]
        pub struct HonourQuery;

        /// The queries about honours and recognitions.
        #[Object]
        impl HonourQuery {
            /// An honour by id; null when there is none within your reach. 荣誉
            async fn honour(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<honour::Entity>,
            ) -> Result<Option<Honour>> {
                let row = ctx.row::<honour::Entity>(id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(Honour))
            }

            /// A recognition by id; null when there is none within your reach. 同事认可
            async fn recognition(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<recognition::Entity>,
            ) -> Result<Option<Recognition>> {
                let row = ctx.row::<recognition::Entity>(id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(Recognition))
            }

            /// Whether you stand on the honour wall; null for whoever is no member. 荣誉墙公开设置
            async fn honour_wall_preference(&self, ctx: &Context<'_>) -> Result<Option<HonourWallPreference>> {
                let call = ctx.call();
                let Some(me) = call.viewer.standing.member_id else {
                    return Ok(None);
                };
                let out = is_opted_out(ctx.app().db.reader(), me).await.on_field(call)?;
                Ok(Some(HonourWallPreference { shown: !out }))
            }

            /// How much you can still give this month; null for whoever is no member. 认可余额
            async fn recognition_balance(&self, ctx: &Context<'_>) -> Result<Option<RecognitionBalance>> {
                let call = ctx.call();
                let found = balance(&ctx.app().db, call).await.on_field(call)?;
                Ok(found.map(Into::into))
            }

            /// Who recognises each other again and again, and who gets most. 认可模式
            async fn recognition_patterns(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "The first day. 首日")] from: Date,
                #[graphql(desc = "The first day after it, 366 days later at most. 截止日（不含）")] until: Date,
            ) -> Result<Option<RecognitionPatterns>> {
                let call = ctx.call();
                let found = patterns(&ctx.app().db, call, (from.0, until.0)).await;
                Ok(Some(RecognitionPatterns(found.on_field(call)?)))
            }

            $(
                $(#[$doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$order>,
                ) -> Result<Option<Connection<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing::<$table::Entity, _>(ctx, args, $plain, order, $view).await
                }
            )*
        }
    };
}

roots! {
    /// The honour wall: the honours of all the staff who are shown, the latest first when nothing else is said; also of the others
    /// where they are within your reach of `honour.read`. Those that lapsed only when asked for. 荣誉墙
    honour_wall: Honour of honour, HonourFilter, HonourOrder, |filter| filter.plain();
    /// Your own honours, whether you are shown or not; also those that lapsed or were revoked. 我的荣誉
    my_honours: Honour of honour, HonourFilter, HonourOrder, |filter| filter.plain().map(|filter| store::HonourFilter { mine: true, include_lapsed: true, ..filter });
    /// What colleagues recognise in each other: of those who are shown, your own, and of the others where they are within your reach of
    /// `honour.read`. 同事认可列表
    recognitions: Recognition of recognition, RecognitionFilter, RecognitionOrder, |filter| filter.plain();
}
