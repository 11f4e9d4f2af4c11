//! Results that are out, read for everybody: what is told of them, and of whom, the actions decide.

use std::collections::{BTreeSet, HashMap};

use entity::enums::{AppraisalStage, JobFamily};
use entity::{appraisal, appraisal_cycle, appraisal_cycle_template, appraisal_result};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Viewer, find, visible};
use crate::appraisals::rules::scoring::Outcome;
use crate::appraisals::rules::stages::is_out;
use crate::decimal::Decimal;
use crate::error::{ApiError, Result};

/// The most results of a cycle that are looked at together.
const MOST: u64 = 5_000;

/// A result that holds.
#[derive(Clone, Debug, FromQueryResult)]
struct Found {
    id: Uuid,
    member_id: Uuid,
    version_id: Uuid,
    team_id: Option<Uuid>,
    department_id: Option<Uuid>,
    score: i64,
    band: String,
    outcome: serde_json::Value,
}

/// A result that holds.
#[derive(Clone, Debug)]
pub struct Told {
    /// The appraisal.
    pub id: Uuid,
    /// Whose.
    pub member: Uuid,
    /// By which version of a template.
    pub version: Uuid,
    /// The home team.
    pub team: Option<Uuid>,
    /// The department.
    pub department: Option<Uuid>,
    /// The score.
    pub score: Decimal,
    /// The key of its band.
    pub band: String,
    /// How it came about.
    pub outcome: Outcome,
}

/// A cycle whose results are out, if the viewer may see the cycle.
///
/// # Errors
/// When the database fails.
pub async fn cycle(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<appraisal_cycle::Model>> {
    let read = <appraisal_cycle::Entity as Scoped>::READ;
    let row = find::<appraisal_cycle::Entity>(connection, viewer, read, id).await?;
    Ok(row.filter(|row| is_out(row.stage)))
}

/// All results of a cycle that hold, in the order of the appraisals.
///
/// # Errors
/// `BAD_INPUT` when they are too many to look at together.
pub async fn told(connection: &impl ConnectionTrait, cycle: Uuid) -> Result<Vec<Told>> {
    use appraisal::Column::{CycleId, DepartmentId, Id, MemberId, TeamId, VersionId};
    use appraisal_result::Column::{Band, Outcome as Steps, Score};
    let number = (appraisal_result::Entity, appraisal_result::Column::Number);
    let current = (appraisal::Entity, appraisal::Column::Result);
    let rows = appraisal_result::Entity::find()
        .select_only()
        .column(Id)
        .columns([MemberId, VersionId, TeamId, DepartmentId])
        .columns([Score, Band, Steps])
        .join(
            JoinType::InnerJoin,
            appraisal_result::Relation::Appraisal.def(),
        )
        .filter(CycleId.eq(cycle))
        .filter(Expr::col(number).equals(current))
        .order_by_asc(Id)
        .limit(MOST + 1)
        .into_model::<Found>()
        .all(connection)
        .await?;
    if rows.len() as u64 > MOST {
        let error = ApiError::bad_input(
            "cycleId",
            format!("the cycle has more than {MOST} results, too many to look at together"),
            format!("该周期结果超过 {MOST} 份，无法一并统计"),
        );
        return Err(error.into());
    }
    rows.into_iter()
        .map(|row| {
            Ok(Told {
                id: row.id,
                member: row.member_id,
                version: row.version_id,
                team: row.team_id,
                department: row.department_id,
                score: Decimal(row.score),
                band: row.band,
                outcome: serde_json::from_value(row.outcome)?,
            })
        })
        .collect()
}

/// The appraisals of a cycle that are within the viewer's reach.
///
/// # Errors
/// When the database fails.
pub async fn within(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    cycle: Uuid,
) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = visible::<appraisal::Entity>(viewer, Permission::AppraisalRead)
        .select_only()
        .column(appraisal::Column::Id)
        .filter(appraisal::Column::CycleId.eq(cycle))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Which family each version of a cycle is for.
///
/// # Errors
/// When the database fails.
pub async fn families(
    connection: &impl ConnectionTrait,
    cycle: Uuid,
) -> Result<HashMap<Uuid, JobFamily>> {
    let rows = appraisal_cycle_template::Entity::find()
        .filter(appraisal_cycle_template::Column::CycleId.eq(cycle))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.version_id, row.family))
        .collect())
}

/// A result that is out, as figures count it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Out {
    /// The appraisal.
    pub id: Uuid,
    /// Whose.
    pub member_id: Uuid,
    /// By which version of a template.
    pub version_id: Uuid,
    /// The first day after the period.
    pub until_day: chrono::NaiveDate,
    /// The score, in ten-thousandths.
    pub score: i64,
    /// The key of its band.
    pub band: String,
}

/// Those of these appraisals whose results are out.
///
/// # Errors
/// When the database fails.
pub async fn out_by_id(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Out>> {
    use AppraisalStage::{Closed, Published};
    use appraisal::Column::{Band, Id, MemberId, Score, VersionId};
    Ok(appraisal::Entity::find()
        .select_only()
        .columns([Id, MemberId, VersionId, Score, Band])
        .column(appraisal_cycle::Column::UntilDay)
        .join(JoinType::InnerJoin, appraisal::Relation::Cycle.def())
        .filter(Id.is_in(ids.iter().copied()))
        .filter(appraisal_cycle::Column::Stage.is_in([Published, Closed]))
        .filter(Score.is_not_null())
        .filter(Band.is_not_null())
        .into_model::<Out>()
        .all(connection)
        .await?)
}

/// The next appraisals in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn appraisal_ids(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    let later = after.map(|after| appraisal::Column::Id.gt(after));
    Ok(appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(Condition::all().add_option(later))
        .order_by_asc(appraisal::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The appraisals of a cycle, for telling that their results came out or went back.
///
/// # Errors
/// When the database fails.
pub async fn of_cycle(connection: &impl ConnectionTrait, cycle: Uuid) -> Result<Vec<Uuid>> {
    Ok(appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(appraisal::Column::CycleId.eq(cycle))
        .order_by_asc(appraisal::Column::Id)
        .into_tuple()
        .all(connection)
        .await?)
}
