//! One action on many tickets.

use std::collections::BTreeSet;

use entity::enums::{TicketPriority, TicketStage, TicketState};
use entity::ticket;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::db::glance::is_stale;
use crate::error::{ApiError, Error, ErrorCode, Result, Text, UserError, UserErrorCode};
use crate::tickets::actions::{self, Advance, Assign, Finish, Hold, Resume};
use crate::tickets::collaboration::editing::actions::{SetPriority, set_priority};
use crate::tickets::collaboration::tags::Named;
use crate::tickets::collaboration::tags::actions::{self as tagging, Tagging};
use crate::tickets::collaboration::watching;
use crate::tickets::store;
use crate::work::{Once, Part, Work};

/// Tickets that one request changes at most.
pub const MOST: usize = 50;

/// What is done to each ticket.
#[derive(Clone, Debug, Serialize)]
pub enum Do {
    /// Given to a team, a member or both.
    Assign {
        /// The team; `None` leaves it as it is.
        team_id: Option<Uuid>,
        /// The member; `None` leaves it as it is, `Some(None)` takes it back into the queue.
        assignee_id: Option<Option<Uuid>>,
    },
    /// Moved to a stage.
    Advance {
        /// The stage.
        to: TicketStage,
        /// Why.
        reason: Option<String>,
    },
    /// Made to wait.
    Hold {
        /// For what.
        state: TicketState,
        /// Why.
        reason: Option<String>,
    },
    /// Gone on with.
    Resume,
    /// Closed.
    Close {
        /// A remark.
        reason: Option<String>,
    },
    /// Given up.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Made more or less urgent.
    SetPriority {
        /// How urgent.
        priority: TicketPriority,
        /// Why.
        reason: String,
    },
    /// Given tags.
    AddTags(Vec<Named>),
    /// Relieved of tags.
    RemoveTags(Vec<Named>),
    /// Watched by the viewer.
    Watch,
}

/// One ticket of a bulk action.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Row {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
}

/// The same action on many tickets.
#[derive(Clone, Debug, Serialize)]
pub struct Bulk {
    /// The tickets, in the order of the results.
    pub rows: Vec<Row>,
    /// What is done.
    pub action: Do,
    /// So that a repeated request does nothing twice.
    pub idempotency_key: Option<String>,
}

/// Does the same to each ticket; the answer has each ticket's own outcome, in their order.
///
/// # Errors
/// User errors about the request as a whole: too many rows, a ticket twice, a key that was used for something else.
pub async fn bulk(app: &App, call: &Call, bulk: Bulk) -> Result<Vec<Result<ticket::Model>>> {
    call.viewer.require(Permission::TicketNoteRead)?;
    look_over(&bulk.rows)?;
    claim(app, call, &bulk).await?;
    let mut results = Vec::with_capacity(bulk.rows.len());
    for row in &bulk.rows {
        results.push(keyed(app, call, &bulk, row).await);
    }
    Ok(results)
}

/// Are these one to fifty tickets, each once?
fn look_over(rows: &[Row]) -> Result<(), UserError> {
    let refuse = |code, text| Err(UserError::new(code, "input.tickets", text));
    if rows.is_empty() {
        return refuse(
            UserErrorCode::Blank,
            Text::new("Name at least one ticket.", "请至少选择一张工单。"),
        );
    }
    if rows.len() > MOST {
        return refuse(
            UserErrorCode::TooLong,
            Text::new(
                format!("At most {MOST} tickets at once; these are {}.", rows.len()),
                format!("一次最多 {MOST} 张工单，当前为 {} 张。", rows.len()),
            ),
        );
    }
    let mut seen = BTreeSet::new();
    match rows.iter().position(|row| !seen.insert(row.id)) {
        None => Ok(()),
        Some(place) => Err(UserError::new(
            UserErrorCode::Invalid,
            &format!("input.tickets.{place}.id"),
            Text::new(
                "This ticket is in the list already; name each once.",
                "该工单已在列表中，请勿重复。",
            ),
        )),
    }
}

/// Refuses a key that is malformed or was used for another request.
async fn claim(app: &App, call: &Call, bulk: &Bulk) -> Result<()> {
    let (Some(key), Some(first)) = (bulk.idempotency_key.as_deref(), bulk.rows.first()) else {
        return Ok(());
    };
    let mut work = Work::begin(&app.db, call).await?;
    if work.once(Some(key), "ticketBulk", bulk).await? == Once::First {
        work.done(first.id).await?;
        work.commit().await?;
    }
    Ok(())
}

