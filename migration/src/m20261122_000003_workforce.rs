//! Skills, certificates, shifts, leave and capacity of members.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        skills().create(manager).await?;
        certificates().create(manager).await?;
        member_skills().create(manager).await?;
        member_certificates().create(manager).await?;
        member_shifts().create(manager).await?;
        leaves().create(manager).await?;
        member_capacities().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Something that members can do (技能).
fn skills() -> NewTable {
    NewTable::named("skills")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .text("category")
        .flag("needs_certificate")
        .versioned()
        .unique(&["code"])
}

/// A certificate that can be earned (证书).
fn certificates() -> NewTable {
    NewTable::named("certificates")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .reference_null("skill_id", "skills")
        .column(ColumnDef::new("level").integer().null())
        .column(ColumnDef::new("months_valid").integer().null())
        .versioned()
        .unique(&["code"])
        .index(&["skill_id"])
}

/// What a member can do, and how well (成员技能).
fn member_skills() -> NewTable {
    NewTable::named("member_skills")
        .id()
        .reference("member_id", "members")
        .reference("skill_id", "skills")
        .column(ColumnDef::new("level").integer().not_null())
        .text_null("note")
        .dated()
        .versioned()
        .index(&["member_id", "valid_from"])
        .index(&["skill_id"])
        .check("level", Expr::col("level").between(1, 5))
}

/// A certificate that a member holds (成员证书).
fn member_certificates() -> NewTable {
    NewTable::named("member_certificates")
        .id()
        .reference("member_id", "members")
        .reference("certificate_id", "certificates")
        .text_null("number")
        .date("issued_on")
        .date_null("expires_on")
        .date_null("revoked_on")
        .versioned()
        .index(&["member_id", "issued_on"])
        .index(&["certificate_id"])
        .index(&["expires_on"])
}

/// According to which calendar a member works, and from when to when (班次).
fn member_shifts() -> NewTable {
    NewTable::named("member_shifts")
        .id()
        .reference("member_id", "members")
        .reference("calendar_id", "calendars")
        .dated()
        .versioned()
        .index(&["member_id", "valid_from"])
        .index(&["calendar_id"])
}

/// A time in which a member is away (请假).
fn leaves() -> NewTable {
    NewTable::named("leaves")
        .id()
        .reference("member_id", "members")
        .one_of(
            "kind",
            &[
                "annual",
                "sick",
                "personal",
                "compensatory",
                "training",
                "business_trip",
            ],
        )
        .time("starts_at")
        .time("ends_at")
        .one_of("state", &["requested", "approved", "rejected", "cancelled"])
        .text_null("reason")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision_note")
        .versioned()
        .index(&["member_id", "starts_at"])
        .index(&["state", "starts_at"])
        .check("starts_at", Expr::col("ends_at").gt(Expr::col("starts_at")))
}

/// How many open tickets a member can have at once (工作容量).
fn member_capacities() -> NewTable {
    NewTable::named("member_capacities")
        .id()
        .reference("member_id", "members")
        .column(ColumnDef::new("open_tickets").integer().not_null())
        .dated()
        .versioned()
        .index(&["member_id", "valid_from"])
        .check("open_tickets", Expr::col("open_tickets").between(0, 1000))
}
