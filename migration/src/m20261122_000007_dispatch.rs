//! Dispatch: requirements, decisions and their candidates.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::{ACTOR_KINDS, TICKET_KINDS};
use crate::table::{MoreColumns, NewTable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // How much work members have is asked with every decision.
        MoreColumns::of("tickets")
            .index(&["assignee_id", "state"])
            .add(manager)
            .await?;
        dispatch_requirements().create(manager).await?;
        dispatch_decisions().create(manager).await?;
        dispatch_candidates().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Which skill a ticket of a kind or about a product needs (派单技能要求).
fn dispatch_requirements() -> NewTable {
    NewTable::named("dispatch_requirements")
        .id()
        .one_of_null("kind", &TICKET_KINDS)
        .reference_null("product_id", "products")
        .reference("skill_id", "skills")
        .column(ColumnDef::new("min_level").integer().not_null())
        .versioned()
        .index(&["skill_id"])
        .index(&["product_id"])
        .check("min_level", Expr::col("min_level").between(1, 5))
}

/// To whom a ticket was given, and why (派单决策).
fn dispatch_decisions() -> NewTable {
    NewTable::named("dispatch_decisions")
        .id()
        .reference("ticket_id", "tickets")
        .time("at")
        .one_of("mode", &["automatic", "manual"])
        .reference_null("chosen_member_id", "members")
        .one_of("actor_kind", &ACTOR_KINDS)
        .uuid_null("actor_id")
        .text("actor_name")
        .text_null("reason")
        .json("requirements")
        .json("weights")
        .column(ColumnDef::new("waited_seconds").big_integer().not_null())
        .index(&["ticket_id", "at"])
        .index(&["at", "id"])
        .index(&["chosen_member_id", "at"])
}

/// Somebody who was looked at in a decision (派单候选人).
fn dispatch_candidates() -> NewTable {
    NewTable::named("dispatch_candidates")
        .id()
        .part_of("decision_id", "dispatch_decisions")
        .reference("member_id", "members")
        .column(ColumnDef::new("rank").integer().null())
        .one_of_null(
            "excluded",
            &[
                "team",
                "region",
                "skill",
                "certificate",
                "shift",
                "leave",
                "capacity",
            ],
        )
        .json_null("detail")
        .column(ColumnDef::new("load").integer().not_null())
        .column(ColumnDef::new("fit").integer().not_null())
        .column(ColumnDef::new("fairness").integer().not_null())
        .column(ColumnDef::new("total").integer().not_null())
        .unique(&["decision_id", "member_id"])
        .index(&["member_id"])
}
