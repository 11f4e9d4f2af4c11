//! Users, API clients, sessions, tokens and signing keys.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::frozen::{USER_KINDS, USER_STATUSES};
use crate::table::{NewTable, exactly_one};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        users().create(manager).await?;
        api_clients().create(manager).await?;
        api_client_secrets().create(manager).await?;
        sessions().create(manager).await?;
        refresh_tokens().create(manager).await?;
        signing_keys().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Users. A user points at what its kind calls for, and at nothing else.
fn users() -> NewTable {
    NewTable::named("users")
        .id()
        .one_of("kind", &USER_KINDS)
        .text("login")
        .text("display_name")
        .text("password_hash")
        .time("password_changed_at")
        .reference_null("member_id", "members")
        .reference_null("partner_id", "partners")
        .reference_null("customer_id", "customers")
        .one_of("locale", &["en", "zh"])
        .one_of("status", &USER_STATUSES)
        .column(ColumnDef::new("epoch").integer().not_null().default(0))
        .versioned()
        .check("side", stands_on_one_side())
        .unique(&["login"])
        .unique(&["member_id"])
        .index(&["partner_id"])
        .index(&["customer_id"])
}

/// API clients.
fn api_clients() -> NewTable {
    NewTable::named("api_clients")
        .id()
        .text("name")
        .reference("partner_id", "partners")
        .one_of("status", &USER_STATUSES)
        .column(ColumnDef::new("epoch").integer().not_null().default(0))
        .reference_null("created_by", "users")
        .versioned()
        .index(&["partner_id"])
        .index(&["created_by"])
}

/// Secrets of API clients.
fn api_client_secrets() -> NewTable {
    NewTable::named("api_client_secrets")
        .id()
        .reference("api_client_id", "api_clients")
        .text("secret_hash")
        .time("created_at")
        .time_null("expires_at")
        .time_null("revoked_at")
        .index(&["api_client_id"])
}

/// Sessions of a user or an API client.
fn sessions() -> NewTable {
    NewTable::named("sessions")
        .id()
        .reference_null("user_id", "users")
        .reference_null("api_client_id", "api_clients")
        .time("created_at")
        .time("last_used_at")
        .time("expires_at")
        .time_null("revoked_at")
        .one_of_null(
            "revoke_reason",
            &[
                "sign_out",
                "sign_out_everywhere",
                "password_changed",
                "reuse_detected",
                "disabled",
                "expired",
            ],
        )
        .text_null("user_agent")
        .text_null("address")
        .check("principal", exactly_one("user_id", "api_client_id"))
        .index(&["user_id"])
        .index(&["api_client_id"])
        .index(&["expires_at"])
}

/// Refresh tokens.
fn refresh_tokens() -> NewTable {
    NewTable::named("refresh_tokens")
        .id()
        .reference("session_id", "sessions")
        .text("token_hash")
        .time("issued_at")
        .time("expires_at")
        .time_null("used_at")
        .uuid_null("replaced_by")
        .unique(&["token_hash"])
        .index(&["session_id"])
}

/// Signing keys.
fn signing_keys() -> NewTable {
    NewTable::named("signing_keys")
        .id()
        .one_of("algorithm", &["ed_dsa", "es256"])
        .json("public_jwk")
        .text("private_pem")
        .time("created_at")
        .time_null("retired_at")
        .time_null("expires_at")
}

/// Staff may be a member; partner and customer users belong to one partner or one customer.
fn stands_on_one_side() -> Expr {
    let kind = || Expr::col("kind");
    let (member, partner, customer) = (
        || Expr::col("member_id"),
        || Expr::col("partner_id"),
        || Expr::col("customer_id"),
    );
    let staff = kind()
        .eq("staff")
        .and(partner().is_null())
        .and(customer().is_null());
    let of_partner = kind()
        .eq("partner")
        .and(partner().is_not_null())
        .and(member().is_null())
        .and(customer().is_null());
    let of_customer = kind()
        .eq("customer")
        .and(customer().is_not_null())
        .and(member().is_null())
        .and(partner().is_null());
    staff.or(of_partner).or(of_customer)
}
