use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{change, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Belongs, Table, key};
use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::socket::{Socket, following, hear};

const FOLLOW: &str = "subscription($id: ID) { ticketProgress(id: $id) { what stage state message ticket { number } } }";

/// The company on a port, with an account of the customer whose tickets partner A takes part in.
struct Open {
    app: TestApp,
    address: SocketAddr,
}

impl Arrange for Open {
    async fn arrange(backend: Backend) -> Option<Self> {
        let mut data = company::data();
        data.user(
            30,
            "customer_one",
            "customer",
            Belongs::Customer(key(Table::Customer, 1)),
        );
        let app = TestApp::with(backend, &data).await?;
        let address = app.listen().await;
        Some(Self { app, address })
    }
}

impl Open {
    async fn follow(&self, actor: &Actor, id: Option<String>) -> Socket {
        following(self.address, actor.token(), FOLLOW, json!({ "id": id })).await
    }
}

/// What is told next: kind, stage, state; and the whole.
async fn told(socket: &mut Socket) -> (String, Value) {
    let message = hear(socket).await.expect("something is told");
    let progress = message["payload"]["data"]["ticketProgress"].clone();
    let text = |name: &str| progress[name].as_str().unwrap_or("?").to_owned();
    (
        format!("{} {} {}", text("what"), text("stage"), text("state")),
        progress,
    )
}

/// Which tickets the next two words are about.
async fn numbers(socket: &mut Socket) -> [Value; 2] {
    let (_, first) = told(socket).await;
    let (_, second) = told(socket).await;
    [first, second].map(|progress| progress["ticket"]["number"].clone())
}

both_databases! {
    async fn every_stage_reaches_customer_and_partner_and_nobody_else(open: Open) {
        let app = &open.app;
        let (agent, colleague) = (app.as_("agent").await, app.as_("colleague").await);
        let id = company::ticket(1);
        let mut follow = Vec::new();
        for actor in [app.as_("customer_one").await, app.as_("partner").await, app.as_client().await, app.as_("service_manager").await] {
            follow.push((actor.who.clone(), open.follow(&actor, None).await));
        }
        let one = app.as_("customer_one").await;
        follow.push(("of this ticket".to_owned(), open.follow(&one, Some(id.clone())).await));
        let mut others = Vec::new();
        for login in ["customer", "partner_b"] {
            others.push((login, open.follow(&app.as_(login).await, None).await));
        }

        change(&agent, "ticketAdvance", &id, json!({ "to": "ANALYSIS" })).await.fine();
        change(&agent, "ticketHold", &id, json!({ "state": "PENDING_PARTS", "reason": "not for the customer" })).await.fine();
        change(&agent, "ticketResume", &id, json!({})).await.fine();
        let note = json!({ "ticketId": id, "body": "an internal note" });
        agent.change("ticketNoteAdd", "comment { id }", note).await.fine();
        for stage in ["SOLUTION", "EXECUTION", "FEEDBACK"] {
            change(&agent, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
        }
        change(&agent, "ticketClose", &id, json!({})).await.fine();
        change(&agent, "ticketReopen", &id, json!({ "reason": "again" })).await.fine();

        let expected = [
            "STAGE ANALYSIS OPEN",
            "STATE ANALYSIS PENDING_PARTS",
            "STATE ANALYSIS OPEN",
            "STAGE SOLUTION OPEN",
            "STAGE EXECUTION OPEN",
            "STAGE FEEDBACK OPEN",
            "SURVEY FEEDBACK OPEN",
            "STATE FEEDBACK CLOSED",
            "REOPENED ANALYSIS OPEN",
            "SURVEY ANALYSIS OPEN",
        ];
        for (who, socket) in &mut follow {
            for expected in expected {
                let (said, progress) = told(socket).await;
                assert_eq!(said, expected, "{who}");
                assert_eq!(progress["ticket"]["number"], 100_001, "{who}");
                let message = progress["message"].as_str().unwrap_or_default();
                assert!(message.contains("No. 100001: ") && !message.contains("not for"), "{who}: {message}");
            }
        }
        // Whoever has nothing to do with it hears of their own ticket first.
        change(&colleague, "ticketAdvance", &company::ticket(4), json!({ "to": "ANALYSIS" })).await.fine();
        let (_, progress) = told(&mut others[0].1).await;
        assert_eq!(progress["ticket"]["number"], 100_004);
        let manager = app.as_("service_manager").await;
        change(&manager, "ticketHold", &company::ticket(6), json!({ "state": "ON_HOLD" })).await.fine();
        let (_, progress) = told(&mut others[1].1).await;
        assert_eq!(progress["ticket"]["number"], 100_006);
    }

    async fn whoever_a_ticket_is_lent_to_hears_of_it_until_it_is_taken_back(open: Open) {
        let app = &open.app;
        let manager = app.as_("service_manager").await;
        // Ticket 3 is of the south, and both are of the north: the one is let in as a watcher, the other by an offer.
        let mut lent = Vec::new();
        for login in ["agent", "mover"] {
            lent.push((login, open.follow(&app.as_(login).await, None).await));
        }
        // Each step waits for the words of the one before: what is shown is the ticket as it is when an event is told.
        let mut hold = async |tickets: &[usize], told: i64| {
            for ticket in tickets.iter().copied().map(company::ticket) {
                change(&manager, "ticketHold", &ticket, json!({ "state": "ON_HOLD" })).await.fine();
                change(&manager, "ticketResume", &ticket, json!({})).await.fine();
            }
            for (login, socket) in &mut lent {
                assert_eq!(numbers(socket).await, [told, told], "{login}");
            }
        };
        let id = company::ticket(3);
        hold(&[3, 1], 100_001).await;

        let watch = json!({ "ticketId": id, "memberId": company::id(Table::Member, 2) });
        manager.change("ticketWatcherAdd", "ticket { id }", watch.clone()).await.fine();
        let offer = json!({
            "id": id, "expectedVersion": version(&manager, &id).await, "toMemberId": company::id(Table::Member, 5), "reason": "On leave. 休假"
        });
        let offered = manager.change("ticketHandoverOffer", "handover { id version }", offer).await.fine();
        hold(&[3], 100_003).await;

        manager.change("ticketWatcherRemove", "ticket { id }", watch).await.fine();
        let handover = offered.data("ticketHandoverOffer.handover");
        let withdraw = json!({ "handoverId": handover["id"], "expectedVersion": handover["version"] });
        manager.change("ticketHandoverWithdraw", "handover { id }", withdraw).await.fine();
        hold(&[3, 1], 100_001).await;
    }

    async fn an_answered_survey_and_a_new_ticket_are_told(open: Open) {
        let app = &open.app;
        let customer = app.as_("customer_one").await;
        let mut socket = open.follow(&customer, None).await;
        let shown = customer.send("query($id: ID!) { ticket(id: $id) { survey { link } } }", json!({ "id": company::ticket(14) })).await.fine();
        let token = shown.text("ticket.survey.link").rsplit('/').next().unwrap_or_default().to_owned();
        app.stranger().change("surveyAnswer", "survey { state }", json!({ "token": token, "rating": 5 })).await.fine();
        let (said, progress) = told(&mut socket).await;
        assert_eq!(said, "SURVEY FEEDBACK OPEN");
        assert_eq!(progress["message"], "No. 100014: Thank you for your rating!");
        let input = json!({ "kind": "CONSULTATION", "subject": "A question", "description": "How?" });
        customer.change("ticketCreate", "ticket { id }", input).await.fine();
        assert_eq!(told(&mut socket).await.0, "OPENED INTAKE OPEN");
    }
}
