use std::net::SocketAddr;
use std::time::Duration;

use chrono::TimeDelta;
use entity::outbox;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::office::{CLERK, Office, open_ticket, sign_in, told};
use crate::support::process::Process;
use crate::support::socket::{Socket, hear, introduced, tell};

async fn follow(address: SocketAddr, token: &str, ticket: &str) -> Socket {
    let mut socket = introduced(address, token).await;
    let query =
        "subscription($id: ID!) { ticketPresence(ticketId: $id) { present { name isMe doing } } }";
    let payload = json!({ "query": query, "variables": { "id": ticket } });
    tell(
        &mut socket,
        json!({ "type": "subscribe", "id": "p", "payload": payload }),
    )
    .await;
    socket
}

/// The next list: name and what they do.
async fn list(socket: &mut Socket) -> Vec<(String, String)> {
    let heard = hear(socket).await.expect("the socket stays open");
    let present = heard["payload"]["data"]["ticketPresence"]["present"].as_array();
    let present = present.unwrap_or_else(|| panic!("{heard}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    present
        .iter()
        .map(|row| (text(&row["name"]), text(&row["doing"])))
        .collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter()
        .map(|(name, doing)| ((*name).to_owned(), (*doing).to_owned()))
        .collect()
}

async fn set(actor: &Actor, ticket: &str, doing: Value) {
    let input = json!({ "ticketId": ticket, "doing": doing });
    actor
        .change("ticketPresenceSet", "ticket { id }", input)
        .await
        .fine();
}

async fn events(app: &TestApp) -> u64 {
    let of_kind = outbox::Entity::find().filter(outbox::Column::Kind.eq("ticket.presence"));
    of_kind.count(app.db.reader()).await.expect("a count")
}

both_databases! {
    async fn followers_hear_of_coming_writing_and_going(app: TestApp) {
        let address = app.listen().await;
        let ticket = company::ticket(2);
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        let mut socket = follow(address, agent.token(), &ticket).await;
        assert_eq!(list(&mut socket).await, [], "at once");
        set(&mover, &ticket, json!("VIEWING")).await;
        assert_eq!(list(&mut socket).await, pairs(&[("The mover", "VIEWING")]));
        // The same again is no news, so the next that is heard is the writing.
        set(&mover, &ticket, json!("VIEWING")).await;
        set(&mover, &ticket, json!("EDITING")).await;
        assert_eq!(list(&mut socket).await, pairs(&[("The mover", "EDITING")]));
        set(&agent, &ticket, json!("VIEWING")).await;
        let both = list(&mut socket).await;
        assert_eq!(both.len(), 2, "{both:?}");
        set(&mover, &ticket, Value::Null).await;
        assert_eq!(list(&mut socket).await, pairs(&[("The agent", "VIEWING")]));
        // Nobody says anything for a minute: by the clock alone.
        app.clock.advance(TimeDelta::seconds(60));
        assert_eq!(list(&mut socket).await, []);
    }

    async fn whoever_loses_the_ticket_hears_no_more(app: TestApp) {
        let address = app.listen().await;
        let ticket = company::ticket(3);
        let manager = app.as_("service_manager").await;
        let watcher = json!({ "ticketId": ticket, "memberId": company::id(Table::Member, 2) });
        manager.change("ticketWatcherAdd", "ticket { id }", watcher.clone()).await.fine();
        let agent = app.as_("agent").await;
        let mut socket = follow(address, agent.token(), &ticket).await;
        assert_eq!(list(&mut socket).await, []);
        manager.change("ticketWatcherRemove", "ticket { id }", watcher).await.fine();
        set(&manager, &ticket, json!("VIEWING")).await;
        let heard = hear(&mut socket).await.expect("the socket stays open");
        assert!(heard.to_string().contains("NOT_FOUND"), "{heard}");
        assert!(!heard.to_string().contains("service_manager"), "{heard}");
    }

    async fn a_ticket_out_of_reach_cant_be_followed(app: TestApp) {
        let address = app.listen().await;
        for login in ["agent", "partner"] {
            let actor = app.as_(login).await;
            let mut socket = follow(address, actor.token(), &company::ticket(3)).await;
            let heard = hear(&mut socket).await.expect("the socket stays open").to_string();
            let code = if login == "agent" { "NOT_FOUND" } else { "FORBIDDEN" };
            assert!(heard.contains(code), "{login}: {heard}");
        }
    }

    async fn heartbeats_that_change_nothing_make_no_event(app: TestApp) {
        let (mover, ticket) = (app.as_("mover").await, company::ticket(2));
        for (doing, expected) in [
            (json!("VIEWING"), 1),
            (json!("VIEWING"), 1),
            (json!("VIEWING"), 1),
            (json!("EDITING"), 2),
            (json!("EDITING"), 2),
            (Value::Null, 3),
            (Value::Null, 3),
        ] {
            app.clock.advance(TimeDelta::seconds(20));
            set(&mover, &ticket, doing).await;
            assert_eq!(events(&app).await, expected);
        }
    }

    async fn presence_ends_a_minute_after_the_last_word(app: TestApp) {
        let (mover, agent, ticket) = (app.as_("mover").await, app.as_("agent").await, company::ticket(2));
        let document = "query($id: ID!) { ticket(id: $id) { presence { name doing since seenAt isMe member { name } } } }";
        set(&mover, &ticket, json!("EDITING")).await;
        app.clock.advance(TimeDelta::seconds(40));
        set(&mover, &ticket, json!("EDITING")).await;
        app.clock.advance(TimeDelta::seconds(59));
        let reply = agent.send(document, json!({ "id": ticket })).await.fine();
        assert_eq!(
            reply.list("ticket.presence"),
            [json!({ "name": "The mover", "doing": "EDITING", "since": "2026-03-02T02:00:00Z", "seenAt": "2026-03-02T02:00:40Z", "isMe": false, "member": { "name": "Liu Yang" } })]
        );
        app.clock.advance(TimeDelta::seconds(1));
        let reply = agent.send(document, json!({ "id": ticket })).await.fine();
        assert!(reply.list("ticket.presence").is_empty(), "{reply}");
    }

    async fn many_heartbeats_at_once_are_one_presence(app: TestApp) {
        let (mover, ticket) = (app.as_("mover").await, company::ticket(2));
        let beat = || set(&mover, &ticket, json!("VIEWING"));
        tokio::join!(beat(), beat(), beat(), beat());
        let reply = mover.send("query($id: ID!) { ticket(id: $id) { presence { name isMe } } }", json!({ "id": ticket })).await.fine();
        assert_eq!(reply.list("ticket.presence"), [json!({ "name": "The mover", "isMe": true })]);
    }

    async fn a_mention_is_heard_at_once(app: TestApp) {
        let address = app.listen().await;
        let (manager, engineer) = (app.as_("service_manager").await, app.as_("engineer").await);
        let mut socket = introduced(address, engineer.token()).await;
        let query = "subscription { mentioned { ticket { number } comment { body } } }";
        tell(&mut socket, json!({ "type": "subscribe", "id": "m", "payload": { "query": query } })).await;
        // Not heard before the subscription stands: say it until it is.
        let heard = loop {
            let other = json!({ "ticketId": company::ticket(1), "body": "for another", "mentions": [company::id(Table::Member, 2)] });
            manager.change("ticketNoteAdd", "comment { id }", other).await.fine();
            let mine = json!({ "ticketId": company::ticket(1), "body": "for you", "mentions": [company::id(Table::Member, 4)] });
            manager.change("ticketNoteAdd", "comment { id }", mine).await.fine();
            if let Ok(heard) = tokio::time::timeout(Duration::from_secs(1), hear(&mut socket)).await {
                break heard.expect("the socket stays open");
            }
        };
        assert_eq!(heard["payload"]["data"]["mentioned"], json!({ "ticket": { "number": 100_001 }, "comment": { "body": "for you" } }), "{heard}");
    }
}

/// A heartbeat at one server is heard by who follows at the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_reaches_across_servers() {
    let Some(office) = Office::arrange(Backend::Postgres).await else {
        return;
    };
    let one = Process::serve(&office.0.url, &[]).await;
    let two = Process::serve(&office.0.url, &[]).await;
    let clerk = sign_in(one.address, CLERK).await;
    let ticket = open_ticket(one.address, &clerk, "Pump").await;
    let mut socket = follow(two.address, &clerk, &ticket).await;
    assert_eq!(list(&mut socket).await, []);
    let query = "mutation($input: TicketPresenceSetInput!) { ticketPresenceSet(input: $input) { userErrors { message } } }";
    for doing in ["VIEWING", "EDITING"] {
        let input = json!({ "input": { "ticketId": ticket, "doing": doing } });
        told(one.address, &clerk, query, input).await;
        assert_eq!(list(&mut socket).await, pairs(&[(CLERK, doing)]));
    }
}
