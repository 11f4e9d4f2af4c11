/// What two do at once is done once, and rules that change meanwhile are noticed.
mod at_once;
/// Cut off anywhere, a run comes to the same bytes; what was tampered with is found.
mod bytes;
/// What rules ask of appraisals and goals is what holds, once.
mod gathered;
/// A killed server leaves a run that goes on.
mod killed;
/// Goals are waited for, and what wasn't known is told.
mod lacking;
/// Money that is recorded after its month was run counts once.
mod late;
/// The ledger is held against what stands behind it, and nothing gets into it that doesn't belong there.
mod ledger;
/// How long a large company takes.
mod measure;
/// A period waits for those before it, and budgets are what approved ones leave.
mod order;
/// What is told of a run, an award and a payout, and to whom.
mod privacy;
/// Money that went back takes its share of awards back, to the last fen.
mod refunds;
/// Appraisals that are reopened later change nothing of what was frozen before.
mod reopened;
/// What was made in error is taken back: payouts, corrections, questions.
mod taking_back;
/// What was tampered with in the ledger is found, and what can be is mended.
mod tampered;
/// The commissions that ship pay as they are.
mod templates;

use aftercare::identity;
use aftercare::incentives::definitions::kind_of;
use aftercare::incentives::rules::content::RuleContent;
use aftercare::incentives::runs::work::round;
use aftercare::incentives::runs::{AwardFacts, OwnedFacts};
use entity::enums::{IncentiveMethod, IncentivePeriod, IncentiveRuleState, IncentiveRunState};
use entity::{
    audit_log, incentive_award, incentive_correction, incentive_question, incentive_rule,
    incentive_rule_version, incentive_transaction,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};

use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS, id};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const RUN: &str = "run { id state version attempt awards evaluated bookedAt sums { currency amount { amount } } \
    totals { name members awards amount { amount } } }";

/// Asks for the run of February, which is over since yesterday.
pub async fn february(who: &Actor) -> Reply {
    let input = json!({ "period": "MONTH", "from": "2026-02-01" });
    who.change("incentiveRunStart", RUN, input).await
}

/// The worker's rounds.
pub async fn work(app: &TestApp) {
    round(&app.db, &app.counter, start())
        .await
        .expect("a round");
}

/// The run as it is now.
pub async fn seen(who: &Actor, run: &Value) -> Value {
    let query =
        "query($id: ID!) { incentiveRun(id: $id) { id state version attempt awards bookedAt } }";
    let reply = who.send(query, json!({ "id": run })).await.fine();
    reply.data("incentiveRun").clone()
}

/// February's run, worked out.
pub async fn calculated(app: &TestApp, hr: &Actor) -> Value {
    let reply = february(hr).await.fine();
    work(app).await;
    let run = seen(hr, reply.data("incentiveRunStart.run.id")).await;
    assert_eq!(run["state"], "CALCULATED");
    run
}

/// February's run, approved and booked.
pub async fn booked(app: &TestApp, hr: &Actor, manager: &Actor) -> Value {
    let run = calculated(app, hr).await;
    let input = json!({ "id": run["id"], "expectedVersion": run["version"] });
    manager
        .change("incentiveRunApprove", RUN, input)
        .await
        .fine();
    work(app).await;
    let run = seen(hr, &run["id"]).await;
    assert!(run["bookedAt"].is_string(), "{run}");
    run
}

