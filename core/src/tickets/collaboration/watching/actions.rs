//! Watching, letting others watch, and mentioning.

use std::collections::BTreeSet;

use entity::enums::{UserKind, WatchSource};
use entity::{member, ticket, ticket_comment, ticket_mention, ticket_watcher};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{TICKET_MENTIONED, rules, store};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::ids::Id;
use crate::organisation;
use crate::tickets::actions::record::{Change, record};
use crate::work::{Once, Work};

/// Who is to watch which ticket, or no longer.
#[derive(Clone, Debug, Serialize)]
pub struct Watch {
    /// The ticket.
    pub ticket_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// So that a repeated request does nothing more.
    pub idempotency_key: Option<String>,
}

/// The viewer watches a ticket that it reads. Watching twice is no mistake.
///
/// # Errors
/// `NOT_FOUND`; user errors when the viewer is no member or the ticket has its fill of watchers.
pub async fn watch(app: &App, call: &Call, ticket: Uuid) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let ticket = to_watch(&work, ticket, Permission::TicketNoteRead).await?;
    let me = myself(call)?;
    admit(&mut work, &ticket, &[me], WatchSource::Own, "").await?;
    work.commit().await?;
    Ok(ticket)
}

/// The viewer no longer watches a ticket. Not having watched it is no mistake.
///
/// # Errors
/// `NOT_FOUND`; a user error when the viewer is no member.
pub async fn unwatch(app: &App, call: &Call, ticket: Uuid) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let ticket = to_watch(&work, ticket, Permission::TicketNoteRead).await?;
    let me = myself(call)?;
    dismiss(&mut work, &ticket, me).await?;
    work.commit().await?;
    Ok(ticket)
}

/// Lets a colleague watch a ticket.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`; user errors when there is no such member or no room.
pub async fn add(app: &App, call: &Call, watch: Watch) -> Result<ticket::Model> {
    call.viewer.require(Permission::TicketNoteWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(watch.idempotency_key.as_deref(), "ticketWatcherAdd", &watch)
        .await?;
    let ticket = to_watch(&work, watch.ticket_id, Permission::TicketNoteWrite).await?;
    if once == Once::First {
        check_member(&work, watch.member_id, "input.memberId").await?;
        let members = [watch.member_id];
        let field = "input.memberId";
        admit(&mut work, &ticket, &members, WatchSource::Added, field).await?;
        work.done(ticket.id).await?;
    }
    work.commit().await?;
    Ok(ticket)
}

/// Takes a watcher off a ticket. Not having watched it is no mistake.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`.
pub async fn remove(app: &App, call: &Call, watch: Watch) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let ticket = to_watch(&work, watch.ticket_id, Permission::TicketNoteWrite).await?;
    dismiss(&mut work, &ticket, watch.member_id).await?;
    work.commit().await?;
    Ok(ticket)
}

/// The colleagues that a new comment mentions, looked over before anything is written.
#[derive(Debug)]
pub struct Mentions(Vec<Uuid>);

impl Mentions {
    /// Looks the mentioned members over: only staff mention, who must be allowed to write notes on the ticket, as they let
    /// their colleagues in.
    ///
    /// # Errors
    /// `FORBIDDEN`; user errors naming the field.
    pub async fn check(work: &Work<'_>, ticket: &ticket::Model, members: &[Uuid]) -> Result<Self> {
        let mut seen = BTreeSet::new();
        let members: Vec<Uuid> = members
            .iter()
            .copied()
            .filter(|id| seen.insert(*id))
            .collect();
        if members.is_empty() {
            return Ok(Self(members));
        }
        let viewer = &work.call().viewer;
        if viewer.kind != Some(UserKind::Staff) {
            let text = Text::new("Only staff mention colleagues.", "仅内部员工可提及同事。");
            return Err(UserError::new(UserErrorCode::RuleViolated, "input.mentions", text).into());
        }
        rules::check_mentions(members.len())?;
        let permission = Permission::TicketNoteWrite;
        if find::<ticket::Entity>(work.tx(), viewer, permission, ticket.id)
            .await?
            .is_none()
        {
            return Err(viewer.reach_too_small(permission).into());
        }
        for id in &members {
            check_member(work, *id, "input.mentions").await?;
        }
        Ok(Self(members))
    }

