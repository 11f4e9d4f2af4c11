//! Looking at what a simulation came to (查看模拟结果).

use std::collections::BTreeSet;

use entity::enums::Reach;
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
use crate::settings::{self, METRICS_MINIMUM_GROUP};

/// What a simulation came to, as far as the viewer may see it; none when there is no such simulation for this viewer, or it hasn't
/// ended. A look at what single members would get is logged.
///
/// # Errors
/// Refusal of permission; when the database fails.
pub async fn simulation_result(db: &Db, call: &Call, id: Uuid) -> Result<Option<Outcome>> {
    let read = <incentive_simulation::Entity as Scoped>::READ;
    call.viewer.require(read)?;
    let row = find::<incentive_simulation::Entity>(db.reader(), &call.viewer, read, id).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let Some(result) = store::result_of(db.reader(), row.id).await? else {
        return Ok(None);
    };
    let outcome: Outcome = serde_json::from_value(result)?;
    // Of two, each would know the other's from the sum.
    let least = settings::read(db.reader(), &METRICS_MINIMUM_GROUP)
        .await?
        .max(3);
    let sight = sight(db, call, &outcome).await?;
    let outcome = shown(
        outcome,
        &sight,
        usize::try_from(least).unwrap_or(usize::MAX),
    );
    let rows: usize = outcome
        .comparisons
        .iter()
        .map(|one| one.members.len())
        .sum();
    if rows > 0 {
        let entry = audit::Entry {
            action: "incentive.simulation.read",
            entity_type: "incentive_simulation",
            entity_id: Some(row.id),
            detail: json!({ "members": rows }),
        };
        note_read(db, call, entry).await?;
    }
    Ok(Some(outcome))
}

/// Whose pay the viewer may see, of those in a result.
async fn sight(db: &Db, call: &Call, outcome: &Outcome) -> Result<Sight> {
    let (viewer, pay) = (&call.viewer, Permission::MemberPayRead);
    if viewer.grants.covers(pay, Reach::All) {
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
