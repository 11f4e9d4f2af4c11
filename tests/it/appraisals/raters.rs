use std::collections::{BTreeMap, BTreeSet};

use aftercare::access::Scoped;
use aftercare::appraisals::{AppraisalFacts, RaterFacts};
use aftercare::identity;
use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState, AppraisalStage};
use entity::{appraisal, appraisal_appeal, appraisal_rater};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{appraisal, put_into};
use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS, id};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const RATERS: &str = "raters { id source state reason member { number } }";

async fn propose(actor: &Actor, about: usize, raters: &[(usize, &str)]) -> Reply {
    let raters: Vec<Value> = raters
        .iter()
        .map(|(member, role)| json!({ "memberId": id(Table::Member, *member), "role": role }))
        .collect();
    let input = json!({ "id": appraisal(about), "raters": raters });
    actor.change("appraisalRatersPropose", RATERS, input).await
}

async fn decide(actor: &Actor, about: usize, rater: &Value, accept: bool, reason: Value) -> Reply {
    let input =
        json!({ "id": appraisal(about), "raterIds": [rater], "accept": accept, "reason": reason });
    actor.change("appraisalRatersDecide", RATERS, input).await
}

/// The rater of that number in the payload of a mutation.
fn found(reply: &Reply, mutation: &str, number: &str) -> Value {
    let raters = reply.list(&format!("{mutation}.raters")).iter();
    let mut raters = raters.filter(|one| one["member"]["number"] == number);
    raters.next().cloned().unwrap_or(Value::Null)
}

fn mistake(code: &'static str, field: &str) -> Vec<(&'static str, String)> {
    vec![(code, field.to_owned())]
}

