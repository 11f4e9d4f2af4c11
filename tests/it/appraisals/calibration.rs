use entity::audit_log;
use entity::enums::AppraisalStage::{Calibration, Published};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::bench::{Judged, appraisal_id, cycle, opened, stored};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::Table;
use crate::support::database::both_databases;

/// Technical support (2) and the service desk (1), where the manager (7) is appraised too.
const PEOPLE: [Judged; 6] = [
    (4, (5, 2), 7, 95),
    (8, (4, 2), 7, 92),
    (2, (2, 1), 1, 85),
    (3, (3, 1), 1, 75),
    (5, (3, 1), 1, 55),
    (7, (1, 1), 8, 97),
];

const ALL: &str = "query($id: ID!) { appraisalCalibration(id: $id) { id name version updatedAt conclusion memberTotal waiting
    members { appraisalId appraisalVersion member { number } reviewer { number } team { code } score band result }
    spread { versionId results within bands { band name count most over } } cycleSpread { results within bands { band count most over } }
    changes { member { number } fromScore toScore fromBand toBand reason madeBy }
    reviewer: hints(by: REVIEWER) { reviewer { number } results others finding apart }
    team: hints(by: TEAM) { team { code } results others finding apart }
    tenure: hints(by: TENURE) { tenure results others finding apart } } }";

async fn look(actor: &Actor, session: &str) -> Reply {
    actor.send(ALL, json!({ "id": session })).await.fine()
}

fn numbers(reply: &Reply) -> Vec<&str> {
    let rows = reply.list("appraisalCalibration.members").iter();
    rows.filter_map(|row| row["member"]["number"].as_str())
        .collect()
}

async fn calibrate(
    actor: &Actor,
    session: &str,
    (who, version): (usize, i32),
    score: &str,
) -> Reply {
    let input = json!({
        "calibrationId": session, "appraisalId": appraisal_id(3, who), "expectedVersion": version, "score": score, "reason": "Judged more mildly than elsewhere. 尺度偏松",
    });
    actor
        .change(
            "appraisalCalibrate",
            "result { score band result appraisalVersion }",
            input,
        )
        .await
}

