use entity::{ticket_mention, ticket_watcher};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::{Arrange, Backend, both_databases};

const WATCHERS: &str = "ticket { id watchers { source member { name } } }";

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

/// Can this ticket be read?
async fn reads(actor: &Actor, ticket: &str) -> bool {
    let document = "query($id: ID!) { ticket(id: $id) { id } node(id: $id) { id } }";
    let reply = actor.send(document, json!({ "id": ticket })).await.fine();
    assert_eq!(reply.data("ticket").is_null(), reply.data("node").is_null());
    !reply.data("ticket").is_null()
}

/// Lets a member watch a ticket, as the service manager, who sees everybody.
async fn let_in(app: &TestApp, ticket: &str, n: usize) {
    let manager = app.as_("service_manager").await;
    let input = json!({ "ticketId": ticket, "memberId": member(n) });
    manager
        .change("ticketWatcherAdd", WATCHERS, input)
        .await
        .fine();
}

/// The company, where ticket 3 has fifty watchers already.
struct Full(TestApp);

impl Arrange for Full {
    async fn arrange(backend: Backend) -> Option<Self> {
        let mut data = company::data();
        for n in 100..149 {
            let id = data.member(n, "A watcher");
            data.watch(key(Table::Ticket, 3), id);
        }
        TestApp::with(backend, &data).await.map(Self)
    }
}