/// One row under its own key, if the request has one.
async fn keyed(app: &App, call: &Call, bulk: &Bulk, row: &Row) -> Result<ticket::Model> {
    let Some(key) = &bulk.idempotency_key else {
        return one(app, call, &bulk.action, row).await;
    };
    let part = Part::new(call, &key_of(key, row.id), "ticketBulk.row", row, row.id)?;
    if part.seen(app).await? == Once::First {
        match one(app, &part.under(call), &bulk.action, row).await {
            // Maybe the same request, sent twice, has done it at this moment.
            Err(error) if is_overtaken(&error) && part.seen(app).await? != Once::First => {}
            done => return done,
        }
    }
    let ticket = store::by_id(app.db.reader(), &call.viewer, row.id).await?;
    ticket.ok_or_else(|| ApiError::not_found().into())
}

fn is_overtaken(error: &Error) -> bool {
    is_stale(error) || matches!(error, Error::Api(error) if error.code == ErrorCode::Conflict)
}

/// The key of one row: as long whatever the request's key is.
fn key_of(key: &str, ticket: Uuid) -> String {
    let mut hash = Sha256::new();
    hash.update(key.as_bytes());
    hash.update(ticket.as_bytes());
    let hex: String = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("bulk-{hex}")
}

/// The single action.
async fn one(app: &App, call: &Call, action: &Do, row: &Row) -> Result<ticket::Model> {
    let Row {
        id,
        expected_version,
    } = *row;
    match action.clone() {
        Do::Assign {
            team_id,
            assignee_id,
        } => {
            let assign = Assign {
                id,
                expected_version,
                team_id,
                assignee_id,
            };
            actions::assign(app, call, assign).await
        }
        Do::Advance { to, reason } => {
            let advance = Advance {
                id,
                expected_version,
                to,
                reason,
            };
            actions::advance(app, call, advance).await
        }
        Do::Hold { state, reason } => {
            let hold = Hold {
                id,
                expected_version,
                state,
                reason,
            };
            actions::hold(app, call, hold).await
        }
        Do::Resume => {
            let resume = Resume {
                id,
                expected_version,
            };
            actions::resume(app, call, resume).await
        }
        Do::Close { reason } => {
            let finish = Finish {
                id,
                expected_version,
                reason,
            };
            actions::close(app, call, finish).await
        }
        Do::Cancel { reason } => {
            let finish = Finish {
                id,
                expected_version,
                reason: Some(reason),
            };
            actions::cancel(app, call, finish).await
        }
        Do::SetPriority { priority, reason } => {
            let set = SetPriority {
                id,
                expected_version,
                priority,
                reason,
            };
            set_priority(app, call, set).await
        }
        Do::AddTags(named) => tagging::add(app, call, tagging_of(row, named)).await,
        Do::RemoveTags(named) => tagging::remove(app, call, tagging_of(row, named)).await,
        Do::Watch => watching::watch(app, call, id).await,
    }
}

fn tagging_of(row: &Row, tags: Vec<Named>) -> Tagging {
    Tagging {
        id: row.id,
        expected_version: row.expected_version,
        tags,
        idempotency_key: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: impl IntoIterator<Item = u128>) -> Vec<Row> {
        ids.into_iter()
            .map(|id| Row {
                id: Uuid::from_u128(id),
                expected_version: 1,
            })
            .collect()
    }

    #[test]
    fn one_to_fifty_tickets_each_once() {
        for (ids, refused) in [
            (vec![], Some(UserErrorCode::Blank)),
            (vec![1], None),
            ((0..50).collect(), None),
            ((0..51).collect(), Some(UserErrorCode::TooLong)),
            (vec![1, 2, 1], Some(UserErrorCode::Invalid)),
        ] {
            let found = look_over(&rows(ids.clone())).err().map(|error| error.code);
            assert_eq!(found, refused, "{ids:?}");
        }
    }

    #[test]
    fn keys_of_rows_differ_and_are_short() {
        let one = key_of("k", Uuid::from_u128(1));
        assert_ne!(one, key_of("k", Uuid::from_u128(2)));
        assert_ne!(one, key_of("l", Uuid::from_u128(1)));
        assert!(key_of(&"x".repeat(100), Uuid::from_u128(1)).len() <= 100);
    }
}
