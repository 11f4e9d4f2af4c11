//! Contests are run, entered, judged fairly, and kept secret until they are published.

use std::collections::BTreeSet;

use aftercare::access::Permission;
use aftercare::identity;
use aftercare::training::contests::{CONTEST_PUBLISHED, ContestFacts, ScoreFacts, lends};
use chrono::{DateTime, Utc};
use entity::enums::{ContestRoundKind, ExamAttemptState};
use entity::{
    contest, contest_award, contest_conflict, contest_entrant, contest_judge, contest_result,
    contest_round, contest_score, exam_attempt, outbox,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scopes::{hold_equal, hold_equal_with};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

fn id(n: usize) -> String {
    company::id(Table::Contest, n)
}

fn round(n: usize) -> String {
    company::id(Table::ContestRound, n)
}

fn entrant(n: usize) -> String {
    company::id(Table::Entrant, n)
}

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

async fn give(actor: &Actor, of: usize, points: &str) -> Reply {
    let input = json!({ "roundId": round(2), "entrantId": entrant(of), "points": [points] });
    actor
        .change("contestScoreGive", "score { id total version }", input)
        .await
}

fn content(code: &str) -> Value {
    json!({
        "code": code, "title": "Hotline cup", "titleZh": "热线杯", "ownerId": member(7),
        "rounds": [
            { "title": "Heats", "titleZh": "初赛", "advance": 1, "leastJudges": 1, "criteria": [
                { "name": "Care", "nameZh": "细致", "maxPoints": "10", "weight": 60 }, { "name": "Speed", "nameZh": "速度", "maxPoints": "20", "weight": 40 } ] },
            { "title": "Final", "titleZh": "决赛", "leastJudges": 1, "criteria": [{ "name": "All", "nameZh": "综合", "maxPoints": "100" }] },
        ],
        "prizes": [{ "fromRank": 1, "toRank": 1, "name": "Gold", "nameZh": "金奖" }, { "fromRank": 2, "toRank": 3, "name": "Silver", "nameZh": "银奖" }],
    })
}

/// Makes the round of contest 2 one of exam 1, which is closed and which the colleague and the mover sat.
async fn score_by_exam(app: &TestApp) {
    use contest_round::Column::{ExamId, Id, Kind};
    contest_round::Entity::update_many()
        .col_expr(Kind, Expr::value(ContestRoundKind::Exam))
        .col_expr(ExamId, Expr::value(key(Table::Exam, 1)))
        .filter(Id.eq(key(Table::ContestRound, 2)))
        .exec(app.db.reader())
        .await
        .expect("the round can be set");
}

/// Takes back that the mover's result in exam 1 was published, and puts the attempt into a state.
async fn hold_back(app: &TestApp, state: ExamAttemptState) {
    use exam_attempt::Column::{Id, PublishedAt, State};
    exam_attempt::Entity::update_many()
        .col_expr(State, Expr::value(state))
        .col_expr(PublishedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Id.eq(key(Table::ExamAttempt, 3)))
        .exec(app.db.reader())
        .await
        .expect("the attempt can be set");
}

both_databases! {
    async fn a_contest_from_draft_to_prizes(app: TestApp) {
        let (manager, agent, colleague, mover, engineer) =
            (app.as_("service_manager").await, app.as_("agent").await, app.as_("colleague").await, app.as_("mover").await, app.as_("engineer").await);
        let fields = "contest { id version state rounds { id version state } entrants { id version member { id } } }";
        let make = json!({ "contest": content("hotline"), "idempotencyKey": "once" });
        let made = manager.change("contestCreate", fields, make.clone()).await.fine();
        let again = manager.change("contestCreate", fields, make).await.fine();
        assert_eq!(made.data("contestCreate.contest.id"), again.data("contestCreate.contest.id"));
        let taken = manager.change("contestCreate", fields, json!({ "contest": content("hotline") })).await;
        assert_eq!(taken.user_errors(), [("TAKEN", "input.contest.code".to_owned())]);
        let contest = made.data("contestCreate.contest.id").clone();
        let rounds: Vec<Value> = made.list("contestCreate.contest.rounds").to_vec();
        let draft = agent.send("query($id: ID!) { contest(id: $id) { id } }", json!({ "id": contest })).await.fine();
        assert!(draft.data("contest").is_null(), "a draft is for who runs it");

        let step = |version: i64| json!({ "id": contest, "expectedVersion": version });
        let mut revised = step(1);
        revised["contest"] = content("hotline");
        revised["contest"]["title"] = json!("Cup");
        let revised = manager.change("contestRevise", fields, revised).await.fine();
        assert_ne!(revised.list("contestRevise.contest.rounds"), rounds, "the rounds are planned anew");
        let rounds: Vec<Value> = revised.list("contestRevise.contest.rounds").to_vec();
        let of_round = |n: usize, version: i64| json!({ "id": rounds[n]["id"], "expectedVersion": version });
        manager.change("contestOpen", fields, step(2)).await.fine();
        for actor in [&agent, &colleague, &mover] {
            actor.change("contestEnter", "contest { id }", json!({ "contestId": contest })).await.fine();
        }
        assert_eq!(agent.change("contestEnter", "contest { id }", json!({ "contestId": contest })).await.user_errors(), [("TAKEN", "input.memberId".to_owned())]);
        let other = json!({ "contestId": contest, "memberId": member(5) });
        assert_eq!(agent.change("contestEnter", "contest { id }", other).await.error_codes(), ["FORBIDDEN"], "nobody enters others");
        assert_eq!(manager.change("contestRoundOpen", fields, of_round(0, 1)).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "there is no judge");
        let judges = json!({ "id": contest, "expectedVersion": 3, "add": [member(2)] });
        assert_eq!(manager.change("contestJudgesChange", fields, judges).await.user_errors(), [("RULE_VIOLATED", "input.add.0".to_owned())], "who takes part doesn't judge");
        let judges = json!({ "id": contest, "expectedVersion": 3, "add": [member(4)] });
        manager.change("contestJudgesChange", fields, judges).await.fine();
        let reply = engineer.change("contestEnter", "contest { id }", json!({ "contestId": contest })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.memberId".to_owned())], "who judges doesn't take part");

        assert_eq!(manager.change("contestRoundOpen", fields, of_round(1, 1)).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "one after the other");
        let begun = manager.change("contestRoundOpen", fields, of_round(0, 1)).await.fine();
        assert_eq!(begun.data("contestRoundOpen.contest.state"), "RUNNING");
        let entrants: Vec<Value> = begun.list("contestRoundOpen.contest.entrants").to_vec();
        let of = |n: usize| entrants.iter().find(|one| one["member"]["id"] == member(n)).expect("an entrant")["id"].clone();
        let score = async |round: usize, n: usize, points: Value| {
            let input = json!({ "roundId": rounds[round]["id"], "entrantId": of(n), "points": points });
            engineer.change("contestScoreGive", "score { total }", input).await
        };
        assert_eq!(score(0, 2, json!(["11", "0"])).await.user_errors(), [("INVALID", "input.points".to_owned())]);
        assert_eq!(score(0, 2, json!(["8", "15"])).await.fine().data("contestScoreGive.score.total"), "78");
        score(0, 3, json!(["8", "15"])).await.fine();
        assert_eq!(manager.change("contestRoundClose", fields, of_round(0, 2)).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "the mover waits");
        score(0, 5, json!(["5", "10"])).await.fine();
        let tasks = engineer.ask("{ contestJudgingTasks { contest { code } } }").await.fine();
        assert!(tasks.list("contestJudgingTasks").iter().all(|task| task["contest"]["code"] != "hotline"));
        let results = "contest { rounds { results { score rank advanced scores entrant { member { id } } } } }";
        let closed = manager.change("contestRoundClose", results, of_round(0, 2)).await.fine();
        let seen: Vec<_> = closed.list("contestRoundClose.contest.rounds.0.results").iter().map(|one| (one["score"].clone(), one["rank"].clone(), one["advanced"].clone())).collect();
        assert_eq!(seen, [(json!("78"), json!(1), json!(true)), (json!("78"), json!(1), json!(true)), (json!("50"), json!(3), json!(false))], "ties share a place and advance together");
        manager.change("contestRoundOpen", fields, of_round(1, 1)).await.fine();
        assert_eq!(score(1, 5, json!(["90"])).await.user_errors(), [("NOT_FOUND", "input.entrantId".to_owned())], "who didn't advance isn't in the final");
        score(1, 2, json!(["90"])).await.fine();
        score(1, 3, json!(["80"])).await.fine();
        let version = manager.send("query($id: ID!) { contest(id: $id) { version } }", json!({ "id": contest })).await.fine().data("contest.version").as_i64().expect("a version");
        assert_eq!(manager.change("contestPublish", "contest { id }", step(version)).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        manager.change("contestRoundClose", "contest { id }", of_round(1, 2)).await.fine();
        let over = manager.change("contestPublish", "contest { state awards { rank name member { id } } }", step(version)).await.fine();
        assert_eq!(over.data("contestPublish.contest.awards"), &json!([
            { "rank": 1, "name": "Gold", "member": { "id": member(2) } },
            { "rank": 2, "name": "Silver", "member": { "id": member(3) } },
            { "rank": 3, "name": "Silver", "member": { "id": member(5) } },
        ]));
        // Incentives are told.
        let events = outbox::Entity::find().filter(outbox::Column::Kind.eq(CONTEST_PUBLISHED)).all(app.db.reader()).await.expect("events");
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].payload["awards"].as_array().map(Vec::len), Some(3));
        let last = agent.send("query($id: ID!) { contest(id: $id) { rounds { results { rank } } } }", json!({ "id": contest })).await.fine();
        assert_eq!(last.list("contest.rounds.1.results").len(), 2, "those who took part see it now");
    }

    async fn nobody_judges_themselves_or_their_own(app: TestApp) {
        let (agent, engineer, coordinator, lead) = (app.as_("agent").await, app.as_("engineer").await, app.as_("coordinator").await, app.as_("team_lead").await);
        let refused = async |actor: &Actor, of: usize| give(actor, of, "8").await.user_errors().into_iter().map(|(code, field)| format!("{code} {field}")).collect::<Vec<_>>();
        let conflict = vec!["RULE_VIOLATED input.entrantId".to_owned()];
        let reply = give(&agent, 5, "8").await;
        assert!(reply.body.to_string().contains("mentor"), "the conflict is named: {reply}");
        assert_eq!(refused(&agent, 5).await, conflict, "the agent is the mover's mentor");
        assert_eq!(refused(&coordinator, 5).await, conflict, "it was declared");
        assert_eq!(give(&lead, 4, "8").await.error_codes(), ["FORBIDDEN"], "the lead doesn't judge this one");
        let manager = app.as_("service_manager").await;
        let judges = json!({ "id": id(2), "expectedVersion": 1, "add": [member(1)] });
        manager.change("contestJudgesChange", "contest { id }", judges).await.fine();
        assert_eq!(refused(&lead, 4).await, conflict, "the lead leads the colleague");
        give(&engineer, 5, "8").await.fine();
        let declare = json!({ "entrantId": entrant(4), "reason": "We share a flat." });
        engineer.change("contestConflictDeclare", "contest { id }", declare.clone()).await.fine();
        assert_eq!(engineer.change("contestConflictDeclare", "contest { id }", declare).await.user_errors(), [("TAKEN", "input.entrantId".to_owned())]);
        assert_eq!(refused(&engineer, 4).await, conflict);
        let other = json!({ "entrantId": entrant(4), "judgeId": member(8), "reason": "x" });
        assert_eq!(engineer.change("contestConflictDeclare", "contest { id }", other).await.error_codes(), ["FORBIDDEN"]);
        let tasks = coordinator.ask("{ contestJudgingTasks { entrant { id } } }").await.fine();
        assert_eq!(tasks.data("contestJudgingTasks"), &json!([{ "entrant": { "id": entrant(4) } }]));
    }

    async fn scores_are_given_anew_by_version_and_alone(app: TestApp) {
        let (engineer, coordinator) = (app.as_("engineer").await, app.as_("coordinator").await);
        let first = give(&engineer, 4, "8").await.fine();
        assert_eq!(first.data("contestScoreGive.score.total"), "80");
        let same = give(&engineer, 4, "8").await.fine();
        assert_eq!(same.data("contestScoreGive.score"), first.data("contestScoreGive.score"), "the same again does nothing");
        assert_eq!(give(&engineer, 4, "9").await.error_codes(), ["CONFLICT"]);
        let anew = json!({ "roundId": round(2), "entrantId": entrant(4), "points": ["9"], "expectedVersion": 1 });
        engineer.change("contestScoreGive", "score { total }", anew).await.fine();
        give(&coordinator, 4, "5").await.fine();
        let query = "query($id: ID!) { contest(id: $id) { rounds { scores { total judge { id } } results { rank } } } }";
        let seen = async |login: &str| app.as_(login).await.send(query, json!({ "id": id(2) })).await.fine().list("contest.rounds.0.scores").len();
        assert_eq!((seen("engineer").await, seen("coordinator").await, seen("service_manager").await), (1, 1, 2), "judges don't see each other's");
        assert_eq!((seen("colleague").await, seen("agent").await), (0, 0), "entrants and others see none before it is published");
    }

    /// Contest 1 is published: who took part sees the ranking and the own scores, and nobody else anything of them.
    async fn results_are_for_those_whom_they_concern(app: TestApp) {
        let query = "query($id: ID!) { contest(id: $id) { awards { rank } rounds { scores { total } results { rank } } } }";
        for (login, scores, results) in [("agent", 2, 3), ("colleague", 2, 3), ("engineer", 3, 3), ("coordinator", 3, 3), ("service_manager", 6, 3),
            ("auditor", 6, 3), ("team_lead", 0, 0)] {
            let reply = app.as_(login).await.send(query, json!({ "id": id(1) })).await.fine();
            let seen = (reply.list("contest.rounds.0.scores").len(), reply.list("contest.rounds.0.results").len());
            assert_eq!(seen, (scores, results), "{login}");
            assert_eq!(reply.list("contest.awards").len(), 1, "{login}: winners are honoured before everybody");
        }
        for login in ["partner", "customer"] {
            assert_eq!(app.as_(login).await.ask("{ contests { totalCount } }").await.error_codes(), ["FORBIDDEN"]);
        }
        let list = "{ contests { totalCount } }";
        for (login, count) in [("agent", 2), ("service_manager", 3), ("auditor", 3)] {
            assert_eq!(app.as_(login).await.ask(list).await.fine().data("contests.totalCount"), count, "{login}");
        }
        // Of the one that is on, entrants learn nothing by closing either.
        let manager = app.as_("service_manager").await;
        for login in ["engineer", "coordinator", "agent"] {
            give(&app.as_(login).await, 4, "7").await.fine();
        }
        give(&app.as_("engineer").await, 5, "6").await.fine();
        let withdraw = json!({ "id": entrant(5), "expectedVersion": 1 });
        app.as_("mover").await.change("contestWithdraw", "contest { id }", withdraw).await.fine();
        let close = json!({ "id": round(2), "expectedVersion": 1 });
        manager.change("contestRoundClose", "contest { id }", close).await.fine();
        let counted = async |login: &str| app.as_(login).await.send(query, json!({ "id": id(2) })).await.fine().list("contest.rounds.0.results").len();
        assert_eq!((counted("engineer").await, counted("service_manager").await, counted("colleague").await, counted("mover").await), (1, 1, 0, 0));
    }

    async fn a_round_waits_for_the_results_of_its_exam(app: TestApp) {
        score_by_exam(&app).await;
        let manager = app.as_("service_manager").await;
        let input = json!({ "id": round(2), "expectedVersion": 1 });
        let close = async || manager.change("contestRoundClose", "contest { rounds { results { score rank } } }", input.clone()).await;
        for state in [ExamAttemptState::HandedIn, ExamAttemptState::Graded] {
            hold_back(&app, state).await;
            let reply = close().await;
            assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "{state:?}");
            assert!(reply.body.to_string().contains("1 entrants have results"), "{reply}");
        }
        let exam = json!({ "id": company::id(Table::Exam, 1), "expectedVersion": 1 });
        manager.change("examPublish", "exam { id }", exam).await.fine();
        let closed = close().await.fine();
        let first = json!({ "score": "100", "rank": 1 });
        assert_eq!(closed.data("contestRoundClose.contest.rounds.0.results"), &json!([first, first]), "both answered it right");
    }

    async fn a_page_takes_as_many_statements_as_a_contest(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let page = async |first: usize| app.statements(async || {
            manager.ask(&format!("{{ contests(first: {first}, orderBy: CODE_ASC) {{ nodes {{ code judges {{ name }} entrants {{ member {{ name }} }} awards {{ name }} \
                conflicts {{ reason judge {{ name }} }} rounds {{ scores {{ total }} results {{ rank }} criteria {{ name }} }} }} }} }}")).await.fine();
        }).await;
        assert_eq!(page(1).await, page(3).await, "statements for one contest and for three");
    }

    async fn reaches_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.contests;
        let facts = |id: Uuid| ContestFacts {
            contest: rows.contests.iter().find(|row| row.id == id).expect("a contest").clone(),
            judges: rows.judges.iter().filter(|row| row.contest_id == id).map(|row| row.member_id).collect(),
            entrants: rows.entrants.iter().filter(|row| row.contest_id == id).map(|row| row.member_id).collect(),
        };
        macro_rules! of { ($field:ident by $column:ident) => { rows.$field.iter().map(|row| (row.id, facts(row.$column))).collect::<Vec<_>>() }; }
        let (contests, rounds, entrants) = (of!(contests by id), of!(rounds by contest_id), of!(entrants by contest_id));
        let (judges, conflicts, results, awards) = (of!(judges by contest_id), of!(conflicts by contest_id), of!(results by contest_id), of!(awards by contest_id));
        let scores: Vec<_> = rows.scores.iter().map(|row| {
            let entrant = rows.entrants.iter().find(|one| one.id == row.entrant_id).expect("an entrant");
            (row.id, ScoreFacts { contest: facts(entrant.contest_id).contest, judge: row.judge_id, about: entrant.member_id })
        }).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            let lent = |all: &[(Uuid, ContestFacts)]| -> BTreeSet<Uuid> {
                all.iter().filter(|(_, facts)| lends(facts, Permission::ContestRead, standing)).map(|(id, _)| *id).collect()
            };
            hold_equal_with::<contest::Entity>(&app.db, &contests, standing, &lent(&contests)).await;
            hold_equal_with::<contest_round::Entity>(&app.db, &rounds, standing, &lent(&rounds)).await;
            hold_equal_with::<contest_entrant::Entity>(&app.db, &entrants, standing, &lent(&entrants)).await;
            hold_equal_with::<contest_judge::Entity>(&app.db, &judges, standing, &lent(&judges)).await;
            hold_equal_with::<contest_award::Entity>(&app.db, &awards, standing, &lent(&awards)).await;
            hold_equal::<contest_conflict::Entity>(&app.db, &conflicts, standing).await;
            hold_equal::<contest_result::Entity>(&app.db, &results, standing).await;
            hold_equal::<contest_score::Entity>(&app.db, &scores, standing).await;
        }
    }
}
