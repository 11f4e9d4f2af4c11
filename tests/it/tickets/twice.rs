use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aftercare::audit;
use aftercare::db::Transaction;
use chrono::TimeDelta;
use entity::{audit_log, ticket, ticket_comment};
use futures_util::future::join_all;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde_json::{Value, json};

use crate::support::app::{Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

fn create(subject: &str, key: &str) -> Value {
    json!({ "kind": "COMPLAINT", "subject": subject, "description": "d", "customerId": company::id(Table::Customer, 1), "idempotencyKey": key })
}

fn id_of(reply: &Reply) -> String {
    reply.text("ticketCreate.ticket.id").to_owned()
}

both_databases! {
    async fn a_stale_version_is_a_conflict_that_names_the_present_one(app: TestApp) {
        let agent = app.as_("agent").await;
        let advance = json!({ "id": company::ticket(1), "expectedVersion": 1, "to": "ANALYSIS" });
        let reply = agent.change("ticketAdvance", "ticket { version }", advance.clone()).await.fine();
        assert_eq!(reply.data("ticketAdvance.ticket.version"), 2);
        let reply = agent.change("ticketAdvance", "ticket { version }", advance).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"], "{reply}");
        assert_eq!(reply.errors()[0]["extensions"]["currentVersion"], 2);
    }

    async fn of_two_changes_at_once_one_wins(app: TestApp) {
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        let hold = |state: &str| json!({ "id": company::ticket(1), "expectedVersion": 1, "state": state });
        let (one, other) = tokio::join!(
            agent.change("ticketHold", "ticket { state version }", hold("ON_HOLD")),
            lead.change("ticketHold", "ticket { state version }", hold("PENDING_CUSTOMER")),
        );
        let (won, lost) = if one.errors().is_empty() { (one, other) } else { (other, one) };
        assert_eq!(won.fine().data("ticketHold.ticket.version"), 2);
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        assert_eq!(lost.errors()[0]["extensions"]["currentVersion"], 2);
    }

    async fn a_repeated_creation_gives_the_same_ticket(app: TestApp) {
        let agent = app.as_("agent").await;
        let before = ticket::Entity::find().count(app.db.reader()).await.expect("a count");
        let first = agent.change("ticketCreate", "ticket { id number }", create("once", "key-1")).await.fine();
        let again = agent.change("ticketCreate", "ticket { id number }", create("once", "key-1")).await.fine();
        assert_eq!(first.data("ticketCreate.ticket"), again.data("ticketCreate.ticket"));
        let reply = agent.change("ticketCreate", "ticket { id }", create("something else", "key-1")).await;
        assert_eq!(reply.user_errors(), [("IDEMPOTENCY_MISMATCH", "input.idempotencyKey".to_owned())]);
        let other = app.as_("colleague").await;
        let mut input = create("once", "key-1");
        input["customerId"] = company::id(Table::Customer, 2).into();
        let theirs = other.change("ticketCreate", "ticket { id }", input).await.fine();
        assert_ne!(id_of(&theirs), id_of(&first), "a key is one actor's");
        app.clock.advance(TimeDelta::hours(25));
        let agent = app.as_("agent").await;
        let later = agent.change("ticketCreate", "ticket { id number }", create("once", "key-1")).await.fine();
        assert_ne!(id_of(&later), id_of(&first), "after a day the key is free again");
        assert_eq!(ticket::Entity::find().count(app.db.reader()).await.expect("a count"), before + 3);
    }

    async fn the_same_creation_five_times_at_once_makes_one_ticket(app: TestApp) {
        let agent = app.as_("agent").await;
        let send = || agent.change("ticketCreate", "ticket { id }", create("at once", "key-2"));
        let (a, b, c, d, e) = tokio::join!(send(), send(), send(), send(), send());
        let ids: std::collections::BTreeSet<String> = [a, b, c, d, e].into_iter().map(|reply| id_of(&reply.fine())).collect();
        assert_eq!(ids.len(), 1);
    }

    async fn a_failed_attempt_doesnt_use_the_key_up(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = agent.change("ticketCreate", "ticket { id }", create("", "key-3")).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.subject".to_owned())]);
        agent.change("ticketCreate", "ticket { id }", create("mended", "key-3")).await.fine();
    }

    async fn a_reply_to_a_ticket_that_is_being_changed_is_decided_by_what_it_becomes(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = || agent.change("ticketCommentAdd", "comment { id }", json!({ "ticketId": company::ticket(1), "body": "On our way." }));
        let written = async || {
            let comments = ticket_comment::Entity::find().count(app.db.reader()).await.expect("a count");
            let entries = audit_log::Entity::find().filter(audit_log::Column::Action.eq("ticket.comment"));
            (comments, entries.count(app.db.reader()).await.expect("a count"))
        };
        // A clock waits for the first one, for no other.
        reply().await.fine();
        let [one, other] = [1, 2].map(|number| key(Table::Ticket, number));
        for merged_into in [None, Some(other)] {
            let (comments, entries) = written().await;
            let changing = app.db.begin().await.expect("a transaction");
            let changed = ticket::Entity::update_many()
                .col_expr(ticket::Column::Version, Expr::col(ticket::Column::Version).add(1))
                .col_expr(ticket::Column::MergedIntoId, Expr::value(merged_into))
                .filter(ticket::Column::Id.eq(one))
                .exec(&changing)
                .await;
            assert_eq!(changed.expect("it is changed").rows_affected, 1);
            let (reply, ()) = tokio::join!(reply(), async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                changing.commit().await.expect("it commits");
            });
            if merged_into.is_none() {
                reply.fine();
                assert_eq!(written().await, (comments + 1, entries + 1));
            } else {
                assert_eq!(reply.user_errors().len(), 1, "{reply}");
                assert_eq!(written().await, (comments, entries));
            }
        }
    }

    async fn replies_that_wait_for_the_same_are_written_together_and_fail_alone(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = |ticket: usize, body: String| {
            let agent = agent.clone();
            async move { agent.change("ticketCommentAdd", "comment { id }", json!({ "ticketId": company::ticket(ticket), "body": body })).await }
        };
        // A clock waits for the first one, for no other.
        for ticket in [1, 2] {
            reply(ticket, "On our way.".to_owned()).await.fine();
        }
        let alone = app.statements(async || { reply(1, "Soon.".to_owned()).await.fine(); }).await;
        let bodies = async || {
            let comments = ticket_comment::Entity::find().order_by_asc(ticket_comment::Column::Id).all(app.db.reader()).await.expect("the comments");
            comments.into_iter().map(|comment| comment.body).collect::<Vec<_>>()
        };
        let while_held = async |held: Transaction, replies: Vec<(usize, String)>| {
            // The last that anybody who changes something waits for.
            held.execute_unprepared("UPDATE audit_head SET seq = seq").await.expect("it is held");
            let replies = join_all(replies.into_iter().map(|(ticket, body)| reply(ticket, body)));
            let (replies, ()) = tokio::join!(replies, async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                held.commit().await.expect("it commits");
            });
            replies
        };

        let (before, held) = (bodies().await, app.db.begin().await.expect("a transaction"));
        let asked = app.db.statements();
        let replies = while_held(held, (1..=6).map(|number| (1, format!("Together {number}"))).collect()).await;
        replies.into_iter().for_each(|reply| { reply.fine(); });
        let together = app.db.statements() - asked;
        assert!(together < 6 * alone, "{together} statements, {alone} for each alone");
        assert_eq!(bodies().await.len(), before.len() + 6);

        let outside = app.database().connect().await;
        outside.execute_unprepared(match app.db.backend() {
            DbBackend::Sqlite => "CREATE TRIGGER refused BEFORE INSERT ON ticket_comments WHEN NEW.body = 'Refused' BEGIN SELECT RAISE(ABORT, 'refused'); END",
            _ => "ALTER TABLE ticket_comments ADD CONSTRAINT refused CHECK (body <> 'Refused')",
        }).await.expect("it refuses");
        outside.close().await.expect("it closes");
        let held = app.db.begin().await.expect("a transaction");
        let changed = ticket::Entity::update_many()
            .col_expr(ticket::Column::Version, Expr::col(ticket::Column::Version).add(1))
            .filter(ticket::Column::Id.eq(key(Table::Ticket, 2)))
            .exec(&held)
            .await;
        assert_eq!(changed.expect("it is changed").rows_affected, 1);
        let wanted = [(1, "One"), (1, "Two"), (1, "Refused"), (2, "To one that is changed"), (1, "Three"), (1, "Refused"), (1, "Four"), (2, "To it again")];
        let replies = while_held(held, wanted.map(|(ticket, body)| (ticket, body.to_owned())).into()).await;
        for (reply, (_, body)) in replies.into_iter().zip(wanted) {
            if body == "Refused" {
                assert_eq!(reply.error_codes(), ["INTERNAL"], "{reply}");
            } else {
                reply.fine();
            }
        }
        let mut written = bodies().await.split_off(before.len() + 6);
        written.sort_unstable();
        assert_eq!(written, ["Four", "One", "Three", "To it again", "To one that is changed", "Two"]);
        assert!(audit::verify(&app.db).await.expect("it can be verified").is_whole());
    }

    async fn a_repeated_comment_is_written_once(app: TestApp) {
        let partner = app.as_("partner").await;
        let before = ticket_comment::Entity::find().count(app.db.reader()).await.expect("a count");
        let input = json!({ "ticketId": company::ticket(1), "body": "Any news?", "idempotencyKey": "c-1" });
        let first = partner.change("ticketCommentAdd", "comment { id }", input.clone()).await.fine();
        let again = partner.change("ticketCommentAdd", "comment { id }", input).await.fine();
        assert_eq!(first.data("ticketCommentAdd.comment"), again.data("ticketCommentAdd.comment"));
        assert_eq!(ticket_comment::Entity::find().count(app.db.reader()).await.expect("a count"), before + 1);
    }

    async fn of_comments_with_one_key_that_wait_for_the_same_one_is_written(app: TestApp) {
        let agent = app.as_("agent").await;
        let reply = |body: &str, key: Option<&str>| {
            let input = json!({ "ticketId": company::ticket(1), "body": body, "idempotencyKey": key });
            let agent = agent.clone();
            async move { agent.change("ticketCommentAdd", "comment { id body }", input).await }
        };
        // A clock waits for the first one, for no other.
        reply("On our way.", None).await.fine();
        let without = app.statements(async || { reply("Soon.", None).await.fine(); }).await;
        let keys = AtomicUsize::new(0);
        let with = app.statements(async || {
            let key = format!("c-2-{}", keys.fetch_add(1, Ordering::Relaxed));
            reply("Soon.", Some(&key)).await.fine();
        }).await;
        // A look at the key; on SQLite its row is a statement of its own.
        let more = if app.db.backend() == DbBackend::Sqlite { 2 } else { 1 };
        assert_eq!(with, without + more);

        let count = || ticket_comment::Entity::find().count(app.db.reader());
        let before = count().await.expect("a count");
        let held = app.db.begin().await.expect("a transaction");
        held.execute_unprepared("UPDATE audit_head SET seq = seq").await.expect("it is held");
        let bodies = ["Here.", "Here.", "There.", "Here.", "There.", "Here."];
        let replies = join_all(bodies.map(|body| reply(body, Some("c-3"))));
        let (replies, ()) = tokio::join!(replies, async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            held.commit().await.expect("it commits");
        });
        assert_eq!(count().await.expect("a count"), before + 1);
        let done: Vec<&Reply> = replies.iter().filter(|reply| reply.user_errors().is_empty()).collect();
        let first = done[0].data("ticketCommentAdd.comment");
        for reply in &done {
            assert_eq!(reply.data("ticketCommentAdd.comment"), first);
        }
        let same = bodies.iter().filter(|body| first["body"] == **body);
        assert_eq!(done.len(), same.count());
        for reply in replies.iter().filter(|reply| !reply.user_errors().is_empty()) {
            assert_eq!(reply.user_errors(), [("IDEMPOTENCY_MISMATCH", "input.idempotencyKey".to_owned())]);
        }

        app.clock.advance(TimeDelta::hours(25));
        let agent = app.as_("agent").await;
        let input = json!({ "ticketId": company::ticket(1), "body": "Here.", "idempotencyKey": "c-3" });
        let later = agent.change("ticketCommentAdd", "comment { id body }", input).await.fine();
        assert_ne!(later.data("ticketCommentAdd.comment"), first, "after a day the key is free again");
        assert!(audit::verify(&app.db).await.expect("it can be verified").is_whole());
    }

    async fn tickets_opened_at_once_get_numbers_of_their_own(app: TestApp) {
        let agent = app.as_("agent").await;
        let send = |n: usize| {
            let agent = agent.clone();
            async move { agent.change("ticketCreate", "ticket { number }", create("many", &format!("n-{n}"))).await }
        };
        let replies = join_all((0..8).map(send)).await;
        let mut numbers: Vec<i64> = replies.into_iter().map(|reply| reply.fine().data("ticketCreate.ticket.number").as_i64().expect("a number")).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (500_001..=500_008).collect::<Vec<_>>());
    }
}
