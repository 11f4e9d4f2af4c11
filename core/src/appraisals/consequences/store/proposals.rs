//! Proposals and their lists.

use entity::enums::{AppraisalProposalKind, AppraisalProposalState};
use entity::{appraisal, appraisal_proposal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;

crate::rows!(versioned: appraisal_proposal; written: );

/// The most stars of a cycle that are told.
const STARS: u64 = 200;

/// Which proposals.
#[derive(Clone, Debug, Default)]
pub struct ProposalFilter {
    /// From results of which cycle.
    pub cycle_id: Option<IdMatches>,
    /// From which result.
    pub appraisal_id: Option<IdMatches>,
    /// What is proposed.
    pub kind: Option<Matches<AppraisalProposalKind>>,
    /// How far.
    pub state: Option<Matches<AppraisalProposalState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProposalOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

impl Listed for appraisal_proposal::Entity {
    type Filter = ProposalFilter;
    type Order = ProposalOrder;

    fn matching(filter: &ProposalFilter, viewer: &Viewer) -> Condition {
        use appraisal_proposal::Column::{AppraisalId, Kind, State};
        let of_cycle = filter.cycle_id.as_ref().map(|cycle| {
            let appraisals = appraisal::Entity::find()
                .select_only()
                .column(appraisal::Column::Id)
                .filter(cycle.on(appraisal::Column::CycleId))
                .into_query();
            AppraisalId.in_subquery(appraisals)
        });
        let about = filter.appraisal_id.as_ref();
        Condition::all()
            .add_option(of_cycle)
            .add_option(
                about.map(|one| compare_reference::<appraisal::Entity>(one, AppraisalId, viewer)),
            )
            .add_option(filter.kind.as_ref().map(|one| one.on(Kind)))
            .add_option(filter.state.as_ref().map(|one| one.on(State)))
    }

    fn sorts(order: ProposalOrder) -> Vec<Sort<appraisal_proposal::Column>> {
        use appraisal_proposal::Column::{CreatedAt, Id};
        match order {
            ProposalOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            ProposalOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        }
    }
}

/// Does a proposal of this kind from this appraisal wait for a decision?
///
/// # Errors
/// When the database fails.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    (appraisal, kind): (Uuid, AppraisalProposalKind),
) -> Result<bool> {
    use appraisal_proposal::Column::{AppraisalId, Kind, State};
    let count = appraisal_proposal::Entity::find()
        .filter(AppraisalId.eq(appraisal))
        .filter(Kind.eq(kind))
        .filter(State.eq(AppraisalProposalState::Proposed))
        .count(connection)
        .await?;
    Ok(count > 0)
}

/// The accepted nominations from results of a cycle with whose they are, the earliest first: an honour, for everybody to know.
///
/// # Errors
/// When the database fails.
pub async fn accepted_stars(
    connection: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<Vec<(appraisal_proposal::Model, Uuid)>> {
    use appraisal_proposal::Column::{DecidedAt, Id, Kind, State};
    let members: Vec<(Uuid, Uuid)> = appraisal::Entity::find()
        .select_only()
        .columns([appraisal::Column::Id, appraisal::Column::MemberId])
        .filter(appraisal::Column::CycleId.eq(cycle))
        .into_tuple()
        .all(connection)
        .await?;
    let members: std::collections::HashMap<Uuid, Uuid> = members.into_iter().collect();
    let of_cycle = appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(appraisal::Column::CycleId.eq(cycle))
        .into_query();
    let rows = appraisal_proposal::Entity::find()
        .filter(Kind.eq(AppraisalProposalKind::Star))
        .filter(State.eq(AppraisalProposalState::Accepted))
        .filter(appraisal_proposal::Column::AppraisalId.in_subquery(of_cycle))
        .order_by_asc(DecidedAt)
        .order_by_asc(Id)
        .limit(STARS)
        .all(connection)
        .await?;
    let with_members = rows
        .into_iter()
        .filter_map(|row| Some((*members.get(&row.appraisal_id)?, row)))
        .map(|(member, row)| (row, member));
    Ok(with_members.collect())
}
