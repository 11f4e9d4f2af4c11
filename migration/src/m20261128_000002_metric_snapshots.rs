//! Snapshots: the facts and sums of a period as they were at one moment, with the regions and definitions of then.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        metric_snapshots().create(manager).await?;
        metric_snapshot_metrics().create(manager).await?;
        metric_frozen_facts().create(manager).await?;
        metric_frozen_cells().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A period whose figures were frozen (快照).
fn metric_snapshots() -> NewTable {
    NewTable::named("metric_snapshots")
        .id()
        .text("name")
        .text("name_zh")
        .date("from_day")
        .date("until_day")
        .text_null("note")
        .json("holdings")
        .uuid_null("frozen_by")
        .time("frozen_at")
        .check("period", Expr::col("until_day").gt(Expr::col("from_day")))
        .index(&["frozen_at", "id"])
        .index(&["from_day", "id"])
}

/// By which version a metric was computed when it was frozen.
fn metric_snapshot_metrics() -> NewTable {
    NewTable::named("metric_snapshot_metrics")
        .reference("snapshot_id", "metric_snapshots")
        .text("key")
        .reference("version_id", "metric_versions")
        .column(ColumnDef::new("measure").integer().null())
        .primary_key(&["snapshot_id", "key"])
}

/// The facts of then. Without foreign keys: millions are copied at once, from rows that had them checked.
fn metric_frozen_facts() -> NewTable {
    NewTable::named("metric_frozen_facts")
        .uuid("snapshot_id")
        .uuid("id")
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
        .text_null("detail")
        .column(ColumnDef::new("value0").big_integer().null())
        .column(ColumnDef::new("value1").big_integer().null())
        .column(ColumnDef::new("value2").big_integer().null())
        .column(ColumnDef::new("value3").big_integer().null())
        .primary_key(&["snapshot_id", "id"])
        .index(&["snapshot_id", "source", "attribution", "day"])
        .index(&["snapshot_id", "record_id"])
}

/// The sums of then.
fn metric_frozen_cells() -> NewTable {
    NewTable::named("metric_frozen_cells")
        .uuid("snapshot_id")
        .uuid("version_id")
        .one_of(
            "dimension",
            &[
                "company",
                "department",
                "team",
                "member",
                "province",
                "product",
                "channel",
                "kind",
            ],
        )
        .one_of("grain", &["day", "month"])
        .date("start")
        .text("key")
        .column(ColumnDef::new("weight").big_integer().not_null())
        .column(ColumnDef::new("counted").big_integer().not_null())
        .column(ColumnDef::new("total").big_integer().not_null())
        .column(ColumnDef::new("people").integer().not_null())
        .primary_key(&[
            "snapshot_id",
            "version_id",
            "dimension",
            "grain",
            "start",
            "key",
        ])
        .index(&[
            "snapshot_id",
            "version_id",
            "dimension",
            "key",
            "grain",
            "start",
        ])
}
