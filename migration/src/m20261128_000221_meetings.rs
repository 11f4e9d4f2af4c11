//! Meetings: series, invitations, agendas, minutes, decisions, action items.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            meeting_series(),
            meeting_series_members(),
            meetings(),
            meeting_invitees(),
            action_items(),
            meeting_agenda_items(),
            meeting_minutes(),
            meeting_decisions(),
        ] {
            table.create(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The column is within these bounds.
fn within(name: &'static str, least: i32, most: i32) -> Expr {
    Expr::col(name).between(least, most)
}

/// Meetings that come again and again (例会系列).
fn meeting_series() -> NewTable {
    NewTable::named("meeting_series")
        .id()
        .one_of("kind", &["meeting", "sharing"])
        .text("title")
        .reference_null("team_id", "teams")
        .reference("organiser_id", "members")
        .one_of("rhythm", &["weekly", "biweekly", "monthly"])
        .date("first_day")
        .column(ColumnDef::new("start_minute").integer().not_null())
        .column(ColumnDef::new("minutes").integer().not_null())
        .text_null("place")
        .text_null("link")
        .date("planned_until")
        .time_null("ended_at")
        .versioned()
        .check("minutes", within("minutes", 5, 1_440))
        .check("start", within("start_minute", 0, 1_439))
        .index(&["title", "id"])
        .index(&["team_id"])
        .index(&["organiser_id"])
}

/// Somebody who is invited to all meetings of a series (系列参会人).
fn meeting_series_members() -> NewTable {
    NewTable::named("meeting_series_members")
        .id()
        .part_of("series_id", "meeting_series")
        .reference("member_id", "members")
        .unique(&["series_id", "member_id"])
        .index(&["member_id"])
}

/// People talk something over (会议).
fn meetings() -> NewTable {
    NewTable::named("meetings")
        .id()
        .reference_null("series_id", "meeting_series")
        .date_null("series_day")
        .one_of("kind", &["meeting", "sharing"])
        .text("title")
        .reference_null("team_id", "teams")
        .reference("organiser_id", "members")
        .time("starts_at")
        .time("ends_at")
        .text_null("place")
        .text_null("link")
        .one_of("state", &["planned", "held", "cancelled"])
        .text_null("reason")
        .column(ColumnDef::new("minutes_number").integer().not_null())
        .time_null("held_at")
        .versioned()
        .check("times", Expr::col("ends_at").gt(Expr::col("starts_at")))
        .unique(&["series_id", "series_day"])
        .index(&["starts_at", "id"])
        .index(&["organiser_id"])
        .index(&["team_id", "starts_at", "id"])
}

/// Somebody who is invited to a meeting, and whether they came (参会人).
fn meeting_invitees() -> NewTable {
    NewTable::named("meeting_invitees")
        .id()
        .part_of("meeting_id", "meetings")
        .reference("member_id", "members")
        .text("name")
        .one_of_null("attendance", &["present", "excused", "absent"])
        .unique(&["meeting_id", "member_id"])
        .index(&["member_id"])
}

/// What somebody is to do after a meeting, by when (行动项).
fn action_items() -> NewTable {
    NewTable::named("action_items")
        .id()
        .reference("meeting_id", "meetings")
        .reference_null("series_id", "meeting_series")
        .text("title")
        .text_null("detail")
        .reference("owner_id", "members")
        .date("due_on")
        .one_of("state", &["open", "in_progress", "done", "dropped"])
        .text_null("note")
        .time_null("closed_at")
        .versioned()
        .index(&["owner_id", "state", "due_on", "id"])
        .index(&["series_id", "state"])
        .index(&["meeting_id"])
        .index(&["due_on", "id"])
        .index(&["created_at", "id"])
}

/// Something that a meeting talks about (议程).
fn meeting_agenda_items() -> NewTable {
    NewTable::named("meeting_agenda_items")
        .id()
        .part_of("meeting_id", "meetings")
        .column(ColumnDef::new("place").integer().not_null())
        .text("title")
        .column(ColumnDef::new("minutes").integer().null())
        .reference_null("presenter_id", "members")
        .reference_null("action_item_id", "action_items")
        .time("created_at")
        .unique(&["meeting_id", "place"])
        .unique(&["meeting_id", "action_item_id"])
        .index(&["action_item_id"])
}

/// A version of what was said at a meeting (会议纪要).
fn meeting_minutes() -> NewTable {
    NewTable::named("meeting_minutes")
        .id()
        .part_of("meeting_id", "meetings")
        .column(ColumnDef::new("number").integer().not_null())
        .text("body")
        .reference("author_id", "members")
        .text("author_name")
        .time("written_at")
        .unique(&["meeting_id", "number"])
}

/// What a meeting has decided (决议).
fn meeting_decisions() -> NewTable {
    NewTable::named("meeting_decisions")
        .id()
        .part_of("meeting_id", "meetings")
        .column(ColumnDef::new("number").integer().not_null())
        .text("body")
        .time("decided_at")
        .unique(&["meeting_id", "number"])
}
