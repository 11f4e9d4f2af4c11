//! Giving one ticket to the best one, or to a member who is named with a reason.

use std::collections::BTreeMap;

use entity::enums::{DispatchMode, Exclusion};
use entity::ticket;
use serde_json::json;
use uuid::Uuid;

use super::decide::{Judgement, judged, write_down};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::db::Db;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::actions::record::reason_of;
use crate::tickets::actions::{check_member, give};
use crate::tickets::dispatch::rules::{Why, best, count, nobody, place_of};
use crate::tickets::dispatch::store;
use crate::tickets::rules::stages;
use crate::work::{Work, expect_version};

/// Which ticket is given out, and to whom if not to the best one.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// A member who is to get it whatever the ranking says.
    pub member_id: Option<Uuid>,
    /// Why it isn't the first one of the ranking.
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Given {
    /// Somebody has it now.
    Away(ticket::Model),
    /// Nobody could have it; the decision says why.
    Nobody {
        /// The ticket, unchanged.
        ticket: ticket::Model,
        /// The reasons counted.
        why: Text,
    },
}

/// When a decision that gives nothing to anybody is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Always: a person asked.
    Always,
    /// Only when it says something else than the last one: a worker asks again and again.
    News,
}

/// Gives the ticket to the best one, or to the member who is named.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors, one of them that nobody could have it.
pub async fn dispatch(app: &App, call: &Call, dispatch: Dispatch) -> Result<ticket::Model> {
    match one(&app.db, call, dispatch, Keep::Always).await? {
        Given::Away(ticket) => Ok(ticket),
        Given::Nobody { why, .. } => {
            Err(UserError::new(UserErrorCode::RuleViolated, "", why).into())
        }
    }
}

/// The same, telling apart that nobody could have it.
///
/// # Errors
/// As [`dispatch`].
pub async fn one(db: &Db, call: &Call, dispatch: Dispatch, keep: Keep) -> Result<Given> {
    let mut work = Work::begin(db, call).await?;
    let permission = Permission::DispatchRun;
    let was = to_change::<ticket::Entity>(work.tx(), &call.viewer, permission, dispatch.id).await?;
    expect_version(was.version, dispatch.expected_version)?;
    check_state(&was, dispatch.member_id)?;
    let saved = match dispatch.member_id {
        Some(member) => by_name(&mut work, &was, member, dispatch.reason.as_deref()).await?,
        None => {
            let judgement = judged(&work, &was, None, true).await?;
            let Some(member) = best(&judgement.ranking) else {
                return nobody_has_it(work, was, &judgement, keep).await;
            };
            let automatic = DispatchMode::Automatic;
            write_down(&work, &was, &judgement, automatic, Some(member), None).await?;
            let team = team_of(&was, &judgement, member);
            give(&mut work, &was, team, Some(member), "ticket.dispatch", None).await?
        }
    };
    work.commit().await?;
    Ok(Given::Away(saved))
}

/// An ended ticket is nobody's any more, and one that somebody has is taken away only by name.
fn check_state(ticket: &ticket::Model, named: Option<Uuid>) -> Result<(), UserError> {
    let text = if stages::ended(ticket.state) {
        Text::new(
            "The ticket has ended; reopen it before dispatching it.",
            "工单已结束，请先重开再派单。",
        )
    } else if named.is_none() && ticket.assignee_id.is_some() {
        Text::new(
            "Somebody has this ticket; take it back into the queue first, or name a member with a reason.",
            "该工单已有处理人，请先收回到队列，或指定成员并说明原因。",
        )
    } else if named.is_some() && ticket.assignee_id == named {
        Text::new(
            "This member has the ticket already.",
            "该成员已是此工单的处理人。",
        )
    } else {
        return Ok(());
    };
    Err(UserError::new(UserErrorCode::WrongState, "", text))
}

/// A person overrules the ranking, or happens to agree with it.
async fn by_name(
    work: &mut Work<'_>,
    was: &ticket::Model,
    member: Uuid,
    reason: Option<&str>,
) -> Result<ticket::Model> {
    check_member(work, member, "input.memberId").await?;
    let reason = reason_of(reason, false)?;
    let judgement = judged(work, was, Some(member), true).await?;
    if reason.is_none() && place_of(&judgement.ranking, member) != Some(1) {
        let text = Text::new(
            "This member isn't the first of the ranking; say why it is to be this one.",
            "该成员并非排名第一，请说明指定原因。",
        );
        return Err(UserError::new(UserErrorCode::Blank, "input.reason", text).into());
    }
    let manual = DispatchMode::Manual;
    write_down(work, was, &judgement, manual, Some(member), reason.clone()).await?;
    let team = team_of(was, &judgement, member);
    give(work, was, team, Some(member), "ticket.dispatch", reason).await
}

/// A ticket without a team goes to the team by which the member serves its province, so that the team sees it too.
fn team_of(ticket: &ticket::Model, judgement: &Judgement, member: Uuid) -> Option<Uuid> {
    ticket
        .team_id
        .or_else(|| judgement.pool.team_of(member, ticket.province))
}

async fn nobody_has_it(
    mut work: Work<'_>,
    ticket: ticket::Model,
    judgement: &Judgement,
    keep: Keep,
) -> Result<Given> {
    let exclusions: BTreeMap<Uuid, Exclusion> = judgement
        .ranking
        .iter()
        .filter_map(|judged| Some((judged.candidate.member, judged.why().map(Why::exclusion)?)))
        .collect();
    let counts = count(exclusions.values().copied());
    let why = nobody(&judgement.needs, &counts);
    if keep == Keep::Always || is_news(&work, ticket.id, &exclusions).await? {
        let automatic = DispatchMode::Automatic;
        let decision = write_down(&work, &ticket, judgement, automatic, None, None).await?;
        work.audit(Entry {
            action: "ticket.dispatch",
            entity_type: "ticket",
            entity_id: Some(ticket.id),
            detail: json!({ "decision": decision, "chosen": null, "excluded": counts }),
        });
        work.commit().await?;
    }
    Ok(Given::Nobody { ticket, why })
}

/// Does the last decision say anything else than that none of these could have it, for the same reasons?
async fn is_news(
    work: &Work<'_>,
    ticket: Uuid,
    exclusions: &BTreeMap<Uuid, Exclusion>,
) -> Result<bool> {
    let Some(last) = store::latest(work.tx(), ticket).await? else {
        return Ok(true);
    };
    if last.chosen_member_id.is_some() {
        return Ok(true);
    }
    let candidates = store::candidates(work.tx(), &[last.id]).await?;
    let before: BTreeMap<Uuid, Exclusion> = candidates
        .into_values()
        .flatten()
        .filter_map(|row| Some((row.member_id, row.excluded?)))
        .collect();
    Ok(before != *exclusions)
}
