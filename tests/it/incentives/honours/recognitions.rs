use super::*;

const GIVEN: &str = "recognition { id version day receiverName withdrawnAt ticket { id } }";

fn give(member: usize) -> Value {
    json!({ "receiverId": id(Table::Member, member), "value": "TEAMWORK", "message": "Thank you. 谢谢" })
}

async fn left(who: &Actor) -> Value {
    let query =
        "{ recognitionBalance { perMonth perColleagueAQuarter returnDays given left renewedOn } }";
    who.ask(query)
        .await
        .fine()
        .data("recognitionBalance")
        .clone()
}

fn both(first: (&str, &str), second: (&str, &str)) -> Vec<(String, String)> {
    [first, second]
        .map(|(code, field)| (code.to_owned(), field.to_owned()))
        .to_vec()
}

both_databases! {
    async fn limits_hold_and_everything_in_the_way_is_told(app: TestApp) {
        let coordinator = app.as_("coordinator").await;
        let to = async |member: usize| coordinator.change("recognitionGive", GIVEN, give(member)).await;
        // Nobody of a team, nobody who works here, more than twice a quarter.
        for member in [7, 6, 4] {
            assert_eq!(mistakes(&to(member).await), mistake("RULE_VIOLATED", "input.receiverId"), "{member}");
        }
        for member in [2, 2, 1, 1, 3] {
            to(member).await.fine();
        }
        assert_eq!(left(&coordinator).await, json!({
            "perMonth": 5, "perColleagueAQuarter": 2, "returnDays": 7, "given": 5, "left": 0, "renewedOn": "2026-04-01",
        }));
        assert_eq!(mistakes(&to(3).await), mistake("RULE_VIOLATED", "input"));
        assert_eq!(mistakes(&to(4).await), both(("RULE_VIOLATED", "input"), ("RULE_VIOLATED", "input.receiverId")));
        assert_eq!(mistakes(&to(8).await), both(("RULE_VIOLATED", "input.receiverId"), ("RULE_VIOLATED", "input")));
        // The mover has recognised the agent four days ago; the ticket is out of the agent's reach.
        let agent = app.as_("agent").await;
        let mut back = give(5);
        back["ticketId"] = json!(id(Table::Ticket, 3));
        assert_eq!(mistakes(&agent.change("recognitionGive", GIVEN, back).await), both(("NOT_FOUND", "input.ticketId"), ("RULE_VIOLATED", "input.receiverId")));
        assert_eq!(mistakes(&agent.change("recognitionGive", GIVEN, give(4)).await), mistake("NOT_FOUND", "input.receiverId"), "a colleague whom she doesn't see");
        let mut long = give(5);
        long["message"] = json!("x".repeat(1_001));
        assert_eq!(mistakes(&app.as_("team_lead").await.change("recognitionGive", GIVEN, long).await), mistake("TOO_LONG", "input.message"));

        // Other figures hold at once.
        let manager = app.as_("service_manager").await;
        let change = json!({ "key": "recognition.per_month", "value": "6", "expectedVersion": 0 });
        manager.change("settingChange", "setting { value }", change).await.fine();
        to(3).await.fine();
        assert_eq!(mistakes(&to(3).await), both(("RULE_VIOLATED", "input"), ("RULE_VIOLATED", "input.receiverId")));
        // Whoever is no member recognises nobody; outsiders neither.
        assert_eq!(mistakes(&app.as_("hr").await.change("recognitionGive", GIVEN, give(2)).await), mistake("RULE_VIOLATED", ""));
        assert_eq!(app.as_("partner").await.change("recognitionGive", GIVEN, give(2)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(app.as_("auditor").await.change("recognitionGive", GIVEN, give(2)).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn of_many_at_once_no_more_than_the_limit_are_given(app: TestApp) {
        let coordinator = app.as_("coordinator").await;
        let one = || coordinator.change("recognitionGive", GIVEN, give(2));
        let replies = tokio::join!(one(), one(), one(), one());
        let replies = [replies.0, replies.1, replies.2, replies.3];
        let done = replies.iter().filter(|reply| reply.data("recognitionGive.recognition").is_object()).count();
        assert_eq!(done, 2, "two a quarter to the same colleague");
        assert_eq!(left(&coordinator).await["given"], 2);
        let mut same = give(1);
        same["idempotencyKey"] = json!("thanks");
        let one = || coordinator.change("recognitionGive", GIVEN, same.clone());
        let (first, second) = tokio::join!(one(), one());
        assert_eq!(first.data("recognitionGive.recognition.id"), second.data("recognitionGive.recognition.id"));
        assert_eq!(left(&coordinator).await["given"], 3);
    }

    async fn what_was_given_today_can_be_taken_back(app: TestApp) {
        let (coordinator, agent) = (app.as_("coordinator").await, app.as_("agent").await);
        let mut input = give(2);
        input["ticketId"] = json!(id(Table::Ticket, 1));
        let made = coordinator.change("recognitionGive", GIVEN, input).await.fine();
        let given = made.data("recognitionGive.recognition").clone();
        assert_eq!(given["ticket"]["id"], id(Table::Ticket, 1));
        let step = |version: i32| json!({ "id": given["id"], "expectedVersion": version });
        assert_eq!(coordinator.change("recognitionWithdraw", GIVEN, step(2)).await.error_codes(), ["CONFLICT"]);
        assert_eq!(mistakes(&agent.change("recognitionWithdraw", GIVEN, step(1)).await), mistake("RULE_VIOLATED", "input.id"), "only who gave it");
        assert_eq!(app.as_("engineer").await.change("recognitionWithdraw", GIVEN, step(1)).await.error_codes(), ["FORBIDDEN"]);
        let old = json!({ "id": id(Table::Recognition, 1), "expectedVersion": 1 });
        assert_eq!(mistakes(&agent.change("recognitionWithdraw", GIVEN, old).await), mistake("WRONG_STATE", "input.id"), "not of today");
        let offensive = json!({ "id": id(Table::Recognition, 1), "expectedVersion": 1 });
        let reply = app.as_("hr").await.change("recognitionWithdraw", "recognition { withdrawnAt }", offensive).await.fine();
        assert!(reply.data("recognitionWithdraw.recognition.withdrawnAt").is_string(), "HR takes down what shouldn't stand");
        let look = "query($id: ID!) { recognition(id: $id) { withdrawnAt ticket { id } } }";
        let seen = async |who: &Actor| who.send(look, json!({ "id": given["id"] })).await.fine().data("recognition").clone();
        // The ticket is shown only to who may see it.
        assert!(seen(&app.as_("colleague").await).await["ticket"].is_null());
        assert_eq!(seen(&agent).await["ticket"]["id"], id(Table::Ticket, 1));

        let reply = coordinator.change("recognitionWithdraw", GIVEN, step(1)).await.fine();
        assert!(reply.data("recognitionWithdraw.recognition.withdrawnAt").is_string());
        assert_eq!(mistakes(&coordinator.change("recognitionWithdraw", GIVEN, step(2)).await), mistake("WRONG_STATE", "input.id"));
        assert_eq!(left(&coordinator).await["given"], 0);
        assert!(seen(&agent).await.is_null(), "nobody got it");
        let withdrawn = "{ recognitions(filter: { includeWithdrawn: true }) { totalCount } }";
        assert_eq!(coordinator.ask(withdrawn).await.fine().data("recognitions.totalCount"), 5, "whoever gave it still has it");
        assert_eq!(app.as_("engineer").await.ask(withdrawn).await.fine().data("recognitions.totalCount"), 4);
    }

    async fn who_pats_whom_is_seen_by_those_who_look_into_it(app: TestApp) {
        let (hr, lead) = (app.as_("hr").await, app.as_("team_lead").await);
        let query = "{ recognitionPatterns(from: \"2026-01-01\", until: \"2026-04-01\") { recognitions givers receivers mutual { oneName otherName there back one { name } } concentrated { receiverName received givers basisPoints } } }";
        assert_eq!(lead.ask(query).await.error_codes(), ["FORBIDDEN"]);
        let reply = hr.ask(query).await.fine();
        assert_eq!(reply.data("recognitionPatterns.recognitions"), 6);
        assert_eq!(reply.data("recognitionPatterns.mutual"), &json!([
            { "oneName": "Chen Jie", "otherName": "Zhou Ping", "there": 2, "back": 2, "one": { "name": "Chen Jie" } },
        ]));
        assert_eq!(reply.data("recognitionPatterns.concentrated.0"), &json!({
            "receiverName": "Chen Jie", "received": 2, "givers": 1, "basisPoints": 3_333,
        }));
        for (from, until) in [("2026-01-01", "2026-01-01"), ("2026-01-01", "2027-01-03")] {
            let long = format!("{{ recognitionPatterns(from: \"{from}\", until: \"{until}\") {{ givers }} }}");
            assert_eq!(hr.ask(&long).await.error_codes(), ["BAD_INPUT"]);
        }
    }
}
