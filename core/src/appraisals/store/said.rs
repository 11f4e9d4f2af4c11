//! What is said in one appraisal, for actions that hold it locked, and cycles by their keys.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::AppraisalRatingBy;
use entity::{appraisal_cycle, appraisal_dispute, appraisal_plan_item, appraisal_rating};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::writes::{insert, insert_all, save};
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::Result;

/// The cycles with these keys. They are the server's own: whoever shows anything of them looks at the viewer's rights there.
///
/// # Errors
/// When the database fails.
pub async fn cycles_by_id(
    connection: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, appraisal_cycle::Model>> {
    let rows = appraisal_cycle::Entity::find()
        .filter(appraisal_cycle::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The work plan of an appraisal, in its order.
///
/// # Errors
/// When the database fails.
pub async fn plan_of(
    connection: &impl ConnectionTrait,
    appraisal: Uuid,
) -> Result<Vec<appraisal_plan_item::Model>> {
    Ok(appraisal_plan_item::Entity::find()
        .filter(appraisal_plan_item::Column::AppraisalId.eq(appraisal))
        .order_by_asc(appraisal_plan_item::Column::Place)
        .order_by_asc(appraisal_plan_item::Column::Id)
        .all(connection)
        .await?)
}

/// Makes the work plan of a locked appraisal what is given: items that were there are saved, further ones are added, and the
/// others go.
///
/// # Errors
/// When the database fails.
pub async fn put_plan(
    tx: &impl ConnectionTrait,
    appraisal: Uuid,
    items: Vec<appraisal_plan_item::Model>,
    at: DateTime<Utc>,
) -> Result<()> {
    let known: BTreeSet<Uuid> = plan_of(tx, appraisal)
        .await?
        .into_iter()
        .map(|item| item.id)
        .collect();
    let kept = items.iter().map(|item| item.id);
    appraisal_plan_item::Entity::delete_many()
        .filter(appraisal_plan_item::Column::AppraisalId.eq(appraisal))
        .filter(appraisal_plan_item::Column::Id.is_not_in(kept))
        .exec(tx)
        .await?;
    let (there, new): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|item| known.contains(&item.id));
    for item in there {
        save(tx, item, at).await?;
    }
    insert_all(tx, new).await
}

/// How far criteria of an appraisal are met as one side sees it, by criterion.
///
/// # Errors
/// When the database fails.
pub async fn ratings_by(
    connection: &impl ConnectionTrait,
    appraisal: Uuid,
    by: AppraisalRatingBy,
) -> Result<BTreeMap<String, appraisal_rating::Model>> {
    let rows = appraisal_rating::Entity::find()
        .filter(appraisal_rating::Column::AppraisalId.eq(appraisal))
        .filter(appraisal_rating::Column::By.eq(by))
        .all(connection)
        .await?;
    let keyed = rows.into_iter().map(|row| (row.criterion.clone(), row));
    Ok(keyed.collect())
}

/// What is said about a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The key of the criterion.
    pub criterion: String,
    /// How far it is met, in percent; nothing is said of it any more when it is none.
    pub percent: Option<Decimal>,
    /// In words.
    pub comment: Option<String>,
}

/// Writes what one side says about some criteria of a locked appraisal; what isn't named stays.
///
/// # Errors
/// When the database fails.
pub async fn put_ratings(
    tx: &impl ConnectionTrait,
    (appraisal, by): (Uuid, AppraisalRatingBy),
    said: Vec<Said>,
    at: DateTime<Utc>,
) -> Result<()> {
    let there = ratings_by(tx, appraisal, by).await?;
    for one in said {
        let row = there.get(&one.criterion);
        match (one.percent, row) {
            (Some(percent), row) => {
                let new = appraisal_rating::Model {
                    id: row.map_or_else(|| new_id(at), |row| row.id),
                    appraisal_id: appraisal,
                    by,
                    criterion: one.criterion,
                    percent: percent.0,
                    comment: one.comment,
                    updated_at: at,
                };
                if row.is_some() {
                    appraisal_rating::Entity::update(new.into_active_model().reset_all())
                        .exec(tx)
                        .await?;
                } else {
                    insert(tx, new).await?;
                }
            }
            (None, Some(row)) => {
                appraisal_rating::Entity::delete_by_id(row.id)
                    .exec(tx)
                    .await?;
            }
            (None, None) => {}
        }
    }
    Ok(())
}

/// Does a dispute about that record behind that figure wait for a decision already?
///
/// # Errors
/// When the database fails.
pub async fn is_disputed(
    connection: &impl ConnectionTrait,
    appraisal: Uuid,
    (metric, record): (&str, Uuid),
) -> Result<bool> {
    use entity::enums::AppraisalDisputeState::Open;
    let open = appraisal_dispute::Entity::find()
        .filter(appraisal_dispute::Column::AppraisalId.eq(appraisal))
        .filter(appraisal_dispute::Column::State.eq(Open))
        .filter(appraisal_dispute::Column::MetricKey.eq(metric))
        .filter(appraisal_dispute::Column::RecordId.eq(record));
    Ok(open.count(connection).await? > 0)
}

/// Was a dispute about any record behind a figure of that appraisal upheld?
///
/// # Errors
/// When the database fails.
pub async fn is_put_right(connection: &impl ConnectionTrait, appraisal: Uuid) -> Result<bool> {
    use entity::enums::AppraisalDisputeState::Upheld;
    let upheld = appraisal_dispute::Entity::find()
        .filter(appraisal_dispute::Column::AppraisalId.eq(appraisal))
        .filter(appraisal_dispute::Column::State.eq(Upheld));
    Ok(upheld.count(connection).await? > 0)
}