    /// Writes the mentions of a comment that was just written: the mentioned watch the ticket, and are told.
    ///
    /// # Errors
    /// A user error when the ticket has its fill of watchers.
    pub async fn write(
        self,
        work: &mut Work<'_>,
        ticket: &ticket::Model,
        comment: &ticket_comment::Model,
    ) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let at = work.call().at;
        let rows: Vec<ticket_mention::Model> = self
            .0
            .iter()
            .map(|member| ticket_mention::Model {
                id: new_id(at),
                comment_id: comment.id,
                ticket_id: ticket.id,
                member_id: *member,
                at,
            })
            .collect();
        for row in &rows {
            let payload = json!({ "mention": row.id });
            work.emit(Event::new(at, TICKET_MENTIONED, row.member_id, payload));
        }
        // They point at the comment.
        work.write_pending().await?;
        store::insert_mentions(work.tx(), rows).await?;
        admit(
            work,
            ticket,
            &self.0,
            WatchSource::Mention,
            "input.mentions",
        )
        .await
    }
}

/// The ticket, locked, so that the number of its watchers holds until the end.
async fn to_watch(work: &Work<'_>, id: Uuid, permission: Permission) -> Result<ticket::Model> {
    to_change::<ticket::Entity>(work.tx(), &work.call().viewer, permission, id).await
}

fn myself(call: &Call) -> Result<Uuid> {
    call.viewer.standing.member_id.ok_or_else(|| {
        let text = Text::new(
            "Only members of the organisation watch tickets; this account belongs to none.",
            "仅组织成员可关注工单，当前账号未关联成员。",
        );
        UserError::new(UserErrorCode::RuleViolated, "", text).into()
    })
}

/// A colleague whom the viewer sees and who works here today.
async fn check_member(work: &Work<'_>, id: Uuid, field: &str) -> Result<()> {
    let call = work.call();
    let known = find::<member::Entity>(work.tx(), &call.viewer, Permission::MemberRead, id).await?;
    let refuse = |text| UserError::new(UserErrorCode::NotFound, field, text);
    known.ok_or_else(|| refuse(Text::new("There is no such member.", "成员不存在。")))?;
    let standing = organisation::standing(work.tx(), id, organisation::today(call)).await?;
    if standing.departments.is_empty() {
        let text = Text::new(
            "This member has no assignment today.",
            "该成员今日没有任职。",
        );
        return Err(refuse(text).into());
    }
    Ok(())
}

/// Makes members watchers, those who aren't yet, with history, audit and event.
async fn admit(
    work: &mut Work<'_>,
    ticket: &ticket::Model,
    members: &[Uuid],
    source: WatchSource,
    field: &str,
) -> Result<()> {
    let there = store::watching(work.tx(), ticket.id, members).await?;
    let new: Vec<Uuid> = members
        .iter()
        .copied()
        .filter(|id| !there.contains(id))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let count = store::count(work.tx(), ticket.id).await?;
    rules::check_room(count, new.len() as u64, field)?;
    let at = work.call().at;
    let mut changes = Vec::with_capacity(new.len());
    for member_id in new {
        let row = ticket_watcher::Model {
            id: new_id(at),
            ticket_id: ticket.id,
            member_id,
            source,
            since: at,
        };
        if store::insert(work.tx(), row).await? {
            changes.push(Change::internal("watchers", Value::Null, shown(member_id)));
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    record(work, ticket, "watch", "ticket.watch", false, changes);
    Ok(())
}

/// Takes a watcher off, with history, audit and event, if it was one.
async fn dismiss(work: &mut Work<'_>, ticket: &ticket::Model, member: Uuid) -> Result<()> {
    if !store::delete(work.tx(), ticket.id, member).await? {
        return Ok(());
    }
    let changes = vec![Change::internal("watchers", shown(member), Value::Null)];
    record(work, ticket, "unwatch", "ticket.unwatch", false, changes);
    Ok(())
}

fn shown(member: Uuid) -> Value {
    Id::<member::Entity>::new(member).to_string().into()
}
