//! What every change of a ticket here begins and ends with.

use entity::ticket;
use uuid::Uuid;

use crate::access::{Permission, to_change};
use crate::error::{Error, ErrorCode, Result, Text, UserError, UserErrorCode};
use crate::tickets::actions::record::{Change, record};
use crate::tickets::actions::{Happened, follow};
use crate::tickets::{processes, store};
use crate::work::{Work, expect_version};

/// The ticket that is to change, locked, at the version that the changer has seen.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub async fn take(
    work: &Work<'_>,
    permission: Permission,
    id: Uuid,
    expected_version: i32,
) -> Result<ticket::Model> {
    let was = to_change::<ticket::Entity>(work.tx(), &work.call().viewer, permission, id).await?;
    expect_version(was.version, expected_version)?;
    Ok(was)
}

/// How a change is called in the history and in the audit log.
#[derive(Clone, Copy)]
pub struct Named {
    /// In the history.
    pub action: &'static str,
    /// In the audit log.
    pub audited: &'static str,
}

/// Writes the changed ticket, tells those who follow it, and records what changed.
///
/// # Errors
/// `CONFLICT`; what one of the followers refuses.
pub async fn leave(
    work: &mut Work<'_>,
    was: &ticket::Model,
    now: ticket::Model,
    happened: Happened,
    named: Named,
    mut changes: Vec<Change>,
) -> Result<ticket::Model> {
    let saved = store::save(work.tx(), now, work.call().at).await?;
    let saved = follow(work, Some(was), saved, happened).await?;
    changes.extend(processes::actions::step_change(work, Some(was), &saved).await?);
    record(work, &saved, named.action, named.audited, false, changes);
    Ok(saved)
}

/// Two tickets that are to change together, locked in one order whoever asks, so that two such changes never wait for
/// each other. The second is named by `field` when the changer has no such ticket.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`; a user error for the second.
pub async fn take_both(
    work: &Work<'_>,
    permission: Permission,
    first: Uuid,
    (second, field): (Uuid, &str),
) -> Result<(ticket::Model, ticket::Model)> {
    let viewer = &work.call().viewer;
    let one = |id| to_change::<ticket::Entity>(work.tx(), viewer, permission, id);
    if first < second {
        let first = one(first).await?;
        let second = one(second).await.map_err(|error| name(error, field))?;
        Ok((first, second))
    } else {
        let second = one(second).await.map_err(|error| name(error, field))?;
        Ok((one(first).await?, second))
    }
}

fn name(error: Error, field: &str) -> Error {
    match error {
        Error::Api(refusal) if refusal.code == ErrorCode::NotFound => UserError::new(
            UserErrorCode::NotFound,
            field,
            Text::new("There is no such ticket.", "工单不存在。"),
        )
        .into(),
        other => other,
    }
}
