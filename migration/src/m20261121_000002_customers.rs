//! Partners, customers, their contacts, products and the units sold.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::PROVINCES;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        partners().create(manager).await?;
        customers().create(manager).await?;
        contacts().create(manager).await?;
        products().create(manager).await?;
        units().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Partner organisations.
fn partners() -> NewTable {
    NewTable::named("partners")
        .id()
        .text("code")
        .text("name")
        .text_null("name_zh")
        .one_of("kind", &["dealer", "service_partner", "client_company"])
        .one_of("province", &PROVINCES)
        .dated()
        .versioned()
        .unique(&["code"])
}

/// Customers.
fn customers() -> NewTable {
    NewTable::named("customers")
        .id()
        .text("number")
        .one_of("kind", &["company", "person"])
        .text("name")
        .one_of("province", &PROVINCES)
        .one_of("tier", &["standard", "silver", "gold", "vip"])
        .reference_null("partner_id", "partners")
        .reference_null("owner_id", "members")
        .versioned()
        .unique(&["number"])
        .index(&["name", "id"])
        .index(&["created_at", "id"])
        .index(&["province"])
        .index(&["partner_id"])
        .index(&["owner_id"])
}

/// People to talk to at a customer's.
fn contacts() -> NewTable {
    NewTable::named("contacts")
        .id()
        .reference("customer_id", "customers")
        .text("name")
        .text_null("role")
        .text_null("phone")
        .text_null("email")
        .flag("is_primary")
        .versioned()
        .index(&["customer_id"])
}

/// Products.
fn products() -> NewTable {
    NewTable::named("products")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .text("line")
        .dated()
        .versioned()
        .unique(&["code"])
}

/// Single sold units.
fn units() -> NewTable {
    NewTable::named("units")
        .id()
        .text("serial")
        .reference("product_id", "products")
        .reference("customer_id", "customers")
        .date("sold_on")
        .date_null("warranty_until")
        .versioned()
        .unique(&["serial"])
        .index(&["product_id"])
        .index(&["customer_id"])
}
