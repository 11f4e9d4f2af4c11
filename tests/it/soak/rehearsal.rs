//! Everything that people do is done once before anything befalls the server, and nobody else is there: so each of it is possible, and
//! somebody who follows hears of all of it.

use std::time::Duration;

use aftercare::graphql::ids::decode;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::book::Followed;
use super::person::Person;
use super::weather::Weather;
use super::{deeds, money};
use crate::durability::Ear;

/// Who follows here, in the book.
pub const WHO: &str = "rehearsal";
/// How soon an event has to be heard.
const HEARD: Duration = Duration::from_secs(30);

/// Does everything: what staff does as the service manager, where it isn't HR's.
pub async fn everything(
    manager: &mut Person,
    hr: &mut Person,
    customer: &mut Person,
    weather: &Weather,
) {
    let token = manager.token().await;
    let ear = Ear::try_open(weather.address(), &token).await;
    let ear = ear.expect("it follows");
    let ticket = deeds::open_one(customer, "CONSULTATION").await;
    let ticket = ticket.expect("a ticket is opened");
    let heard = timeout(HEARD, async {
        while ear.count() == 0 {
            deeds::say(manager, &ticket, true).await;
            sleep(Duration::from_millis(200)).await;
        }
    });
    heard.await.expect("it hears");

    deeds::say(manager, &ticket, false).await;
    for (step, more) in [
        (
            ("ticketPrioritySet", "TicketPrioritySet"),
            json!({ "priority": "HIGH", "reason": "The customer waits." }),
        ),
        (
            ("ticketEdit", "TicketEdit"),
            json!({ "description": "It hums. 有嗡嗡声" }),
        ),
        (("ticketHold", "TicketHold"), json!({ "state": "ON_HOLD" })),
        (("ticketResume", "TicketResume"), json!({})),
    ] {
        surely(manager, &ticket, step, more).await;
    }
    // Whoever is picked may not work here today.
    let mut refused = 0;
    while !deeds::give(manager, &ticket).await {
        refused += 1;
        assert!(refused < 50, "it can be given to nobody");
    }
    for stage in &deeds::STAGES[1..] {
        let step = ("ticketAdvance", "TicketAdvance");
        surely(manager, &ticket, step, json!({ "to": stage })).await;
    }
    let found = customer
        .ask(deeds::STAND, json!({ "id": ticket }))
        .await
        .expect("an answer");
    let link = found["data"]["ticket"]["survey"]["link"].as_str();
    let link = link.unwrap_or_else(|| panic!("no survey: {found}"));
    deeds::rate(customer, link).await;
    let reason = json!({ "reason": "It is noisy again." });
    for (step, more) in [
        (("ticketClose", "TicketClose"), json!({})),
        (("ticketReopen", "TicketReason"), reason.clone()),
        (("ticketCancel", "TicketReason"), reason),
    ] {
        surely(manager, &ticket, step, more).await;
    }

    deeds::rename(manager).await;
    deeds::suggest(manager).await;
    deeds::leave(manager).await;
    money::send_back(manager).await;
    money::work_out(hr).await;

    let (_, id) = decode(&ticket).expect("an id");
    let heard = timeout(HEARD, async {
        let cancelled = || {
            ear.heard()
                .iter()
                .any(|event| event.ticket == id && event.action == "cancel")
        };
        while !cancelled() {
            sleep(Duration::from_millis(50)).await;
        }
    });
    heard.await.expect("it hears to the end");
    let heard = ear.heard();
    manager.book.hear(WHO, &heard);
    let all = 0..heard.len();
    manager.book.compare(Followed {
        who: WHO,
        heard,
        calm: vec![all],
    });
    manager.sign_out().await;
}

/// Makes a change to a ticket that nobody else changes.
async fn surely(
    person: &mut Person,
    ticket: &str,
    step: (&'static str, &'static str),
    mut input: Value,
) {
    let found = person.ask(deeds::STAND, json!({ "id": ticket })).await;
    let found = found.expect("an answer");
    input["id"] = json!(ticket);
    input["expectedVersion"] = found["data"]["ticket"]["version"].clone();
    let done = deeds::take_step(person, step, &input).await;
    assert!(done, "{step:?} isn't possible: {found}");
}
