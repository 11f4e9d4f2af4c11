//! Where tags are kept, and on which tickets they stand.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{tag, ticket, ticket_tag};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait, SqlErr,
};
use uuid::Uuid;

use super::Named;
use crate::access::{Listed, Permission, Viewer, reach_of, visible};
use crate::db::filter::{TextMatches, unless};
use crate::db::keyset::Sort;
use crate::db::{is_referenced, new_id, padded};
use crate::error::Result;
use crate::tickets::scope::ticket_within;

/// Which tags a list is about.
#[derive(Clone, Debug, Default)]
pub struct TagFilter {
    /// The word.
    pub name: Option<TextMatches>,
}

/// In which order tags come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagOrder {
    /// By word.
    #[default]
    NameAsc,
    /// By word, backwards.
    NameDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// The newest first.
    CreatedAtDesc,
}

impl Listed for tag::Entity {
    type Filter = TagFilter;
    type Order = TagOrder;

    fn matching(filter: &TagFilter, _: &Viewer) -> Condition {
        Condition::all().add_option(filter.name.as_ref().map(|name| {
            Condition::any()
                .add(name.on(tag::Column::Name))
                .add(name.on(tag::Column::NameZh))
        }))
    }

    fn sorts(order: TagOrder) -> Vec<Sort<tag::Column>> {
        use tag::Column::{CreatedAt, Folded, Id};
        let (column, descending) = match order {
            TagOrder::NameAsc => (Folded, false),
            TagOrder::NameDesc => (Folded, true),
            TagOrder::CreatedAtAsc => (CreatedAt, false),
            TagOrder::CreatedAtDesc => (CreatedAt, true),
        };
        [column, Id]
            .map(|column| Sort {
                column,
                descending,
                nullable: false,
            })
            .into()
    }
}

/// Compares the tags of a ticket.
#[derive(Clone, Debug, Default)]
pub struct TagMatches {
    /// Has at least one of these.
    pub any: Option<Vec<Named>>,
    /// Has all of these.
    pub all: Option<Vec<Named>>,
    /// Has none at all (true) or some (false).
    pub is_null: Option<bool>,
}

impl TagMatches {
    /// The tickets that have such tags, as far as the viewer sees tags at all: elsewhere a ticket seems to have none, so
    /// that a filter doesn't tell.
    #[must_use]
    pub fn condition(&self, viewer: &Viewer) -> Condition {
        let seen = || reach_of::<ticket::Entity>(viewer, Permission::TicketNoteRead);
        let tagged = |tags: SelectStatement| {
            Condition::all()
                .add(ticket::Column::Id.in_subquery(tags))
                .add(seen())
        };
        let with = |names: &[Named]| {
            tagged(
                rows()
                    .filter(ticket_tag::Column::TagId.in_subquery(keys(names)))
                    .into_query(),
            )
        };
        let mut all = Condition::all().add_option(self.any.as_deref().map(&with));
        for one in self.all.iter().flatten() {
            all = all.add(with(std::slice::from_ref(one)));
        }
        all.add_option(self.is_null.map(|none| {
            let some = tagged(rows().into_query());
            if none { unless(some) } else { some }
        }))
    }
}

/// The tickets of the tags' rows.
fn rows() -> sea_orm::Select<ticket_tag::Entity> {
    ticket_tag::Entity::find()
        .select_only()
        .column(ticket_tag::Column::TicketId)
}

/// The keys of the tags that are named.
fn keys(names: &[Named]) -> SelectStatement {
    tag::Entity::find()
        .select_only()
        .column(tag::Column::Id)
        .filter(named(names))
        .into_query()
}

fn named(names: &[Named]) -> Condition {
    let (mut ids, mut words) = (Vec::new(), Vec::new());
    for name in names {
        match name {
            Named::Id(id) => ids.push(*id),
            Named::Word(word) => words.push(word.clone()),
        }
    }
    Condition::any()
        .add(tag::Column::Id.is_in(ids))
        .add(tag::Column::Folded.is_in(words))
}

/// The tags that are named, as far as there are any.
///
/// # Errors
/// When the database fails.
pub async fn find_named(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    names: &[Named],
) -> Result<Vec<tag::Model>> {
    Ok(visible::<tag::Entity>(viewer, Permission::TicketNoteRead)
        .filter(named(names))
        .all(connection)
        .await?)
}

