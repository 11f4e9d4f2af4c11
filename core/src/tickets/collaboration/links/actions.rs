//! Linking tickets, and taking links away.

use entity::enums::ActorKind;
use entity::{ticket, ticket_link};
use serde_json::Value;
use uuid::Uuid;

use super::rules::{self, Relation};
use super::store;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::tickets::actions::Happened;
use crate::tickets::actions::record::{Change, record};
use crate::tickets::collaboration::actions::{Named, leave, take};
use crate::tickets::store as tickets;
use crate::work::Work;

/// What a ticket is to be to another one.
#[derive(Clone, Debug)]
pub struct Link {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// What it is to the other one.
    pub relation: Relation,
    /// The other one.
    pub other_id: Uuid,
}

/// Links a ticket with another one that the linker may read. Both histories tell of it.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when the link isn't possible.
pub async fn link(app: &App, call: &Call, link: Link) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::TicketEdit;
    call.viewer.require(permission)?;
    store::lock_both(work.tx(), &call.viewer, [link.id, link.other_id]).await?;
    let was = take(&work, permission, link.id, link.expected_version).await?;
    rules::check_two(link.id, link.other_id)?;
    let other = tickets::by_id(work.tx(), &call.viewer, link.other_id).await?;
    let other = other.ok_or_else(|| no_such("input.otherId"))?;
    tie(&work, was.id, link.relation, other.id).await?;
    let named = Named {
        action: "link",
        audited: "ticket.link",
    };
    let changes = vec![added(link.relation, other.id)];
    let now = was.clone();
    let saved = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    let changes = vec![added(link.relation.turned(), was.id)];
    record(&mut work, &other, "link", "ticket.link", false, changes);
    work.commit().await?;
    Ok(saved)
}

/// Writes a link after a look at both sides.
///
/// # Errors
/// User errors when the link isn't possible.
pub async fn tie(work: &Work<'_>, this: Uuid, relation: Relation, other: Uuid) -> Result<()> {
    let kept = relation.kept(this, other);
    let (from, to, kind) = kept;
    if kind == entity::enums::LinkKind::ParentOf {
        // Two links at once could close a circle that neither of them sees, so they come one after the other.
        work.next("ticket_links").await?;
        let above = store::levels(work.tx(), from, true, rules::DEPTH + 1).await?;
        let below = store::levels(work.tx(), to, false, rules::DEPTH + 1).await?;
        rules::check_family(&above, &below, to)?;
    }
    if store::exists(work.tx(), kept).await? {
        let text = Text::new(
            format!("They are linked as {} already.", relation.name()),
            format!("两张工单已存在 {} 关联。", relation.name()),
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.otherId", text).into());
    }
    for side in [this, other] {
        rules::check_count(store::count(work.tx(), side).await?)?;
    }
    let call = work.call();
    let by_user = call.viewer.actor.kind == ActorKind::User;
    let row = ticket_link::Model {
        id: new_id(call.at),
        from_id: from,
        to_id: to,
        kind,
        created_by: call.viewer.actor.id.filter(|_| by_user),
        created_at: call.at,
    };
    store::insert(work.tx(), row).await
}

/// Which link of which ticket goes.
#[derive(Clone, Debug)]
pub struct Unlink {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The link.
    pub link_id: Uuid,
}

/// Takes a link away. Both histories tell of it.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error when the ticket has no such link to a ticket that can be read.
pub async fn unlink(app: &App, call: &Call, unlink: Unlink) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::TicketEdit;
    call.viewer.require(permission)?;
    store::lock_linked(work.tx(), &call.viewer, unlink.link_id).await?;
    let was = take(&work, permission, unlink.id, unlink.expected_version).await?;
    let link = store::of_ticket(work.tx(), was.id, unlink.link_id).await?;
    let link = link.ok_or_else(|| no_such("input.linkId"))?;
    let from_this = link.from_id == was.id;
    let other = if from_this { link.to_id } else { link.from_id };
    let other = tickets::by_id(work.tx(), &call.viewer, other).await?;
    let other = other.ok_or_else(|| no_such("input.linkId"))?;
    store::delete(work.tx(), link.id).await?;
    let relation = Relation::seen(link.kind, from_this);
    let named = Named {
        action: "unlink",
        audited: "ticket.unlink",
    };
    let changes = vec![removed(relation, other.id)];
    let now = was.clone();
    let saved = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    let changes = vec![removed(relation.turned(), was.id)];
    record(&mut work, &other, "unlink", "ticket.unlink", false, changes);
    work.commit().await?;
    Ok(saved)
}

/// A link as the history writes it: from this ticket's side.
fn words(relation: Relation, other: Uuid) -> Value {
    format!("{} {}", relation.name(), Id::<ticket::Entity>::new(other)).into()
}

fn added(relation: Relation, other: Uuid) -> Change {
    Change::internal("links", Value::Null, words(relation, other))
}

fn removed(relation: Relation, other: Uuid) -> Change {
    Change::internal("links", words(relation, other), Value::Null)
}

fn no_such(field: &str) -> UserError {
    UserError::new(
        UserErrorCode::NotFound,
        field,
        Text::new("There is no such object.", "对象不存在。"),
    )
}
