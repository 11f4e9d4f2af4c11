//! Giving a ticket to a team and a member.

use entity::{member, team, ticket};
use uuid::Uuid;

use super::follow::{Happened, follow};
use super::record::{Change, record};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::organisation;
use crate::tickets::rules::stages;
use crate::tickets::{dispatch, store};
use crate::work::{Work, expect_version};

/// Who gets which ticket.
#[derive(Clone, Debug)]
pub struct Assign {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The team; `None` leaves it as it is.
    pub team_id: Option<Uuid>,
    /// The member; `None` leaves it as it is, `Some(None)` takes the ticket back into the team's queue.
    pub assignee_id: Option<Option<Uuid>>,
}

/// Gives the ticket to a team, a member or both. The first assignee of a ticket without an owner becomes its owner.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn assign(app: &App, call: &Call, assign: Assign) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was =
        to_change::<ticket::Entity>(work.tx(), &call.viewer, Permission::TicketAssign, assign.id)
            .await?;
    expect_version(was.version, assign.expected_version)?;
    if stages::ended(was.state) {
        let text = Text::new(
            "The ticket has ended; reopen it before assigning it.",
            "工单已结束，请先重开再分派。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "", text).into());
    }
    if let Some(team) = assign.team_id {
        let known =
            find::<team::Entity>(work.tx(), &call.viewer, Permission::OrganisationRead, team)
                .await?;
        known.ok_or_else(|| {
            UserError::new(
                UserErrorCode::NotFound,
                "input.teamId",
                Text::new("There is no such team.", "团队不存在。"),
            )
        })?;
    }
    if let Some(Some(assignee)) = assign.assignee_id {
        check_member(&work, assignee, "input.assigneeId").await?;
    }

    let team = assign.team_id.or(was.team_id);
    let assignee = assign.assignee_id.unwrap_or(was.assignee_id);
    if let Some(member) = assignee.filter(|_| assignee != was.assignee_id) {
        let asked = ticket::Model {
            team_id: team,
            ..was.clone()
        };
        dispatch::actions::explain(&work, &asked, member).await?;
    }
    let saved = give(&mut work, &was, team, assignee, "ticket.assign", None).await?;
    work.commit().await?;
    Ok(saved)
}

/// Writes who has a ticket from now on, with all that follows from it. What may be written is for the caller to know.
///
/// # Errors
/// `CONFLICT` when somebody was faster; user errors of those who follow the ticket.
pub(in crate::tickets) async fn give(
    work: &mut Work<'_>,
    was: &ticket::Model,
    team: Option<Uuid>,
    assignee: Option<Uuid>,
    audited: &'static str,
    reason: Option<String>,
) -> Result<ticket::Model> {
    let owner = was.owner_id.or(assignee);
    let now = ticket::Model {
        team_id: team,
        assignee_id: assignee,
        owner_id: owner,
        ..was.clone()
    };
    let saved = store::save(work.tx(), now, work.call().at).await?;

    let saved = follow(work, Some(was), saved, Happened::Assigned).await?;

    let mut changes = Vec::new();
    if was.team_id != team {
        changes.push(Change::internal(
            "teamId",
            id_json::<team::Entity>(was.team_id),
            id_json::<team::Entity>(team),
        ));
    }
    if was.assignee_id != assignee {
        changes.push(Change::internal(
            "assigneeId",
            id_json::<member::Entity>(was.assignee_id),
            id_json::<member::Entity>(assignee),
        ));
    }
    if was.owner_id != owner {
        changes.push(Change::internal(
            "ownerId",
            id_json::<member::Entity>(was.owner_id),
            id_json::<member::Entity>(owner),
        ));
    }
    changes
        .extend(reason.map(|reason| Change::internal("reason", serde_json::Value::Null, reason)));
    record(work, &saved, "assign", audited, false, changes);
    Ok(saved)
}

/// Whoever is to have a ticket must be a member whom the viewer can see and who works here today.
///
/// # Errors
/// A user error at the field that names the member.
pub(in crate::tickets) async fn check_member(
    work: &Work<'_>,
    id: Uuid,
    field: &'static str,
) -> Result<()> {
    let call = work.call();
    let refuse = |text| UserError::new(UserErrorCode::NotFound, field, text);
    let known = find::<member::Entity>(work.tx(), &call.viewer, Permission::MemberRead, id).await?;
    known.ok_or_else(|| refuse(Text::new("There is no such member.", "成员不存在。")))?;
    if organisation::standing(work.tx(), id, organisation::today(call))
        .await?
        .departments
        .is_empty()
    {
        return Err(refuse(Text::new(
            "This member has no assignment today.",
            "该成员今日没有任职。",
        ))
        .into());
    }
    Ok(())
}

fn id_json<E: crate::ids::Node>(id: Option<Uuid>) -> serde_json::Value {
    id.map_or(serde_json::Value::Null, |id| {
        Id::<E>::new(id).to_string().into()
    })
}
