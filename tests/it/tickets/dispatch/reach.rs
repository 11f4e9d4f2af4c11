use serde_json::json;

use super::*;
use crate::support::database::both_databases;

both_databases! {
    async fn leads_dispatch_and_look_at_what_is_their_teams(app: Three) {
        let app = app.0;
        let (lead, coordinator) = (app.as_("team_lead").await, app.as_("coordinator").await);
        // Team 2 stands below hers, the crew's doesn't.
        let input = |n: usize| json!({ "id": company::ticket(n), "expectedVersion": 1 });
        let own = lead.change("ticketDispatch", "ticket { id assignee { name } }", input(1)).await;
        assert!(own.errors().is_empty(), "{own}");
        let foreign = lead.change("ticketDispatch", "ticket { id }", input(WAITING)).await;
        assert_eq!(foreign.error_codes(), ["NOT_FOUND"], "{foreign}");
        coordinator.change("dispatchRun", "run { given }", json!({})).await.fine();

        let run = lead.change("dispatchRun", "run { results { ticket { number } } }", json!({})).await.fine();
        assert!(run.list("dispatchRun.run.results").iter().all(|row| row["ticket"]["number"].as_i64().is_some_and(|number| number < 100_100)), "{run}");

        let seen = lead.ask("{ dispatchDecisions(first: 100) { nodes { ticket { number } } } }").await.fine();
        let all = coordinator.ask("{ dispatchDecisions(first: 100) { totalCount nodes { ticket { number } } } }").await.fine();
        assert!(seen.list("dispatchDecisions.nodes").iter().all(|row| row["ticket"]["number"].as_i64().is_some_and(|number| number < 100_100)), "{seen}");
        assert!(seen.list("dispatchDecisions.nodes").len() < all.list("dispatchDecisions.nodes").len());

        let report = "query($team: ID!) { dispatchFairness(teamId: $team) { received } dispatchBottlenecks(teamId: $team) { at } }";
        for (team, there) in [(2, true), (CREW_TEAM, false), (5, false), (99, false)] {
            let reply = lead.send(report, json!({ "team": company::id(Table::Team, team) })).await.fine();
            assert_eq!(reply.data("dispatchFairness").is_object(), there, "team {team}");
            assert_eq!(reply.data("dispatchBottlenecks").is_object(), there, "team {team}");
        }
        let whole = lead.ask("{ dispatchFairness { members { member { name } } } }").await.fine();
        assert!(!whole.body.to_string().contains("Crew"), "{whole}");
    }

    async fn who_may_not_read_decisions_isnt_told_of_them(app: Three) {
        let app = app.0;
        app.as_("coordinator").await.change("dispatchRun", "run { given }", json!({})).await.fine();
        for login in ["agent", "engineer", "partner", "customer"] {
            let actor = app.as_(login).await;
            let reply = actor.ask("{ tickets { nodes { number dispatchDecisions { totalCount } } } }").await;
            assert!(reply.error_codes().iter().all(|code| *code == "FORBIDDEN") && !reply.errors().is_empty(), "{login}: {reply}");
            let reply = actor.ask("{ dispatchSimulate { considered } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}");
            let reply = actor.change("ticketDispatch", "ticket { id }", json!({ "id": company::ticket(1), "expectedVersion": 1 })).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}");
        }
        let auditor = app.as_("auditor").await;
        let reply = auditor.ask("{ dispatchDecisions(filter: { mode: { eq: AUTOMATIC } }) { totalCount } }").await.fine();
        assert!(reply.data("dispatchDecisions.totalCount").as_i64().is_some_and(|count| count > 6));
        let reply = auditor.change("dispatchRun", "run { given }", json!({})).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "an auditor looks, and does nothing");
    }
}
