//! The outbox, the audit log with the head of its chain, and the keys of requests already done.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::ACTOR_KINDS;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        outbox().create(manager).await?;
        audit_log().create(manager).await?;
        audit_head().create(manager).await?;
        idempotency_keys().create(manager).await?;
        manager.execute(empty_chain()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Events. The database numbers them, in the order of writing; whoever delivers asks for those that wait.
fn outbox() -> NewTable {
    NewTable::named("outbox")
        .column(
            ColumnDef::new("seq")
                .big_integer()
                .not_null()
                .auto_increment()
                .primary_key(),
        )
        .uuid("id")
        .time("at")
        .text("kind")
        .uuid("entity_id")
        .json("payload")
        .time_null("dispatched_at")
        .unique(&["id"])
        .index(&["dispatched_at", "seq"])
}

/// The audit log. Its numbers come from the chain, without gaps.
fn audit_log() -> NewTable {
    NewTable::named("audit_log")
        .column(ColumnDef::new("seq").big_integer().not_null().primary_key())
        .time("at")
        .one_of("actor_kind", &ACTOR_KINDS)
        .uuid_null("actor_id")
        .text("actor_name")
        .text("action")
        .text("entity_type")
        .uuid_null("entity_id")
        .json("detail")
        .text_null("request_id")
        .text("prev_hash")
        .text("hash")
        .index(&["entity_id", "seq"])
        .index(&["actor_id", "seq"])
        .index(&["at"])
}

/// The end of the chain: one row, locked by whoever appends.
fn audit_head() -> NewTable {
    NewTable::named("audit_head")
        .column(ColumnDef::new("id").integer().not_null().primary_key())
        .check("id", Expr::col("id").eq(1))
        .column(ColumnDef::new("seq").big_integer().not_null())
        .text("hash")
}

/// Keys of requests already done.
fn idempotency_keys() -> NewTable {
    NewTable::named("idempotency_keys")
        .uuid("actor_id")
        .text("key")
        .text("operation")
        .text("payload_hash")
        .uuid_null("result_id")
        .time("created_at")
        .time("expires_at")
        .primary_key(&["actor_id", "key"])
        .index(&["expires_at"])
}

/// The head of a chain without entries.
fn empty_chain() -> InsertStatement {
    Query::insert()
        .into_table("audit_head")
        .columns(["id", "seq", "hash"])
        .values_panic([1.into(), 0_i64.into(), "0".repeat(64).into()])
        .take()
}