both_databases! {
    async fn watching_lends_reading_and_nothing_else(app: TestApp) {
        let (ticket, agent) = (company::ticket(3), app.as_("agent").await);
        assert!(!reads(&agent, &ticket).await, "the south's ticket is none of hers");
        let_in(&app, &ticket, 2).await;

        let document = "query($id: ID!) {
            ticket(id: $id) { number comments(first: 10) { nodes { visibility } } history(first: 10) { totalCount } watchers { source member { name } } lastMessage { body } }
            tickets(first: 50, filter: { watchedByMe: true }) { nodes { number } }
            others: tickets(first: 50, filter: { watchedByMe: false }) { nodes { number } }
        }";
        let reply = agent.send(document, json!({ "id": ticket })).await.fine();
        assert_eq!(reply.list("ticket.comments.nodes").len(), 3, "with the internal note: {reply}");
        assert_eq!(reply.data("ticket.history.totalCount"), 3, "{reply}");
        let numbers = |path: &str| -> Vec<i64> {
            let mut numbers: Vec<i64> = reply.list(path).iter().filter_map(|node| node["number"].as_i64()).collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(numbers("tickets.nodes"), [100_001, 100_003]);
        assert_eq!(numbers("others.nodes"), [100_002, 100_011, 100_012, 100_014]);

        // Each step of the work needs a reach of its own.
        for (mutation, input) in [
            ("ticketAdvance", json!({ "id": ticket, "expectedVersion": 1, "to": "ANALYSIS" })),
            ("ticketHold", json!({ "id": ticket, "expectedVersion": 1, "state": "ON_HOLD" })),
            ("ticketAssign", json!({ "id": ticket, "expectedVersion": 1, "assigneeId": member(2) })),
            ("ticketCancel", json!({ "id": ticket, "expectedVersion": 1, "reason": "r" })),
            ("ticketCommentAdd", json!({ "ticketId": ticket, "body": "b" })),
            ("ticketNoteAdd", json!({ "ticketId": ticket, "body": "b" })),
            ("ticketWatcherAdd", json!({ "ticketId": ticket, "memberId": member(5) })),
            ("ticketWatcherRemove", json!({ "ticketId": ticket, "memberId": member(2) })),
        ] {
            let reply = agent.change(mutation, "__typename", input).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{mutation}: {reply}");
            assert!(reply.errors()[0]["extensions"]["reach"].is_array(), "{mutation}: {reply}");
        }

        agent.change("ticketUnwatch", "ticket { id }", json!({ "ticketId": ticket })).await.fine();
        assert!(!reads(&agent, &ticket).await, "gone with the next request");
        let reply = agent.change("ticketWatch", "ticket { id }", json!({ "ticketId": ticket })).await;
        assert_eq!(reply.error_codes(), ["NOT_FOUND"], "nobody lets themselves in: {reply}");
    }

    async fn a_removed_watcher_has_lost_the_ticket(app: TestApp) {
        let (ticket, engineer) = (company::ticket(1), app.as_("engineer").await);
        let_in(&app, &ticket, 4).await;
        assert!(reads(&engineer, &ticket).await);
        let agent = app.as_("agent").await;
        let input = json!({ "ticketId": ticket, "memberId": member(4) });
        agent.change("ticketWatcherRemove", WATCHERS, input.clone()).await.fine();
        assert!(!reads(&engineer, &ticket).await);
        agent.change("ticketWatcherRemove", WATCHERS, input).await.fine();
        let history = agent.send("query($id: ID!) { ticket(id: $id) { version history(first: 2) { nodes { action field oldValue newValue } } } }", json!({ "id": ticket })).await.fine();
        assert_eq!(
            history.list("ticket.history.nodes"),
            [
                json!({ "action": "unwatch", "field": "watchers", "oldValue": member(4), "newValue": null }),
                json!({ "action": "watch", "field": "watchers", "oldValue": null, "newValue": member(4) }),
            ]
        );
        assert_eq!(history.data("ticket.version"), 1, "watching changes nothing of the ticket");
    }

    async fn outsiders_never_see_who_watches(app: TestApp) {
        for (login, ticket) in [("partner", company::ticket(1)), ("customer", company::ticket(4))] {
            let outsider = app.as_(login).await;
            for document in [
                "query($id: ID!) { ticket(id: $id) { id watchers { since } } }",
                "query($id: ID!) { ticket(id: $id) { id presence { name } } }",
                "query($id: ID!) { ticket(id: $id) { id comments(first: 5) { nodes { id mentions { id } } } } }",
                "query($id: ID!) { ticket(id: $id) { id } mentions { totalCount } }",
            ] {
                let reply = outsider.send(document, json!({ "id": ticket })).await;
                assert!(reply.error_codes().iter().all(|code| *code == "FORBIDDEN"), "{login}: {reply}");
                assert!(!reply.errors().is_empty() && !reply.body.to_string().contains("Li Na"), "{login}: {reply}");
            }
            let reply = outsider.ask("{ tickets(filter: { watchedByMe: true }) { totalCount } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
            for (mutation, input) in [
                ("ticketWatch", json!({ "ticketId": ticket })),
                ("ticketUnwatch", json!({ "ticketId": ticket })),
                ("ticketWatcherAdd", json!({ "ticketId": ticket, "memberId": member(2) })),
                ("ticketPresenceSet", json!({ "ticketId": ticket, "doing": "VIEWING" })),
            ] {
                let reply = outsider.change(mutation, "ticket { id }", input).await;
                assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login} {mutation}: {reply}");
            }
            let input = json!({ "ticketId": ticket, "body": "b", "mentions": [member(2)] });
            let reply = outsider.change("ticketCommentAdd", "comment { id }", input).await;
            assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.mentions".to_owned())], "{reply}");
        }
        let reply = app.as_("partner").await.send("query($id: ID!) { ticket(id: $id) { history(first: 50) { nodes { action } } } }", json!({ "id": company::ticket(1) })).await.fine();
        assert!(!reply.body.to_string().contains("watch"), "{reply}");
    }

    async fn a_mentioned_colleague_watches_and_finds_the_mention(app: TestApp) {
        let (lead, engineer) = (app.as_("service_manager").await, app.as_("engineer").await);
        let ticket = company::ticket(2);
        assert!(!reads(&engineer, &ticket).await);
        let input = json!({ "ticketId": ticket, "body": "Please look at the log.", "mentions": [member(4), member(4)], "idempotencyKey": "m" });
        for _ in 0..2 {
            let reply = lead.change("ticketNoteAdd", "comment { id mentions { name } }", input.clone()).await.fine();
            assert_eq!(reply.list("ticketNoteAdd.comment.mentions"), [json!({ "name": "Chen Jie" })]);
        }
        let document = "{ mentions(first: 5) { totalCount nodes { at ticket { number watchers { source } } comment { body visibility authorName } } } }";
        let reply = engineer.ask(document).await.fine();
        assert_eq!(reply.data("mentions.totalCount"), 1, "{reply}");
        let mention = reply.data("mentions.nodes.0");
        assert_eq!(mention["ticket"], json!({ "number": 100_002, "watchers": [{ "source": "MENTION" }] }));
        assert_eq!(mention["comment"]["body"], "Please look at the log.");
        assert!(reads(&engineer, &ticket).await);

        // Whoever is taken off has lost the mention's text too.
        let input = json!({ "ticketId": ticket, "memberId": member(4) });
        lead.change("ticketWatcherRemove", "ticket { id }", input).await.fine();
        let reply = engineer.ask(document).await.fine();
        assert_eq!(reply.data("mentions.totalCount"), 0, "{reply}");
    }

    async fn mentions_are_bounded_and_need_the_right_to_write_notes(app: TestApp) {
        let agent = app.as_("agent").await;
        let before = ticket_mention::Entity::find().count(app.db.reader()).await.expect("a count");
        let say = |mentions: Value| json!({ "ticketId": company::ticket(1), "body": "b", "mentions": mentions });
        for (mentions, code) in [
            (json!([member(8)]), "NOT_FOUND"),
            (json!([member(6)]), "NOT_FOUND"),
            (json!((100..121).map(member).collect::<Vec<_>>()), "TOO_LONG"),
        ] {
            let reply = agent.change("ticketNoteAdd", "comment { id }", say(mentions.clone())).await;
            assert_eq!(reply.user_errors(), [(code, "input.mentions".to_owned())], "{mentions}: {reply}");
        }
        assert_eq!(ticket_mention::Entity::find().count(app.db.reader()).await.expect("a count"), before);
        agent.change("ticketCommentAdd", "comment { id }", say(json!([member(5)]))).await.fine();
        assert_eq!(ticket_mention::Entity::find().count(app.db.reader()).await.expect("a count"), before + 1);
    }

    async fn two_at_once_make_one_watcher(app: TestApp) {
        let (one, other) = (app.as_("service_manager").await, app.as_("team_lead").await);
        let input = json!({ "ticketId": company::ticket(3), "memberId": member(3) });
        let (a, b) = tokio::join!(
            one.change("ticketWatcherAdd", "ticket { id }", input.clone()),
            other.change("ticketWatcherAdd", "ticket { id }", input.clone()),
        );
        a.fine();
        b.fine();
        let reply = one.send("query($id: ID!) { ticket(id: $id) { watchers { since } history(first: 20) { nodes { action } } } }", json!({ "id": company::ticket(3) })).await.fine();
        assert_eq!(reply.list("ticket.watchers").len(), 1);
        let watched = reply.list("ticket.history.nodes").iter().filter(|node| node["action"] == "watch");
        assert_eq!(watched.count(), 1, "told once: {reply}");
    }

    async fn a_ticket_has_at_most_fifty_watchers(full: Full) {
        let app = full.0;
        let (manager, colleague) = (app.as_("service_manager").await, app.as_("colleague").await);
        let ticket = company::ticket(3);
        let add = json!({ "ticketId": ticket, "memberId": member(8) });
        // Two for one place.
        let (one, other) = tokio::join!(
            manager.change("ticketWatcherAdd", "ticket { id }", add.clone()),
            colleague.change("ticketWatch", "ticket { id }", json!({ "ticketId": ticket })),
        );
        let refused: Vec<_> = one.user_errors().into_iter().chain(other.user_errors()).collect();
        assert_eq!(refused.len(), 1, "{one} {other}");
        assert_eq!(refused[0].0, "TOO_LONG");
        let count = ticket_watcher::Entity::find().count(app.db.reader()).await.expect("a count");
        assert_eq!(count, 52, "fifty here, two elsewhere");
    }

    async fn an_account_without_a_member_doesnt_watch(app: TestApp) {
        let admin = app.as_("admin").await;
        let reply = admin.change("ticketWatch", "ticket { id }", json!({ "ticketId": company::ticket(1) })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "{reply}");
        let reply = admin.ask("{ mentions { totalCount } tickets(filter: { watchedByMe: true }) { totalCount } }").await.fine();
        assert_eq!((reply.data("mentions.totalCount"), reply.data("tickets.totalCount")), (&json!(0), &json!(0)));
    }

    async fn the_last_message_is_the_newest_that_one_may_read(app: TestApp) {
        let ticket = company::ticket(1);
        app.clock.advance(chrono::TimeDelta::minutes(1));
        let note = json!({ "ticketId": ticket, "body": "for us" });
        app.as_("agent").await.change("ticketNoteAdd", "comment { id }", note).await.fine();
        let document = "query($id: ID!) { ticket(id: $id) { lastMessage { body } } }";
        for (login, body) in [("agent", "for us"), ("partner", "We keep you informed. 我们会及时告知")] {
            let reply = app.as_(login).await.send(document, json!({ "id": ticket })).await.fine();
            assert_eq!(reply.data("ticket.lastMessage.body"), body, "{login}");
        }
    }
}
