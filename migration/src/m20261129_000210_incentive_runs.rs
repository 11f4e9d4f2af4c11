//! Runs of incentive rules, the awards that come of them, and the ledger in which they are booked.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        runs().create(manager).await?;
        awards().create(manager).await?;
        payouts().create(manager).await?;
        transactions().create(manager).await?;
        postings().create(manager).await?;
        locks().create(manager).await?;
        corrections().create(manager).await?;
        questions().create(manager).await?;
        manager.execute(counters()).await?;
        only_grows(manager, "incentive_transactions").await?;
        only_grows(manager, "incentive_postings").await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The awards of a period by the rules in force, worked out at once (激励计算批次).
fn runs() -> NewTable {
    NewTable::named("incentive_runs")
        .id()
        .one_of("period", &["month", "quarter", "year"])
        .date("from_day")
        .date("until_day")
        .column(ColumnDef::new("attempt").integer().not_null())
        .one_of(
            "state",
            &[
                "queued",
                "evaluating",
                "settling",
                "calculated",
                "approved",
                "rejected",
                "failed",
            ],
        )
        .json("versions")
        .text("rule_set")
        .reference_null("snapshot_id", "metric_snapshots")
        .json_null("cursor")
        .column(ColumnDef::new("evaluated").integer().not_null())
        .column(ColumnDef::new("awards").integer().not_null())
        .json_null("spent")
        .text_null("problem")
        .uuid("started_by")
        .text("started_by_name")
        .time_null("calculated_at")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("reason")
        .uuid_null("booked_until")
        .time_null("booked_at")
        .versioned()
        .unique(&["period", "from_day", "attempt"])
        .index(&["state", "id"])
        .index(&["from_day", "id"])
        .check(
            "period_days",
            Expr::col("until_day").gt(Expr::col("from_day")),
        )
}

/// What a rule gives a member in a run, with how it came about (奖励).
fn awards() -> NewTable {
    NewTable::named("incentive_awards")
        .id()
        .reference("run_id", "incentive_runs")
        .uuid("rule_id")
        .uuid("version_id")
        .one_of(
            "kind",
            &[
                "bonus",
                "commission",
                "pay_adjustment",
                "benefit",
                "honour",
                "promotion",
                "training_place",
                "deduction",
            ],
        )
        .reference("member_id", "members")
        .one_of("subject", &["member", "team", "record"])
        .text_null("source")
        .text("subject_id")
        .date("day")
        .column(ColumnDef::new("part").integer().not_null())
        .text_null("currency")
        .column(ColumnDef::new("reckoned").big_integer().not_null())
        .column(ColumnDef::new("amount").big_integer().not_null())
        .text("trace")
        .text_null("steps")
        .time("created_at")
        .index(&["run_id", "id"])
        .index(&["member_id", "id"])
        .index(&["rule_id", "run_id"])
        .index(&["subject_id"])
        .check(
            "amount",
            Expr::col("amount").between(0, Expr::col("reckoned")),
        )
}

/// What is handed to payroll at once (发放批次).
fn payouts() -> NewTable {
    NewTable::named("incentive_payouts")
        .id()
        .column(ColumnDef::new("number").integer().not_null())
        .text("name")
        .text("currency")
        .date("until_day")
        .date("booked_on")
        .column(ColumnDef::new("members").integer().not_null())
        .column(ColumnDef::new("total").big_integer().not_null())
        .uuid("made_by")
        .text("made_by_name")
        .time("created_at")
        .unique(&["number"])
}

/// Something that happened in the ledger: never changed (台账分录).
fn transactions() -> NewTable {
    NewTable::named("incentive_transactions")
        .id()
        .one_of("reason", &["award", "payout", "correction", "claw_back"])
        .date("day")
        .reference("member_id", "members")
        .uuid_null("rule_id")
        .reference_null("award_id", "incentive_awards")
        .reference_null("payout_id", "incentive_payouts")
        .text("reference")
        .text("currency")
        .column(ColumnDef::new("amount").big_integer().not_null())
        .text_null("note")
        .text("made_by_name")
        .time("created_at")
        .index(&["member_id", "currency", "day", "id"])
        .index(&["award_id"])
        .index(&["payout_id"])
}

/// A side of a transaction of the ledger: never changed (记账).
fn postings() -> NewTable {
    NewTable::named("incentive_postings")
        .reference("transaction_id", "incentive_transactions")
        .column(ColumnDef::new("place").integer().not_null())
        .one_of("account", &["expense", "payable", "paid"])
        .uuid("account_of")
        .text("currency")
        .column(ColumnDef::new("amount").big_integer().not_null())
        .primary_key(&["transaction_id", "place"])
        .index(&["account", "account_of", "currency"])
        .check("amount", Expr::col("amount").ne(0))
}

/// Months in which nothing is booked any more (月结锁定).
fn locks() -> NewTable {
    NewTable::named("incentive_locks")
        .id()
        .date("open_from")
        .text_null("note")
        .uuid("made_by")
        .text("made_by_name")
        .time("created_at")
        .unique(&["open_from"])
}

/// A mistake that is to be put right by an entry of its own (更正).
fn corrections() -> NewTable {
    NewTable::named("incentive_corrections")
        .id()
        .reference("award_id", "incentive_awards")
        .reference("member_id", "members")
        .column(ColumnDef::new("amount").big_integer().not_null())
        .text("currency")
        .text("reason")
        .one_of("state", &["proposed", "approved", "declined"])
        .uuid("proposed_by")
        .text("proposed_by_name")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision")
        .versioned()
        .index(&["award_id"])
        .index(&["member_id", "id"])
        .index(&["state", "id"])
        .check("amount", Expr::col("amount").ne(0))
}

/// What a member asks about an own award (奖励疑问).
fn questions() -> NewTable {
    NewTable::named("incentive_questions")
        .id()
        .reference("award_id", "incentive_awards")
        .reference("member_id", "members")
        .text("question")
        .text_null("answer")
        .uuid_null("answered_by")
        .text_null("answered_by_name")
        .time_null("answered_at")
        .versioned()
        .index(&["award_id", "id"])
        .index(&["member_id", "id"])
}

/// Rows to lock while runs and payouts are made, so that two at once don't make the same.
fn counters() -> InsertStatement {
    let mut insert = Query::insert()
        .into_table("counters")
        .columns(["name", "value"])
        .take();
    for name in ["incentive_runs", "incentive_payouts"] {
        insert.values_panic([name.into(), 0_i64.into()]);
    }
    insert
}

/// Rows of the ledger can't be changed or deleted, whoever tries.
async fn only_grows(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => vec![
            format!(
                "CREATE FUNCTION {table}_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger of incentives only grows'; END $$"
            ),
            format!(
                "CREATE TRIGGER {table}_only_grow BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_only_grow()"
            ),
        ],
        _ => vec![
            format!(
                "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger of incentives only grows'); END"
            ),
            format!(
                "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the ledger of incentives only grows'); END"
            ),
        ],
    };
    for statement in statements {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}
