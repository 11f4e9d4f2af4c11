//! Putting tags on a ticket and taking them off.

use entity::{tag, ticket};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::tickets::actions::Happened;
use crate::tickets::actions::record::Change;
use crate::tickets::collaboration::actions::{self as shared, leave, take};
use crate::tickets::collaboration::tags::{Named, rules, store};
use crate::tickets::store as tickets;
use crate::work::{Once, Work};

/// Which tags, on which ticket.
#[derive(Clone, Debug, Serialize)]
pub struct Tagging {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The tags.
    pub tags: Vec<Named>,
    /// So that a repeated request changes nothing more.
    pub idempotency_key: Option<String>,
}

/// Puts tags on a ticket; those that it has already stay.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when there is no such tag or there would be too many.
pub async fn add(app: &App, call: &Call, add: Tagging) -> Result<ticket::Model> {
    call.viewer.require(Permission::TicketEdit)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = add.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "ticketTagAdd", &add).await? {
        let found = tickets::by_id(work.tx(), &call.viewer, id).await?;
        return Ok(found.ok_or_else(ApiError::not_found)?);
    }
    let was = take(&work, Permission::TicketEdit, add.id, add.expected_version).await?;
    let has = store::of_ticket(work.tx(), was.id).await?;
    let news: Vec<tag::Model> = named(&work, &add.tags)
        .await?
        .into_iter()
        .filter(|tag| !has.iter().any(|other| other.id == tag.id))
        .collect();
    if news.is_empty() {
        work.done(was.id).await?;
        work.commit().await?;
        return Ok(was);
    }
    rules::check_count(has.len() + news.len(), "input.tags")?;
    let ids: Vec<Uuid> = news.iter().map(|tag| tag.id).collect();
    if !store::put_on(work.tx(), was.id, &ids, call.at).await? {
        return Err(unknown("?").into());
    }
    let then: Vec<&tag::Model> = has.iter().chain(&news).collect();
    let saved = note(
        &mut work,
        &was,
        "tag",
        &has.iter().collect::<Vec<_>>(),
        &then,
    )
    .await?;
    work.done(saved.id).await?;
    work.commit().await?;
    Ok(saved)
}

/// Takes tags off a ticket; those that it hasn't got don't matter.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when there is no such tag.
pub async fn remove(app: &App, call: &Call, remove: Tagging) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(
        &work,
        Permission::TicketEdit,
        remove.id,
        remove.expected_version,
    )
    .await?;
    let has = store::of_ticket(work.tx(), was.id).await?;
    let gone = named(&work, &remove.tags).await?;
    let (gone, then): (Vec<_>, Vec<_>) = has
        .iter()
        .partition(|tag| gone.iter().any(|other| other.id == tag.id));
    if gone.is_empty() {
        return Ok(was);
    }
    let ids: Vec<Uuid> = gone.iter().map(|tag| tag.id).collect();
    store::take_off(work.tx(), was.id, &ids).await?;
    let saved = note(
        &mut work,
        &was,
        "untag",
        &has.iter().collect::<Vec<_>>(),
        &then,
    )
    .await?;
    work.commit().await?;
    Ok(saved)
}

async fn note(
    work: &mut Work<'_>,
    was: &ticket::Model,
    action: &'static str,
    before: &[&tag::Model],
    after: &[&tag::Model],
) -> Result<ticket::Model> {
    let changes = vec![Change::internal("tags", words(before), words(after))];
    let named = shared::Named {
        action,
        audited: "ticket.tag",
    };
    leave(work, was, was.clone(), Happened::Edited, named, changes).await
}

/// The words of some tags, as the history writes them.
fn words(tags: &[&tag::Model]) -> Value {
    tags.iter()
        .map(|tag| tag.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
        .into()
}

/// The tags that are named; all of them must be there.
async fn named(work: &Work<'_>, names: &[Named]) -> Result<Vec<tag::Model>> {
    let found = store::find_named(work.tx(), &work.call().viewer, names).await?;
    for name in names {
        if !found.iter().any(|tag| name.names(tag)) {
            return Err(match name {
                Named::Word(word) => unknown(word),
                Named::Id(_) => unknown("?"),
            }
            .into());
        }
    }
    Ok(found)
}

fn unknown(word: &str) -> UserError {
    let text = Text::new(
        format!("There is no tag `{word}`; take one of `tags`, or have it made (tag.manage)."),
        format!("标签“{word}”不存在；请使用 tags 列出的标签，或由有权限者（tag.manage）新建。"),
    );
    UserError::new(UserErrorCode::NotFound, "input.tags", text)
}
