//! Service levels: policies, clocks with their ledger of intervals, alerts; and what tickets keep of them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sla_policies().create(manager).await?;
        sla_policy_versions().create(manager).await?;
        sla_clocks().create(manager).await?;
        sla_intervals().create(manager).await?;
        ticket_alerts().create(manager).await?;
        MoreColumns::of("tickets")
            .time_null("first_responded_at")
            .time_null("solution_proposed_at")
            .one_of_null("sla_standing", &["running", "paused", "met", "missed"])
            .time_null("due_at")
            .time_null("warn_at")
            .time_null("breached_at")
            .index(&["due_at", "id"])
            .index(&["sla_standing", "due_at", "id"])
            .add(manager)
            .await?;
        // Open tickets follow their customers' tier.
        MoreColumns::of("customers")
            .index(&["updated_at"])
            .add(manager)
            .await?;
        MoreColumns::of("ticket_comments")
            .flag_unset("solution")
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

/// Whether a clock runs.
const CLOCK_STATES: [&str; 3] = ["running", "paused", "stopped"];

/// Which service levels hold for which tickets (服务级别策略).
fn sla_policies() -> NewTable {
    NewTable::named("sla_policies")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .column(ColumnDef::new("rank").integer().not_null())
        .flag("active")
        .column(ColumnDef::new("current").integer().not_null())
        .versioned()
        .unique(&["code"])
}

/// One version of a policy; it never changes, so that clocks can be explained by it (策略版本).
fn sla_policy_versions() -> NewTable {
    NewTable::named("sla_policy_versions")
        .id()
        .reference("policy_id", "sla_policies")
        .column(ColumnDef::new("number").integer().not_null())
        .reference("calendar_id", "calendars")
        .json("matches")
        .json("targets")
        .json("pauses_on")
        .column(ColumnDef::new("warn_percent").integer().not_null())
        .flag("applies_to_open")
        .text_null("note")
        .uuid_null("created_by")
        .time("created_at")
        .unique(&["policy_id", "number"])
        .index(&["calendar_id"])
        .check("warn_percent", Expr::col("warn_percent").between(1, 100))
}

/// One clock of a ticket (服务计时).
fn sla_clocks() -> NewTable {
    NewTable::named("sla_clocks")
        .id()
        .reference("ticket_id", "tickets")
        .one_of(
            "kind",
            &[
                "first_response",
                "preliminary_solution",
                "resolution",
                "step",
            ],
        )
        .reference_null("step_entry_id", "ticket_step_entries")
        .reference("policy_version_id", "sla_policy_versions")
        .reference("calendar_version_id", "calendar_versions")
        .column(ColumnDef::new("target_seconds").big_integer().not_null())
        .one_of("state", &CLOCK_STATES)
        .time("started_at")
        .time_null("due_at")
        .time_null("warn_at")
        .column(ColumnDef::new("ran_seconds").big_integer().not_null())
        .time_null("stopped_at")
        .column(ColumnDef::new("met").boolean().null())
        .time_null("breached_at")
        .time_null("warned_at")
        .time_null("escalated_at")
        .versioned()
        .index(&["ticket_id", "kind"])
        .index(&["state", "escalated_at", "due_at"])
        .index(&["state", "warned_at", "warn_at"])
        .index(&["state", "calendar_version_id"])
        .index(&["policy_version_id", "state"])
        .index(&["calendar_version_id", "state"])
        .index(&["step_entry_id"])
}

/// A stretch of a clock in which it ran or was paused: the ledger that explains every due time (计时区间).
fn sla_intervals() -> NewTable {
    NewTable::named("sla_intervals")
        .id()
        .reference("clock_id", "sla_clocks")
        .reference("ticket_id", "tickets")
        .column(ColumnDef::new("number").integer().not_null())
        .one_of("state", &CLOCK_STATES)
        .one_of(
            "reason",
            &[
                "started",
                "waiting_customer",
                "waiting_parts",
                "on_hold",
                "resumed",
                "stopped",
                "reopened",
                "priority_changed",
                "facts_changed",
                "policy_changed",
                "calendar_changed",
            ],
        )
        .reference("policy_version_id", "sla_policy_versions")
        .reference("calendar_version_id", "calendar_versions")
        .column(ColumnDef::new("target_seconds").big_integer().not_null())
        .time("from_at")
        .time_null("to_at")
        .column(ColumnDef::new("ran_before").big_integer().not_null())
        .column(ColumnDef::new("ran_seconds").big_integer().null())
        .time_null("due_at")
        .unique(&["clock_id", "number"])
        .index(&["ticket_id", "from_at"])
        .index(&["policy_version_id"])
        .index(&["calendar_version_id"])
}

/// A warning before a breach, or an escalation at it (超时提醒与升级).
fn ticket_alerts() -> NewTable {
    NewTable::named("ticket_alerts")
        .id()
        .reference("ticket_id", "tickets")
        .reference("clock_id", "sla_clocks")
        .one_of("kind", &["warning", "breach"])
        .time("at")
        .time("raised_at")
        .flag("late")
        .reference_null("member_id", "members")
        .reference_null("team_id", "teams")
        .time_null("told_at")
        .uuid_null("acknowledged_by")
        .time_null("acknowledged_at")
        .versioned()
        .unique(&["clock_id", "kind", "at"])
        .index(&["ticket_id"])
        .index(&["member_id", "raised_at"])
        .index(&["team_id", "raised_at"])
        .index(&["raised_at", "id"])
        .index(&["told_at", "team_id"])
}
