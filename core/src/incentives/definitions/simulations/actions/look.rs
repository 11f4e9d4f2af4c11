//! Looking at what a simulation came to (查看模拟结果).

use std::collections::BTreeSet;

use entity::{incentive_simulation, member};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, by_ids, find};
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::error::Result;
use crate::incentives::definitions::simulations::result::Outcome;
use crate::incentives::definitions::simulations::shown::{Sight, shown};
use crate::incentives::definitions::store;
use crate::incentives::sees_all_pay;

/// With whose eyes somebody looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Eyes {
    /// With their own.
    #[default]
    Own,
    /// With those of somebody who sees nobody's pay, as if it were released: what a release would show.
    Released,
}

/// What a simulation came to, as far as the viewer may see it; none when there is no such simulation for this viewer, it hasn't
/// ended, or it is sealed for them: not released, and they may not see what everybody is paid. A look at what single members would get
/// is logged.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn simulation_result(
    db: &Db,
    call: &Call,
    id: Uuid,
    eyes: Eyes,
) -> Result<Option<Outcome>> {
    let read = <incentive_simulation::Entity as Scoped>::READ;
    call.viewer.require(read)?;
    let row = find::<incentive_simulation::Entity>(db.reader(), &call.viewer, read, id).await?;
    let all = sees_all_pay(&call.viewer);
    let open = |row: &incentive_simulation::Model| all || row.released_at.is_some();
    let Some(row) = row.filter(open) else {
        return Ok(None);
    };
    let Some(result) = store::result_of(db.reader(), row.id).await? else {
        return Ok(None);
    };
    let outcome: Outcome = serde_json::from_value(result)?;
    // Whoever released it looked at what was shown then: a smaller group since doesn't show more.
    let least = store::least_group(db.reader()).await?;
    let least = least.max(row.released_group.map_or(0, i64::from));
    let sight = match eyes {
        Eyes::Own => sight(db, call, &outcome).await?,
        Eyes::Released => Sight::Of(BTreeSet::new()),
    };
    let outcome = shown(
        outcome,
        &sight,
        usize::try_from(least).unwrap_or(usize::MAX),
    );
    // Neither how many members there were to see nor whether there was one: the log is read by those, too, who may not know.
    if eyes == Eyes::Own && call.viewer.may(Permission::MemberPayRead) {
        let entry = audit::Entry {
            action: "incentive.simulation.read",
            entity_type: "incentive_simulation",
            entity_id: Some(row.id),
            detail: json!({}),
        };
        note_read(db, call, entry).await?;
    }
    Ok(Some(outcome))
}

/// Whose pay the viewer may see, of those in a result.
async fn sight(db: &Db, call: &Call, outcome: &Outcome) -> Result<Sight> {
    let (viewer, pay) = (&call.viewer, Permission::MemberPayRead);
    if sees_all_pay(viewer) {
        return Ok(Sight::All);
    }
    if !viewer.may(pay) {
        return Ok(Sight::Of(BTreeSet::new()));
    }
    let rows = outcome.comparisons.iter().flat_map(|one| &one.members);
    let warned = outcome.warnings.iter().filter_map(|one| one.member);
    let ids: BTreeSet<Uuid> = rows.map(|row| row.0).chain(warned).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let seen = by_ids::<member::Entity>(db.reader(), viewer, pay, &ids).await?;
    Ok(Sight::Of(seen.into_keys().collect()))
}
