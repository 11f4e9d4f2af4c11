//! Rows and lists of calibration, and the results that it looks at.

use std::collections::{BTreeSet, HashMap};

use entity::{
    appraisal, appraisal_calibration, appraisal_calibration_change, appraisal_cycle,
    appraisal_cycle_template, appraisal_result,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, visible};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

crate::rows!(versioned: appraisal_calibration; written: appraisal_calibration_change);

/// The most appraisals that are looked at together.
const MOST: u64 = 20_000;
/// The most changes that are told of a session: the latest.
const CHANGES: usize = 500;

/// Which sessions.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Of which cycle.
    pub cycle_id: Option<IdMatches>,
    /// Closed or still open.
    pub closed: Option<bool>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

impl Listed for appraisal_calibration::Entity {
    type Filter = SessionFilter;
    type Order = SessionOrder;

    fn matching(filter: &SessionFilter, _: &Viewer) -> Condition {
        use appraisal_calibration::Column::{ClosedAt, CycleId};
        let closed: Option<Matches<chrono::DateTime<chrono::Utc>>> =
            filter.closed.map(|closed| Matches {
                is_null: Some(!closed),
                ..Matches::default()
            });
        Condition::all()
            .add_option(filter.cycle_id.as_ref().map(|one| one.on(CycleId)))
            .add_option(closed.map(|one| one.on(ClosedAt)))
    }

    fn sorts(order: SessionOrder) -> Vec<Sort<appraisal_calibration::Column>> {
        use appraisal_calibration::Column::{CreatedAt, Id};
        match order {
            SessionOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            SessionOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        }
    }
}

/// An appraisal as calibration looks at it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Stand {
    /// The appraisal.
    pub id: Uuid,
    /// Its version, for whoever changes it.
    pub version: i32,
    /// The cycle.
    pub cycle_id: Uuid,
    /// Whose.
    pub member_id: Uuid,
    /// By which version of a template.
    pub version_id: Uuid,
    /// Who judges.
    pub reviewer_id: Option<Uuid>,
    /// The home team.
    pub team_id: Option<Uuid>,
    /// The department.
    pub department_id: Option<Uuid>,
    /// The number of the result that holds; 0 where there is none.
    pub result: i32,
    /// Its score, in ten-thousandths.
    pub score: Option<i64>,
    /// Its band.
    pub band: Option<String>,
}

/// The appraisals of these cycles that the viewer may calibrate, never the viewer's own, in the order of their ids.
///
/// # Errors
/// `BAD_INPUT` when they are too many to look at together.
pub async fn stands(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    cycles: &[Uuid],
) -> Result<Vec<Stand>> {
    use appraisal::Column::{
        Band, CycleId, DepartmentId, Id, MemberId, Result as Number, ReviewerId, Score, TeamId,
        Version, VersionId,
    };
    let others = viewer.standing.member_id.map(|me| MemberId.ne(me));
    let rows = visible::<appraisal::Entity>(viewer, Permission::AppraisalCalibrate)
        .select_only()
        .columns([
            Id,
            Version,
            CycleId,
            MemberId,
            VersionId,
            ReviewerId,
            TeamId,
            DepartmentId,
            Number,
            Score,
            Band,
        ])
        .filter(CycleId.is_in(cycles.iter().copied()))
        .filter(Condition::all().add_option(others))
        .order_by_asc(Id)
        .limit(MOST + 1)
        .into_model::<Stand>()
        .all(connection)
        .await?;
    if rows.len() as u64 > MOST {
        let error = ApiError::bad_input(
            "filter",
            format!("more than {MOST} appraisals belong to these sessions; ask for fewer at once"),
            format!("涉及考核超过 {MOST} 份，请减少一次查询的校准会"),
        );
        return Err(error.into());
    }
    Ok(rows)
}

/// A change with whose result it was.
pub type Changed = (appraisal_calibration_change::Model, Uuid);

/// The changes made in these sessions, by session, the latest first; never those of the viewer's own results.
///
/// # Errors
/// When the database fails.
pub async fn changes_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    sessions: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Changed>>> {
    use appraisal_calibration_change::Column::{CalibrationId, Id};
    let rows =
        visible::<appraisal_calibration_change::Entity>(viewer, Permission::AppraisalCalibrate)
            .filter(CalibrationId.is_in(sessions.iter().copied()))
            .order_by_desc(Id)
            .limit(MOST)
            .all(connection)
            .await?;
    let about: BTreeSet<Uuid> = rows.iter().map(|row| row.appraisal_id).collect();
    let members: Vec<(Uuid, Uuid)> = appraisal::Entity::find()
        .select_only()
        .columns([appraisal::Column::Id, appraisal::Column::MemberId])
        .filter(appraisal::Column::Id.is_in(about))
        .into_tuple()
        .all(connection)
        .await?;
    let members: HashMap<Uuid, Uuid> = members.into_iter().collect();
    let mut changes: HashMap<Uuid, Vec<Changed>> = HashMap::new();
    for change in rows {
        let list = changes.entry(change.calibration_id).or_default();
        if let Some(member) = members.get(&change.appraisal_id)
            && list.len() < CHANGES
        {
            list.push((change, *member));
        }
    }
    Ok(changes)
}

/// All results of these appraisals, for two of them that are held side by side.
///
/// # Errors
/// When the database fails.
pub async fn results_of_both(
    connection: &impl ConnectionTrait,
    appraisals: [Uuid; 2],
) -> Result<Vec<appraisal_result::Model>> {
    Ok(appraisal_result::Entity::find()
        .filter(appraisal_result::Column::AppraisalId.is_in(appraisals))
        .all(connection)
        .await?)
}

/// A cycle, held so that it can't go on meanwhile.
///
/// # Errors
/// When the database fails.
pub async fn cycle_held(
    tx: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<appraisal_cycle::Model>> {
    Ok(appraisal_cycle::Entity::find_by_id(id)
        .lock_shared()
        .one(tx)
        .await?)
}

/// Does a cycle appraise by this version?
///
/// # Errors
/// When the database fails.
pub async fn appraises_by(
    connection: &impl ConnectionTrait,
    (cycle, version): (Uuid, Uuid),
) -> Result<bool> {
    use appraisal_cycle_template::Column::{CycleId, VersionId};
    let count = appraisal_cycle_template::Entity::find()
        .filter(CycleId.eq(cycle))
        .filter(VersionId.eq(version))
        .count(connection)
        .await?;
    Ok(count > 0)
}
