//! Looking at what somebody has to do.

use chrono::{DateTime, Utc};
use entity::{member, team};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::Result;
use crate::organisation::{members_within, today};
use crate::tasks::{Asked, Found, TaskKind};

/// Whose tasks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One's own.
    Mine,
    /// A member's.
    Member(Uuid),
    /// Everybody's who is placed in a team today.
    Team(Uuid),
}

/// Which tasks.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these kinds only.
    pub kinds: Option<Vec<TaskKind>>,
    /// Due before this moment only.
    pub due_before: Option<DateTime<Utc>>,
    /// Those whose time is over, or the others.
    pub overdue: Option<bool>,
}

/// What somebody has to do, as far as each source lets the viewer see it; none when that member or team isn't within
/// reach. The soonest come first, at most 500 of a source. The
/// total counts all there are of the kinds wanted, unless they are narrowed by when they are due.
///
/// # Errors
/// When the database fails.
pub async fn tasks(app: &App, call: &Call, whose: Whose, wanted: &Wanted) -> Result<Option<Found>> {
    let Some(members) = members(app, call, whose).await? else {
        return Ok(None);
    };
    if members.is_empty() {
        return Ok(Some(Found::default()));
    }
    let asked = Asked {
        viewer: &call.viewer,
        members: &members,
        at: call.at,
        zone: app.config.time_zone(),
    };
    let db = app.db.reader();
    let mut found = app.to_do.find(db, &asked, wanted.kinds.as_deref()).await?;
    if wanted.due_before.is_some() || wanted.overdue.is_some() {
        found.tasks.retain(|task| {
            let due = task.due.map(|due| due.moment(asked.zone));
            let soon = wanted
                .due_before
                .is_none_or(|bound| due.is_some_and(|due| due < bound));
            let late = due.is_some_and(|due| due <= call.at);
            soon && wanted.overdue.is_none_or(|overdue| overdue == late)
        });
        found.total = found.tasks.len() as u64;
    }
    Ok(Some(found))
}

/// The members whose tasks are wanted, as far as the viewer sees them; none when there is no such member or team.
async fn members(app: &App, call: &Call, whose: Whose) -> Result<Option<Vec<Uuid>>> {
    let (db, viewer) = (app.db.reader(), &call.viewer);
    match whose {
        Whose::Mine => Ok(Some(viewer.standing.member_id.into_iter().collect())),
        Whose::Member(id) => {
            let row = find::<member::Entity>(db, viewer, Permission::MemberRead, id).await?;
            Ok(row.map(|row| vec![row.id]))
        }
        Whose::Team(id) => {
            let row = find::<team::Entity>(db, viewer, Permission::OrganisationRead, id).await?;
            if row.is_none() {
                return Ok(None);
            }
            let day = today(call);
            let span = (day, day.succ_opt().unwrap_or(day));
            let read = Permission::MemberRead;
            let rows = members_within(db, viewer, read, span, Some(id), None).await?;
            Ok(Some(rows.into_iter().map(|row| row.id).collect()))
        }
    }
}
