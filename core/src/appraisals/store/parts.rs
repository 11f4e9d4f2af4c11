//! What is said and recorded in many appraisals at once, for computing results.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{AppraisalDisputeState, AppraisalRatingBy};
use entity::{appraisal_dispute, appraisal_incident, appraisal_plan_item, appraisal_rating};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::appraisals::rules::inputs::Planned;
use crate::decimal::Decimal;
use crate::error::Result;

/// What is said and recorded in an appraisal.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The plan as the reviewer sees it.
    pub plan: Vec<Planned>,
    /// How far each criterion is met, as the reviewer sees it.
    pub criteria: BTreeMap<String, Decimal>,
    /// How often each behaviour was recorded.
    pub incidents: BTreeMap<String, u32>,
    /// The metrics with an open dispute.
    pub paused: BTreeSet<String>,
}

/// What is said and recorded in these appraisals; four statements.
///
/// # Errors
/// When the database fails.
pub async fn parts_of(
    connection: &impl ConnectionTrait,
    appraisals: &[Uuid],
) -> Result<HashMap<Uuid, Parts>> {
    let ids = || appraisals.iter().copied();
    let mut parts: HashMap<Uuid, Parts> = ids().map(|id| (id, Parts::default())).collect();
    let plan = appraisal_plan_item::Entity::find()
        .filter(appraisal_plan_item::Column::AppraisalId.is_in(ids()))
        .order_by_asc(appraisal_plan_item::Column::Place)
        .order_by_asc(appraisal_plan_item::Column::Id)
        .all(connection)
        .await?;
    for item in plan {
        let planned = Planned {
            title: item.title,
            weight: item.weight,
            percent: item.percent.map(Decimal),
        };
        parts
            .entry(item.appraisal_id)
            .or_default()
            .plan
            .push(planned);
    }
    let ratings = appraisal_rating::Entity::find()
        .filter(appraisal_rating::Column::AppraisalId.is_in(ids()))
        .filter(appraisal_rating::Column::By.eq(AppraisalRatingBy::Reviewer))
        .all(connection)
        .await?;
    for rating in ratings {
        let of = parts.entry(rating.appraisal_id).or_default();
        of.criteria
            .insert(rating.criterion, Decimal(rating.percent));
    }
    let incidents = appraisal_incident::Entity::find()
        .filter(appraisal_incident::Column::AppraisalId.is_in(ids()))
        .filter(appraisal_incident::Column::WithdrawnAt.is_null())
        .all(connection)
        .await?;
    for incident in incidents {
        let of = parts.entry(incident.appraisal_id).or_default();
        *of.incidents.entry(incident.behaviour).or_default() += 1;
    }
    let disputes = appraisal_dispute::Entity::find()
        .filter(appraisal_dispute::Column::AppraisalId.is_in(ids()))
        .filter(appraisal_dispute::Column::State.eq(AppraisalDisputeState::Open))
        .all(connection)
        .await?;
    for dispute in disputes {
        let of = parts.entry(dispute.appraisal_id).or_default();
        of.paused.insert(dispute.metric_key);
    }
    Ok(parts)
}
