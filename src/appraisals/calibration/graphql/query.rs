//! Reading sessions.

use async_graphql::{Context, Object, Result};
use entity::{appraisal, appraisal_calibration};

use super::enums::AppraisalCalibrationOrder;
use super::inputs::AppraisalCalibrationFilter;
use super::types::{AppraisalCalibration, AppraisalPair};
use crate::appraisals::calibration::actions;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about calibration.
#[derive(Default)]
pub struct CalibrationQuery;

/// The queries about calibration.
#[Object]
impl CalibrationQuery {
    /// A session by id. 校准会
    async fn appraisal_calibration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal_calibration::Entity>,
    ) -> Result<Option<AppraisalCalibration>> {
        let row = ctx.row::<appraisal_calibration::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalCalibration))
    }

    /// Sessions. 校准会列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisal_calibrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalCalibrationFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalCalibrationOrder>,
    ) -> Result<Option<Connection<AppraisalCalibration>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<appraisal_calibration::Entity, _>(ctx, args, filter, order, AppraisalCalibration)
            .await
    }

    /// Two results of a session's group side by side; null when either isn't of it, is your own or isn't there yet. The look is
    /// logged. 两人对比（不含本人）
    async fn appraisal_pair(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which session. 校准会")] calibration_id: Id<
            appraisal_calibration::Entity,
        >,
        #[graphql(desc = "The first appraisal. 甲")] one_id: Id<appraisal::Entity>,
        #[graphql(desc = "The other appraisal. 乙")] other_id: Id<appraisal::Entity>,
    ) -> Result<Option<AppraisalPair>> {
        let both = (one_id.uuid, other_id.uuid);
        let pair = actions::pair(&ctx.app().db, ctx.call(), calibration_id.uuid, both).await;
        Ok(pair.on_field(ctx.call())?.map(AppraisalPair))
    }
}
