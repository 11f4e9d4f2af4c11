//! Contracts, money and renewals as the people of the company live with them.

use std::collections::BTreeMap;

use aftercare::customers::contracts::rules::renewals::{Looked, in_worklist, risks};
use aftercare::customers::contracts::store::days;
use aftercare::customers::{payments_between, payments_by_id};
use entity::enums::{ContractKind, ContractRole, PaymentKind, RenewalState};
use entity::{contract_payment, payment_credit};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, days_ago, key, today};
use crate::support::database::both_databases;

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

fn contract(n: usize) -> String {
    company::id(Table::Contract, n)
}

fn renewal(n: usize) -> String {
    company::id(Table::Renewal, n)
}

fn yuan(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "CNY" })
}

fn share(role: &str, of: usize, share: i32) -> Value {
    json!({ "role": role, "memberId": member(of), "share": share })
}

/// A contract with customer 5, who has none.
fn new(number: &str) -> Value {
    json!({
        "number": number, "customerId": company::id(Table::Customer, 5), "productId": company::id(Table::Product, 1),
        "value": yuan("3000"), "signedOn": days_ago(10), "startsOn": days_ago(5), "until": days_ago(-360),
        "people": [share("SELLER", 2, 10_000), share("COLLECTOR", 2, 3_334), share("COLLECTOR", 3, 3_333), share("COLLECTOR", 5, 3_333)],
        "idempotencyKey": number,
    })
}

const CONTRACT: &str = "contract { id version kind isFirst state value { amount currency } collected { amount } renews { id } \
    people { role share member { id } } renewal { id version state newContract { id } risks } }";
const PAYMENT: &str = "payment { id kind amount { amount } recordedByName refunds { id } contract { collected { amount } } \
    credits { role share amount { amount } member { id } } }";

async fn made(actor: &Actor, input: Value) -> Value {
    let reply = actor.change("contractCreate", CONTRACT, input).await.fine();
    reply.data("contractCreate.contract").clone()
}

async fn collect(actor: &Actor, contract: &Value, amount: Value) -> Reply {
    let input = json!({ "contractId": contract, "amount": amount, "paidOn": days_ago(1), "reference": "BANK-9" });
    actor.change("contractPaymentCollect", PAYMENT, input).await
}

async fn refund(actor: &Actor, payment: &Value, amount: &str) -> Reply {
    let input = json!({ "paymentId": payment, "amount": yuan(amount), "paidOn": days_ago(0), "note": "Typed wrongly. 录入错误" });
    actor.change("contractPaymentRefund", PAYMENT, input).await
}

/// Who has how much in a role.
fn credits(payment: &Value, role: &str) -> BTreeMap<String, String> {
    let all = payment["credits"].as_array().expect("credits").iter();
    all.filter(|one| one["role"] == role)
        .map(|one| {
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&one["member"]["id"]), text(&one["amount"]["amount"]))
        })
        .collect()
}

fn parts<const N: usize>(parts: [(usize, &str); N]) -> BTreeMap<String, String> {
    parts
        .into_iter()
        .map(|(of, amount)| (member(of), amount.to_owned()))
        .collect()
}

fn mistakes(reply: &Reply) -> Vec<(String, String)> {
    let all = reply.user_errors().into_iter();
    all.map(|(code, field)| (code.to_owned(), field)).collect()
}

