//! The metric register: definitions with versions, the facts that domains hand in, and the sums over days and months.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        metrics().create(manager).await?;
        metric_versions().create(manager).await?;
        metric_facts().create(manager).await?;
        metric_cells().create(manager).await?;
        metric_dirty_days().create(manager).await?;
        MoreColumns::of("outbox")
            .time_null("counted_at")
            .index(&["counted_at", "seq"])
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

/// What is measured (指标).
fn metrics() -> NewTable {
    NewTable::named("metrics")
        .id()
        .text("key")
        .flag("active")
        .flag("shipped")
        .column(ColumnDef::new("current").integer().not_null())
        .versioned()
        .unique(&["key"])
}

/// One version of a metric's definition; it never changes (指标版本).
fn metric_versions() -> NewTable {
    NewTable::named("metric_versions")
        .id()
        .reference("metric_id", "metrics")
        .column(ColumnDef::new("number").integer().not_null())
        .text("name")
        .text("name_zh")
        .text("meaning")
        .text("meaning_zh")
        .json("definition")
        .text_null("note")
        .uuid_null("created_by")
        .time("created_at")
        .time_null("counted_at")
        .unique(&["metric_id", "number"])
}

/// What happened and counts, as the domains hand it in, attributed to people and places (事实).
fn metric_facts() -> NewTable {
    NewTable::named("metric_facts")
        .id()
        .text("source")
        .one_of("attribution", &["record", "owner", "shares"])
        .text("record_kind")
        .uuid("record_id")
        .column(ColumnDef::new("part").integer().not_null())
        .time("at")
        .date("day")
        .column(ColumnDef::new("weight").integer().not_null())
        .uuid_null("member_id")
        .uuid_null("team_id")
        .uuid_null("department_id")
        .text_null("province")
        .uuid_null("product_id")
        .text_null("channel")
        .text_null("kind")
        .column(ColumnDef::new("value0").big_integer().null())
        .column(ColumnDef::new("value1").big_integer().null())
        .column(ColumnDef::new("value2").big_integer().null())
        .column(ColumnDef::new("value3").big_integer().null())
        .index(&["source", "attribution", "day", "id"])
        .index(&["record_id"])
        .index(&["member_id", "day"])
}

/// What the facts of a day or a month add up to, for one version of a metric and one part of the company (汇总).
fn metric_cells() -> NewTable {
    NewTable::named("metric_cells")
        .part_of("version_id", "metric_versions")
        .one_of("dimension", DIMENSIONS)
        .one_of("grain", &["day", "month"])
        .date("start")
        .text("key")
        .column(ColumnDef::new("weight").big_integer().not_null())
        .column(ColumnDef::new("counted").big_integer().not_null())
        .column(ColumnDef::new("total").big_integer().not_null())
        .column(ColumnDef::new("people").integer().not_null())
        .primary_key(&["version_id", "dimension", "grain", "start", "key"])
        .index(&["version_id", "dimension", "key", "grain", "start"])
}

/// The parts of the company that sums are kept for.
const DIMENSIONS: &[&str] = &[
    "company",
    "department",
    "team",
    "member",
    "province",
    "product",
    "channel",
    "kind",
];

/// Days whose sums no longer fit the facts.
fn metric_dirty_days() -> NewTable {
    NewTable::named("metric_dirty_days")
        .text("source")
        .date("day")
        .primary_key(&["source", "day"])
}
