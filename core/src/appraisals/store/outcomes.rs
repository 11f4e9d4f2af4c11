//! What appraisals came to and which critical behaviours were recorded, member by member, whoever looks: what incentives are
//! worked out from.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::AppraisalStage;
use entity::{appraisal, appraisal_cycle, appraisal_incident, appraisal_result};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::decimal::Decimal;
use crate::error::Result;

/// A result that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// The score.
    pub score: Decimal,
    /// The key of the band.
    pub band: String,
}

/// The results, as they were at a moment, of the last appraisals that ended within these days - after `from`, at `to` at the
/// latest - and were out by then; by member. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn outcomes(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Outcome>> {
    let out = Condition::all()
        .add(
            appraisal_cycle::Column::Stage
                .is_in([AppraisalStage::Published, AppraisalStage::Closed]),
        )
        .add(appraisal_cycle::Column::PublishedAt.lte(known_at))
        .add(appraisal_cycle::Column::UntilDay.gt(from))
        .add(appraisal_cycle::Column::UntilDay.lte(to));
    let found: Vec<(Uuid, Uuid)> = appraisal::Entity::find()
        .select_only()
        .columns([appraisal::Column::MemberId, appraisal::Column::Id])
        .join(JoinType::InnerJoin, appraisal::Relation::Cycle.def())
        .filter(appraisal::Column::MemberId.is_in(members.iter().copied()))
        .filter(out)
        .order_by_asc(appraisal_cycle::Column::UntilDay)
        .order_by_asc(appraisal::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let last: HashMap<Uuid, Uuid> = found.into_iter().collect();
    let rows: Vec<(Uuid, i64, String)> = appraisal_result::Entity::find()
        .select_only()
        .columns([
            appraisal_result::Column::AppraisalId,
            appraisal_result::Column::Score,
            appraisal_result::Column::Band,
        ])
        .filter(appraisal_result::Column::AppraisalId.is_in(last.values().copied()))
        .filter(appraisal_result::Column::CreatedAt.lte(known_at))
        .order_by_asc(appraisal_result::Column::Number)
        .into_tuple()
        .all(connection)
        .await?;
    let held: HashMap<Uuid, (i64, String)> = rows
        .into_iter()
        .map(|(appraisal, score, band)| (appraisal, (score, band)))
        .collect();
    let outcome = |(member, appraisal_id): (Uuid, Uuid)| {
        let (score, band) = held.get(&appraisal_id)?.clone();
        let score = Decimal(score);
        Some((
            member,
            Outcome {
                appraisal_id,
                score,
                band,
            },
        ))
    };
    Ok(last.into_iter().filter_map(outcome).collect())
}

/// The critical behaviours of these days that held at a moment, by member; one statement.
///
/// # Errors
/// When the database fails.
pub async fn incidents_of_members(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    known_at: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    use appraisal_incident::Column::{CreatedAt, Day, Id, WithdrawnAt};
    let held = Condition::any()
        .add(WithdrawnAt.is_null())
        .add(WithdrawnAt.gt(known_at));
    let rows: Vec<(Uuid, Uuid)> = appraisal_incident::Entity::find()
        .select_only()
        .column(appraisal::Column::MemberId)
        .column(Id)
        .join(
            JoinType::InnerJoin,
            appraisal_incident::Relation::Appraisal.def(),
        )
        .filter(appraisal::Column::MemberId.is_in(members.iter().copied()))
        .filter(Day.gte(from))
        .filter(Day.lt(to))
        .filter(CreatedAt.lte(known_at))
        .filter(held)
        .order_by_asc(Id)
        .into_tuple()
        .all(connection)
        .await?;
    let mut incidents: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (member, incident) in rows {
        incidents.entry(member).or_default().push(incident);
    }
    Ok(incidents)
}