both_databases! {
    async fn a_session_from_its_opening_to_its_conclusion(app: TestApp) {
        cycle(&app, 3, Calibration, &PEOPLE).await;
        let hr = app.as_("hr").await;
        let session = opened(&hr, 3, Some(2)).await;
        let before = look(&hr, &session).await;
        assert_eq!(numbers(&before), ["M0004", "M0008"]);
        let excellent = |reply: &Reply, spread: &str| {
            let band = reply.data(&format!("appraisalCalibration.{spread}.0.bands.0")).clone();
            (band["count"].clone(), band["most"].clone(), band["over"].clone())
        };
        // Thirty of a hundred: of two nobody, of six one.
        assert_eq!(excellent(&before, "spread"), (json!(2), json!(0), json!(2)));
        assert_eq!(excellent(&before, "cycleSpread"), (json!(3), json!(1), json!(2)));
        assert_eq!(before.data("appraisalCalibration.spread.0.within"), false);

        for (who, version, score, expected) in [
            (4, 1, "98.1", ("INVALID", "input.score")),
            (4, 1, "-1", ("INVALID", "input.score")),
            (4, 1, "88.55", ("INVALID", "input.score")),
            (4, 1, "95", ("INVALID", "input.score")),
            // Of the cycle, but not of this group.
            (2, 1, "88", ("RULE_VIOLATED", "input.appraisalId")),
        ] {
            let refused = calibrate(&hr, &session, (who, version), score).await;
            assert_eq!(refused.user_errors(), [(expected.0, expected.1.to_owned())], "{who} {score}");
        }
        assert_eq!(calibrate(&hr, &session, (4, 7), "88").await.error_codes(), ["CONFLICT"]);
        let done = calibrate(&hr, &session, (4, 1), "88.5").await.fine();
        assert_eq!(done.data("appraisalCalibrate.result"), &json!({ "score": "88.5", "band": "good", "result": 2, "appraisalVersion": 2 }));

        // The result before stays, and what it followed from stands in both.
        let (row, results) = stored(&app, 3, 4).await;
        assert_eq!((row.result, row.score, row.band.as_deref()), (2, Some(885_000), Some("good")));
        assert_eq!((results.len(), results[0].score, results[1].score), (2, 950_000, 885_000));
        assert_eq!(results[1].cause, entity::enums::AppraisalResultCause::Calibrated);
        assert_eq!(results[0].outcome["sections"], results[1].outcome["sections"]);
        assert_eq!((&results[1].outcome["score"], &results[1].outcome["band"]), (&json!("88.5"), &json!("good")));

        let after = look(&hr, &session).await;
        assert_eq!(numbers(&after), ["M0008", "M0004"]);
        assert_eq!(excellent(&after, "spread").0, json!(1));
        let change = after.data("appraisalCalibration.changes.0");
        assert_eq!((&change["fromScore"], &change["toScore"], &change["fromBand"], &change["toBand"]), (&json!("95"), &json!("88.5"), &json!("excellent"), &json!("good")));
        assert_eq!(after.data("appraisalCalibration.version"), 1, "changes don't touch the session");

        let pair = "query($c: ID!, $a: ID!, $b: ID!) { appraisalPair(calibrationId: $c, oneId: $a, otherId: $b) { one { score } other { member { number } } lines { section item name one other } } }";
        let both = |a, b| json!({ "c": session, "a": appraisal_id(3, a), "b": appraisal_id(3, b) });
        let found = hr.send(pair, both(4, 8)).await.fine();
        assert_eq!((found.data("appraisalPair.one.score"), found.data("appraisalPair.other.member.number")), (&json!("88.5"), &json!("M0008")));
        let lines = found.list("appraisalPair.lines");
        let routine = lines.iter().find(|line| line["section"] == "routine" && line["item"] == "records").expect("a criterion");
        assert_eq!((&routine["name"], &routine["one"], &routine["other"]), (&json!("Writes complete records"), &json!("95"), &json!("92")));
        assert!(lines.iter().any(|line| line["name"] == "Customer satisfaction" || line["item"] == "resolved_in_time" && line["one"].is_null()));
        assert!(hr.send(pair, both(4, 2)).await.fine().data("appraisalPair").is_null(), "not of the group");

        let close = |version| json!({ "id": session, "expectedVersion": version, "conclusion": "Technical support was judged too mildly." });
        assert_eq!(hr.change("appraisalCalibrationClose", "calibration { id }", close(4)).await.error_codes(), ["CONFLICT"]);
        hr.change("appraisalCalibrationClose", "calibration { id }", close(1)).await.fine();
        let twice = hr.change("appraisalCalibrationClose", "calibration { id }", close(2)).await;
        assert_eq!(twice.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        assert_eq!(calibrate(&hr, &session, (4, 2), "90").await.user_errors(), [("WRONG_STATE", "input.calibrationId".to_owned())]);
        // January is published: nothing to calibrate.
        let january = json!({ "cycleId": company::id(Table::AppraisalCycle, 2), "name": "Late" });
        let late = hr.change("appraisalCalibrationOpen", "calibration { id }", january).await;
        assert_eq!(late.user_errors(), [("WRONG_STATE", "input.cycleId".to_owned())]);
        let list = hr.ask("{ appraisalCalibrations(filter: { closed: true }) { totalCount nodes { name closedAt } } }").await.fine();
        assert_eq!(list.data("appraisalCalibrations.totalCount"), 2);
    }

    /// The manager calibrates and is in the group: whatever HR does to the manager's result changes no byte of what the manager sees.
    async fn whoever_calibrates_finds_nothing_of_their_own(app: TestApp) {
        cycle(&app, 3, Calibration, &PEOPLE).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let session = opened(&manager, 3, None).await;
        let before = look(&manager, &session).await;
        assert_eq!(numbers(&before), ["M0004", "M0008", "M0002", "M0003", "M0005"]);
        assert_eq!(before.data("appraisalCalibration.memberTotal"), 5);
        assert_eq!(before.data("appraisalCalibration.cycleSpread.0.results"), 5);
        // The coordinator judged the manager alone, so that nothing is told of this judge.
        let judges = before.list("appraisalCalibration.reviewer");
        assert!(judges.iter().all(|hint| hint["reviewer"]["number"] != "M0008"), "{before}");
        assert_eq!(numbers(&look(&hr, &session).await), ["M0007", "M0004", "M0008", "M0002", "M0003", "M0005"]);

        calibrate(&hr, &session, (7, 1), "61").await.fine();
        let list = "{ appraisalCalibrations { totalCount nodes { version updatedAt memberTotal changes { reason } } } }";
        let listed = manager.ask(list).await.fine();
        assert_eq!(look(&manager, &session).await.comparable(), before.comparable());
        assert_eq!(listed.data("appraisalCalibrations.nodes.0.changes"), &json!([]));
        assert_eq!(look(&hr, &session).await.list("appraisalCalibration.changes").len(), 1);

        let own = calibrate(&manager, &session, (7, 2), "98").await;
        assert_eq!(own.user_errors().first().map(|(code, _)| *code), Some("RULE_VIOLATED"));
        let pair = "query($c: ID!, $a: ID!, $b: ID!) { appraisalPair(calibrationId: $c, oneId: $a, otherId: $b) { one { score } } }";
        let with_own = manager.send(pair, json!({ "c": session, "a": appraisal_id(3, 7), "b": appraisal_id(3, 4) })).await.fine();
        let missing = manager.send(pair, json!({ "c": session, "a": appraisal_id(3, 77), "b": appraisal_id(3, 4) })).await.fine();
        assert_eq!(with_own.comparable(), missing.comparable());
        assert_eq!(stored(&app, 3, 7).await.0.score, Some(610_000));
        // Also when results are out.
        super::bench::moved_to(&app, 3, Published).await;
        assert_eq!(numbers(&look(&manager, &session).await), ["M0004", "M0008", "M0002", "M0003", "M0005"]);
        let late = calibrate(&hr, &session, (4, 1), "90").await;
        assert_eq!(late.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn only_those_who_calibrate_get_in(app: TestApp) {
        cycle(&app, 3, Calibration, &PEOPLE).await;
        let session = opened(&app.as_("hr").await, 3, None).await;
        for login in LOGINS {
            let actor = app.as_(login).await;
            let reply = actor.send(ALL, json!({ "id": session })).await;
            let may = ["admin", "service_manager", "hr"].contains(&login);
            assert_eq!(reply.error_codes().contains(&"FORBIDDEN"), !may, "{login}: {reply}");
            if !may {
                assert!(reply.body["data"]["appraisalCalibration"].is_null(), "{login}");
                let open = json!({ "cycleId": company::id(Table::AppraisalCycle, 3), "name": "Mine" });
                assert_eq!(actor.change("appraisalCalibrationOpen", "calibration { id }", open).await.error_codes(), ["FORBIDDEN"], "{login}");
                assert_eq!(calibrate(&actor, &session, (4, 1), "90").await.error_codes(), ["FORBIDDEN"], "{login}");
            }
        }
    }

    async fn hints_say_where_to_look_and_nothing_of_few(app: TestApp) {
        let mut people: Vec<Judged> = Vec::new();
        // The lead judges six highly, the manager six as usual, the coordinator two.
        people.extend((0..6).map(|n| (101 + n, (2, 1), 1, 94 + n as i64 % 3)));
        people.extend((0..6).map(|n| (111 + n, (5, 2), 7, 70 + n as i64)));
        people.extend((0..2).map(|n| (121 + n, (4, 2), 8, 40)));
        cycle(&app, 3, Calibration, &people).await;
        let hr = app.as_("hr").await;
        let session = opened(&hr, 3, None).await;
        let found = look(&hr, &session).await;
        let by_reviewer: Vec<(String, String, Value)> = found.list("appraisalCalibration.reviewer").iter().map(|hint| {
            let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (word(&hint["reviewer"]["number"]), word(&hint["finding"]), hint["apart"].clone())
        }).collect();
        assert_eq!(by_reviewer.len(), 3);
        let of = |number: &str| by_reviewer.iter().find(|one| one.0 == number).expect("a reviewer").clone();
        assert_eq!(of("M0001").1, "HIGHER");
        assert!(of("M0001").2.as_f64().expect("a difference") > 20.0);
        assert_eq!((of("M0008").1.as_str(), of("M0008").2.is_null()), ("TOO_FEW", true));
        // All have been here as long: there is nobody to compare with.
        let tenure = found.data("appraisalCalibration.tenure.0");
        assert_eq!((&tenure["finding"], &tenure["others"]), (&json!("TOO_FEW"), &json!(0)));
        let top = "query($id: ID!) { appraisalCalibration(id: $id) { members(band: \"excellent\", first: 2, offset: 1) { score } } }";
        let page = hr.send(top, json!({ "id": session })).await.fine();
        assert_eq!(page.data("appraisalCalibration.members"), &json!([{ "score": "96" }, { "score": "95" }]));
    }

    async fn looks_are_logged_and_lists_take_a_fixed_number_of_statements(app: TestApp) {
        cycle(&app, 3, Calibration, &PEOPLE).await;
        let hr = app.as_("hr").await;
        let document = "{ appraisalCalibrations(first: 10, filter: { closed: false }) { nodes { memberTotal members { member { number } reviewer { number } team { code } } spread { results } hints(by: TENURE) { results } changes { member { number } } } } }";
        let mut least = [u64::MAX; 2];
        for (count, least) in (1..).zip(&mut least) {
            let session = opened(&hr, 3, (count == 2).then_some(1)).await;
            for who in [4, 8, 2, 3].into_iter().skip((count - 1) * 2).take(2) {
                calibrate(&hr, &session, (who, 1), if count == 1 { "80" } else { "70" }).await.fine();
            }
            *least = app.statements(async || { hr.ask(document).await.fine(); }).await;
        }
        // A look more to log is a row more.
        assert!(least[1] <= least[0] + 2, "statements for one session and for two: {least:?}");
        let looks = audit_log::Entity::find().filter(audit_log::Column::Action.eq("appraisal.calibration.read"));
        let before = looks.clone().count(app.db.reader()).await.expect("a count");
        let plain = hr.ask("{ appraisalCalibrations { nodes { name version } } }").await.fine();
        assert_eq!(looks.clone().count(app.db.reader()).await.expect("a count"), before, "no result was looked at: {plain}");
        hr.ask("{ appraisalCalibrations(filter: { closed: false }) { nodes { memberTotal } } }").await.fine();
        assert_eq!(looks.count(app.db.reader()).await.expect("a count"), before + 2);
    }
}
