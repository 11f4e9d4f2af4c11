use serde_json::json;

use crate::support::app::TestApp;
use crate::support::database::both_databases;

const ASK: &str = "{ regionEvaluation(period: { from: \"2026-02-01\", to: \"2026-03-01\" }, metrics: [\"tickets_opened\", \"complaints\", \"calls_answered\"]) { from to cards { region { code } figures { key value count withheld previous rank ranked version { number } } } } }";

both_databases! {
    async fn regions_stand_side_by_side(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let shown = manager.ask(ASK).await.fine();
        let cards = shown.list("regionEvaluation.cards");
        let codes: Vec<&str> = cards.iter().filter_map(|card| card["region"]["code"].as_str()).collect();
        assert_eq!(codes, ["R1", "R2", "R3"]);
        // Each figure is the one that the register gives for that region.
        for key in ["tickets_opened", "complaints", "calls_answered"] {
            let metric = manager.ask(&format!("{{ metric(key: \"{key}\", period: {{ from: \"2026-02-01\", to: \"2026-03-01\" }}, granularity: MONTH, groupBy: REGION) {{ groups {{ subject {{ ... on Region {{ code }} }} figure {{ value }} }} }} }}")).await.fine();
            for card in cards {
                let figure = card["figures"].as_array().expect("figures").iter().find(|figure| figure["key"] == key).expect("the figure");
                let group = metric.list("metric.groups").iter().find(|group| group["subject"]["code"] == card["region"]["code"]);
                assert_eq!(figure["value"], group.map_or(json!(null), |group| group["figure"]["value"].clone()), "{key} {card}");
            }
        }
        // Ranks are of those whose figure is known, fewest complaints first.
        for card in cards {
            let figure = &card["figures"][1];
            assert_eq!(figure["rank"].is_null(), figure["value"].is_null() || figure["ranked"] == 0, "{card}");
            assert!(card["figures"][0]["rank"].is_null(), "more tickets are neither better nor worse");
        }
    }

    async fn periods_metrics_and_reaches(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (period, metrics) in [
            ("from: \"2026-02-02\", to: \"2026-03-01\"", ""),
            ("from: \"2022-01-01\", to: \"2026-01-01\"", ""),
            ("from: \"2026-02-01\", to: \"2026-03-01\"", ", metrics: [\"nothing\"]"),
            ("from: \"2026-02-01\", to: \"2026-03-01\"", ", metrics: [\"complaints\", \"complaints\"]"),
        ] {
            let reply = manager.ask(&format!("{{ regionEvaluation(period: {{ {period} }}{metrics}) {{ from }} }}")).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{period} {metrics}");
        }
        let usual = manager.ask("{ regionEvaluation(period: { from: \"2026-01-01\", to: \"2026-04-01\" }) { cards { figures { key } } } }").await.fine();
        assert_eq!(usual.data("regionEvaluation.cards.0.figures").as_array().map(Vec::len), Some(7));
        for who in ["coordinator", "trainer", "auditor", "hr", "admin"] {
            app.as_(who).await.ask(ASK).await.fine();
        }
        for who in ["team_lead", "agent", "engineer", "partner", "customer"] {
            assert_eq!(app.as_(who).await.ask(ASK).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }
}
