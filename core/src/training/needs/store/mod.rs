//! The only place that touches the tables of proposals.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::enums::TrainingProposalState;
use entity::{training_course, training_proposal, training_proposal_member};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;

/// Which proposals. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct ProposalFilter {
    /// What has become of them.
    pub state: Option<Matches<TrainingProposalState>>,
    /// Of which course.
    pub course_id: Option<IdMatches>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProposalOrder {
    /// The most urgent first.
    #[default]
    PriorityAsc,
    /// The newest first.
    CreatedAtDesc,
}

impl Listed for training_proposal::Entity {
    type Filter = ProposalFilter;
    type Order = ProposalOrder;

    fn matching(filter: &ProposalFilter, viewer: &Viewer) -> Condition {
        use training_proposal::Column::{CourseId, State};
        let course =
            |is: &IdMatches| compare_reference::<training_course::Entity>(is, CourseId, viewer);
        Condition::all()
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.course_id.as_ref().map(course))
    }

    fn sorts(order: ProposalOrder) -> Vec<Sort<training_proposal::Column>> {
        use training_proposal::Column::{CreatedAt, Id, Priority};
        match order {
            ProposalOrder::PriorityAsc => vec![Sort::ascending(Priority), Sort::ascending(Id)],
            ProposalOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// The members for whom a training is proposed.
pub struct ProposalsMembers;

impl Link for ProposalsMembers {
    type Child = training_proposal_member::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use training_proposal_member::Column as C;
        (C::Id, C::ProposalId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(training_proposal_member::Column::Id)]
    }
}

/// Writes a proposal with its members.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &impl ConnectionTrait,
    row: training_proposal::Model,
    members: Vec<training_proposal_member::Model>,
) -> Result<()> {
    training_proposal::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let members = members
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    training_proposal_member::Entity::insert_many(members)
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
    mut row: training_proposal::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// The members for whom a session was planned by accepting proposals, in their order, each once.
///
/// # Errors
/// When the database fails.
pub async fn planned_for(connection: &impl ConnectionTrait, session: Uuid) -> Result<Vec<Uuid>> {
    let proposals = training_proposal::Entity::find()
        .select_only()
        .column(training_proposal::Column::Id)
        .filter(training_proposal::Column::SessionId.eq(session))
        .into_query();
    let mut members: Vec<Uuid> = training_proposal_member::Entity::find()
        .select_only()
        .column(training_proposal_member::Column::MemberId)
        .filter(training_proposal_member::Column::ProposalId.in_subquery(proposals))
        .order_by_asc(training_proposal_member::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let mut known = BTreeSet::new();
    members.retain(|member| known.insert(*member));
    Ok(members)
}

/// The members for whom a training is proposed, whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn members_of(connection: &impl ConnectionTrait, proposal: Uuid) -> Result<Vec<Uuid>> {
    Ok(training_proposal_member::Entity::find()
        .select_only()
        .column(training_proposal_member::Column::MemberId)
        .filter(training_proposal_member::Column::ProposalId.eq(proposal))
        .order_by_asc(training_proposal_member::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}
