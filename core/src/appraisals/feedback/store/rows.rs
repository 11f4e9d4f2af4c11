//! Rows of raters and of what they said.

use std::collections::{BTreeMap, HashMap};

use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_feedback, appraisal_rater};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::appraisals::rules::voices::Said;
use crate::error::Result;

crate::rows!(versioned: appraisal_rater; written: appraisal_feedback);

/// How many rows are written at once: databases bound the values of a statement.
const AT_ONCE: usize = 500;

/// What was said in these appraisals, for computing results and putting voices together; never shown as it is.
///
/// # Errors
/// When the database fails.
pub async fn said_of(
    connection: &impl ConnectionTrait,
    appraisals: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Said>>> {
    let rows = appraisal_feedback::Entity::find()
        .filter(appraisal_feedback::Column::AppraisalId.is_in(appraisals.iter().copied()))
        .all(connection)
        .await?;
    let mut said: HashMap<Uuid, Vec<Said>> = HashMap::new();
    for row in rows {
        said.entry(row.appraisal_id).or_default().push(Said {
            source: row.source,
            answers: serde_json::from_value(row.answers)?,
            comment: row.comment,
        });
    }
    Ok(said)
}

/// Writes new raters.
///
/// # Errors
/// When the database fails.
pub async fn insert_raters(
    tx: &impl ConnectionTrait,
    rows: Vec<appraisal_rater::Model>,
) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let some = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        appraisal_rater::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// All raters of an appraisal, for an action that has locked it.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(
    tx: &impl ConnectionTrait,
    appraisal: Uuid,
) -> Result<Vec<appraisal_rater::Model>> {
    Ok(appraisal_rater::Entity::find()
        .filter(appraisal_rater::Column::AppraisalId.eq(appraisal))
        .order_by_asc(appraisal_rater::Column::Id)
        .all(tx)
        .await?)
}

/// The raters of an appraisal that the viewer has found, in the order in which they were proposed.
///
/// # Errors
/// When the database fails.
pub async fn raters_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    appraisal: Uuid,
) -> Result<Vec<appraisal_rater::Model>> {
    Ok(
        visible::<appraisal_rater::Entity>(viewer, Permission::AppraisalRead)
            .filter(appraisal_rater::Column::AppraisalId.eq(appraisal))
            .order_by_asc(appraisal_rater::Column::Id)
            .all(connection)
            .await?,
    )
}

/// The keys of the appraisals of a cycle.
fn within(cycle: Uuid) -> SelectStatement {
    appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(appraisal::Column::CycleId.eq(cycle))
        .into_query()
}

/// All raters of a cycle, for an action that has locked it.
///
/// # Errors
/// When the database fails.
pub async fn of_cycle(
    tx: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<Vec<appraisal_rater::Model>> {
    Ok(appraisal_rater::Entity::find()
        .filter(appraisal_rater::Column::AppraisalId.in_subquery(within(cycle)))
        .all(tx)
        .await?)
}

/// All appraisals of a cycle, for an action that has locked it.
///
/// # Errors
/// When the database fails.
pub async fn appraisals_in(
    tx: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<Vec<appraisal::Model>> {
    Ok(appraisal::Entity::find()
        .filter(appraisal::Column::CycleId.eq(cycle))
        .order_by_asc(appraisal::Column::Id)
        .all(tx)
        .await?)
}

/// How often each of these members is asked or proposed in a cycle; an answered request counts like an open one, or the limit
/// would tell.
///
/// # Errors
/// When the database fails.
pub async fn asked_in(
    tx: &impl ConnectionTrait,
    cycle: Uuid,
    members: &[Uuid],
) -> Result<BTreeMap<Uuid, u32>> {
    let counts: Vec<(Uuid, i64)> = appraisal_rater::Entity::find()
        .select_only()
        .column(appraisal_rater::Column::MemberId)
        .column_as(appraisal_rater::Column::Id.count(), "requests")
        .filter(appraisal_rater::Column::AppraisalId.in_subquery(within(cycle)))
        .filter(appraisal_rater::Column::MemberId.is_in(members.iter().copied()))
        .filter(appraisal_rater::Column::State.ne(AppraisalRaterState::Declined))
        .filter(appraisal_rater::Column::Source.ne(AppraisalFeedbackSource::Own))
        .group_by(appraisal_rater::Column::MemberId)
        .into_tuple()
        .all(tx)
        .await?;
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(counts
        .into_iter()
        .map(|(member, requests)| (member, count(requests)))
        .collect())
}

/// The viewer's own request, locked; none when it is somebody else's or hasn't reached them yet.
///
/// # Errors
/// When the database fails.
pub async fn request(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<appraisal_rater::Model>> {
    let Some(select) = super::requests::own(viewer) else {
        return Ok(None);
    };
    Ok(select
        .filter(appraisal_rater::Column::Id.eq(id))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// The appraisal that a request is about: the rater doesn't see it, and needs its template and stage.
///
/// # Errors
/// When the database fails.
pub async fn row_of(
    tx: &impl ConnectionTrait,
    request: &appraisal_rater::Model,
) -> Result<Option<appraisal::Model>> {
    Ok(appraisal::Entity::find_by_id(request.appraisal_id)
        .one(tx)
        .await?)
}

/// How far the cycle of an appraisal is, for a look.
///
/// # Errors
/// When the database fails.
pub async fn stage_of(
    connection: &impl ConnectionTrait,
    row: &appraisal::Model,
) -> Result<Option<AppraisalStage>> {
    let cycle = appraisal_cycle::Entity::find_by_id(row.cycle_id);
    Ok(cycle.one(connection).await?.map(|cycle| cycle.stage))
}

/// Notes that a request was answered, unless it was before or was declined. Neither its version nor its time changes: both would
/// tell.
///
/// # Errors
/// When the database fails.
pub async fn mark_given(tx: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    let done = appraisal_rater::Entity::update_many()
        .col_expr(
            appraisal_rater::Column::State,
            Expr::value(AppraisalRaterState::Given),
        )
        .filter(appraisal_rater::Column::Id.eq(id))
        .filter(appraisal_rater::Column::State.eq(AppraisalRaterState::Asked))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
