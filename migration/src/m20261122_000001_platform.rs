//! Settings, leases of jobs, and the permissions that have been met.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        settings().create(manager).await?;
        job_leases().create(manager).await?;
        known_permissions().create(manager).await?;
        manager.execute(permissions_before()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What the catalogue held before it was kept: the built-in roles of an older database have had these grants, and
/// admins may have taken some away.
const BEFORE: [&str; 22] = [
    "ticket.read",
    "ticket.create",
    "ticket.assign",
    "ticket.advance",
    "ticket.close",
    "ticket.comment",
    "ticket.note.read",
    "ticket.note.write",
    "customer.read",
    "customer.write",
    "customer.contact.read",
    "customer.contact.write",
    "partner.read",
    "product.read",
    "organisation.read",
    "organisation.manage",
    "member.read",
    "user.read",
    "user.manage",
    "role.read",
    "role.manage",
    "audit.read",
];

/// A figure of the organisation that admins change as data (设置).
fn settings() -> NewTable {
    NewTable::named("settings")
        .column(ColumnDef::new("key").text().not_null().primary_key())
        .json("value")
        .column(ColumnDef::new("version").integer().not_null())
        .uuid_null("updated_by")
        .time("updated_at")
}

/// Which process does a job that must run once across all of them (任务租约).
fn job_leases() -> NewTable {
    NewTable::named("job_leases")
        .column(ColumnDef::new("name").text().not_null().primary_key())
        .uuid("holder")
        .time("until")
        .time_null("ran_at")
}

/// A permission that this database has met: its default grants were given out once (已知权限).
fn known_permissions() -> NewTable {
    NewTable::named("known_permissions")
        .column(ColumnDef::new("key").text().not_null().primary_key())
        .time("since")
}

/// The permissions that were there before.
fn permissions_before() -> InsertStatement {
    let mut rows = Query::insert();
    rows.into_table("known_permissions")
        .columns(["key", "since"]);
    for key in BEFORE {
        rows.values_panic([key.into(), Expr::current_timestamp()]);
    }
    rows
}
