//! Single rows, for actions that have found their right to them.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{ActionItemState, MeetingState};
use entity::{
    action_item, meeting, meeting_decision, meeting_invitee, meeting_series_member, member,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::organisation::{self, holds_on};
use crate::teamwork::writes::insert_all;

/// The members among these whom the viewer sees and who work here on a day.
///
/// # Errors
/// When the database fails.
pub async fn members(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &BTreeSet<Uuid>,
    day: NaiveDate,
) -> Result<Vec<member::Model>> {
    let rows = visible::<member::Entity>(viewer, Permission::MemberRead)
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(member::Column::Number)
        .all(connection)
        .await?;
    let at_work = |row: &member::Model| holds_on(row.joined_on, row.left_on, day);
    Ok(rows.into_iter().filter(at_work).collect())
}

/// Those of these members who work here on a day, whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn at_work(
    connection: &impl ConnectionTrait,
    ids: &BTreeSet<Uuid>,
    day: NaiveDate,
) -> Result<Vec<member::Model>> {
    Ok(organisation::by_number(connection, ids)
        .await?
        .into_iter()
        .filter(|row| holds_on(row.joined_on, row.left_on, day))
        .collect())
}

/// Who is invited to a meeting.
///
/// # Errors
/// When the database fails.
pub async fn invitees_of(
    connection: &impl ConnectionTrait,
    meeting: Uuid,
) -> Result<Vec<meeting_invitee::Model>> {
    Ok(meeting_invitee::Entity::find()
        .filter(meeting_invitee::Column::MeetingId.eq(meeting))
        .order_by_asc(meeting_invitee::Column::Id)
        .all(connection)
        .await?)
}

/// Who is invited to a meeting from now on: those who stay keep their attendance.
///
/// # Errors
/// When the database fails.
pub async fn replace_invitees(
    tx: &impl ConnectionTrait,
    meeting: Uuid,
    gone: &[Uuid],
    new: Vec<meeting_invitee::Model>,
) -> Result<()> {
    if !gone.is_empty() {
        meeting_invitee::Entity::delete_many()
            .filter(meeting_invitee::Column::MeetingId.eq(meeting))
            .filter(meeting_invitee::Column::MemberId.is_in(gone.iter().copied()))
            .exec(tx)
            .await?;
    }
    insert_all(tx, new).await
}

/// Writes whether somebody was there.
///
/// # Errors
/// When the database fails.
pub async fn save_attendance(tx: &impl ConnectionTrait, row: meeting_invitee::Model) -> Result<()> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Who is invited to a series.
///
/// # Errors
/// When the database fails.
pub async fn series_members_of(
    connection: &impl ConnectionTrait,
    series: Uuid,
) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = meeting_series_member::Entity::find()
        .select_only()
        .column(meeting_series_member::Column::MemberId)
        .filter(meeting_series_member::Column::SeriesId.eq(series))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Who is invited to a series from now on.
///
/// # Errors
/// When the database fails.
pub async fn replace_series_members(
    tx: &impl ConnectionTrait,
    series: Uuid,
    rows: Vec<meeting_series_member::Model>,
) -> Result<()> {
    meeting_series_member::Entity::delete_many()
        .filter(meeting_series_member::Column::SeriesId.eq(series))
        .exec(tx)
        .await?;
    insert_all(tx, rows).await
}

/// For which of its days a series has a meeting already.
///
/// # Errors
/// When the database fails.
pub async fn planned_days(
    connection: &impl ConnectionTrait,
    series: Uuid,
) -> Result<BTreeSet<NaiveDate>> {
    let days: Vec<Option<NaiveDate>> = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::SeriesDay)
        .filter(meeting::Column::SeriesId.eq(series))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(days.into_iter().flatten().collect())
}

/// The next meeting of a series that is still to come or goes on.
///
/// # Errors
/// When the database fails.
pub async fn next_planned(
    connection: &impl ConnectionTrait,
    series: Uuid,
) -> Result<Option<meeting::Model>> {
    Ok(meeting::Entity::find()
        .filter(meeting::Column::SeriesId.eq(series))
        .filter(meeting::Column::State.eq(MeetingState::Planned))
        .order_by_asc(meeting::Column::StartsAt)
        .order_by_asc(meeting::Column::Id)
        .one(connection)
        .await?)
}

/// The planned meetings of a series from a moment on: they go with it.
///
/// # Errors
/// When the database fails.
pub async fn planned_from(
    connection: &impl ConnectionTrait,
    series: Uuid,
    from: DateTime<Utc>,
) -> Result<Vec<meeting::Model>> {
    Ok(meeting::Entity::find()
        .filter(meeting::Column::SeriesId.eq(series))
        .filter(meeting::Column::State.eq(MeetingState::Planned))
        .filter(meeting::Column::StartsAt.gte(from))
        .order_by_asc(meeting::Column::StartsAt)
        .lock_exclusive()
        .all(connection)
        .await?)
}

/// The unfinished action items of a series, the soonest first.
///
/// # Errors
/// When the database fails.
pub async fn unfinished_of(
    connection: &impl ConnectionTrait,
    series: Uuid,
) -> Result<Vec<action_item::Model>> {
    Ok(action_item::Entity::find()
        .filter(action_item::Column::SeriesId.eq(series))
        .filter(
            action_item::Column::State.is_in([ActionItemState::Open, ActionItemState::InProgress]),
        )
        .order_by_asc(action_item::Column::DueOn)
        .order_by_asc(action_item::Column::Id)
        .all(connection)
        .await?)
}

/// How many decisions a meeting has.
///
/// # Errors
/// When the database fails.
pub async fn decisions_of(connection: &impl ConnectionTrait, meeting: Uuid) -> Result<u64> {
    Ok(meeting_decision::Entity::find()
        .filter(meeting_decision::Column::MeetingId.eq(meeting))
        .count(connection)
        .await?)
}
