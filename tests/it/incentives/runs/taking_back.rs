use std::collections::BTreeMap;

use aftercare::incentives::runs::verify::verify;
use entity::{incentive_lock, incentive_payout};
use sea_orm::Set;

use super::*;

const MAKE: &str = "payout { id number members total { amount } }";
const REVERSE: &str =
    "payout { id reversedAt reversedOn reversedBy reversalReason members total { amount } }";

async fn pay(hr: &Actor) -> Reply {
    let input = json!({ "name": "February", "currency": "CNY", "until": "2026-03-01" });
    hr.change("incentivePayoutMake", MAKE, input).await
}

/// The lines of a payout, by number: member's number, line, paid.
async fn lines(who: &Actor, payout: &Value) -> Reply {
    let query = "query($id: ID!) { incentiveTransactions(first: 100, filter: { payoutId: { eq: $id } }) { \
        nodes { line paid { amount } amount { amount } note member { number } } } }";
    who.send(query, json!({ "id": payout })).await
}

both_databases! {
    async fn the_file_for_payroll_is_whole_and_in_order_or_refused(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        booked(&app, &hr, &manager).await;
        let made = pay(&hr).await.fine();
        let payout = made.data("incentivePayoutMake.payout.id");
        let all = lines(&hr, payout).await.fine();
        let rows = all.list("incentiveTransactions.nodes");
        let text = |row: &Value, path: &str| row.pointer(path).and_then(Value::as_str).expect("a text").to_owned();
        let numbers: Vec<String> = rows.iter().map(|row| text(row, "/member/number")).collect();
        let mut sorted = numbers.clone();
        sorted.sort();
        assert!(numbers.len() > 2 && numbers == sorted, "{numbers:?}");
        let counted: Vec<i64> = rows.iter().filter_map(|row| row["line"].as_i64()).collect();
        assert_eq!(counted, (1..).take(rows.len()).collect::<Vec<i64>>());
        let paid: i64 = rows.iter().map(|row| text(row, "/paid/amount").parse::<i64>().expect("whole yuan")).sum();
        assert_eq!(json!(paid.to_string()), *made.data("incentivePayoutMake.payout.total.amount"));
        // The query that the documentation gives leaves nobody out when there are more than a page has.
        let page = include_str!("../../../../docs/incentives-runs.md");
        let query = page.split("```graphql").filter_map(|part| part.split("```").next()).find(|query| query.contains("$payout"));
        let query = query.expect("the query for payroll").replace("first: 100", "first: 2");
        let file = hr.export("csv", &query, json!({ "payout": payout })).await;
        let text = String::from_utf8_lossy(&file.bytes);
        assert_eq!((file.status, text.lines().count()), (200, 1 + rows.len()), "{text}");
        // Whoever sees only some pay gets no file, rather than a part of one.
        for who in [&agent, &app.as_("admin").await] {
            let codes = lines(who, payout).await;
            assert_eq!(codes.error_codes(), ["FORBIDDEN"]);
        }
        let team = entity::role_grant::Entity::update_many().col_expr(entity::role_grant::Column::Reach, Expr::value("team"));
        let team = team.filter(entity::role_grant::Column::Permission.eq("member.pay.read"));
        team.exec(app.db.reader()).await.expect("grants");
        let some = lines(&app.as_("hr").await, payout).await;
        assert_eq!(some.error_codes(), ["BAD_INPUT"]);
    }

    async fn a_payout_made_in_error_is_taken_back_as_a_whole(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        booked(&app, &hr, &manager).await;
        let made = pay(&hr).await.fine();
        let made = made.data("incentivePayoutMake.payout").clone();
        assert_eq!(mistakes(&pay(&hr).await), mistake("RULE_VIOLATED", "input.until"));

        let input = json!({ "id": made["id"], "reason": "The bank returned it. 银行退回" });
        assert_eq!(agent.change("incentivePayoutReverse", REVERSE, input.clone()).await.error_codes(), ["FORBIDDEN"]);
        let blank = json!({ "id": made["id"], "reason": " " });
        assert_eq!(mistakes(&hr.change("incentivePayoutReverse", REVERSE, blank).await), mistake("BLANK", "input.reason"));
        // March is locked: it is booked on the first open day.
        let lock = incentive_lock::Model {
            id: key(Table::IncentiveLock, 2), open_from: "2026-04-01".parse().expect("a day"), note: None, made_by: key(Table::User, 7),
            made_by_name: "The hr".to_owned(), created_at: start(),
        };
        incentive_lock::Entity::insert(lock.into_active_model().reset_all()).exec_without_returning(app.db.reader()).await.expect("a lock");
        let back = hr.change("incentivePayoutReverse", REVERSE, input.clone()).await.fine();
        let back = back.data("incentivePayoutReverse.payout");
        assert_eq!((&back["reversedOn"], &back["reversalReason"]), (&json!("2026-04-01"), &input["reason"]));
        assert!(back["reversedAt"].is_string() && back["reversedBy"].is_string());
        assert_eq!((&back["members"], &back["total"]), (&made["members"], &made["total"]), "what it was stays");
        assert_eq!(mistakes(&hr.change("incentivePayoutReverse", REVERSE, input).await), mistake("WRONG_STATE", "input.id"));

        let all = lines(&hr, &made["id"]).await.fine();
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for row in all.list("incentiveTransactions.nodes") {
            let amount: i64 = row["amount"]["amount"].as_str().expect("a text").parse().expect("whole yuan");
            *sums.entry(row["member"]["number"].to_string()).or_default() += amount;
        }
        assert!(!sums.is_empty() && sums.values().all(|sum| *sum == 0), "{sums:?}");
        let found = verify(&app.db, &app.counter, None).await.expect("a verdict").findings;
        assert_eq!(found.len(), 1, "January's run of the fixed company alone, which has no frozen figures: {found:?}");
        // Owed again, it is paid again.
        let again = pay(&hr).await.fine();
        let again = again.data("incentivePayoutMake.payout");
        assert_eq!((&again["members"], &again["total"]), (&made["members"], &made["total"]));

        // One that doesn't say that it was taken back doesn't fit its lines.
        let id = aftercare::graphql::ids::decode(made["id"].as_str().expect("an id")).expect("an id").1;
        let row = incentive_payout::ActiveModel { id: Set(id), reversed_at: Set(None), ..Default::default() };
        row.update(app.db.reader()).await.expect("it is tampered with");
        assert_eq!(verify(&app.db, &app.counter, None).await.expect("a verdict").findings.len(), 2);
    }

    async fn corrections_and_questions_are_withdrawn_by_whoever_made_them(app: TestApp) {
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        let fields = "correction { state version withdrawnAt decidedBy }";
        let input = json!({ "id": id(Table::IncentiveCorrection, 1), "expectedVersion": 1 });
        assert_eq!(agent.change("incentiveCorrectionWithdraw", fields, input.clone()).await.error_codes(), ["FORBIDDEN"]);
        let late = json!({ "id": input["id"], "expectedVersion": 2 });
        assert_eq!(hr.change("incentiveCorrectionWithdraw", fields, late.clone()).await.error_codes(), ["CONFLICT"]);
        let done = hr.change("incentiveCorrectionWithdraw", fields, input.clone()).await.fine();
        let done = done.data("incentiveCorrectionWithdraw.correction");
        assert_eq!((&done["state"], &done["decidedBy"]), (&json!("DECLINED"), &Value::Null));
        assert!(done["withdrawnAt"].is_string());
        assert_eq!(mistakes(&hr.change("incentiveCorrectionWithdraw", fields, late.clone()).await), mistake("WRONG_STATE", "input.id"));
        let mut decide = late;
        decide["approve"] = json!(true);
        assert_eq!(mistakes(&manager.change("incentiveCorrectionDecide", "correction { id }", decide).await), mistake("WRONG_STATE", "input.id"));
        // Somebody else's.
        let user = incentive_correction::Entity::update_many()
            .col_expr(incentive_correction::Column::State, Expr::value("proposed"))
            .col_expr(incentive_correction::Column::ProposedBy, Expr::value(key(Table::User, 2)));
        user.exec(app.db.reader()).await.expect("a correction");
        let other = json!({ "id": input["id"], "expectedVersion": 2 });
        assert_eq!(mistakes(&hr.change("incentiveCorrectionWithdraw", fields, other).await), mistake("RULE_VIOLATED", "input.id"));

        let fields = "question { version withdrawnAt answer }";
        let input = json!({ "id": id(Table::IncentiveQuestion, 1), "expectedVersion": 1 });
        assert_eq!(hr.change("incentiveQuestionWithdraw", fields, input.clone()).await.error_codes(), ["NOT_FOUND"], "somebody else's");
        let done = agent.change("incentiveQuestionWithdraw", fields, input).await.fine();
        assert!(done.data("incentiveQuestionWithdraw.question.withdrawnAt").is_string());
        let answer = json!({ "id": id(Table::IncentiveQuestion, 1), "expectedVersion": 2, "answer": "Too late. 太迟" });
        assert_eq!(mistakes(&manager.change("incentiveQuestionAnswer", fields, answer).await), mistake("WRONG_STATE", "input.id"));
        let open = "query { incentiveQuestions(filter: { answeredAt: { isNull: true }, withdrawnAt: { isNull: true } }) { totalCount } }";
        assert_eq!(hr.ask(open).await.fine().data("incentiveQuestions.totalCount"), 0);
        // The service manager answers as well, also where HR asks.
        let ask = json!({ "awardId": id(Table::IncentiveAward, 1), "question": "Why? 为什么？" });
        let asked = agent.change("incentiveQuestionAsk", "question { id version }", ask).await.fine();
        let asked = asked.data("incentiveQuestionAsk.question");
        let answer = json!({ "id": asked["id"], "expectedVersion": asked["version"], "answer": "By the rule. 按规则" });
        let reply = manager.change("incentiveQuestionAnswer", fields, answer).await.fine();
        assert_eq!(reply.data("incentiveQuestionAnswer.question.answer"), "By the rule. 按规则");
    }

    async fn mistakes_are_told_for_what_they_are(app: TestApp) {
        let hr = app.as_("hr").await;
        let correct = json!({
            "awardId": id(Table::IncentiveAward, 1), "amount": { "amount": "0.001", "currency": "CNY" }, "less": false, "reason": "More. 补发",
        });
        let reply = hr.change("incentiveCorrect", "correction { id }", correct).await;
        assert_eq!(mistakes(&reply), mistake("INVALID", "input.amount"));
        assert!(reply.data("incentiveCorrect.userErrors.0.message").to_string().contains("decimals"));
        let pay = json!({ "name": "February", "currency": "XXQ", "until": "2026-03-01" });
        assert_eq!(mistakes(&hr.change("incentivePayoutMake", MAKE, pay).await), mistake("INVALID", "input.currency"));
        let lock = json!({ "month": "0001-01-01" });
        let reply = hr.change("incentiveMonthLock", "lock { id }", lock).await;
        assert!(mistakes(&reply).contains(&("INVALID".to_owned(), "input.month".to_owned())));
    }
}
