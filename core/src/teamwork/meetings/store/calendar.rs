//! Meetings in the calendars of those who take part.

use entity::enums::{MeetingKind, MeetingState};
use entity::{meeting, meeting_invitee};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::access::{Permission, Viewer, visible};
use crate::agenda::{AgendaSource, Entry, Window};
use crate::db::Pool;
use crate::error::{Result, Text};

/// The meetings that a member organises or is invited to.
#[derive(Clone, Copy, Debug, Default)]
pub struct MeetingAgenda;

impl AgendaSource for MeetingAgenda {
    fn entries<'a>(
        &'a self,
        db: &'a Pool,
        viewer: &'a Viewer,
        (from, until): Window,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async move {
            let Some(member) = viewer.standing.member_id else {
                return Ok(Vec::new());
            };
            let invited = meeting_invitee::Entity::find()
                .select_only()
                .column(meeting_invitee::Column::MeetingId)
                .filter(meeting_invitee::Column::MemberId.eq(member))
                .into_query();
            let rows = visible::<meeting::Entity>(viewer, Permission::MeetingRead)
                .filter(
                    Condition::any()
                        .add(meeting::Column::OrganiserId.eq(member))
                        .add(meeting::Column::Id.in_subquery(invited)),
                )
                .filter(meeting::Column::StartsAt.gte(from))
                .filter(meeting::Column::StartsAt.lt(until))
                .order_by_asc(meeting::Column::StartsAt)
                .order_by_asc(meeting::Column::Id)
                .limit(limit)
                .all(db)
                .await?;
            Ok(rows.into_iter().map(entry).collect())
        })
    }
}

fn entry(row: meeting::Model) -> Entry {
    let kind = match row.kind {
        MeetingKind::Meeting => Text::new("Meeting", "例会"),
        MeetingKind::Sharing => Text::new("Sharing session", "分享会"),
    };
    Entry {
        table: "meeting",
        id: row.id,
        version: row.version,
        updated_at: row.updated_at,
        name: Text::new(row.title.clone(), row.title),
        description: Some(kind),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        place: row.place,
        link: row.link,
        cancelled: row.state == MeetingState::Cancelled,
    }
}
