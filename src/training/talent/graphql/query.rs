//! Reading the talent pipeline.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{member, position, talent_proposal};
use uuid::Uuid;

use super::types::{TalentBench, TalentProposal, TalentReadinessFilter, TalentStateFilter};
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::filters::IdFilter;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::duties::store::positions_on;
use crate::organisation::graphql::JobFamily;
use crate::organisation::today;
use crate::training::talent::store;

/// Which proposals. All given comparisons must hold. 人才提名筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TalentProposalFilter {
    /// About whom. 成员
    member_id: Option<IdFilter>,
    /// For which position. 目标岗位
    position_id: Option<IdFilter>,
    /// When ready. 准备度
    readiness: Option<TalentReadinessFilter>,
    /// How far. 状态
    state: Option<TalentStateFilter>,
}

impl TalentProposalFilter {
    fn plain(self) -> error::Result<store::ProposalFilter> {
        let (member, position) = (self.member_id, self.position_id);
        Ok(store::ProposalFilter {
            member_id: member
                .map(|ids| ids.of::<member::Entity>("filter.memberId"))
                .transpose()?,
            position_id: position
                .map(|ids| ids.of::<position::Entity>("filter.positionId"))
                .transpose()?,
            readiness: self.readiness.map(Into::into),
            state: self.state.map(Into::into),
        })
    }
}

/// How proposals are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ProposalOrder")]
pub enum TalentProposalOrder {
    /// The latest first. 最新提名
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早提名
    CreatedAtAsc,
}

/// The queries about the talent pipeline.
#[derive(Default)]
pub struct TalentQuery;

/// The queries about the talent pipeline.
#[Object]
impl TalentQuery {
    /// A proposal by id; never one about yourself. 人才提名
    async fn talent_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<talent_proposal::Entity>,
    ) -> Result<Option<TalentProposal>> {
        let row = ctx.row::<talent_proposal::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TalentProposal))
    }

    /// Proposals about members within your reach; never those about yourself. 人才提名列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn talent_proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TalentProposalFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<TalentProposalOrder>,
    ) -> Result<Option<Connection<TalentProposal>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let plain = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<talent_proposal::Entity, _>(ctx, args, plain, order, TalentProposal).await
    }

    /// The positions of today, by code, each with who is accepted for it, of the members within your reach; also those that nobody
    /// is ready for. 人才梯队
    async fn talent_pipeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only positions of this family. 岗位族")] family: Option<JobFamily>,
    ) -> Result<Option<Vec<TalentBench>>> {
        let call = ctx.call();
        let db = ctx.app().db.reader();
        let family = family.map(entity::enums::JobFamily::from);
        let positions = positions_on(db, &call.viewer, today(call)).await;
        let mut positions: Vec<_> = positions
            .on_field(call)?
            .into_iter()
            .map(|(position, _)| position)
            .collect();
        positions.retain(|position| family.is_none_or(|family| position.family == family));
        let ids: Vec<Uuid> = positions.iter().map(|position| position.id).collect();
        let benches = store::benches(db, &call.viewer, &ids).await;
        let mut benches = benches.on_field(call)?;
        let benches = positions.into_iter().map(|position| TalentBench {
            proposals: benches.remove(&position.id).unwrap_or_default(),
            position,
        });
        Ok(Some(benches.collect()))
    }
}
