//! Watchers, mentions, tags, custom fields, links, reply templates, saved views and presence.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ticket_watchers().create(manager).await?;
        ticket_mentions().create(manager).await?;
        tags().create(manager).await?;
        ticket_tags().create(manager).await?;
        custom_fields().create(manager).await?;
        ticket_field_values().create(manager).await?;
        ticket_links().create(manager).await?;
        reply_templates().create(manager).await?;
        saved_views().create(manager).await?;
        ticket_presences().create(manager).await?;
        manager.execute(counter_of_links()).await?;
        MoreColumns::of("tickets")
            .reference_null("merged_into_id", "tickets")
            .index(&["merged_into_id"])
            .add(manager)
            .await?;
        MoreColumns::of("ticket_comments")
            .reference_null("copied_from_id", "ticket_comments")
            .index(&["copied_from_id"])
            .add(manager)
            .await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Who follows a ticket (关注人).
fn ticket_watchers() -> NewTable {
    NewTable::named("ticket_watchers")
        .id()
        .reference("ticket_id", "tickets")
        .reference("member_id", "members")
        .one_of("source", &["own", "added", "mention"])
        .time("since")
        .unique(&["ticket_id", "member_id"])
        .index(&["member_id"])
}

/// Who was mentioned in a comment (提及).
fn ticket_mentions() -> NewTable {
    NewTable::named("ticket_mentions")
        .id()
        .reference("comment_id", "ticket_comments")
        .reference("ticket_id", "tickets")
        .reference("member_id", "members")
        .time("at")
        .unique(&["comment_id", "member_id"])
        .index(&["member_id", "at"])
        .index(&["ticket_id"])
}

/// A word by which tickets are found (标签).
fn tags() -> NewTable {
    NewTable::named("tags")
        .id()
        .text("name")
        .text_null("name_zh")
        .text("folded")
        .versioned()
        .unique(&["folded"])
}

/// A tag on a ticket (工单标签).
fn ticket_tags() -> NewTable {
    NewTable::named("ticket_tags")
        .id()
        .reference("ticket_id", "tickets")
        .reference("tag_id", "tags")
        .time("at")
        .unique(&["ticket_id", "tag_id"])
        .index(&["tag_id"])
}

/// A field that the organisation adds to its tickets (自定义字段).
fn custom_fields() -> NewTable {
    NewTable::named("custom_fields")
        .id()
        .text("code")
        .json("kinds")
        .one_of(
            "value_type",
            &["text", "integer", "decimal", "date", "flag", "choice"],
        )
        .text("name")
        .text("name_zh")
        .text_null("help")
        .json("choices")
        .column(ColumnDef::new("min_value").big_integer().null())
        .column(ColumnDef::new("max_value").big_integer().null())
        .flag("public")
        .time_null("retired_at")
        .versioned()
        .unique(&["code"])
}

/// The value of a custom field on a ticket (字段值).
fn ticket_field_values() -> NewTable {
    NewTable::named("ticket_field_values")
        .id()
        .reference("ticket_id", "tickets")
        .reference("field_id", "custom_fields")
        .text_null("text_value")
        .column(ColumnDef::new("number_value").big_integer().null())
        .date_null("date_value")
        .column(ColumnDef::new("flag_value").boolean().null())
        .time("updated_at")
        .unique(&["ticket_id", "field_id"])
        .index(&["field_id", "text_value"])
        .index(&["field_id", "number_value"])
        .index(&["field_id", "date_value"])
}

/// Two tickets that belong together (工单关联).
fn ticket_links() -> NewTable {
    NewTable::named("ticket_links")
        .id()
        .reference("from_id", "tickets")
        .reference("to_id", "tickets")
        .one_of("kind", &["duplicate_of", "related_to", "parent_of"])
        .uuid_null("created_by")
        .time("created_at")
        .unique(&["from_id", "to_id", "kind"])
        .index(&["to_id"])
}

/// A prepared reply (沟通模板).
fn reply_templates() -> NewTable {
    NewTable::named("reply_templates")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .text("body_en")
        .text("body_zh")
        .json("kinds")
        .flag("active")
        .versioned()
        .unique(&["code"])
}

/// A list of tickets that somebody keeps (保存的视图).
fn saved_views() -> NewTable {
    NewTable::named("saved_views")
        .id()
        .reference("user_id", "users")
        .text("name")
        .json("filter")
        .text_null("ordering")
        .json("columns")
        .reference_null("team_id", "teams")
        .versioned()
        .index(&["user_id", "name"])
        .index(&["team_id"])
}

/// Who is at a ticket just now (在线状态).
fn ticket_presences() -> NewTable {
    NewTable::named("ticket_presences")
        .id()
        .reference("ticket_id", "tickets")
        .reference("user_id", "users")
        .reference_null("member_id", "members")
        .text("name")
        .one_of("doing", &["viewing", "editing"])
        .time("since")
        .time("seen_at")
        .unique(&["ticket_id", "user_id"])
        .index(&["member_id"])
        .index(&["seen_at"])
}

/// A row to lock while parents and children are linked, so that two links at once close no circle.
fn counter_of_links() -> InsertStatement {
    Query::insert()
        .into_table("counters")
        .columns(["name", "value"])
        .values_panic(["ticket_links".into(), 0_i64.into()])
        .take()
}
