//! What a cycle froze.

use std::collections::BTreeSet;

use entity::enums::JobFamily;
use entity::{appraisal, appraisal_cycle_template};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::{ApiError, Result};

/// The most appraisals that are computed anew at once.
const MOST: u64 = 2_000;

/// What was frozen of an appraisal: its id, whose it is, by which version, and everything that its result follows from.
pub type Frozen = (Uuid, Uuid, Uuid, Option<serde_json::Value>);

/// The versions by which a cycle appraises a family.
///
/// # Errors
/// When the database fails.
pub async fn versions_for(
    connection: &impl ConnectionTrait,
    (cycle, family): (Uuid, JobFamily),
) -> Result<BTreeSet<Uuid>> {
    use appraisal_cycle_template::Column::{CycleId, Family, VersionId};
    let ids: Vec<Uuid> = appraisal_cycle_template::Entity::find()
        .select_only()
        .column(VersionId)
        .filter(CycleId.eq(cycle))
        .filter(Family.eq(family))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().collect())
}

/// What was frozen of the appraisals of a cycle by these versions, but of the viewer's own.
///
/// # Errors
/// `BAD_INPUT` when they are too many to compute anew at once.
pub async fn frozen(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    cycle: Uuid,
    versions: &BTreeSet<Uuid>,
) -> Result<Vec<Frozen>> {
    use appraisal::Column::{CycleId, Id, Inputs, MemberId, VersionId};
    let others = viewer.standing.member_id.map(|me| MemberId.ne(me));
    let rows: Vec<Frozen> = visible::<appraisal::Entity>(viewer, Permission::AppraisalRead)
        .select_only()
        .columns([Id, MemberId, VersionId, Inputs])
        .filter(CycleId.eq(cycle))
        .filter(VersionId.is_in(versions.iter().copied()))
        .filter(Condition::all().add_option(others))
        .order_by_asc(Id)
        .limit(MOST + 1)
        .into_tuple()
        .all(connection)
        .await?;
    if rows.len() as u64 > MOST {
        let error = ApiError::bad_input(
            "cycleId",
            format!("more than {MOST} appraisals would have to be computed; try a smaller cycle"),
            format!("需重算的考核超过 {MOST} 份，请选择较小的周期"),
        );
        return Err(error.into());
    }
    Ok(rows)
}