both_databases! {
    async fn the_member_proposes_and_the_reviewer_decides(app: TestApp) {
        let (agent, lead, hr) = (app.as_("agent").await, app.as_("team_lead").await, app.as_("hr").await);
        let reply = propose(&agent, 1, &[(5, "PEER")]).await.fine();
        let mover = found(&reply, "appraisalRatersPropose", "M0005");
        assert_eq!((&mover["state"], &mover["source"]), (&json!("PROPOSED"), &json!("PEER")));
        // What is proposed hasn't reached the rater.
        let mine = app.as_("mover").await.ask("{ feedbackRequests { totalCount } }").await.fine();
        assert_eq!(mine.data("feedbackRequests.totalCount"), 0);

        assert_eq!(decide(&agent, 1, &mover["id"], true, Value::Null).await.user_errors(), mistake("RULE_VIOLATED", "input.id"), "never about oneself");
        assert_eq!(decide(&app.as_("service_manager").await, 1, &mover["id"], true, Value::Null).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        assert_eq!(decide(&app.as_("engineer").await, 1, &mover["id"], true, Value::Null).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(decide(&lead, 1, &mover["id"], false, Value::Null).await.user_errors(), mistake("BLANK", "input.reason"));
        assert_eq!(decide(&lead, 1, &json!(id(Table::Rater, 3)), true, Value::Null).await.user_errors(), mistake("NOT_FOUND", "input.raterIds.0"), "of another appraisal");
        let reply = decide(&lead, 1, &mover["id"], true, Value::Null).await.fine();
        assert_eq!(found(&reply, "appraisalRatersDecide", "M0005")["state"], "ASKED");
        for accept in [true, false] {
            let again = decide(&hr, 1, &mover["id"], accept, json!("No.")).await;
            assert_eq!(again.user_errors(), mistake("WRONG_STATE", "input.raterIds.0"), "a decision holds");
        }
        let mine = app.as_("mover").await.ask("{ feedbackRequests { nodes { id state open memberName } } }").await.fine();
        assert_eq!(mine.data("feedbackRequests.nodes.0"), &json!({ "id": mover["id"], "state": "ASKED", "open": true, "memberName": "Li Na" }));

        // Whoever runs the cycle decides as well; the reason isn't the member's to read.
        let engineer = propose(&app.as_("service_manager").await, 2, &[(8, "PEER")]).await.fine();
        let coordinator = found(&engineer, "appraisalRatersPropose", "M0008");
        let reply = decide(&hr, 2, &coordinator["id"], false, json!("They hardly know each other.")).await.fine();
        assert_eq!(found(&reply, "appraisalRatersDecide", "M0008")["reason"], "They hardly know each other.");
        let query = "query($id: ID!) { appraisalRaters(appraisalId: $id) { source state reason } }";
        let seen = app.as_("engineer").await.send(query, json!({ "id": appraisal(2) })).await.fine();
        // The template asks the member, who was asked by the way.
        let raters = seen.list("appraisalRaters");
        assert!(raters.contains(&json!({ "source": "OWN", "state": "ASKED", "reason": null })), "{seen}");
        assert!(raters.contains(&json!({ "source": "PEER", "state": "DECLINED", "reason": null })) && raters.len() == 2, "{seen}");
    }

    async fn wrong_raters_are_refused(app: TestApp) {
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        for (actor, named, code, field) in [
            (&agent, (2, "PEER"), "RULE_VIOLATED", "memberId"),
            (&agent, (4, "PEER"), "NOT_FOUND", "memberId"),
            (&agent, (5, "SUPERIOR"), "RULE_VIOLATED", "role"),
            (&lead, (3, "PEER"), "TAKEN", "memberId"),
            (&lead, (1, "PEER"), "TAKEN", "memberId"),
        ] {
            let refused = propose(actor, 1, &[named]).await;
            let expected = (code, format!("input.raters.0.{field}"));
            assert!(refused.user_errors().contains(&expected), "{named:?}: {refused}");
        }
        assert_eq!(propose(&agent, 1, &[(5, "PEER"), (5, "PEER")]).await.user_errors(), mistake("TAKEN", "input.raters.1.memberId"));
        assert_eq!(propose(&agent, 1, &[]).await.user_errors(), mistake("INVALID", "input.raters"));
        // The reviewer of the mover isn't a colleague of hers, but a superior.
        let reviewer = propose(&lead, 3, &[(1, "PEER")]).await;
        assert_eq!(reviewer.user_errors(), mistake("RULE_VIOLATED", "input.raters.0.memberId"));
        propose(&lead, 3, &[(1, "SUPERIOR")]).await.fine();
        // Neither the member nor the reviewer; out of reach; too late.
        assert_eq!(propose(&app.as_("hr").await, 1, &[(5, "PEER")]).await.user_errors(), mistake("RULE_VIOLATED", "input.id"));
        assert_eq!(propose(&app.as_("colleague").await, 1, &[(5, "PEER")]).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(propose(&app.as_("auditor").await, 1, &[(5, "PEER")]).await.error_codes(), ["FORBIDDEN"]);
        put_into(&app, 1, AppraisalStage::Calibration).await;
        assert_eq!(propose(&agent, 1, &[(5, "PEER")]).await.user_errors(), mistake("WRONG_STATE", "input.id"));
    }

    async fn nobody_drowns_in_requests(app: TestApp) {
        let admin = app.as_("admin").await;
        let most = json!({ "key": "appraisal.most_requests", "value": "1", "expectedVersion": 0 });
        admin.change("settingChange", "setting { value }", most).await.fine();
        let (lead, manager) = (app.as_("team_lead").await, app.as_("service_manager").await);
        // The colleague is asked once in February already, and the lead as well.
        let refused = propose(&manager, 4, &[(3, "PEER"), (5, "PEER")]).await;
        assert_eq!(refused.user_errors(), mistake("RULE_VIOLATED", "input.raters.0.memberId"));
        assert!(refused.body.to_string().contains("appraisal.most_requests"), "{refused}");
        // An answer makes no room: that would tell.
        let answers = json!([{ "question": "helpfulness", "rating": 5 }, { "question": "reliability", "rating": 5 }]);
        let give = json!({ "id": id(Table::Rater, 1), "answers": answers });
        app.as_("colleague").await.change("appraisalFeedbackGive", "request { state }", give).await.fine();
        let again = propose(&manager, 4, &[(3, "PEER"), (5, "PEER")]).await;
        assert_eq!(again.comparable(), refused.comparable());
        assert_eq!(propose(&lead, 3, &[(1, "SUPERIOR")]).await.user_errors(), mistake("RULE_VIOLATED", "input.raters.0.memberId"));
        propose(&manager, 4, &[(5, "PEER")]).await.fine();
        // A request that was declined does make room.
        let decline = json!({ "id": id(Table::Rater, 3), "reason": "We never met." });
        app.as_("agent").await.change("appraisalFeedbackDecline", "request { state }", decline).await.fine();
        propose(&manager, 4, &[(2, "PEER")]).await.fine();
    }

    async fn raters_are_found_for_a_whole_cycle(app: TestApp) {
        let suggest = async |actor: &Actor, ask: bool| {
            let input = json!({ "id": id(Table::AppraisalCycle, 1), "ask": ask });
            actor.change("appraisalRatersSuggest", "suggestion { raters short }", input).await
        };
        for who in ["agent", "team_lead", "service_manager"] {
            assert_eq!(suggest(&app.as_(who).await, false).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        let hr = app.as_("hr").await;
        let reply = suggest(&hr, false).await.fine();
        let new = reply.data("appraisalRatersSuggest.suggestion.raters").as_i64().expect("a number");
        // In so small a company all four have fewer colleagues than something is told of.
        assert_eq!(reply.data("appraisalRatersSuggest.suggestion.short"), 4);
        let rows = appraisal_rater::Entity::find().all(app.db.reader()).await.expect("the raters");
        assert_eq!(rows.len(), 3 + usize::try_from(new).expect("a number"));
        let data = company::data();
        let mut asked: BTreeMap<Uuid, usize> = BTreeMap::new();
        let mut found: BTreeSet<(Uuid, Uuid, AppraisalFeedbackSource)> = BTreeSet::new();
        for row in &rows {
            let about = data.appraisals.appraisals.iter().find(|one| one.id == row.appraisal_id).expect("its appraisal");
            let own = row.source == AppraisalFeedbackSource::Own;
            assert_eq!(row.member_id == about.member_id, own, "nobody but oneself speaks for oneself");
            if row.source == AppraisalFeedbackSource::Superior {
                assert_eq!(Some(row.member_id), about.reviewer_id);
            }
            assert_ne!(row.member_id, key(Table::Member, 6), "who has left isn't asked");
            *asked.entry(row.member_id).or_default() += usize::from(!own);
            found.insert((about.member_id, row.member_id, row.source));
        }
        assert!(asked.values().all(|times| *times <= 8));
        // The mover and the colleague were in one team in February; the engineer is asked for her own view.
        assert!(found.contains(&(key(Table::Member, 5), key(Table::Member, 3), AppraisalFeedbackSource::Peer)));
        assert!(found.contains(&(key(Table::Member, 4), key(Table::Member, 4), AppraisalFeedbackSource::Own)));
        let again = suggest(&hr, true).await.fine();
        assert_eq!(again.data("appraisalRatersSuggest.suggestion.raters"), 0, "nothing is missing that could be found");
        put_into(&app, 1, AppraisalStage::Calibration).await;
        assert_eq!(suggest(&hr, false).await.user_errors(), mistake("WRONG_STATE", "input.id"));
    }

    /// What a reach means for raters and appeals is the same in SQL and in plain words.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.appraisals;
        let about = |id: Uuid| {
            let row: appraisal::Model = rows.appraisals.iter().find(|row| row.id == id).expect("an appraisal").clone();
            let cycle = rows.cycles.iter().find(|cycle| cycle.id == row.cycle_id).expect("its cycle");
            AppraisalFacts {
                assignments: data.assignments.iter().filter(|one| one.member_id == row.member_id).cloned().collect(),
                stage: cycle.stage,
                appraisal: row,
            }
        };
        let raters: Vec<_> = rows.raters.iter().map(|row| (row.id, RaterFacts { rater: row.clone(), about: about(row.appraisal_id) })).collect();
        let appeals: Vec<_> = rows.appeals.iter().map(|row| (row.id, about(row.appraisal_id))).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            hold_equal::<appraisal_rater::Entity>(&app.db, &raters, &viewer.standing).await;
            hold_equal::<appraisal_appeal::Entity>(&app.db, &appeals, &viewer.standing).await;
        }
        assert_eq!(<appraisal_rater::Entity as Scoped>::READ, <appraisal_appeal::Entity as Scoped>::READ);
        assert!(rows.raters.iter().all(|row| row.state == AppraisalRaterState::Asked));
    }
}
