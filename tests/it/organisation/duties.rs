//! What is expected of positions, version by version, and whose duty a thing is.

use serde_json::json;

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn text(duties: &str, duties_zh: &str) -> serde_json::Value {
    json!({ "duties": duties, "dutiesZh": duties_zh, "goals": "All in time.", "goalsZh": "全部及时。", "standards": "Nobody asks twice.", "standardsZh": "无人追问。" })
}

both_databases! {
    async fn duties_are_written_from_a_day_on(app: TestApp) {
        let hr = app.as_("hr").await;
        let on = days_ago(-7).to_string();
        let input = json!({ "id": id(Table::Position, 3), "expectedVersion": 1, "text": text("Leads.", "带领团队。"), "validFrom": on, "note": "Shorter" });
        hr.change("positionDescribe", "position { id }", input.clone()).await.fine();
        let document = format!(
            "{{ position(id: \"{}\") {{ version duties then: duties(on: \"{on}\") versions {{ number dutiesZh validFrom note }} }} }}",
            id(Table::Position, 3),
        );
        let shown = hr.ask(&document).await.fine();
        assert_eq!(shown.data("position.duties"), "Leads the team. Writes a text of some length.");
        assert_eq!(shown.data("position.then"), "Leads.");
        assert_eq!(shown.data("position.versions.0"), &json!({ "number": 2, "dutiesZh": "带领团队。", "validFrom": on, "note": "Shorter" }));
        assert_eq!(shown.list("position.versions").len(), 2);
        let stale = hr.change("positionDescribe", "position { id }", input.clone()).await;
        assert_eq!(stale.error_codes(), ["CONFLICT"]);
        let mut same_day = input;
        same_day["expectedVersion"] = json!(2);
        let same_day = hr.change("positionDescribe", "position { id }", same_day).await;
        assert_eq!(same_day.user_errors(), [("RULE_VIOLATED", "input.validFrom".to_owned())]);
    }

    async fn whose_duty_it_is_everybody_can_ask(app: TestApp) {
        let hr = app.as_("hr").await;
        let today = days_ago(0).to_string();
        let input = json!({ "code": "CMP", "name": "Complaint handler", "nameZh": "投诉专员", "family": "SERVICE_DESK", "text": text("Investigates complaints. Proposes remedies.", "调查投诉；提出补救方案。"), "validFrom": today });
        let made = hr.change("positionCreate", "position { id duties }", input).await.fine();
        let place = json!({ "memberId": id(Table::Member, 3), "kind": "PROJECT", "teamId": id(Table::Team, 6), "positionId": made.text("positionCreate.position.id"), "role": "complaints", "percent": 20, "validFrom": today });
        hr.change("assignmentStart", "assignment { id }", place).await.fine();
        let ask = |question: &str| format!("{{ whoseDuty(question: \"{question}\") {{ score duty position {{ code }} holders {{ number member {{ number }} team {{ code }} }} }} }}");
        for question in ["谁负责调查投诉？", "Who investigates complaints?"] {
            let found = hr.ask(&ask(question)).await.fine();
            assert_eq!(found.data("whoseDuty.0.position.code"), "CMP", "{found}");
            assert_eq!(found.data("whoseDuty.0.holders"), &json!([{ "number": "M0003", "member": { "number": "M0003" }, "team": { "code": "T6" } }]));
        }
        assert!(hr.ask(&ask("invoices")).await.fine().list("whoseDuty").is_empty());
        // The engineer of another department learns whom to ask, and nothing more about them.
        let engineer = app.as_("engineer").await.ask(&ask("complaints")).await.fine();
        assert_eq!(engineer.data("whoseDuty.0.position.code"), "CMP");
        assert_eq!(engineer.data("whoseDuty.0.holders"), &json!([{ "number": "M0003", "member": null, "team": { "code": "T6" } }]));
        let bad = hr.ask("{ whoseDuty(question: \" \") { score } }").await;
        assert_eq!(bad.error_codes(), ["BAD_INPUT"]);
        for who in ["partner", "customer"] {
            let reply = app.as_(who).await.ask(&ask("complaints")).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who}: {reply}");
        }
    }
}
