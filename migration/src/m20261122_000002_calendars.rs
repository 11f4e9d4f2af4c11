//! Business calendars and their versions.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        calendars().create(manager).await?;
        calendar_versions().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A business calendar: when there is work (工作日历).
fn calendars() -> NewTable {
    NewTable::named("calendars")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .column(ColumnDef::new("current").integer().not_null())
        .versioned()
        .unique(&["code"])
}

/// One version of a calendar; it never changes, so that clocks can be explained by it (日历版本).
fn calendar_versions() -> NewTable {
    NewTable::named("calendar_versions")
        .id()
        .reference("calendar_id", "calendars")
        .column(ColumnDef::new("number").integer().not_null())
        .text("time_zone")
        .json("weekly")
        .json("days")
        .text_null("note")
        .uuid_null("created_by")
        .time("created_at")
        .unique(&["calendar_id", "number"])
}
