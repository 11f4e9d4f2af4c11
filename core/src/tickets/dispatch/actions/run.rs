//! Giving out the waiting queue, ticket by ticket: when a person asks, and when the worker does.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{team, ticket};
use uuid::Uuid;

use super::give::{Dispatch, Given, Keep, one};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::db::Db;
use crate::error::{Error, ErrorCode, Result, Text, UserError, UserErrorCode};
use crate::tickets::dispatch::store::{self, Turn};

/// The most tickets that one run looks at.
pub const MOST: i32 = 50;
/// How long the worker leaves a ticket alone that nobody could have.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(5);
/// So many of them are remembered; beyond that all are tried again.
const REMEMBERED: usize = 2_000;

/// Which part of the queue is given out.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Only this team's.
    pub team_id: Option<Uuid>,
    /// Tickets at most, 1 to 50; 50 when nothing is said.
    pub limit: Option<i32>,
}

/// What came of one ticket of the run.
#[derive(Clone, Debug)]
pub struct RunResult {
    /// The ticket as it is now.
    pub ticket: ticket::Model,
    /// Why nobody has it; empty when somebody does.
    pub mistakes: Vec<UserError>,
}

/// Gives out the waiting tickets within reach, most urgent first, among equals the oldest. Each is a decision and a
/// transaction of its own, made with the work that those before it have brought.
///
/// # Errors
/// `FORBIDDEN`; user errors for team and limit.
pub async fn run(app: &App, call: &Call, run: Run) -> Result<Vec<RunResult>> {
    let viewer = &call.viewer;
    viewer.require(Permission::DispatchRun)?;
    let limit = run.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&limit) {
        let text = Text::new(
            format!("This must be 1 to {MOST}."),
            format!("须为 1 至 {MOST}。"),
        );
        return Err(UserError::new(UserErrorCode::Invalid, "input.limit", text).into());
    }
    let reader = app.db.reader();
    if let Some(team) = run.team_id {
        let known =
            find::<team::Entity>(reader, viewer, Permission::OrganisationRead, team).await?;
        known.ok_or_else(|| {
            let text = Text::new("There is no such team.", "团队不存在。");
            UserError::new(UserErrorCode::NotFound, "input.teamId", text)
        })?;
    }
    let turn = Turn {
        team: run.team_id,
        except: Vec::new(),
        most: limit.unsigned_abs().into(),
    };
    let queue = store::waiting(reader, viewer, Permission::DispatchRun, &turn).await?;
    let mut results = Vec::with_capacity(queue.len());
    for ticket in queue {
        results.push(next(&app.db, call, ticket, Keep::Always).await?);
    }
    Ok(results)
}

/// What the worker has tried in vain, and when.
#[derive(Debug, Default)]
pub struct Tried(HashMap<Uuid, DateTime<Utc>>);

/// One round of the worker; returns how many tickets were given out. A ticket that nobody could have is left alone for
/// five minutes, so that others get their turn.
///
/// # Errors
/// When the database fails.
pub async fn round(db: &Db, call: &Call, tried: &mut Tried) -> Result<u32> {
    tried.0.retain(|_, last| call.at - *last < AGAIN_AFTER);
    if tried.0.len() > REMEMBERED {
        tried.0.clear();
    }
    let turn = Turn {
        team: None,
        except: tried.0.keys().copied().collect(),
        most: MOST.unsigned_abs().into(),
    };
    let queue = store::waiting(db.reader(), &call.viewer, Permission::DispatchRun, &turn).await?;
    let mut given = 0;
    for ticket in queue {
        let id = ticket.id;
        let result = next(db, call, ticket, Keep::News).await?;
        if result.mistakes.is_empty() {
            given += 1;
        } else {
            tried.0.insert(id, call.at);
        }
    }
    Ok(given)
}

/// One ticket of the queue. Somebody else may have been faster, which is no failure of the run.
async fn next(db: &Db, call: &Call, ticket: ticket::Model, keep: Keep) -> Result<RunResult> {
    let dispatch = Dispatch {
        id: ticket.id,
        expected_version: ticket.version,
        member_id: None,
        reason: None,
    };
    let mistake = |code, text| vec![UserError::new(code, "", text)];
    Ok(match one(db, call, dispatch, keep).await {
        Ok(Given::Away(ticket)) => RunResult {
            ticket,
            mistakes: Vec::new(),
        },
        Ok(Given::Nobody { ticket, why }) => RunResult {
            ticket,
            mistakes: mistake(UserErrorCode::RuleViolated, why),
        },
        Err(Error::User(mistakes)) => RunResult { ticket, mistakes },
        Err(Error::Api(error)) if is_faster(error.code) => RunResult {
            ticket,
            mistakes: mistake(
                UserErrorCode::WrongState,
                Text::new(
                    "Somebody else changed this ticket meanwhile.",
                    "该工单刚被他人修改。",
                ),
            ),
        },
        Err(error) => return Err(error),
    })
}

const fn is_faster(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::Conflict | ErrorCode::NotFound | ErrorCode::Forbidden
    )
}
