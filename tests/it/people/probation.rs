use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn review(version: i32, outcome: &str) -> serde_json::Value {
    json!({ "id": id(Table::Probation, 1), "expectedVersion": version, "outcome": outcome, "reason": "Works well." })
}

both_databases! {
    async fn a_probation_is_due_extended_and_confirmed(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let due = format!("{{ probations(filter: {{ dueBy: \"{}\" }}) {{ totalCount nodes {{ due plannedEnd member {{ number }} reviews {{ outcome reason newEnd }} }} }} }}", days_ago(-14));
        let listed = lead.ask(&due).await.fine();
        assert_eq!(listed.data("probations.totalCount"), 1);
        assert_eq!(listed.data("probations.nodes.0.due"), true);
        assert_eq!(listed.data("probations.nodes.0.member.number"), "M0003");
        assert_eq!(listed.data("probations.nodes.0.reviews.0.outcome"), "EXTENDED");
        let mut longer = review(2, "EXTENDED");
        longer["newEnd"] = json!(days_ago(-60).to_string());
        let extended = lead.change("probationReview", "probation { due state version plannedEnd }", longer.clone()).await.fine();
        assert_eq!(extended.data("probationReview.probation"), &json!({ "due": false, "state": "RUNNING", "version": 3, "plannedEnd": days_ago(-60).to_string() }));
        assert_eq!(lead.change("probationReview", "probation { id }", longer.clone()).await.error_codes(), ["CONFLICT"]);
        longer["expectedVersion"] = json!(3);
        longer["newEnd"] = json!(days_ago(-90).to_string());
        let too_long = lead.change("probationReview", "probation { id }", longer).await;
        assert_eq!(too_long.user_errors(), [("RULE_VIOLATED", "input.newEnd".to_owned())], "six months at most");
        let done = lead.change("probationReview", "probation { state endedOn reviews { outcome reviewedBy } }", review(3, "CONFIRMED")).await.fine();
        assert_eq!(done.data("probationReview.probation.state"), "CONFIRMED");
        assert_eq!(done.list("probationReview.probation.reviews").len(), 3);
        let again = lead.change("probationReview", "probation { id }", review(4, "ENDED")).await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn whoever_is_on_probation_sees_it_and_decides_nothing(app: TestApp) {
        let colleague = app.as_("colleague").await;
        let own = colleague.ask("{ probations { nodes { state reviews { reason } } } }").await.fine();
        assert_eq!(own.list("probations.nodes").len(), 1);
        assert_eq!(colleague.change("probationReview", "probation { id }", review(2, "CONFIRMED")).await.error_codes(), ["FORBIDDEN"]);
        for who in ["agent", "engineer"] {
            assert!(app.as_(who).await.ask("{ probations { nodes { id } } }").await.fine().list("probations.nodes").is_empty(), "{who}");
        }
        // A lead's own is decided by somebody else.
        let hr = app.as_("hr").await;
        let input = json!({ "memberId": id(Table::Member, 1), "startsOn": days_ago(30).to_string() });
        let begun = hr.change("probationStart", "probation { id plannedEnd }", input.clone()).await.fine();
        assert_eq!(begun.data("probationStart.probation.plannedEnd"), "2026-04-30", "three months later");
        let second = hr.change("probationStart", "probation { id }", input).await;
        assert_eq!(second.user_errors(), [("WRONG_STATE", "input.memberId".to_owned())]);
        let own = json!({ "id": begun.text("probationStart.probation.id"), "expectedVersion": 1, "outcome": "CONFIRMED", "reason": "I am good." });
        let own = app.as_("team_lead").await.change("probationReview", "probation { id }", own).await;
        assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let before = json!({ "memberId": id(Table::Member, 4), "startsOn": days_ago(900).to_string(), "plannedEnd": days_ago(901).to_string() });
        let before = hr.change("probationStart", "probation { id }", before).await;
        let fields: Vec<String> = before.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.startsOn", "input.plannedEnd"]);
        let past = json!({ "memberId": id(Table::Member, 2), "startsOn": days_ago(120).to_string() });
        let past = hr.change("probationStart", "probation { id }", past).await;
        assert_eq!(past.user_errors(), [("RULE_VIOLATED", "input.startsOn".to_owned())], "three months were over long ago");
        let far = json!({ "memberId": id(Table::Member, 2), "startsOn": "9999-12-31" });
        let far = hr.change("probationStart", "probation { id }", far).await;
        assert_eq!(far.user_errors(), [("INVALID", "input.startsOn".to_owned())], "it would end in a year of five digits: {far}");
    }

    async fn tenure_is_told_by_the_calendar(app: TestApp) {
        let hr = app.as_("hr").await;
        let shown = hr.ask(&format!(
            "{{ now: member(id: \"{0}\") {{ joinedOn tenure {{ years months days totalDays }} before: tenure(on: \"{1}\") {{ days }} }} left: member(id: \"{2}\") {{ tenure {{ totalDays }} }} }}",
            id(Table::Member, 2), days_ago(701), id(Table::Member, 6),
        )).await.fine();
        assert_eq!(shown.data("now.joinedOn"), "2024-04-01");
        assert_eq!(shown.data("now.tenure"), &json!({ "years": 1, "months": 11, "days": 1, "totalDays": 700 }));
        assert!(shown.data("now.before").is_null());
        assert_eq!(shown.data("left.tenure.totalDays"), 670);
    }
}
