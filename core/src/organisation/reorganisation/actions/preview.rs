//! What a plan would mean for whom (方案预览). Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::ReorganisationState;
use entity::reorganisation;
use uuid::Uuid;

use super::play::{mistakes, play};
use crate::access::roles::grants_of_staff;
use crate::access::{Call, Grants, Permission, find};
use crate::app::App;
use crate::error::{Result, UserError};
use crate::organisation::reorganisation::rules::{Effect, effects};
use crate::organisation::reorganisation::store;
use crate::organisation::today;
use crate::work::Work;

/// What a plan would mean.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// What doesn't fit; then there are no effects.
    pub mistakes: Vec<UserError>,
    /// Whose access would change.
    pub effects: Vec<Effect>,
}

/// Plays a plan on the organisation of its day and says who would see what; none when there is no such plan.
///
/// # Errors
/// A missing permission, or a failure of the database.
pub async fn preview(app: &App, call: &Call, id: Uuid) -> Result<Option<Preview>> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    // This transaction is never committed: it plays what applying will do, rows and all, and is forgotten.
    let mut work = Work::begin(&app.db, call).await?;
    let row = find::<reorganisation::Entity>(work.tx(), &call.viewer, permission, id).await?;
    let Some(row) = row.filter(|row| {
        use ReorganisationState::{Approved, Draft};
        matches!(row.state, Draft | Approved)
    }) else {
        return Ok(None);
    };
    work.raise_epoch().await?;
    let day = row.takes_effect_on.max(today(call));
    let before = store::picture(work.tx(), day).await?;
    if let Err(error) = play(&mut work, row.id, day).await {
        return Ok(Some(Preview {
            mistakes: mistakes(error)?,
            effects: Vec::new(),
        }));
    }
    let after = store::picture(work.tx(), day).await?;
    let members: BTreeSet<Uuid> = before
        .assignments
        .iter()
        .chain(&after.assignments)
        .map(|row| row.member_id)
        .collect();
    let members: Vec<Uuid> = members.into_iter().collect();
    let holders: BTreeMap<Uuid, Grants> = grants_of_staff(work.tx(), &members, call.at).await?;
    Ok(Some(Preview {
        mistakes: Vec::new(),
        effects: effects(&before, &after, &holders),
    }))
}
