//! Past tickets as a trial sees them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::TicketKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::step_stays;
use crate::access::Viewer;
use crate::error::Result;
use crate::tickets::processes::rules::trial::{Past, Span};
use crate::tickets::store as tickets;

/// The newest tickets of a kind that the viewer may read, opened within a time, with their stays and waits. Always the
/// same number of statements.
///
/// # Errors
/// When the database fails.
pub async fn past(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    kind: TicketKind,
    opened: (DateTime<Utc>, DateTime<Utc>),
    most: u64,
) -> Result<Vec<Past>> {
    let found = tickets::opened_between(connection, viewer, kind, opened, most).await?;
    let ids: Vec<Uuid> = found.iter().map(|(id, _)| *id).collect();
    let mut stages = tickets::progress(connection, &ids).await?;
    let mut steps = step_stays(connection, &ids).await?;
    let mut waits: HashMap<Uuid, Vec<Span>> = HashMap::new();
    for wait in tickets::waits(connection, &ids).await? {
        waits.entry(wait.ticket).or_default().push(Span {
            from: wait.from,
            to: wait.to,
        });
    }
    let past = found.into_iter().map(|(id, number)| Past {
        id,
        number,
        stages: stages
            .remove(&id)
            .unwrap_or_default()
            .into_iter()
            .map(|entry| {
                let span = Span {
                    from: entry.entered_at,
                    to: entry.left_at,
                };
                (entry.stage, span)
            })
            .collect(),
        steps: steps
            .remove(&id)
            .unwrap_or_default()
            .into_iter()
            .map(|stay| {
                let span = Span {
                    from: stay.entry.entered_at,
                    to: stay.entry.left_at,
                };
                (stay.code, span)
            })
            .collect(),
        waits: waits.remove(&id).unwrap_or_default(),
    });
    Ok(past.collect())
}
