//! Incentive rules as data: what they say, version by version, and how they were tried on the past.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

const PERIODS: &[&str] = &["month", "quarter", "year"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rules().create(manager).await?;
        versions().create(manager).await?;
        simulations().create(manager).await?;
        parts().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Who gets what for what (激励规则).
fn rules() -> NewTable {
    NewTable::named("incentive_rules")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
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
        .one_of(
            "method",
            &[
                "goal",
                "honour",
                "contest",
                "positive_reinforcement",
                "negative_reinforcement",
                "feedback",
                "renewal",
            ],
        )
        .one_of("period", PERIODS)
        .versioned()
        .unique(&["code"])
        .index(&["kind", "id"])
}

/// What a rule says: never changed once approved (激励规则版本).
fn versions() -> NewTable {
    let until = Expr::col("active_until");
    NewTable::named("incentive_rule_versions")
        .id()
        .reference("rule_id", "incentive_rules")
        .column(ColumnDef::new("number").integer().not_null())
        .one_of(
            "state",
            &["draft", "simulated", "approved", "active", "retired"],
        )
        .one_of("period", PERIODS)
        .json("content")
        .text_null("note")
        .json("authors")
        .time_null("simulated_at")
        .time_null("approved_at")
        .text_null("approved_by_name")
        .text_null("reason")
        .date_null("active_from")
        .date_null("active_until")
        .check(
            "activity",
            until
                .clone()
                .is_null()
                .or(until.gte(Expr::col("active_from"))),
        )
        .text_null("activated_by_name")
        .versioned()
        .unique(&["rule_id", "number"])
        .index(&["period", "active_from"])
}

/// Rules tried on the past (激励模拟).
fn simulations() -> NewTable {
    NewTable::named("incentive_simulations")
        .id()
        .one_of(
            "state",
            &["queued", "running", "done", "failed", "cancelled"],
        )
        .one_of("period", PERIODS)
        .json("request")
        .json_null("cursor")
        .column(ColumnDef::new("done").integer().not_null())
        .column(ColumnDef::new("total").integer().not_null())
        .text_null("failure")
        .text("requested_by_name")
        .time_null("started_at")
        .time_null("ended_at")
        .versioned()
        .index(&["state", "id"])
}

/// What a batch of a simulation came to, until it ends; then all of it (模拟中间结果与结果).
fn parts() -> NewTable {
    NewTable::named("incentive_simulation_parts")
        .id()
        .part_of("simulation_id", "incentive_simulations")
        .column(ColumnDef::new("span").integer().not_null())
        .column(ColumnDef::new("number").integer().not_null())
        .json("content")
        .time("created_at")
        .unique(&["simulation_id", "span", "number"])
}
