//! Reading what follows from results.

use async_graphql::{Context, Object, Result};
use entity::{appraisal_cycle, appraisal_proposal};

use super::enums::{AppraisalGroupBy, AppraisalProposalOrder};
use super::groups::AppraisalGroupResults;
use super::inputs::AppraisalProposalFilter;
use super::needs::AppraisalNeed;
use super::proposals::AppraisalProposal;
use super::stars::{AppraisalStar, AppraisalStarFamily};
use crate::appraisals::consequences::actions;
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The most candidates of a family that can be asked for.
const MOST: u32 = 20;

/// The queries about what follows from results.
#[derive(Default)]
pub struct ConsequenceQuery;

/// The queries about what follows from results.
#[Object]
impl ConsequenceQuery {
    /// A proposal by id; never one about yourself. The look is logged. 结果应用建议
    async fn appraisal_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal_proposal::Entity>,
    ) -> Result<Option<AppraisalProposal>> {
        let row = actions::proposal(&ctx.app().db, ctx.call(), id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalProposal))
    }

    /// Proposals about members within your reach and whom you judge; never those about yourself. The look is logged.
    /// 结果应用建议列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisal_proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalProposalFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalProposalOrder>,
    ) -> Result<Option<Connection<AppraisalProposal>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default().plain().on_field(call)?;
        let order = order_by.unwrap_or_default().into();
        let total = ctx.selects("totalCount");
        let listing = actions::proposals(&ctx.app().db, call, &filter, order, &page, total).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, AppraisalProposal)))
    }

    /// What the results of a cycle are weak in, what most are weak in first, at most 200: what training could begin with. Null
    /// before results are out. The look is logged. 能力短板（培训需求）
    async fn appraisal_needs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] cycle_id: Id<appraisal_cycle::Entity>,
    ) -> Result<Option<Vec<AppraisalNeed>>> {
        let found = actions::needs(&ctx.app().db, ctx.call(), cycle_id.uuid).await;
        let found = found.on_field(ctx.call())?;
        Ok(found.map(|needs| needs.into_iter().map(AppraisalNeed).collect()))
    }

    /// The results of teams, departments or regions in a cycle. A group is withheld when fewer members than
    /// `metrics.minimum_group` out of your reach are in it, or could be told apart by holding it against the others. Null before
    /// results are out. The look is logged. 团队与区域结果（小群体保护）
    async fn appraisal_group_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] cycle_id: Id<appraisal_cycle::Entity>,
        #[graphql(desc = "Which groups. 分组方式")] by: AppraisalGroupBy,
    ) -> Result<Option<AppraisalGroupResults>> {
        let db = &ctx.app().db;
        let found = actions::group_results(db, ctx.call(), cycle_id.uuid, by.into()).await;
        Ok(found.on_field(ctx.call())?.map(AppraisalGroupResults))
    }

    /// The best of each family by score among those in the best band without incidents, ties all named; you aren't among them.
    /// Null before results are out. The look is logged. 评优候选人（不含本人）
    async fn appraisal_stars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] cycle_id: Id<appraisal_cycle::Entity>,
        #[graphql(
            desc = "So many of each family, at most 20. 每个岗位族人数",
            default = 3
        )]
        most: u32,
    ) -> Result<Option<Vec<AppraisalStarFamily>>> {
        let call = ctx.call();
        if most > MOST {
            let error = ApiError::bad_input(
                "most",
                format!("{most} is more than {MOST}"),
                format!("{most} 超过 {MOST}"),
            );
            return Err(from_api(call, &error));
        }
        let most = usize::try_from(most).unwrap_or(0);
        let found = actions::candidates(&ctx.app().db, call, cycle_id.uuid, most).await;
        let found = found.on_field(call)?;
        Ok(found.map(|stars| stars.into_iter().map(AppraisalStarFamily).collect()))
    }

    /// Who was chosen as a star from the results of a cycle, and why; null before results are out. 服务之星
    async fn stars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cycle. 考核周期")] cycle_id: Id<appraisal_cycle::Entity>,
    ) -> Result<Option<Vec<AppraisalStar>>> {
        let found = actions::stars(&ctx.app().db, ctx.call(), cycle_id.uuid).await;
        let found = found.on_field(ctx.call())?;
        let star = |star: actions::Star| AppraisalStar {
            name: star.name,
            name_en: star.name_en,
            reasons: star.reasons,
            since: star.since.into(),
        };
        Ok(found.map(|stars| stars.into_iter().map(star).collect()))
    }
}
