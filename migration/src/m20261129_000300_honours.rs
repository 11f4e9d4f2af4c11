//! Honours, who doesn't want to be shown with theirs, and colleagues who recognise each other.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        honours().create(manager).await?;
        opt_outs().create(manager).await?;
        recognitions().create(manager).await?;
        manager.execute(counters()).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What members are honoured with (荣誉).
fn honours() -> NewTable {
    let column = |name: &'static str| Expr::col(name);
    let conferred = column("source")
        .eq("conferred")
        .and(column("source_id").is_null());
    let followed = column("source")
        .ne("conferred")
        .and(column("source_id").is_not_null());
    let held = column("revoked_on")
        .is_null()
        .and(column("revoke_reason").is_null())
        .and(column("revoked_by").is_null());
    let revoked = column("revoked_on")
        .is_not_null()
        .and(column("revoke_reason").is_not_null());
    NewTable::named("honours")
        .id()
        .one_of("kind", &["title", "star", "commendation", "prize"])
        .reference("member_id", "members")
        .text("title")
        .text("title_zh")
        .text("citation")
        .text("citation_zh")
        .date("given_on")
        .date_null("until")
        .one_of(
            "source",
            &[
                "conferred",
                "incentive_award",
                "contest_award",
                "appraisal_star",
            ],
        )
        .uuid_null("source_id")
        .uuid_null("given_by")
        .text_null("given_by_name")
        .date_null("revoked_on")
        .text_null("revoke_reason")
        .uuid_null("revoked_by")
        .text_null("revoked_by_name")
        .versioned()
        .check("origin", conferred.or(followed))
        .check("revoked", held.or(revoked))
        .check(
            "span",
            column("until")
                .is_null()
                .or(column("until").gt(column("given_on"))),
        )
        .unique(&["source", "source_id"])
        .index(&["member_id", "given_on", "id"])
        .index(&["given_on", "id"])
}

/// Who doesn't want to stand on the honour wall (不上荣誉墙).
fn opt_outs() -> NewTable {
    NewTable::named("honour_opt_outs")
        .reference("member_id", "members")
        .time("created_at")
        .primary_key(&["member_id"])
}

/// Colleagues who recognise each other (同事认可).
fn recognitions() -> NewTable {
    NewTable::named("recognitions")
        .id()
        .reference("giver_id", "members")
        .reference("receiver_id", "members")
        .date("day")
        .one_of(
            "value",
            &[
                "customer_first",
                "teamwork",
                "craft",
                "initiative",
                "learning",
            ],
        )
        .text("message")
        .reference_null("ticket_id", "tickets")
        .time_null("withdrawn_at")
        .versioned()
        .check(
            "oneself",
            Expr::col("giver_id").ne(Expr::col("receiver_id")),
        )
        .index(&["giver_id", "day", "id"])
        .index(&["receiver_id", "day", "id"])
        .index(&["day", "id"])
        .index(&["ticket_id"])
}

/// Whoever gives a recognition holds its row, so that two at once never exceed the limits; whoever brings honours over from
/// elsewhere holds theirs, so that none is told twice.
fn counters() -> InsertStatement {
    let mut insert = Query::insert()
        .into_table("counters")
        .columns(["name", "value"])
        .take();
    for name in ["honours", "recognitions"] {
        insert.values_panic([name.into(), 0_i64.into()]);
    }
    insert
}