fn mistake(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

both_databases! {
    async fn money_is_credited_to_whoever_stood_behind_the_contract(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let first = made(&manager, new("HT-A")).await;
        assert_eq!(first, made(&manager, new("HT-A")).await, "the same key and input");
        assert_eq!((&first["kind"], &first["isFirst"], &first["renewal"]["state"]), (&json!("NEW"), &json!(true), &json!("DUE")));
        assert_eq!(first["value"], json!({ "amount": "3000", "currency": "CNY" }));
        assert_eq!(first["people"].as_array().map(Vec::len), Some(4));

        let reply = collect(&manager, &first["id"], yuan("1000.01")).await.fine();
        let paid = reply.data("contractPaymentCollect.payment").clone();
        assert_eq!(credits(&paid, "SELLER"), parts([(2, "1000.01")]));
        assert_eq!(credits(&paid, "COLLECTOR"), parts([(2, "333.41"), (3, "333.3"), (5, "333.3")]));

        // Other people from now on.
        let people = json!({ "id": first["id"], "expectedVersion": 1, "people": [share("COLLECTOR", 3, 10_000)] });
        let reply = manager.change("contractPeopleSet", CONTRACT, people.clone()).await.fine();
        assert_eq!(reply.data("contractPeopleSet.contract.version"), 2);
        assert_eq!(manager.change("contractPeopleSet", "contract { id }", people).await.error_codes(), ["CONFLICT"]);
        let later = collect(&manager, &first["id"], yuan("0.01")).await.fine();
        let later = later.data("contractPaymentCollect.payment").clone();
        assert_eq!((credits(&later, "SELLER"), credits(&later, "COLLECTOR")), (parts([]), parts([(3, "0.01")])));

        // What went back is given up by those who were credited with it.
        let back = refund(&manager, &paid["id"], "0.02").await.fine();
        let back = back.data("contractPaymentRefund.payment");
        assert_eq!((&back["kind"], &back["refunds"]["id"], &back["contract"]["collected"]["amount"]), (&json!("REFUNDED"), &paid["id"], &json!("1000")));
        assert_eq!(credits(back, "SELLER"), parts([(2, "0.02")]));
        let twice = refund(&manager, &back["id"], "0.01").await;
        assert_eq!(mistakes(&twice)[0], ("WRONG_STATE".to_owned(), "input.paymentId".to_owned()));
        assert_eq!(mistakes(&refund(&manager, &paid["id"], "1000").await), mistake("RULE_VIOLATED", "input.amount.amount"));
        let rest = refund(&manager, &paid["id"], "999.99").await.fine();
        assert_eq!(rest.data("contractPaymentRefund.payment.contract.collected.amount"), "0.01");
        assert_eq!(mistakes(&refund(&manager, &paid["id"], "0.01").await), mistake("RULE_VIOLATED", "input.amount.amount"));

        // Role by role and member by member everything is taken back.
        let entries = payments_between(app.db.reader(), (days_ago(9), days_ago(-1)), None, 100).await.expect("entries");
        let mut left: BTreeMap<(ContractRole, Uuid), i64> = BTreeMap::new();
        for entry in &entries {
            let sign = if entry.kind == PaymentKind::Refunded { -1 } else { 1 };
            for one in &entry.credits {
                *left.entry((one.role, one.member_id)).or_default() += sign * one.amount;
            }
        }
        left.retain(|_, amount| *amount != 0);
        assert_eq!(left.into_iter().collect::<Vec<_>>(), [((ContractRole::Collector, key(Table::Member, 3)), 1)]);
    }

    async fn renewals_are_tasks_of_those_who_collect_them(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let of = async |n: usize| {
            let document = "query($of: TasksOfInput!) { tasks(of: $of, filter: { kinds: [RENEWAL] }) { totalCount nodes { id title dueOn overdue memberId } } }";
            manager.send(document, json!({ "of": { "memberId": member(n) } })).await.fine().list("tasks.nodes").to_vec()
        };
        let late = json!({ "id": renewal(4), "title": "Renew the contract HT-0004", "dueOn": days_ago(6), "overdue": true, "memberId": member(5) });
        assert_eq!(of(5).await, [late]);
        assert_eq!(of(2).await, [json!(null); 0], "one is won, the other one isn't due for a long time");
        let document = "{ myTasks(filter: { kinds: [RENEWAL] }) { totalCount nodes { id overdue } } }";
        let agent = app.as_("agent").await;
        assert_eq!(agent.ask(document).await.fine().data("myTasks.totalCount"), 0);
        let setting = json!({ "key": "renewal.notice_days", "value": "366", "expectedVersion": 0 });
        app.as_("admin").await.change("settingChange", "setting { key }", setting).await.fine();
        assert_eq!(agent.ask(document).await.fine().data("myTasks.nodes"), &json!([{ "id": renewal(2), "overdue": false }]));

        let lose = json!({ "id": renewal(4), "expectedVersion": 1, "reason": "PRICE" });
        manager.change("renewalLose", "renewal { state }", lose).await.fine();
        assert_eq!(of(5).await, [json!(null); 0], "what is decided is done");
    }

    async fn a_renewal_is_won_by_a_contract_and_open_again_without_it(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let first = made(&manager, new("HT-A")).await;
        let next = || {
            let mut input = new("HT-B");
            (input["renewsId"], input["startsOn"], input["until"]) = (first["id"].clone(), json!(days_ago(-360)), json!(days_ago(-720)));
            input
        };
        let contact = |version: i64, ago: i64, answered: bool| json!({
            "id": first["renewal"]["id"], "expectedVersion": version, "contactedOn": days_ago(ago), "answered": answered, "note": "Called. 已致电",
        });
        let fields = "renewal { version state attempts answered risks lostReason }";
        let reply = manager.change("renewalContact", fields, contact(1, 3, false)).await.fine();
        assert_eq!(reply.data("renewalContact.renewal"), &json!({ "version": 2, "state": "CONTACTED", "attempts": 1, "answered": false, "risks": ["NO_ANSWER"], "lostReason": null }));
        assert_eq!(mistakes(&manager.change("renewalContact", fields, contact(2, 4, true)).await), mistake("INVALID", "input.contactedOn"));
        assert_eq!(manager.change("renewalContact", fields, contact(1, 0, true)).await.error_codes(), ["CONFLICT"]);
        let lose = |reason: &str| json!({ "id": first["renewal"]["id"], "expectedVersion": 2, "reason": reason });
        assert_eq!(mistakes(&manager.change("renewalLose", fields, lose("OTHER")).await), mistake("BLANK", "input.note"));
        let reply = manager.change("renewalLose", fields, lose("PRICE")).await.fine();
        assert_eq!(reply.data("renewalLose.renewal.state"), "LOST");

        // Given up, and won after all.
        let second = made(&manager, next()).await;
        assert_eq!((&second["kind"], &second["isFirst"], &second["renews"]["id"]), (&json!("RENEWAL"), &json!(false), &first["id"]));
        let look = "query($id: ID!) { renewal(id: $id) { version state newContract { id } lostReason } }";
        let reply = manager.send(look, json!({ "id": first["renewal"]["id"] })).await.fine();
        assert_eq!(reply.data("renewal"), &json!({ "version": 4, "state": "WON", "newContract": { "id": second["id"] }, "lostReason": null }));
        let mut again = next();
        (again["number"], again["idempotencyKey"]) = (json!("HT-C"), json!("HT-C"));
        assert_eq!(mistakes(&manager.change("contractCreate", CONTRACT, again).await), mistake("WRONG_STATE", "input.renewsId"));
        assert_eq!(mistakes(&manager.change("renewalContact", fields, contact(4, 0, true)).await), mistake("WRONG_STATE", "input.id"));

        let cancel = |id: &Value| json!({ "id": id, "expectedVersion": 1, "cancelledOn": days_ago(0), "reason": "Signed twice. 重复签订" });
        let reply = manager.change("contractCancel", CONTRACT, cancel(&second["id"])).await.fine();
        assert_eq!((reply.data("contractCancel.contract.state"), reply.data("contractCancel.contract.renewal.state")), (&json!("CANCELLED"), &json!("VOID")));
        let reply = manager.send(look, json!({ "id": first["renewal"]["id"] })).await.fine();
        assert_eq!(reply.data("renewal"), &json!({ "version": 5, "state": "CONTACTED", "newContract": null, "lostReason": null }));
        let mut twice = cancel(&second["id"]);
        twice["expectedVersion"] = json!(2);
        assert_eq!(mistakes(&manager.change("contractCancel", CONTRACT, twice).await), mistake("WRONG_STATE", "input.id"));
        let late = json!({ "contractId": second["id"], "amount": yuan("1"), "paidOn": days_ago(0) });
        manager.change("contractPaymentCollect", PAYMENT, late).await.fine();
        manager.change("contractCancel", CONTRACT, cancel(&first["id"])).await.fine();
        let late = json!({ "contractId": first["id"], "amount": { "amount": "1", "currency": "USD" }, "paidOn": days_ago(0) });
        assert_eq!(mistakes(&manager.change("contractPaymentCollect", PAYMENT, late).await), mistake("INVALID", "input.amount.currency"));
    }

    /// What was recorded wrongly and called off was none, as soon as no money for it is left.
    async fn what_replaces_a_wrong_first_contract_is_the_first(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let call_off = async |contract: &Value| {
            let input = json!({ "id": contract["id"], "expectedVersion": 1, "cancelledOn": days_ago(0), "reason": "The wrong customer. 客户有误" });
            manager.change("contractCancel", "contract { state }", input).await.fine();
        };
        let wrong = made(&manager, new("HT-A")).await;
        assert_eq!(wrong["isFirst"], true);
        let paid = collect(&manager, &wrong["id"], yuan("100")).await.fine();
        call_off(&wrong).await;
        let second = made(&manager, new("HT-B")).await;
        assert_eq!(second["isFirst"], false, "the customer paid for the first one");
        call_off(&second).await;
        refund(&manager, paid.data("contractPaymentCollect.payment.id"), "100").await.fine();
        let right = made(&manager, new("HT-C")).await;
        assert_eq!(right["isFirst"], true);
        collect(&manager, &right["id"], yuan("100")).await.fine();
        let entries = payments_between(app.db.reader(), (days_ago(9), days_ago(-1)), None, 100).await.expect("entries");
        let of_new = entries.iter().filter(|entry| entry.contract_number == "HT-C" && entry.is_first_contract);
        assert_eq!(of_new.count(), 1, "commission goes by it");
        assert_eq!(made(&manager, new("HT-D")).await["isFirst"], false);
    }

    async fn wrong_contracts_and_payments_are_refused(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let refused = async |change: &dyn Fn(&mut Value)| {
            let mut input = new("HT-X");
            change(&mut input);
            mistakes(&manager.change("contractCreate", "contract { id }", input).await)
        };
        assert_eq!(refused(&|input| input["number"] = json!("HT-0001")).await, mistake("TAKEN", "input.number"));
        assert_eq!(refused(&|input| input["value"] = yuan("0.001")).await, mistake("INVALID", "input.value.amount"));
        assert_eq!(refused(&|input| input["value"]["currency"] = json!("RMB")).await,
            mistake("INVALID", "input.value.currency"), "of its decimals nothing can be said");
        assert_eq!(refused(&|input| input["signedOn"] = json!(days_ago(-1))).await, mistake("INVALID", "input.signedOn"));
        assert_eq!(refused(&|input| input["until"] = input["startsOn"].clone()).await, mistake("INVALID", "input.until"));
        assert_eq!(refused(&|input| input["people"][1]["share"] = json!(1)).await, mistake("INVALID", "input.people"));
        assert_eq!(refused(&|input| input["people"][0]["share"] = json!(10_001)).await,
            [mistake("INVALID", "input.people.0.share"), mistake("INVALID", "input.people")].concat());
        assert_eq!(refused(&|input| input["people"][0]["memberId"] = json!(member(6))).await, mistake("WRONG_STATE", "input.people.0.memberId"), "who has left");
        assert_eq!(refused(&|input| input["renewsId"] = json!(contract(3))).await, mistake("NOT_FOUND", "input.renewsId"), "another customer's");
        let pay = async |change: &dyn Fn(&mut Value)| {
            let mut input = json!({ "contractId": contract(1), "amount": yuan("1"), "paidOn": days_ago(1) });
            change(&mut input);
            mistakes(&manager.change("contractPaymentCollect", "payment { id }", input).await)
        };
        assert_eq!(pay(&|input| input["amount"] = yuan("0")).await, mistake("INVALID", "input.amount.amount"));
        assert_eq!(pay(&|input| input["amount"] = yuan("-5")).await, mistake("INVALID", "input.amount.amount"));
        assert_eq!(pay(&|input| input["amount"] = yuan("20000000000")).await, mistake("INVALID", "input.amount.amount"));
        assert_eq!(pay(&|input| input["paidOn"] = json!(days_ago(-1))).await, mistake("INVALID", "input.paidOn"));
    }

    async fn each_sees_the_contracts_that_concern_them(app: TestApp) {
        let list = "{ contracts(orderBy: NUMBER_ASC) { totalCount nodes { number value { amount } collected { amount } people { share } payments { totalCount } } } }";
        for (login, seen) in [("service_manager", vec![1, 2, 3, 4, 5]), ("team_lead", vec![1, 2, 3, 4, 5]), ("agent", vec![1, 2, 4, 5]), ("colleague", vec![1, 3]),
            ("engineer", vec![3]), ("coordinator", vec![1, 2, 3, 4, 5]), ("auditor", vec![1, 2, 3, 4, 5]), ("leaver", vec![])] {
            let reply = app.as_(login).await.ask("{ contracts(orderBy: NUMBER_ASC) { totalCount nodes { number } } }").await.fine();
            let numbers: Vec<Value> = seen.iter().map(|n| json!(format!("HT-{n:04}"))).collect();
            let found: Vec<Value> = reply.list("contracts.nodes").iter().map(|one| one["number"].clone()).collect();
            assert_eq!((found, reply.data("contracts.totalCount")), (numbers, &json!(seen.len())), "{login}");
            let one = app.as_(login).await.send("query($id: ID!) { contract(id: $id) { id } node(id: $id) { id } }", json!({ "id": contract(1) })).await.fine();
            let there = seen.contains(&1);
            assert_eq!((one.data("contract").is_null(), one.data("node").is_null()), (!there, !there), "{login}");
        }
        // The agent sees the mover's contracts, who is in her team, and no money of theirs.
        let reply = app.as_("agent").await.ask(list).await.fine();
        let nodes = reply.list("contracts.nodes");
        assert_eq!((&nodes[0]["collected"]["amount"], &nodes[0]["payments"]["totalCount"]), (&json!("900.01"), &json!(2)));
        assert_eq!(nodes[2], json!({ "number": "HT-0004", "value": null, "collected": null, "people": [], "payments": { "totalCount": 0 } }));
        // Partners see neither money nor people, customers what their own are worth.
        let partner = app.as_("partner").await;
        let reply = partner.ask("{ contracts(orderBy: NUMBER_ASC) { nodes { number until } } customers { nodes { number contracts { totalCount } } } }").await.fine();
        assert_eq!(reply.list("contracts.nodes").len(), 2);
        assert_eq!(partner.ask(list).await.error_codes(), ["FORBIDDEN"; 4]);
        let customer = app.as_("customer").await;
        let reply = customer.ask("{ contracts { nodes { number value { amount currency } } } }").await.fine();
        assert_eq!(reply.data("contracts.nodes"), &json!([{ "number": "HT-0003", "value": { "amount": "12000", "currency": "CNY" } }]));
        for query in ["{ contractPayments { totalCount } }", "{ renewals { totalCount } }", "{ contracts { nodes { people { share } } } }"] {
            assert_eq!(customer.ask(query).await.error_codes(), ["FORBIDDEN"], "{query}");
            assert_eq!(partner.ask(query).await.error_codes(), ["FORBIDDEN"], "{query}");
        }
        for who in ["trainer", "hr"] {
            assert_eq!(app.as_(who).await.ask("{ contracts { totalCount } }").await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn each_changes_what_is_within_their_reach(app: TestApp) {
        let (lead, agent, engineer) = (app.as_("team_lead").await, app.as_("agent").await, app.as_("engineer").await);
        assert_eq!(agent.change("contractCreate", CONTRACT, new("HT-A")).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(collect(&lead, &json!(contract(1)), yuan("1")).await.error_codes(), ["FORBIDDEN"], "leads don't record money");
        assert_eq!(lead.change("contractCreate", "contract { id }", new("HT-A")).await.error_codes(), ["NOT_FOUND"], "nobody owns customer 5");
        let contact = |n: usize| json!({ "id": renewal(n), "expectedVersion": 1, "contactedOn": days_ago(0), "answered": true });
        engineer.change("renewalContact", "renewal { state }", contact(3)).await.fine();
        assert_eq!(engineer.change("renewalContact", "renewal { id }", contact(2)).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(app.as_("auditor").await.change("renewalContact", "renewal { id }", contact(2)).await.error_codes(), ["FORBIDDEN"]);
        // Who is credited with money sees the contract still when others stand behind it.
        let manager = app.as_("service_manager").await;
        let people = json!({ "id": contract(1), "expectedVersion": 1, "people": [] });
        manager.change("contractPeopleSet", "contract { people { share } }", people).await.fine();
        let reply = app.as_("colleague").await.send("query($id: ID!) { contract(id: $id) { people { share } payments { nodes { credits { share } } } } }", json!({ "id": contract(1) })).await.fine();
        assert_eq!(reply.list("contract.payments.nodes.0.credits").len(), 3);
    }

    async fn filters_find_what_is_seen(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let count = async |actor: &Actor, list: &str, filter: Value| {
            let kind = match list { "contracts" => "ContractFilter", "renewals" => "RenewalFilter", _ => "ContractPaymentFilter" };
            let query = format!("query($filter: {kind}) {{ {list}(filter: $filter) {{ totalCount }} }}");
            actor.send(&query, json!({ "filter": filter })).await.fine().data(&format!("{list}.totalCount")).clone()
        };
        for (list, filter, expected) in [
            ("contracts", json!({ "kind": { "eq": "RENEWAL" } }), 1),
            ("contracts", json!({ "customerId": { "eq": company::id(Table::Customer, 4) } }), 2),
            ("contracts", json!({ "memberId": member(2) }), 2),
            ("contracts", json!({ "until": { "lt": days_ago(0) } }), 3),
            ("contracts", json!({ "number": { "contains": "ht-000" }, "state": { "eq": "ACTIVE" } }), 5),
            ("contractPayments", json!({ "kind": { "eq": "REFUNDED" } }), 1),
            ("contractPayments", json!({ "memberId": member(3), "paidOn": { "gte": days_ago(100) } }), 1),
            ("contractPayments", json!({ "contractId": { "eq": contract(4) } }), 1),
            ("renewals", json!({ "state": { "in": ["WON", "LOST"] } }), 2),
            ("renewals", json!({ "memberId": member(4) }), 1),
            ("renewals", json!({ "dueOn": { "gte": days_ago(50), "lt": days_ago(0) } }), 2),
        ] {
            assert_eq!(count(&manager, list, filter.clone()).await, expected, "{list} {filter}");
        }
        let agent = app.as_("agent").await;
        assert_eq!(count(&agent, "contracts", json!({ "memberId": member(5) })).await, 0, "she doesn't see who stands behind contract 4");
        let partner = app.as_("partner").await;
        let reply = partner.send("query($filter: ContractFilter) { contracts(filter: $filter) { totalCount } }", json!({ "filter": { "memberId": member(2) } })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
    }

    async fn worklist_and_risks_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let data = company::data();
        let days = days(app.db.reader(), today()).await.expect("days");
        let list = "query($filter: RenewalFilter) { renewals(filter: $filter) { nodes { id risks } } }";
        let mut seen = BTreeMap::new();
        for (field, so) in [("atRisk", true), ("atRisk", false), ("inWorklist", true), ("inWorklist", false)] {
            let reply = manager.send(list, json!({ "filter": { field: so } })).await.fine();
            for one in reply.list("renewals.nodes") {
                seen.insert((field, one["id"].as_str().expect("an id").to_owned()), (so, one["risks"].clone()));
            }
        }
        let rows = &data.contracts.renewals;
        for (n, row) in (1..).zip(rows) {
            let lost = rows.iter().any(|other| other.customer_id == row.customer_id && other.state == RenewalState::Lost);
            let looked = Looked { state: row.state, due_on: row.due_on, attempts: row.attempts, answered: row.answered, lost_before: lost };
            let risks = risks(&looked, &days);
            let (at_risk, named) = &seen[&("atRisk", renewal(n))];
            assert_eq!((*at_risk, named.as_array().map(Vec::len)), (!risks.is_empty(), Some(risks.len())), "{n}: {risks:?}");
            assert_eq!(seen[&("inWorklist", renewal(n))].0, in_worklist(row.state, row.due_on, &days), "{n}");
        }
        assert_eq!(seen[&("atRisk", renewal(4))].1, json!(["LATE", "NO_ANSWER", "LOST_BEFORE"]));
        assert_eq!(seen[&("atRisk", renewal(3))].1, json!(["NOT_CONTACTED"]));
    }

    async fn a_page_takes_as_many_statements_as_a_row(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let lists = [
            "contracts(first: FIRST, orderBy: SIGNED_ON_ASC) { nodes { number value { amount } collected { amount } customer { name } product { code } people { member { name } } \
                payments { nodes { amount { amount } } } renewal { state risks } } }",
            "contracts(first: FIRST, orderBy: SIGNED_ON_ASC) { nodes { payments { nodes { credits { member { name } amount { amount } } } } } }",
            "renewals(first: FIRST) { nodes { risks contract { number value { amount } } customer { name } newContract { number } } }",
            "customers(first: FIRST, orderBy: NUMBER_ASC) { nodes { contracts { nodes { number } } } }",
        ];
        for list in lists {
            let page = async |first: usize| app.statements(async || {
                manager.ask(&format!("{{ {} }}", list.replace("FIRST", &first.to_string()))).await.fine();
            }).await;
            assert_eq!(page(2).await, page(5).await, "{list}");
        }
    }

    async fn figures_are_what_the_entries_add_up_to(app: TestApp) {
        let admin = app.as_("admin").await;
        let data = company::data();
        let ask = "query($key: String!, $by: MetricDimension) { metric(key: $key, period: { from: \"2024-06-01\", to: \"2027-06-01\" }, groupBy: $by) \
            { groups { subject { ... on Member { id } } figure { value } } } }";
        app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
        let rows = &data.contracts;
        let whole = |n: i64| json!(n.to_string());
        let signed = |payment: &contract_payment::Model, amount: i64| if payment.kind == PaymentKind::Refunded { -amount } else { amount };
        let yuan: Vec<_> = rows.payments.iter().filter(|row| row.currency == "CNY").collect();
        let total: i64 = yuan.iter().map(|row| signed(row, row.amount)).sum();
        let figure = async |key: &str| {
            let reply = admin.send(ask, json!({ "key": key })).await.fine();
            reply.data("metric.groups.0.figure.value").clone()
        };
        assert_eq!(figure("money_collected").await, whole(total), "dollars aren't counted");
        assert_eq!(figure("renewals_due").await, whole(5));
        assert_eq!((figure("renewals_won").await, figure("renewals_lost").await, figure("renewal_rate").await), (whole(1), whole(1), whole(20)));
        assert_eq!((figure("new_contracts").await, figure("new_customers").await), (whole(4), whole(3)));
        for (metric, role) in [("new_money_sold", ContractRole::Seller), ("new_money_credited", ContractRole::Collector)] {
            let reply = admin.send(ask, json!({ "key": metric, "by": "MEMBER" })).await.fine();
            let found: BTreeMap<String, Value> = reply.list("metric.groups").iter()
                .map(|one| (one["subject"]["id"].as_str().expect("an id").to_owned(), one["figure"]["value"].clone()))
                .collect();
            let mut expected: BTreeMap<String, i64> = BTreeMap::new();
            for payment in &yuan {
                for one in rows.credits.iter().filter(|one| one.payment_id == payment.id && one.role == role) {
                    let id = aftercare::graphql::ids::encode("member", one.member_id);
                    *expected.entry(id).or_default() += signed(payment, one.amount);
                }
            }
            assert_eq!(found, expected.into_iter().map(|(id, sum)| (id, whole(sum))).collect(), "{metric}");
        }
        // What is recorded now counts at once.
        let manager = app.as_("service_manager").await;
        collect(&manager, &json!(contract(2)), json!({ "amount": "0.07", "currency": "CNY" })).await.fine();
        app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
        assert_eq!(figure("money_collected").await, whole(total + 7));
        assert_eq!(figure("renewal_money_credited").await, whole(7));
    }

    async fn incentives_read_the_money_of_a_period_in_pages(app: TestApp) {
        let db = app.db.reader();
        let period = (days_ago(400), days_ago(0));
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let before = app.db.statements();
            let page = payments_between(db, period, after, 2).await.expect("a page");
            let Some(last) = page.last() else { break };
            assert_eq!(app.db.statements() - before, 3);
            after = Some(last.payment_id);
            all.extend(page);
        }
        let ids: Vec<Uuid> = (1..=3).map(|n| key(Table::ContractPayment, n)).collect();
        assert_eq!(all.iter().map(|entry| entry.payment_id).collect::<Vec<_>>(), ids);
        assert_eq!(all, payments_by_id(db, &ids).await.expect("entries"));
        let (first, back) = (&all[0], &all[2]);
        assert_eq!((first.contract_kind, first.is_first_contract, first.amount, first.currency.as_str()), (ContractKind::New, true, 100_001, "CNY"));
        assert_eq!((back.kind, back.refunds), (PaymentKind::Refunded, Some(first.payment_id)));
        for entry in &all {
            let mut roles: BTreeMap<ContractRole, i64> = BTreeMap::new();
            for one in &entry.credits {
                *roles.entry(one.role).or_default() += one.amount;
            }
            assert!(roles.values().all(|sum| *sum == entry.amount), "{entry:?}");
        }
        assert_eq!(payments_between(db, (days_ago(40), days_ago(39)), None, 10).await.expect("a page").len(), 1);
    }

    async fn what_the_documentation_asks_can_be_asked(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let page = include_str!("../../docs/contracts.md");
        let queries: Vec<&str> = page.split("```graphql").skip(1).filter_map(|part| part.split("```").next()).collect();
        assert!(queries.len() >= 3);
        for query in queries {
            manager.ask(query).await.fine();
        }
    }

    async fn the_database_keeps_entries_of_money(app: TestApp) {
        let connection = app.database().connect().await;
        let first = contract_payment::Column::Id.eq(key(Table::ContractPayment, 1));
        let changed = contract_payment::Entity::update_many()
            .col_expr(contract_payment::Column::Amount, Expr::value(1))
            .filter(first.clone())
            .exec(&connection)
            .await;
        assert!(changed.is_err());
        assert!(contract_payment::Entity::delete_many().filter(first).exec(&connection).await.is_err());
        assert!(payment_credit::Entity::delete_many().exec(&connection).await.is_err());
    }
}
