//! Agendas, and what is carried over to them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{action_item, meeting_agenda_item};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::new_id;
use crate::error::Result;
use crate::teamwork::writes::insert_all;

async fn agenda_of(
    connection: &impl ConnectionTrait,
    meeting: Uuid,
) -> Result<Vec<meeting_agenda_item::Model>> {
    Ok(meeting_agenda_item::Entity::find()
        .filter(meeting_agenda_item::Column::MeetingId.eq(meeting))
        .order_by_asc(meeting_agenda_item::Column::Place)
        .all(connection)
        .await?)
}

/// Puts those of these action items on the agenda of a meeting that don't stand there; says which.
///
/// # Errors
/// When the database fails.
pub async fn carry_over(
    tx: &impl ConnectionTrait,
    meeting: Uuid,
    items: Vec<action_item::Model>,
    at: DateTime<Utc>,
) -> Result<Vec<Uuid>> {
    let agenda = agenda_of(tx, meeting).await?;
    let there: HashSet<Uuid> = agenda.iter().filter_map(|row| row.action_item_id).collect();
    let last = agenda.last().map_or(0, |row| row.place);
    let new = items
        .into_iter()
        .filter(|item| item.meeting_id != meeting && !there.contains(&item.id));
    let rows: Vec<meeting_agenda_item::Model> = (last + 1..)
        .zip(new)
        .map(|(place, item)| meeting_agenda_item::Model {
            id: new_id(at),
            meeting_id: meeting,
            place,
            title: item.title,
            minutes: None,
            presenter_id: Some(item.owner_id),
            action_item_id: Some(item.id),
            created_at: at,
        })
        .collect();
    let carried = rows.iter().filter_map(|row| row.action_item_id).collect();
    insert_all(tx, rows).await?;
    Ok(carried)
}

/// Takes everything off the agenda of a meeting but what was carried over, and returns that in its order, taken off too:
/// the new agenda is written with it at its end.
///
/// # Errors
/// When the database fails.
pub async fn keep_only_carried(
    tx: &impl ConnectionTrait,
    meeting: Uuid,
) -> Result<Vec<meeting_agenda_item::Model>> {
    let agenda = agenda_of(tx, meeting).await?;
    meeting_agenda_item::Entity::delete_many()
        .filter(meeting_agenda_item::Column::MeetingId.eq(meeting))
        .exec(tx)
        .await?;
    let carried = |row: &meeting_agenda_item::Model| row.action_item_id.is_some();
    Ok(agenda.into_iter().filter(carried).collect())
}
