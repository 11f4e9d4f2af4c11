use aftercare::graphql::ids::encode;
use aftercare::organisation::competencies::competency_id;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn competency(code: &str) -> String {
    encode("competency", competency_id(code))
}

fn found(member: usize, code: &str, level: i32) -> Value {
    json!({ "memberId": id(Table::Member, member), "competencyId": competency(code), "level": level, "evidence": "Seen on the hotline." })
}

both_databases! {
    async fn a_lead_assesses_and_the_gap_closes(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let gap = format!(
            "{{ member(id: \"{}\") {{ competencyGap(positionId: \"{}\") {{ fit met lines {{ competency {{ code }} wanted found missing }} }} competencies {{ level evidence competency {{ code }} }} }} }}",
            id(Table::Member, 2), id(Table::Position, 3),
        );
        let before = lead.ask(&gap).await.fine();
        assert_eq!(before.data("member.competencyGap"), &json!({ "fit": 42, "met": false, "lines": [
            { "competency": { "code": "analysis" }, "wanted": 3, "found": null, "missing": 3 },
            { "competency": { "code": "communication" }, "wanted": 4, "found": 3, "missing": 1 },
        ] }));
        lead.change("competencyAssess", "assessment { id assessedBy }", found(2, "analysis", 4)).await.fine();
        let better = found(2, "communication", 4);
        let once = { let mut input = better.clone(); input["idempotencyKey"] = json!("again"); input };
        let first = lead.change("competencyAssess", "assessment { id }", once.clone()).await.fine();
        let again = lead.change("competencyAssess", "assessment { id }", once).await.fine();
        assert_eq!(first.data("competencyAssess.assessment.id"), again.data("competencyAssess.assessment.id"));
        // To a colleague, who sees no assessments, it isn't as if there were none.
        let colleague = app.as_("mover").await.ask(&gap).await.fine();
        assert_eq!((colleague.data("member.competencyGap"), colleague.data("member.competencies")), (&Value::Null, &json!([])));
        let after = lead.ask(&gap).await.fine();
        assert_eq!(after.data("member.competencyGap.fit"), 100);
        assert_eq!(after.data("member.competencyGap.met"), true);
        // What was before stays as it was.
        let then = lead.ask(&format!(
            "{{ member(id: \"{}\") {{ competencyGap(positionId: \"{}\", on: \"{}\") {{ fit }} competencies(on: \"{}\") {{ level }} competencyAssessments {{ level }} }} }}",
            id(Table::Member, 2), id(Table::Position, 3), days_ago(1), days_ago(11),
        )).await.fine();
        assert_eq!(then.data("member.competencyGap.fit"), 42);
        assert!(then.list("member.competencies").is_empty(), "{then}");
        assert_eq!(then.list("member.competencyAssessments").len(), 3);
    }

    async fn who_assesses_whom(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let own = lead.change("competencyAssess", "assessment { id }", found(1, "analysis", 5)).await;
        assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.memberId".to_owned())]);
        let foreign = lead.change("competencyAssess", "assessment { id }", found(4, "analysis", 5)).await;
        assert!(["NOT_FOUND", "FORBIDDEN"].contains(&foreign.error_codes()[0]), "{foreign}");
        let mut wrong = found(2, "analysis", 6);
        wrong["evidence"] = json!(" ");
        wrong["on"] = json!(days_ago(-1).to_string());
        let wrong = lead.change("competencyAssess", "assessment { id }", wrong).await;
        let fields: Vec<String> = wrong.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.evidence", "input.level", "input.on"]);
        for who in ["agent", "auditor", "coordinator"] {
            assert_eq!(app.as_(who).await.change("competencyAssess", "assessment { id }", found(2, "analysis", 3)).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        // A member reads the own assessment, and no colleague's.
        let asked = "{ members { nodes { number competencyAssessments { evidence } } } }";
        let agent = app.as_("agent").await.ask(asked).await.fine();
        for node in agent.list("members.nodes") {
            let count = node["competencyAssessments"].as_array().expect("a list").len();
            assert_eq!(count, usize::from(node["number"] == "M0002"), "{node}");
        }
    }

    async fn the_catalogue_and_profiles_are_data(app: TestApp) {
        let hr = app.as_("hr").await;
        let shipped = hr.ask("{ competencies { nodes { code nameZh } } }").await.fine();
        let codes: Vec<&str> = shipped.list("competencies.nodes").iter().filter_map(|node| node["code"].as_str()).collect();
        assert_eq!(codes, ["analysis", "communication", "patience", "product", "sales", "service"]);
        let words = json!({ "code": "teaching", "name": "Teaching", "nameZh": "带教能力", "meaning": "Explains so that others can do it.", "meaningZh": "能教会他人。" });
        let made = hr.change("competencyCreate", "competency { id version }", words.clone()).await.fine();
        let twice = hr.change("competencyCreate", "competency { id }", words).await;
        assert_eq!(twice.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let teaching = made.text("competencyCreate.competency.id").to_owned();
        let profile = |version: i32, from: i64| json!({
            "id": id(Table::Position, 3), "expectedVersion": version, "validFrom": days_ago(from).to_string(),
            "wants": [{ "competencyId": teaching, "level": 3 }, { "competencyId": competency("patience"), "level": 5 }],
        });
        hr.change("competencyProfileSet", "position { id }", profile(1, -10)).await.fine();
        assert_eq!(hr.change("competencyProfileSet", "position { id }", profile(1, -20)).await.error_codes(), ["CONFLICT"]);
        let before_that = hr.change("competencyProfileSet", "position { id }", profile(2, -10)).await;
        assert_eq!(before_that.user_errors(), [("RULE_VIOLATED", "input.validFrom".to_owned())]);
        let shown = app.as_("engineer").await.ask(&format!(
            "{{ position(id: \"{}\") {{ competencyProfile {{ number }} then: competencyProfile(on: \"{}\") {{ number wants {{ level competency {{ code }} }} }} competencyProfiles {{ number }} }} }}",
            id(Table::Position, 3), days_ago(-10),
        )).await.fine();
        assert_eq!(shown.data("position.competencyProfile.number"), 1);
        assert_eq!(shown.data("position.then.number"), 2);
        assert_eq!(shown.list("position.then.wants").len(), 2);
        assert_eq!(shown.list("position.competencyProfiles").len(), 2);
        let retire = json!({ "id": teaching, "expectedVersion": 1, "name": "Teaching", "nameZh": "带教", "meaning": "x", "meaningZh": "x", "active": false });
        hr.change("competencyUpdate", "competency { active }", retire).await.fine();
        let gone = json!({ "memberId": id(Table::Member, 2), "competencyId": teaching, "level": 3, "evidence": "x" });
        assert_eq!(hr.change("competencyAssess", "assessment { id }", gone).await.user_errors(), [("NOT_FOUND", "input.competencyId".to_owned())]);
        assert_eq!(app.as_("team_lead").await.change("competencyProfileSet", "position { id }", profile(2, -30)).await.error_codes(), ["FORBIDDEN"]);
    }

    /// Never sex, marriage, children or age: the schema has no word for them about members.
    async fn nothing_private_has_a_field(app: TestApp) {
        let schema = include_str!("../../../schema.graphql");
        let mut inside = false;
        for line in schema.lines() {
            inside = if line.ends_with('{') { line.contains("Member") || line.contains("Competency") || line.contains("Probation") || line.contains("Talent") } else { inside };
            let name = line.trim().split([':', '(']).next().unwrap_or_default().to_lowercase();
            if inside && line.starts_with("  ") && !line.trim().starts_with('"') {
                for word in ["gender", "sex", "marital", "married", "spouse", "children", "birth", "age"] {
                    assert!(name != word && !(word.len() > 3 && name.contains(word)), "{line}");
                }
            }
        }
        drop(app);
    }
}
