//! Stars that are out, whoever looks: what honours are made of. An honour is for everybody to know.

use chrono::{DateTime, Utc};
use entity::enums::{AppraisalProposalKind, AppraisalProposalState, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_proposal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;

/// A nomination that was accepted, from results that are out.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct StarChosen {
    /// The proposal.
    pub id: Uuid,
    /// Who was chosen.
    pub member_id: Uuid,
    /// Why, in the words of the nomination.
    pub content: String,
    /// What the cycle is called.
    pub name: String,
    /// 周期中文名称.
    pub name_zh: String,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// The name of that user at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

async fn stars(
    connection: &impl ConnectionTrait,
    which: Condition,
    limit: Option<u64>,
) -> Result<Vec<StarChosen>> {
    use AppraisalStage::{Closed, Published};
    use appraisal_proposal::Column::{
        Content, DecidedAt, DecidedBy, DecidedByName, Id, Kind, State,
    };
    Ok(appraisal_proposal::Entity::find()
        .select_only()
        .columns([Id, Content, DecidedBy, DecidedByName, DecidedAt])
        .column(appraisal::Column::MemberId)
        .columns([
            appraisal_cycle::Column::Name,
            appraisal_cycle::Column::NameZh,
        ])
        .join(
            JoinType::InnerJoin,
            appraisal_proposal::Relation::Appraisal.def(),
        )
        .join(JoinType::InnerJoin, appraisal::Relation::Cycle.def())
        .filter(Kind.eq(AppraisalProposalKind::Star))
        .filter(State.eq(AppraisalProposalState::Accepted))
        .filter(appraisal_cycle::Column::Stage.is_in([Published, Closed]))
        .filter(which)
        .order_by_asc(Id)
        .limit(limit)
        .into_model::<StarChosen>()
        .all(connection)
        .await?)
}

/// The stars that are out, by id after one, so many at most; one statement.
///
/// # Errors
/// When the database fails.
pub async fn stars_after(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<StarChosen>> {
    let later = after.map(|after| appraisal_proposal::Column::Id.gt(after));
    stars(connection, Condition::all().add_option(later), Some(limit)).await
}

/// Those of these proposals that are stars that are out; one statement.
///
/// # Errors
/// When the database fails.
pub async fn stars_of(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<StarChosen>> {
    let these = appraisal_proposal::Column::Id.is_in(ids.iter().copied());
    stars(connection, Condition::all().add(these), None).await
}
