//! Contracts with customers, who sold and collects, the money that came and went back, and renewals.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::forward_only;
use crate::frozen::PROVINCES;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

const ROLES: [&str; 3] = ["seller", "collector", "assistant"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        contracts().create(manager).await?;
        shares().create(manager).await?;
        payments().create(manager).await?;
        credits().create(manager).await?;
        renewals().create(manager).await?;
        keep(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn amount(table: NewTable, name: &'static str) -> NewTable {
    table.column(ColumnDef::new(name).big_integer().not_null())
}

fn share(table: NewTable) -> NewTable {
    table
        .column(ColumnDef::new("share").integer().not_null())
        .check("share", Expr::col("share").between(1, 10_000))
}

/// Contracts (合同).
fn contracts() -> NewTable {
    let column = |name: &'static str| Expr::col(name);
    let new = column("kind").eq("new").and(column("renews_id").is_null());
    let renewal = column("kind")
        .eq("renewal")
        .and(column("renews_id").is_not_null());
    let active = column("state")
        .eq("active")
        .and(column("cancelled_on").is_null())
        .and(column("reason").is_null());
    let cancelled = column("state")
        .eq("cancelled")
        .and(column("cancelled_on").is_not_null())
        .and(column("reason").is_not_null());
    let table = NewTable::named("contracts")
        .id()
        .text("number")
        .reference("customer_id", "customers")
        .reference_null("product_id", "products")
        .one_of("kind", &["new", "renewal"])
        .reference_null("renews_id", "contracts")
        .flag("is_first")
        .one_of("province", &PROVINCES);
    amount(table, "value")
        .text("currency")
        .date("signed_on")
        .date("starts_on")
        .date("until")
        .one_of("state", &["active", "cancelled"])
        .date_null("cancelled_on")
        .text_null("reason")
        .uuid("created_by")
        .versioned()
        .check("renews", new.or(renewal))
        .check("cancelled", active.or(cancelled))
        .check("value", column("value").gte(0))
        .check("span", column("until").gt(column("starts_on")))
        .unique(&["number"])
        .index(&["customer_id", "signed_on", "id"])
        .index(&["product_id"])
        .index(&["renews_id"])
        .index(&["signed_on", "id"])
        .index(&["until", "id"])
}

/// Who sold, collects and assists (合同人员份额).
fn shares() -> NewTable {
    let table = NewTable::named("contract_shares")
        .id()
        .part_of("contract_id", "contracts")
        .one_of("role", &ROLES)
        .reference("member_id", "members");
    share(table)
        .time("created_at")
        .unique(&["contract_id", "role", "member_id"])
        .index(&["member_id"])
}

/// Money that came and went back (回款记录).
fn payments() -> NewTable {
    let column = |name: &'static str| Expr::col(name);
    let collected = column("kind")
        .eq("collected")
        .and(column("refunds_id").is_null());
    let refunded = column("kind")
        .eq("refunded")
        .and(column("refunds_id").is_not_null());
    let table = NewTable::named("contract_payments")
        .id()
        .reference("contract_id", "contracts")
        .reference("customer_id", "customers")
        .one_of("kind", &["collected", "refunded"])
        .reference_null("refunds_id", "contract_payments");
    amount(table, "amount")
        .text("currency")
        .date("paid_on")
        .text_null("reference")
        .text_null("note")
        .uuid("recorded_by")
        .text("recorded_by_name")
        .time("created_at")
        .check("refunds", collected.or(refunded))
        .check("amount", column("amount").gt(0))
        .index(&["contract_id", "paid_on", "id"])
        .index(&["customer_id"])
        .index(&["refunds_id"])
        .index(&["paid_on", "id"])
}

/// Who is credited with how much of a payment (回款业绩归属).
fn credits() -> NewTable {
    let table = NewTable::named("payment_credits")
        .id()
        .reference("payment_id", "contract_payments")
        .one_of("role", &ROLES)
        .reference("member_id", "members");
    amount(share(table), "amount")
        .check("amount", Expr::col("amount").gte(0))
        .unique(&["payment_id", "role", "member_id"])
        .index(&["member_id"])
}

/// Renewals of contracts that end (续约跟进).
fn renewals() -> NewTable {
    let column = |name: &'static str| Expr::col(name);
    let won = column("state")
        .eq("won")
        .and(column("new_contract_id").is_not_null())
        .and(column("lost_reason").is_null())
        .and(column("decided_on").is_not_null());
    let lost = column("state")
        .eq("lost")
        .and(column("new_contract_id").is_null())
        .and(column("lost_reason").is_not_null())
        .and(column("decided_on").is_not_null());
    let other = column("state")
        .is_in(["due", "contacted", "void"])
        .and(column("new_contract_id").is_null())
        .and(column("lost_reason").is_null());
    NewTable::named("renewals")
        .id()
        .reference("contract_id", "contracts")
        .reference("customer_id", "customers")
        .date("due_on")
        .one_of("state", &["due", "contacted", "won", "lost", "void"])
        .column(ColumnDef::new("attempts").integer().not_null())
        .date_null("last_contacted_on")
        .flag("answered")
        .text_null("note")
        .reference_null("new_contract_id", "contracts")
        .one_of_null(
            "lost_reason",
            &[
                "price",
                "service",
                "product",
                "competitor",
                "no_need",
                "no_answer",
                "other",
            ],
        )
        .date_null("decided_on")
        .json_null("collectors")
        .versioned()
        .check("decided", won.or(lost).or(other))
        .check("attempts", column("attempts").gte(0))
        .unique(&["contract_id"])
        .index(&["customer_id", "state"])
        .index(&["new_contract_id"])
        .index(&["state", "due_on", "id"])
        .index(&["due_on", "id"])
}

/// Entries of money and who is credited with them are written once and for all.
async fn keep(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statements: &[&str] = match manager.get_database_backend() {
        DbBackend::Postgres => &[
            "CREATE FUNCTION money_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'entries of money are never changed'; END $$",
            "CREATE TRIGGER contract_payments_only_grow BEFORE UPDATE OR DELETE ON contract_payments FOR EACH ROW EXECUTE FUNCTION money_only_grows()",
            "CREATE TRIGGER payment_credits_only_grow BEFORE UPDATE OR DELETE ON payment_credits FOR EACH ROW EXECUTE FUNCTION money_only_grows()",
        ],
        _ => &[
            "CREATE TRIGGER contract_payments_no_update BEFORE UPDATE ON contract_payments BEGIN SELECT RAISE(ABORT, 'entries of money are never changed'); END",
            "CREATE TRIGGER contract_payments_no_delete BEFORE DELETE ON contract_payments BEGIN SELECT RAISE(ABORT, 'entries of money are never changed'); END",
            "CREATE TRIGGER payment_credits_no_update BEFORE UPDATE ON payment_credits BEGIN SELECT RAISE(ABORT, 'entries of money are never changed'); END",
            "CREATE TRIGGER payment_credits_no_delete BEFORE DELETE ON payment_credits BEGIN SELECT RAISE(ABORT, 'entries of money are never changed'); END",
        ],
    };
    for statement in statements {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}
