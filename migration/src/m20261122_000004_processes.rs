//! Process templates, their versions and steps, and the stays of tickets in them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::{TICKET_KINDS, TICKET_STAGES};
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        process_templates().create(manager).await?;
        process_versions().create(manager).await?;
        process_steps().create(manager).await?;
        ticket_step_entries().create(manager).await?;
        MoreColumns::of("tickets")
            .reference_null("process_version_id", "process_versions")
            .reference_null("step_id", "process_steps")
            .index(&["process_version_id"])
            .index(&["step_id"])
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

/// The process of one kind of ticket (标准流程).
fn process_templates() -> NewTable {
    NewTable::named("process_templates")
        .id()
        .text("code")
        .one_of("kind", &TICKET_KINDS)
        .text("name")
        .text("name_zh")
        .versioned()
        .unique(&["code"])
        .index(&["kind"])
}

/// One version of a process (流程版本).
fn process_versions() -> NewTable {
    NewTable::named("process_versions")
        .id()
        .reference("template_id", "process_templates")
        .column(ColumnDef::new("number").integer().not_null())
        .one_of("state", &["draft", "published", "retired"])
        .text_null("note")
        .uuid_null("created_by")
        .uuid_null("published_by")
        .time_null("published_at")
        .time_null("retired_at")
        .versioned()
        .unique(&["template_id", "number"])
        .index(&["state"])
}

/// One step of a version of a process (流程步骤).
fn process_steps() -> NewTable {
    NewTable::named("process_steps")
        .id()
        .part_of("version_id", "process_versions")
        .text("code")
        .column(ColumnDef::new("position").integer().not_null())
        .one_of("stage", &TICKET_STAGES)
        .text("name")
        .text("name_zh")
        .text("guideline")
        .text("guideline_zh")
        .text("owner_role")
        .column(ColumnDef::new("limit_seconds").big_integer().null())
        .json("required_fields")
        .json("next")
        .unique(&["version_id", "code"])
}

/// A stay of a ticket in a step (步骤记录).
fn ticket_step_entries() -> NewTable {
    NewTable::named("ticket_step_entries")
        .id()
        .reference("ticket_id", "tickets")
        .reference("step_id", "process_steps")
        .time("entered_at")
        .time_null("left_at")
        .column(ColumnDef::new("visit").integer().not_null())
        .index(&["ticket_id", "entered_at"])
        .index(&["step_id"])
}
