//! Roles, what they grant, who has them, and the counters that the servers share.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::USER_KINDS;
use crate::table::{NewTable, exactly_one};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        roles().create(manager).await?;
        role_grants().create(manager).await?;
        role_assignments().create(manager).await?;
        counters().create(manager).await?;
        manager.execute(first_counts()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Roles.
fn roles() -> NewTable {
    NewTable::named("roles")
        .id()
        .text("key")
        .text("name")
        .text("name_zh")
        .text("description")
        .text("description_zh")
        .flag("builtin")
        .one_of("audience", &USER_KINDS)
        .versioned()
        .unique(&["key"])
}

/// What a role grants; goes with its role.
fn role_grants() -> NewTable {
    NewTable::named("role_grants")
        .part_of("role_id", "roles")
        .text("permission")
        .one_of(
            "reach",
            &[
                "own",
                "team",
                "team_tree",
                "department",
                "region",
                "all",
                "organisation",
            ],
        )
        .primary_key(&["role_id", "permission", "reach"])
}

/// Who has which role.
fn role_assignments() -> NewTable {
    NewTable::named("role_assignments")
        .id()
        .reference("role_id", "roles")
        .reference_null("user_id", "users")
        .reference_null("api_client_id", "api_clients")
        .uuid_null("given_by")
        .time("given_at")
        .time_null("valid_until")
        .check("principal", exactly_one("user_id", "api_client_id"))
        .unique(&["role_id", "user_id"])
        .unique(&["role_id", "api_client_id"])
        .index(&["user_id"])
        .index(&["api_client_id"])
}

/// Counters.
fn counters() -> NewTable {
    NewTable::named("counters")
        .column(ColumnDef::new("name").text().not_null().primary_key())
        .column(ColumnDef::new("value").big_integer().not_null())
}

/// Where the counters begin: tickets have six digits from the first, so that numbers are told from other digits.
fn first_counts() -> InsertStatement {
    let mut insert = Query::insert()
        .into_table("counters")
        .columns(["name", "value"])
        .take();
    for (name, value) in [
        ("access_epoch", 1_i64),
        ("ticket_number", 100_000),
        ("customer_number", 0),
        ("member_number", 0),
    ] {
        insert.values_panic([name.into(), value.into()]);
    }
    insert
}
