//! Rows and lists of proposals.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{TalentReadiness, TalentState};
use entity::{member, position, talent_evidence, talent_proposal, training_hour};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Permission, Viewer, compare_reference, visible};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;

/// The most proposals that benches are made of.
const MOST: u64 = 2_000;

/// What a proposal stands on, in order.
pub struct ProposalsEvidence;

impl Link for ProposalsEvidence {
    type Child = talent_evidence::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            talent_evidence::Column::Id,
            talent_evidence::Column::ProposalId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(talent_evidence::Column::Place),
            Sort::ascending(talent_evidence::Column::Id),
        ]
    }
}

/// Which proposals.
#[derive(Clone, Debug, Default)]
pub struct ProposalFilter {
    /// About whom.
    pub member_id: Option<IdMatches>,
    /// For which position.
    pub position_id: Option<IdMatches>,
    /// When ready.
    pub readiness: Option<Matches<TalentReadiness>>,
    /// How far.
    pub state: Option<Matches<TalentState>>,
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

impl Listed for talent_proposal::Entity {
    type Filter = ProposalFilter;
    type Order = ProposalOrder;

    fn matching(filter: &ProposalFilter, viewer: &Viewer) -> Condition {
        use talent_proposal::Column::{MemberId, PositionId, Readiness, State};
        let (member, position) = (filter.member_id.as_ref(), filter.position_id.as_ref());
        Condition::all()
            .add_option(
                member.map(|one| compare_reference::<member::Entity>(one, MemberId, viewer)),
            )
            .add_option(
                position.map(|one| compare_reference::<position::Entity>(one, PositionId, viewer)),
            )
            .add_option(filter.readiness.as_ref().map(|one| one.on(Readiness)))
            .add_option(filter.state.as_ref().map(|one| one.on(State)))
    }

    fn sorts(order: ProposalOrder) -> Vec<Sort<talent_proposal::Column>> {
        use talent_proposal::Column::{CreatedAt, Id};
        match order {
            ProposalOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            ProposalOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        }
    }
}

/// The accepted proposals for these positions within the viewer's reach, by position; who is ready first comes first.
///
/// # Errors
/// When the database fails.
pub async fn benches(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    positions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<talent_proposal::Model>>> {
    use talent_proposal::Column::{Id, PositionId, State};
    let rows = visible::<talent_proposal::Entity>(viewer, Permission::TalentRead)
        .filter(State.eq(TalentState::Accepted))
        .filter(PositionId.is_in(positions.iter().copied()))
        .order_by_asc(Id)
        .limit(MOST)
        .all(connection)
        .await?;
    let mut benches: HashMap<Uuid, Vec<talent_proposal::Model>> = HashMap::new();
    for row in rows {
        benches.entry(row.position_id).or_default().push(row);
    }
    for bench in benches.values_mut() {
        bench.sort_by_key(|row| (row.readiness, row.id));
    }
    Ok(benches)
}

/// The minutes in the ledger of members' hours that the viewer may see, by member and year.
///
/// # Errors
/// When the database fails.
pub async fn booked(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    wanted: &[(Uuid, i32)],
) -> Result<HashMap<(Uuid, i32), i64>> {
    use training_hour::Column::{Day, MemberId};
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let mut any = Condition::any();
    for (member, year) in wanted {
        let of = Condition::all()
            .add(MemberId.eq(*member))
            .add(Day.gte(first(*year)))
            .add(Day.lt(first(*year + 1)));
        any = any.add(of);
    }
    let rows = visible::<training_hour::Entity>(viewer, Permission::TrainingHoursRead)
        .filter(any)
        .all(connection)
        .await?;
    let mut sums = HashMap::new();
    for row in rows {
        let year = chrono::Datelike::year(&row.day);
        *sums.entry((row.member_id, year)).or_insert(0) += i64::from(row.minutes);
    }
    Ok(sums)
}

/// How many proposals about a member and a position wait for a decision.
///
/// # Errors
/// When the database fails.
pub async fn waiting(
    connection: &impl ConnectionTrait,
    (member, position): (Uuid, Uuid),
) -> Result<u64> {
    Ok(talent_proposal::Entity::find()
        .filter(talent_proposal::Column::MemberId.eq(member))
        .filter(talent_proposal::Column::PositionId.eq(position))
        .filter(talent_proposal::Column::State.eq(TalentState::Proposed))
        .count(connection)
        .await?)
}

/// The proposals about a member and a position that hold.
///
/// # Errors
/// When the database fails.
pub async fn accepted(
    connection: &impl ConnectionTrait,
    (member, position): (Uuid, Uuid),
) -> Result<Vec<talent_proposal::Model>> {
    Ok(talent_proposal::Entity::find()
        .filter(talent_proposal::Column::MemberId.eq(member))
        .filter(talent_proposal::Column::PositionId.eq(position))
        .filter(talent_proposal::Column::State.eq(TalentState::Accepted))
        .all(connection)
        .await?)
}

/// Writes a proposal with its evidence.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &impl ConnectionTrait,
    row: talent_proposal::Model,
    evidence: Vec<talent_evidence::Model>,
) -> Result<()> {
    talent_proposal::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    talent_evidence::Entity::insert_many(
        evidence.into_iter().map(IntoActiveModel::into_active_model),
    )
    .exec_without_returning(tx)
    .await?;
    Ok(())
}

/// Writes a proposal as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: talent_proposal::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
