//! The organisation's tags: new ones, other words, and those that go.

use entity::{tag, ticket_change};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::tickets::collaboration::tags::{rules, store};
use crate::tickets::store as tickets;
use crate::work::{Once, Work, expect_version};

/// A new tag.
#[derive(Clone, Debug, Serialize)]
pub struct TagCreate {
    /// The word.
    pub name: String,
    /// 中文名称.
    pub name_zh: Option<String>,
    /// So that a repeated request makes no second one.
    pub idempotency_key: Option<String>,
}

/// Makes a tag.
///
/// # Errors
/// `FORBIDDEN`; user errors about the word.
pub async fn create(app: &App, call: &Call, create: TagCreate) -> Result<tag::Model> {
    call.viewer.require(Permission::TagManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = create.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "tagCreate", &create).await? {
        let found = store::by_id(work.tx(), id).await?;
        return Ok(found.ok_or_else(ApiError::not_found)?);
    }
    let mut checks = Checks::default();
    let name = rules::check_name(&mut checks, "input.name", &create.name);
    let name_zh = checks.optional_text("input.nameZh", create.name_zh.as_deref(), rules::NAME_MAX);
    checks.done()?;
    let row = tag::Model {
        id: new_id(call.at),
        folded: rules::folded(&name),
        name,
        name_zh,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    if !store::insert(work.tx(), row.clone()).await? {
        return Err(taken(&row.name).into());
    }
    audit(&mut work, "tag.create", row.id, json!({ "name": row.name }));
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

/// A tag's other word.
#[derive(Clone, Debug)]
pub struct TagUpdate {
    /// The tag.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The word; `None` leaves it.
    pub name: Option<String>,
    /// 中文名称; `Some(None)` takes it away.
    pub name_zh: Option<Option<String>>,
}

/// Renames a tag; the tickets keep it.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors about the word.
pub async fn update(app: &App, call: &Call, update: TagUpdate) -> Result<tag::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, update.id, update.expected_version).await?;
    let mut checks = Checks::default();
    let name = match &update.name {
        Some(name) => rules::check_name(&mut checks, "input.name", name),
        None => was.name.clone(),
    };
    let name_zh = match &update.name_zh {
        Some(name) => checks.optional_text("input.nameZh", name.as_deref(), rules::NAME_MAX),
        None => was.name_zh.clone(),
    };
    checks.done()?;
    if name == was.name && name_zh == was.name_zh {
        return Ok(was);
    }
    let now = tag::Model {
        folded: rules::folded(&name),
        name,
        name_zh,
        version: was.version + 1,
        updated_at: call.at,
        ..was.clone()
    };
    if !store::save(work.tx(), now.clone()).await? {
        return Err(taken(&now.name).into());
    }
    let detail = json!({ "name": { "from": was.name, "to": now.name } });
    audit(&mut work, "tag.update", now.id, detail);
    work.commit().await?;
    Ok(now)
}

/// Which tag goes.
#[derive(Clone, Debug)]
pub struct TagDelete {
    /// The tag.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Also when tickets have it?
    pub remove_from_tickets: bool,
}

/// Deletes a tag. One that tickets have goes only when that is said, and leaves a row in the history of each.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it is in use.
pub async fn delete(app: &App, call: &Call, delete: TagDelete) -> Result<tag::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, delete.id, delete.expected_version).await?;
    let uses = store::uses(work.tx(), was.id, rules::REMOVED_AT_ONCE + 1).await?;
    if !uses.is_empty() && !delete.remove_from_tickets {
        return Err(in_use(
            "Tickets have this tag; say `removeFromTickets: true` to take it off them too.",
            "仍有工单使用该标签；如需一并移除，请设置 removeFromTickets: true。",
        ));
    }
    if uses.len() > rules::REMOVED_AT_ONCE {
        return Err(in_use(
            "More than 1,000 tickets have this tag; rename it, or take it off some of them first.",
            "使用该标签的工单超过 1000 张；请改名，或先从部分工单移除。",
        ));
    }
    store::delete(work.tx(), was.id, &uses, call.at).await?;
    for some in uses.chunks(200) {
        let rows = some
            .iter()
            .map(|ticket| history(call, *ticket, &was))
            .collect();
        tickets::insert_changes(work.tx(), rows).await?;
    }
    for ticket in &uses {
        let payload = json!({ "action": "untag", "public": false });
        work.emit(Event::new(call.at, Event::TICKET_CHANGED, *ticket, payload));
    }
    let detail = json!({ "name": was.name, "tickets": uses.len() });
    audit(&mut work, "tag.delete", was.id, detail);
    work.commit().await?;
    Ok(was)
}

async fn take(work: &Work<'_>, id: Uuid, expected_version: i32) -> Result<tag::Model> {
    let viewer = &work.call().viewer;
    let was = to_change::<tag::Entity>(work.tx(), viewer, Permission::TagManage, id).await?;
    expect_version(was.version, expected_version)?;
    Ok(was)
}

fn history(call: &Call, ticket: Uuid, tag: &tag::Model) -> ticket_change::Model {
    ticket_change::Model {
        id: new_id(call.at),
        ticket_id: ticket,
        at: call.at,
        actor_kind: call.viewer.actor.kind,
        actor_id: call.viewer.actor.id,
        actor_name: call.viewer.actor.name.clone(),
        action: "untag".to_owned(),
        field: Some("tags".to_owned()),
        old_value: Some(tag.name.clone().into()),
        new_value: None,
        public: false,
        request_id: Some(call.request_id.clone()),
    }
}

fn audit(work: &mut Work<'_>, action: &'static str, id: Uuid, detail: Value) {
    work.audit(Entry {
        action,
        entity_type: "tag",
        entity_id: Some(id),
        detail,
    });
}

fn taken(name: &str) -> UserError {
    let text = Text::new(
        format!("There is a tag `{name}` already; use that one, or choose another word."),
        format!("标签“{name}”已存在，请直接使用或更换名称。"),
    );
    UserError::new(UserErrorCode::Taken, "input.name", text)
}

fn in_use(en: &'static str, zh: &'static str) -> crate::error::Error {
    UserError::new(
        UserErrorCode::WrongState,
        "input.removeFromTickets",
        Text::new(en, zh),
    )
    .into()
}