/// The tags of many tickets, by word; of tickets whose notes the viewer may read.
///
/// # Errors
/// When the database fails.
pub async fn of_tickets(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<tag::Model>>> {
    let column = ticket_tag::Column::TicketId;
    on(
        connection,
        Condition::all()
            .add(column.is_in(padded(tickets.iter().copied())))
            .add(ticket_within(column, viewer, Permission::TicketNoteRead)),
    )
    .await
}

/// The tags of one ticket that an action has taken, by word.
///
/// # Errors
/// When the database fails.
pub async fn of_ticket(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<Vec<tag::Model>> {
    let only = Condition::all().add(ticket_tag::Column::TicketId.eq(ticket));
    let mut of = on(connection, only).await?;
    Ok(of.remove(&ticket).unwrap_or_default())
}

async fn on(
    connection: &impl ConnectionTrait,
    which: Condition,
) -> Result<HashMap<Uuid, Vec<tag::Model>>> {
    let rows = ticket_tag::Entity::find()
        .find_also_related(tag::Entity)
        .filter(which)
        .order_by_asc(tag::Column::Folded)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<tag::Model>> = HashMap::new();
    for (row, tag) in rows {
        of.entry(row.ticket_id).or_default().extend(tag);
    }
    Ok(of)
}

/// Puts tags on a ticket that hasn't got them; false when one of them is gone meanwhile. Then the transaction is good
/// for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn put_on(
    tx: &impl ConnectionTrait,
    ticket: Uuid,
    tags: &[Uuid],
    at: DateTime<Utc>,
) -> Result<bool> {
    if tags.is_empty() {
        return Ok(true);
    }
    let rows = tags.iter().map(|tag| {
        ticket_tag::Model {
            id: new_id(at),
            ticket_id: ticket,
            tag_id: *tag,
            at,
        }
        .into_active_model()
    });
    match ticket_tag::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if is_referenced(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Takes tags from a ticket.
///
/// # Errors
/// When the database fails.
pub async fn take_off(tx: &impl ConnectionTrait, ticket: Uuid, tags: &[Uuid]) -> Result<()> {
    ticket_tag::Entity::delete_many()
        .filter(ticket_tag::Column::TicketId.eq(ticket))
        .filter(ticket_tag::Column::TagId.is_in(tags.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes a new tag; false when its word is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: tag::Model) -> Result<bool> {
    let written = tag::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    taken(written.map(|_| ()))
}

/// Writes a changed tag as its next version; false when its word is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn save(tx: &impl ConnectionTrait, row: tag::Model) -> Result<bool> {
    taken(
        row.into_active_model()
            .reset_all()
            .update(tx)
            .await
            .map(|_| ()),
    )
}

fn taken(written: std::result::Result<(), sea_orm::DbErr>) -> Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}

/// The tag as it stands after it was written.
///
/// # Errors
/// When the database fails.
pub async fn by_id(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<tag::Model>> {
    Ok(tag::Entity::find_by_id(id).one(connection).await?)
}

/// Some of the tickets that a tag stands on, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn uses(connection: &impl ConnectionTrait, tag: Uuid, most: usize) -> Result<Vec<Uuid>> {
    Ok(rows()
        .filter(ticket_tag::Column::TagId.eq(tag))
        .order_by_asc(ticket_tag::Column::TicketId)
        .limit(most as u64)
        .into_tuple()
        .all(connection)
        .await?)
}

/// Takes a tag from all tickets, which thereby get a new version, and deletes it.
///
/// # Errors
/// When the database fails.
pub async fn delete(
    tx: &impl ConnectionTrait,
    tag: Uuid,
    tickets: &[Uuid],
    at: DateTime<Utc>,
) -> Result<()> {
    for some in tickets.chunks(200) {
        ticket::Entity::update_many()
            .col_expr(
                ticket::Column::Version,
                Expr::col(ticket::Column::Version).add(1),
            )
            .col_expr(ticket::Column::UpdatedAt, Expr::value(at))
            .filter(ticket::Column::Id.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
    }
    ticket_tag::Entity::delete_many()
        .filter(ticket_tag::Column::TagId.eq(tag))
        .exec(tx)
        .await?;
    tag::Entity::delete_by_id(tag).exec(tx).await?;
    Ok(())
}
