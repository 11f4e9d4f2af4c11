use aftercare::access::{Permission, Viewer};
use aftercare::events::Event;
use aftercare::identity;
use futures_util::future::join_all;
use serde_json::json;

use super::change;
use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

async fn viewer(app: &TestApp, login: &str) -> Viewer {
    let actor = app.as_(login).await;
    identity::authenticate(app, actor.token(), start())
        .await
        .expect("a viewer")
}

/// An event of a ticket, as if it had just been published.
fn event(ticket: usize) -> Event {
    let id = key(Table::Ticket, ticket);
    Event::new(start(), Event::TICKET_CHANGED, id, json!({}))
}

/// The version of an event's ticket as the viewer sees it.
async fn version(app: &TestApp, viewer: &Viewer, event: &Event) -> Option<i32> {
    let permission = Permission::TicketRead;
    let seen = app.sights.visible(&app.db, viewer, permission, event).await;
    seen.expect("a read").map(|ticket| ticket.version)
}

both_databases! {
    async fn an_event_is_read_once_for_all_who_hear_of_it(app: TestApp) {
        let (agent, colleague) = (viewer(&app, "agent").await, viewer(&app, "colleague").await);
        let event = event(1);
        let before = app.db.statements();
        let asked = (0..100).map(|n| version(&app, if n % 2 == 0 { &agent } else { &colleague }, &event));
        let seen = join_all(asked).await;
        assert_eq!(app.db.statements() - before, 3, "the ticket, its watchers, its offer");
        for (n, version) in seen.into_iter().enumerate() {
            assert_eq!(version.is_some(), n % 2 == 0, "only the agent sees it");
        }
    }

    async fn a_later_event_is_never_shown_as_it_was_before(app: TestApp) {
        let agent = viewer(&app, "agent").await;
        let (first, second) = (event(1), event(1));
        assert_eq!(version(&app, &agent, &first).await, Some(1));
        let actor = app.as_("agent").await;
        change(&actor, "ticketHold", &company::ticket(1), json!({ "state": "ON_HOLD" })).await.fine();
        assert_eq!(version(&app, &agent, &second).await, Some(2));
        assert_eq!(version(&app, &agent, &first).await, Some(2), "nor goes whoever is slower back");
    }

    async fn a_ticket_that_was_given_away_is_gone_with_the_event_that_tells_of_it(app: TestApp) {
        let (agent, ticket) = (viewer(&app, "agent").await, company::ticket(3));
        let manager = app.as_("service_manager").await;
        let input = json!({ "ticketId": ticket, "memberId": company::id(Table::Member, 2) });
        assert_eq!(version(&app, &agent, &event(3)).await, None);
        manager.change("ticketWatcherAdd", "ticket { id }", input.clone()).await.fine();
        assert!(version(&app, &agent, &event(3)).await.is_some());
        manager.change("ticketWatcherRemove", "ticket { id }", input).await.fine();
        assert_eq!(version(&app, &agent, &event(3)).await, None);
    }
}