/// A rule in force since January of last year beside those of the company.
pub async fn in_force(app: &TestApp, n: usize, content: RuleContent) {
    let rule = incentive_rule::Model {
        id: key(Table::IncentiveRule, n),
        code: format!("rule-{n}"),
        name: content.name.clone(),
        name_zh: content.name_zh.clone(),
        kind: kind_of(content.kind),
        method: IncentiveMethod::Goal,
        period: IncentivePeriod::Month,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let version = incentive_rule_version::Model {
        id: key(Table::IncentiveVersion, n),
        rule_id: rule.id,
        number: 1,
        state: IncentiveRuleState::Active,
        period: IncentivePeriod::Month,
        content: serde_json::to_value(&content).expect("JSON"),
        note: None,
        authors: json!([]),
        simulated_at: None,
        approved_at: Some(start()),
        approved_by_name: None,
        reason: None,
        active_from: Some("2025-01-01".parse().expect("a day")),
        active_until: None,
        activated_by_name: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let db = app.db.reader();
    let insert = incentive_rule::Entity::insert(rule.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("a rule");
    let insert = incentive_rule_version::Entity::insert(version.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("a version");
}

fn mistakes(reply: &Reply) -> Vec<(String, String)> {
    let all = reply.user_errors().into_iter();
    all.map(|(code, field)| (code.to_owned(), field)).collect()
}

fn mistake(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

both_databases! {
    /// What a reach means for these tables is the same in SQL and in plain words.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.incentive_runs;
        let of = |member: uuid::Uuid| OwnedFacts {
            member,
            assignments: data.assignments.iter().filter(|row| row.member_id == member).cloned().collect(),
        };
        let state = IncentiveRunState::Approved;
        let awards: Vec<_> = rows.awards.iter().map(|row| (row.id, AwardFacts { of: of(row.member_id), state })).collect();
        let entries: Vec<_> = rows.transactions.iter().map(|row| (row.id, of(row.member_id))).collect();
        let corrections: Vec<_> = rows.corrections.iter().map(|row| (row.id, of(row.member_id))).collect();
        let questions: Vec<_> = rows.questions.iter().map(|row| (row.id, of(row.member_id))).collect();
        for login in LOGINS {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            hold_equal::<incentive_award::Entity>(&app.db, &awards, standing).await;
            hold_equal::<incentive_transaction::Entity>(&app.db, &entries, standing).await;
            hold_equal::<incentive_correction::Entity>(&app.db, &corrections, standing).await;
            hold_equal::<incentive_question::Entity>(&app.db, &questions, standing).await;
        }
    }

    async fn a_month_is_run_approved_by_another_booked_paid_and_locked(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        assert_eq!(february(&agent).await.error_codes(), ["FORBIDDEN"]);
        let early = json!({ "period": "MONTH", "from": "2026-03-01" });
        assert_eq!(mistakes(&hr.change("incentiveRunStart", RUN, early).await), mistake("RULE_VIOLATED", "input.from"));
        let never = json!({ "period": "MONTH", "from": "2026-02-02" });
        assert_eq!(mistakes(&hr.change("incentiveRunStart", RUN, never).await), mistake("INVALID", "input.from"));
        let locked = json!({ "period": "MONTH", "from": "2024-12-01" });
        assert_eq!(mistakes(&hr.change("incentiveRunStart", RUN, locked).await), mistake("WRONG_STATE", "input.from"));
        let empty = json!({ "period": "YEAR", "from": "2025-01-01" });
        assert_eq!(mistakes(&hr.change("incentiveRunStart", RUN, empty).await), mistake("RULE_VIOLATED", "input.from"));

        let first = february(&hr).await.fine();
        let again = february(&hr).await.fine();
        assert_eq!(first.data("incentiveRunStart.run.id"), again.data("incentiveRunStart.run.id"), "there is one for each period");
        work(&app).await;
        let run = seen(&hr, first.data("incentiveRunStart.run.id")).await;
        assert_eq!(run["state"], "CALCULATED");
        let step = |version: &Value| json!({ "id": run["id"], "expectedVersion": version });

        // Sent back, it may be run again, as another attempt.
        let mut back = step(&run["version"]);
        back["reason"] = json!("Too early. 过早");
        assert_eq!(hr.change("incentiveRunReject", RUN, back.clone()).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(manager.change("incentiveRunApprove", RUN, step(&json!(1))).await.error_codes(), ["CONFLICT"]);
        let reply = manager.change("incentiveRunReject", RUN, back).await.fine();
        assert_eq!(reply.data("incentiveRunReject.run.state"), "REJECTED");
        let run = booked(&app, &hr, &manager).await;
        assert_eq!((&run["attempt"], &run["state"]), (&json!(2), &json!("APPROVED")));
        let approve = json!({ "id": run["id"], "expectedVersion": run["version"] });
        assert_eq!(mistakes(&manager.change("incentiveRunApprove", RUN, approve).await), mistake("WRONG_STATE", "input.id"));

        // What is booked is owed, each entry makes nought, and it can't be changed.
        let query = "query { incentiveTransactions(first: 100, filter: { day: { gte: \"2026-02-01\" } }) { nodes { id reason amount { amount currency } postings { account amount { amount } } } } }";
        let reply = agent.ask(query).await.fine();
        let own: Vec<&Value> = reply.list("incentiveTransactions.nodes").iter().filter(|entry| entry["reason"] == "AWARD").collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0]["amount"], json!({ "amount": "100", "currency": "CNY" }));
        assert_eq!(own[0]["postings"], json!([
            { "account": "EXPENSE", "amount": { "amount": "100" } }, { "account": "PAYABLE", "amount": { "amount": "-100" } },
        ]));
        let update = incentive_transaction::Entity::update_many().col_expr(incentive_transaction::Column::Amount, Expr::value(1));
        assert!(update.exec(app.db.reader()).await.is_err(), "the ledger only grows");
        assert!(incentive_transaction::Entity::delete_many().exec(app.db.reader()).await.is_err(), "the ledger only grows");

        let pay = json!({ "name": "February", "currency": "CNY", "until": "2026-03-01", "idempotencyKey": "february" });
        let fields = "payout { id number members total { amount } }";
        assert_eq!(agent.change("incentivePayoutMake", fields, pay.clone()).await.error_codes(), ["FORBIDDEN"]);
        let payout = hr.change("incentivePayoutMake", fields, pay.clone()).await.fine();
        assert_eq!(hr.change("incentivePayoutMake", fields, pay.clone()).await.fine().data("incentivePayoutMake"), payout.data("incentivePayoutMake"));
        let lines = "query($id: ID!) { incentiveTransactions(first: 100, filter: { payoutId: { eq: $id } }) { totalCount nodes { amount { amount } member { number } } } }";
        let lines = hr.send(lines, json!({ "id": payout.data("incentivePayoutMake.payout.id") })).await.fine();
        assert_eq!(lines.data("incentiveTransactions.totalCount"), payout.data("incentivePayoutMake.payout.members"));
        let mut twice = pay;
        twice["idempotencyKey"] = json!("again");
        assert_eq!(mistakes(&hr.change("incentivePayoutMake", fields, twice).await), mistake("RULE_VIOLATED", "input.until"), "nobody is paid twice");

        let statement = "query($of: ID) { incentiveStatement(memberId: $of, from: \"2026-02-01\", until: \"2026-04-01\") { opening { amount } awarded { amount } paid { amount } closing { amount } } }";
        let reply = agent.send(statement, json!({})).await.fine();
        assert_eq!(reply.data("incentiveStatement.0"), &json!({
            "opening": { "amount": "100" }, "awarded": { "amount": "100" }, "paid": { "amount": "-200" }, "closing": { "amount": "0" },
        }));
        let other = json!({ "of": id(Table::Member, 4) });
        assert_eq!(agent.send(statement, other.clone()).await.error_codes(), ["NOT_FOUND"]);
        let looks = async || audit_log::Entity::find().filter(audit_log::Column::Action.eq("incentive.award.read")).count(app.db.reader()).await.expect("a count");
        let before = looks().await;
        hr.send(statement, other).await.fine();
        assert_eq!(looks().await, before + 1, "a look at somebody else's pay is logged");

        let lock = json!({ "month": "2026-02-01" });
        assert_eq!(manager.change("incentiveMonthLock", "lock { openFrom }", lock.clone()).await.error_codes(), ["FORBIDDEN"]);
        let reply = hr.change("incentiveMonthLock", "lock { openFrom }", lock.clone()).await.fine();
        assert_eq!(reply.data("incentiveMonthLock.lock.openFrom"), "2026-03-01");
        assert_eq!(mistakes(&hr.change("incentiveMonthLock", "lock { openFrom }", lock).await), mistake("WRONG_STATE", "input.month"));
        assert_eq!(mistakes(&hr.change("incentiveMonthLock", "lock { openFrom }", json!({ "month": "2026-03-01" })).await), mistake("RULE_VIOLATED", "input.month"));
        assert_eq!(mistakes(&february(&hr).await), mistake("WRONG_STATE", "input.from"), "nothing is worked out for a locked month");
    }

    async fn awards_explain_themselves_and_are_nobody_elses_business(app: TestApp) {
        let (hr, agent, admin) = (app.as_("hr").await, app.as_("agent").await, app.as_("admin").await);
        let run = calculated(&app, &hr).await;
        let query = "query($run: ID!) { incentiveAwards(first: 100, filter: { runId: { eq: $run } }) { totalCount nodes { id state memberId name amount { amount } explanation { text } trace } } }";
        let own = agent.send(query, json!({ "run": run["id"] })).await.fine();
        assert_eq!(own.data("incentiveAwards.totalCount"), 1);
        let award = own.data("incentiveAwards.nodes.0");
        assert_eq!((&award["memberId"], &award["state"], &award["amount"]["amount"]), (&json!(id(Table::Member, 2)), &json!("CALCULATED"), &json!("100")));
        let told: Vec<&str> = award["explanation"].as_array().expect("sentences").iter().filter_map(|one| one["text"].as_str()).collect();
        assert!(told.iter().any(|text| text.starts_with("That makes 100.00 CNY")), "{told:?}");
        let all = hr.send(query, json!({ "run": run["id"] })).await.fine();
        assert_eq!(all.data("incentiveAwards.totalCount"), &run["awards"]);
        // An administrator sees the run, and no awards of others.
        let none = admin.send(query, json!({ "run": run["id"] })).await.fine();
        assert_eq!(none.data("incentiveAwards.totalCount"), 0);
        let totals = "query($id: ID!) { incentiveRun(id: $id) { totals { members amount { amount } } sums { amount { amount } } } }";
        let few = incentive_award::Entity::find().filter(incentive_award::Column::RunId.eq(aftercare::graphql::ids::decode(run["id"].as_str().expect("an id")).expect("an id").1)).count(app.db.reader()).await.expect("a count") < 5;
        let reply = admin.send(totals, json!({ "id": run["id"] })).await.fine();
        assert_eq!(reply.data("incentiveRun.totals.0.amount").is_null(), few);
        assert_eq!(reply.data("incentiveRun.sums.0.amount").is_null(), few);

        let mine = "query { myIncentives(period: MONTH, day: \"2026-02-10\") { earned { awards } pending { kind awards amount { amount } } reachable { name } } }";
        let reply = agent.ask(mine).await.fine();
        assert_eq!(reply.data("myIncentives"), &json!({
            "earned": [], "pending": [{ "kind": "BONUS", "awards": 1, "amount": { "amount": "100" } }], "reachable": [],
        }));
        let now = "query { myIncentives(period: MONTH) { fromDay reachable { name amount { amount } unmet { part } } } }";
        let reply = agent.ask(now).await.fine();
        assert_eq!(reply.data("myIncentives.fromDay"), "2026-03-01");
        assert_eq!(reply.data("myIncentives.reachable.0"), &json!({ "name": "Bonus", "amount": { "amount": "100" }, "unmet": [] }));
    }

    async fn questions_are_answered_and_mistakes_corrected_by_two(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        let ask = |award: usize| json!({ "awardId": id(Table::IncentiveAward, award), "question": "Why? 为什么？" });
        let fields = "question { id version question answer answeredBy }";
        assert_eq!(agent.change("incentiveQuestionAsk", fields, ask(2)).await.error_codes(), ["NOT_FOUND"], "somebody else's award");
        let asked = agent.change("incentiveQuestionAsk", fields, ask(1)).await.fine();
        let question = asked.data("incentiveQuestionAsk.question").clone();
        let answer = json!({ "id": question["id"], "expectedVersion": question["version"], "answer": "By the rule. 按规则" });
        assert_eq!(agent.change("incentiveQuestionAnswer", fields, answer.clone()).await.error_codes(), ["FORBIDDEN"]);
        let reply = hr.change("incentiveQuestionAnswer", fields, answer).await.fine();
        assert_eq!(reply.data("incentiveQuestionAnswer.question.answer"), "By the rule. 按规则");

        let correct = |amount: &str, less: bool| json!({
            "awardId": id(Table::IncentiveAward, 1), "amount": { "amount": amount, "currency": "CNY" }, "less": less, "reason": "Counted twice. 重复计算",
        });
        let fields = "correction { id version state amount { amount } }";
        assert_eq!(mistakes(&hr.change("incentiveCorrect", fields, correct("100.01", true)).await), mistake("RULE_VIOLATED", "input.amount"), "no more than was given");
        let made = hr.change("incentiveCorrect", fields, correct("30", true)).await.fine();
        let correction = made.data("incentiveCorrect.correction").clone();
        assert_eq!(correction["amount"]["amount"], "-30");
        let decide = json!({ "id": correction["id"], "expectedVersion": correction["version"], "approve": true });
        assert_eq!(hr.change("incentiveCorrectionDecide", fields, decide.clone()).await.error_codes(), ["FORBIDDEN"]);
        let reply = manager.change("incentiveCorrectionDecide", fields, decide.clone()).await.fine();
        assert_eq!(reply.data("incentiveCorrectionDecide.correction.state"), "APPROVED");
        let mut late = decide;
        late["expectedVersion"] = json!(2);
        assert_eq!(mistakes(&manager.change("incentiveCorrectionDecide", fields, late).await), mistake("WRONG_STATE", "input.id"));
        let entries = "query($id: ID!) { incentiveAward(id: $id) { transactions { reason amount { amount } } corrections { state } questions { answer } } }";
        let reply = agent.send(entries, json!({ "id": id(Table::IncentiveAward, 1) })).await.fine();
        assert_eq!(reply.data("incentiveAward.transactions").as_array().map(Vec::len), Some(2));
        assert_eq!(reply.data("incentiveAward.corrections").as_array().map(Vec::len), Some(2));
        assert_eq!(agent.send(entries, json!({ "id": id(Table::IncentiveAward, 2) })).await.fine().data("incentiveAward"), &Value::Null);
    }

    /// A longer list takes no more statements.
    async fn a_page_of_awards_takes_as_many_statements_as_one(app: TestApp) {
        let hr = app.as_("hr").await;
        let document = "query($first: Int!) { incentiveAwards(first: $first) { totalCount nodes { name state explanation { text } member { name } transactions { postings { account } } corrections { id } questions { id } } } }";
        let page = async |first: usize| app.statements(async || {
            let reply = hr.send(document, json!({ "first": first })).await.fine();
            assert_eq!(reply.list("incentiveAwards.nodes").len(), first);
        }).await;
        assert_eq!(page(1).await, page(3).await);
    }
}
