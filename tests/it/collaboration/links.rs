use serde_json::{Value, json};

use super::{change, history, row, version};
use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// The links of a ticket as somebody sees them: relation and number.
async fn links(actor: &Actor, n: usize) -> Vec<(String, i64)> {
    let document = "query($id: ID!) { ticket(id: $id) { links { relation ticket { number } } } }";
    let reply = actor
        .send(document, json!({ "id": company::ticket(n) }))
        .await
        .fine();
    let links = reply.list("ticket.links").iter();
    links
        .map(|link| {
            let number = link["ticket"]["number"].as_i64().unwrap_or_default();
            let relation = link["relation"].as_str().unwrap_or_default();
            (relation.to_owned(), number - 100_000)
        })
        .collect()
}

fn seen(relation: &str, n: i64) -> (String, i64) {
    (relation.to_owned(), n)
}

async fn link(actor: &Actor, n: usize, relation: &str, other: usize) -> crate::support::app::Reply {
    let more = json!({ "relation": relation, "otherId": company::ticket(other) });
    change(actor, "ticketLink", &company::ticket(n), more).await
}

both_databases! {
    async fn a_link_shows_on_both_sides_to_those_who_may_see_both(app: TestApp) {
        let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
        assert_eq!(links(&manager, 1).await, [seen("PARENT_OF", 11), seen("DUPLICATED_BY", 3)]);
        assert_eq!(links(&agent, 1).await, [seen("PARENT_OF", 11)], "the third is out of the agent's reach");
        link(&agent, 1, "RELATED_TO", 2).await.fine();
        assert_eq!(links(&agent, 2).await, [seen("RELATED_TO", 1)]);
        let (one, two) = (company::ticket(1), company::ticket(2));
        assert!(history(&agent, &one).await.contains(&row("link", "links", "", &format!("RELATED_TO {two}"))));
        assert!(history(&agent, &two).await.contains(&row("link", "links", "", &format!("RELATED_TO {one}"))));
        let reply = link(&agent, 2, "RELATED_TO", 1).await;
        assert_eq!(reply.user_errors(), [("TAKEN", "input.otherId".to_owned())], "it has no direction");
        let reply = link(&agent, 1, "RELATED_TO", 1).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.otherId".to_owned())]);
        let reply = link(&agent, 1, "RELATED_TO", 3).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.otherId".to_owned())]);
        for login in ["partner", "customer"] {
            let reply = app.as_(login).await.ask("{ tickets { nodes { links { id } } } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
        }
    }

    async fn a_link_goes_again(app: TestApp) {
        let agent = app.as_("agent").await;
        let unlink = |n: usize, link: usize| (company::ticket(n), json!({ "linkId": company::id(Table::Link, link) }));
        let (id, input) = unlink(1, 2);
        let reply = change(&agent, "ticketUnlink", &id, input).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.linkId".to_owned())], "a link that isn't shown isn't there");
        let (id, input) = unlink(2, 1);
        let reply = change(&agent, "ticketUnlink", &id, input).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.linkId".to_owned())], "another ticket's");
        let (id, input) = unlink(11, 1);
        change(&agent, "ticketUnlink", &id, input).await.fine();
        assert_eq!(links(&agent, 1).await, []);
        let one = company::ticket(1);
        assert!(history(&agent, &one).await.contains(&row("unlink", "links", &format!("PARENT_OF {}", company::ticket(11)), "")));
        assert_eq!(version(&agent, &company::ticket(11)).await, 2);
    }

    async fn parents_make_no_circle_and_stand_five_deep_at_most(app: TestApp) {
        let manager = app.as_("service_manager").await;
        // 1 -> 11 stands already.
        link(&manager, 11, "PARENT_OF", 2).await.fine();
        link(&manager, 3, "CHILD_OF", 2).await.fine();
        let reply = link(&manager, 3, "PARENT_OF", 1).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.otherId".to_owned())], "a circle");
        link(&manager, 3, "PARENT_OF", 4).await.fine();
        let reply = link(&manager, 4, "PARENT_OF", 5).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.otherId".to_owned())], "six deep");
        link(&manager, 2, "PARENT_OF", 5).await.fine();
    }

    async fn two_links_at_once_close_no_circle(app: TestApp) {
        let (one, other) = (app.as_("service_manager").await, app.as_("admin").await);
        let input = |n: usize, other: usize| json!({ "id": company::ticket(n), "expectedVersion": 1, "relation": "PARENT_OF", "otherId": company::ticket(other) });
        let (a, b) = tokio::join!(
            one.change("ticketLink", "ticket { id }", input(6, 7)),
            other.change("ticketLink", "ticket { id }", input(7, 6)),
        );
        let fine = [&a, &b].iter().filter(|reply| reply.errors().is_empty() && reply.user_errors().is_empty()).count();
        assert_eq!(fine, 1, "{a} {b}");
        let lost = if a.user_errors().is_empty() { b } else { a };
        assert_eq!(lost.user_errors(), [("RULE_VIOLATED", "input.otherId".to_owned())]);
        assert_ne!(lost.body["data"], Value::Null);
    }
}
