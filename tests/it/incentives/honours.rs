/// Honours that come from rules, contests and appraisals.
mod arrivals;
/// Colleagues recognise each other, within limits.
mod recognitions;

use std::collections::BTreeSet;

use aftercare::identity;
use aftercare::incentives::honours::{HonourFacts, RecognitionFacts};
use aftercare::organisation::MemberFacts;
use entity::{honour, recognition};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scopes::hold_equal_with;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS, id};
use crate::support::data::{Data, Table, key, start};
use crate::support::database::both_databases;

const HONOUR: &str = "honour { id version kind title memberName shown revokedOn revokeReason }";

fn mistakes(reply: &Reply) -> Vec<(String, String)> {
    let all = reply.user_errors().into_iter();
    all.map(|(code, field)| (code.to_owned(), field)).collect()
}

fn mistake(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

/// How many each sees; -1 is a refusal.
async fn each(app: &TestApp, query: &str, count: &str) -> Vec<(&'static str, i64)> {
    let mut seen = Vec::new();
    for login in LOGINS.into_iter().chain(["colleague", "mover"]) {
        let reply = app.as_(login).await.ask(query).await;
        let count = if reply.errors().is_empty() {
            reply.data(count).as_i64().expect("a number")
        } else {
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}: {reply}");
            -1
        };
        seen.push((login, count));
    }
    seen
}

/// How many honours of the wall somebody sees.
async fn wall(who: &Actor) -> i64 {
    let reply = who.ask("{ honourWall { totalCount } }").await.fine();
    let count = reply.data("honourWall.totalCount").as_i64();
    count.expect("a number")
}

fn confer(member: usize) -> Value {
    json!({
        "memberId": id(Table::Member, member), "kind": "TITLE", "title": "Voice of the customer", "titleZh": "客户之声",
        "citation": "Whoever called felt heard.", "citationZh": "每一位来电者都被倾听。",
    })
}

fn member_facts(data: &Data, member: Uuid) -> MemberFacts {
    let row = data.members.iter().find(|row| row.id == member);
    MemberFacts {
        member: row.expect("a member").clone(),
        assignments: data
            .assignments
            .iter()
            .filter(|row| row.member_id == member)
            .cloned()
            .collect(),
    }
}

both_databases! {
    /// What a reach means for these tables is the same in SQL and in plain words, and so is what is lent.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.honours;
        let is_out = |member: Uuid| rows.opt_outs.iter().any(|row| row.member_id == member);
        let side = |member: Uuid| (member_facts(&data, member), is_out(member));
        let honours: Vec<_> = rows.honours.iter().map(|row| {
            let (member, opted_out) = side(row.member_id);
            (row.id, HonourFacts { honour: row.clone(), member, opted_out })
        }).collect();
        let recognitions: Vec<_> = rows.recognitions.iter().map(|row| {
            (row.id, RecognitionFacts { recognition: row.clone(), giver: side(row.giver_id), receiver: side(row.receiver_id) })
        }).collect();
        for login in LOGINS {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            let day = standing.day.expect("a day");
            let lent: BTreeSet<Uuid> = honours.iter().filter(|(_, facts)| facts.is_lent(day)).map(|(id, _)| *id).collect();
            hold_equal_with::<honour::Entity>(&app.db, &honours, standing, &lent).await;
            let lent: BTreeSet<Uuid> = recognitions.iter().filter(|(_, facts)| facts.is_lent(day)).map(|(id, _)| *id).collect();
            hold_equal_with::<recognition::Entity>(&app.db, &recognitions, standing, &lent).await;
        }
    }

    /// How many of the company's rows each sees: the table of permissions in numbers. -1 is a refusal.
    async fn who_sees_how_much(app: TestApp) {
        let table: [(&str, &str, [i64; 13]); 4] = [
            //                                                                     admin mgr lead agent eng coord train hr aud partner cust colleague mover
            ("honourWall", "{ honourWall { totalCount } }",                        [3,    3,   2,   1,  1,   1,   1,  3,  1,  -1,   -1,   1,   2]),
            ("honourWall", "{ honourWall(filter: { includeLapsed: true }) { totalCount } }", [5, 5, 3, 2, 3, 2, 2, 5, 2, -1, -1,  2,   3]),
            ("myHonours", "{ myHonours { totalCount } }",                          [0,    0,   0,   1,  1,   0,   0,  0,  0,  -1,   -1,   1,   1]),
            ("recognitions", "{ recognitions { totalCount } }",                    [6,    6,   6,   6,  5,   5,   5,  6,  5,  -1,   -1,   5,   6]),
        ];
        for (root, query, expected) in table {
            let seen = each(&app, query, &format!("{root}.totalCount")).await;
            let logins = LOGINS.into_iter().chain(["colleague", "mover"]);
            let expected: Vec<_> = logins.zip(expected).collect();
            assert_eq!(seen, expected, "{query}");
        }
    }

    async fn honours_are_conferred_within_reach_and_never_on_oneself(app: TestApp) {
        let (hr, lead, agent) = (app.as_("hr").await, app.as_("team_lead").await, app.as_("agent").await);
        assert_eq!(agent.change("honourConfer", HONOUR, confer(5)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(lead.change("honourConfer", HONOUR, confer(4)).await.error_codes(), ["NOT_FOUND"], "not of her teams");
        assert_eq!(mistakes(&lead.change("honourConfer", HONOUR, confer(1)).await), mistake("RULE_VIOLATED", "input.memberId"), "nobody honours themselves");
        let manager = app.as_("service_manager").await;
        assert_eq!(mistakes(&manager.change("honourConfer", HONOUR, confer(7)).await), mistake("RULE_VIOLATED", "input.memberId"));
        let mut wrong = confer(6);
        (wrong["kind"], wrong["title"], wrong["until"]) = (json!("PRIZE"), json!(" "), json!("2026-03-02"));
        assert_eq!(mistakes(&hr.change("honourConfer", HONOUR, wrong).await), [
            ("RULE_VIOLATED", "input.memberId"), ("INVALID", "input.kind"), ("INVALID", "input.until"), ("BLANK", "input.title"),
        ].map(|(code, field)| (code.to_owned(), field.to_owned())), "all mistakes at once");

        let mut input = confer(3);
        input["idempotencyKey"] = json!("voice");
        let made = lead.change("honourConfer", HONOUR, input.clone()).await.fine();
        let again = lead.change("honourConfer", HONOUR, input).await.fine();
        assert_eq!(made.data("honourConfer.honour.id"), again.data("honourConfer.honour.id"));
        assert_eq!(made.data("honourConfer.honour.memberName"), "Zhang Wei");
        assert_eq!(wall(&agent).await, 2);
        // The agent sees the name on the wall, and nothing else of a member out of reach.
        let reply = agent.ask("{ honourWall(first: 1) { nodes { memberName member { id } team { name } shown } } }").await.fine();
        assert_eq!(reply.data("honourWall.nodes.0.memberName"), "Zhang Wei");
        assert!(reply.data("honourWall.nodes.0.member").is_null());
        assert!(reply.data("honourWall.nodes.0.team.name").is_string());
        assert_eq!(reply.data("honourWall.nodes.0.shown"), true);
        let of_team = |team: usize| format!("{{ honourWall(filter: {{ teamId: \"{}\" }}) {{ totalCount }} }}", id(Table::Team, team));
        assert_eq!(agent.ask(&of_team(3)).await.fine().data("honourWall.totalCount"), 1);
        assert_eq!(agent.ask(&of_team(5)).await.fine().data("honourWall.totalCount"), 0);
    }

    async fn honours_are_revoked_with_a_reason(app: TestApp) {
        let (hr, lead, agent) = (app.as_("hr").await, app.as_("team_lead").await, app.as_("agent").await);
        let revoke = |honour: &str, version: i32| json!({ "id": honour, "expectedVersion": version, "reason": "A mistake. 误授" });
        let first = id(Table::Honour, 1);
        assert_eq!(agent.change("honourRevoke", HONOUR, revoke(&first, 1)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(lead.change("honourRevoke", HONOUR, revoke(&first, 2)).await.error_codes(), ["CONFLICT"]);
        let reply = lead.change("honourRevoke", HONOUR, revoke(&first, 1)).await.fine();
        assert_eq!(reply.data("honourRevoke.honour.revokedOn"), "2026-03-02");
        assert_eq!(mistakes(&lead.change("honourRevoke", HONOUR, revoke(&first, 2)).await), mistake("WRONG_STATE", "input.id"));
        assert_eq!(lead.change("honourRevoke", HONOUR, revoke(&id(Table::Honour, 4), 1)).await.error_codes(), ["NOT_FOUND"], "revoked, and not of her teams");
        // On the wall, and not of her teams.
        let made = hr.change("honourConfer", HONOUR, confer(4)).await.fine();
        let other = made.text("honourConfer.honour.id");
        assert_eq!(lead.change("honourRevoke", HONOUR, revoke(other, 1)).await.error_codes(), ["FORBIDDEN"]);
        // What is revoked is gone for all but the member and those who may confer on them.
        let node = json!({ "id": first });
        let look = "query($id: ID!) { honour(id: $id) { revokeReason } node(id: $id) { id } }";
        let colleague = app.as_("colleague").await;
        let reply = colleague.send(look, node.clone()).await.fine();
        assert!(reply.data("honour").is_null() && reply.data("node").is_null());
        assert_eq!(agent.send(look, node.clone()).await.fine().data("honour.revokeReason"), "A mistake. 误授");
        assert_eq!(hr.send(look, node).await.fine().data("honour.revokeReason"), "A mistake. 误授");
    }

    /// Whoever opts out is on no list, in no count, behind no id, for all but themselves and those whose reach has them.
    async fn whoever_opts_out_is_gone_by_every_path(app: TestApp) {
        let (agent, coordinator, hr) = (app.as_("agent").await, app.as_("coordinator").await, app.as_("hr").await);
        let document = format!(
            "{{ honourWall {{ totalCount nodes {{ memberName }} }} \
               byMember: honourWall(filter: {{ memberId: {{ eq: \"{member}\" }} }}) {{ totalCount }} \
               byTeam: honourWall(filter: {{ teamId: \"{team}\", includeLapsed: true }}) {{ totalCount }} \
               byKind: honourWall(filter: {{ kind: {{ eq: TITLE }}, givenOn: {{ gte: \"2026-01-01\" }} }}) {{ totalCount edges {{ cursor }} }} \
               honour(id: \"{honour}\") {{ id }} node(id: \"{honour}\") {{ id }} nodes(ids: [\"{honour}\"]) {{ id }} \
               recognitions {{ totalCount }} \
               given: recognitions(filter: {{ giverId: {{ eq: \"{member}\" }} }}) {{ totalCount }} \
               got: recognitions(filter: {{ receiverId: {{ eq: \"{member}\" }} }}) {{ totalCount }} \
               recognition(id: \"{thanks}\") {{ id }} }}",
            member = id(Table::Member, 2), team = id(Table::Team, 2), honour = id(Table::Honour, 1), thanks = id(Table::Recognition, 1),
        );
        let counts = |reply: &Reply| ["honourWall", "byMember", "byTeam", "byKind", "recognitions", "given", "got"].map(|root| {
            reply.data(&format!("{root}.totalCount")).as_i64().expect("a number")
        });
        let before = coordinator.ask(&document).await.fine();
        assert_eq!(counts(&before), [1, 1, 1, 1, 5, 1, 0]);
        assert!(before.data("honour.id").is_string() && before.data("recognition.id").is_string());

        let set = |shown: bool| json!({ "shown": shown });
        let reply = agent.change("honourWallPreferenceSet", "preference { shown }", set(false)).await.fine();
        assert_eq!(reply.data("honourWallPreferenceSet.preference.shown"), false);
        agent.change("honourWallPreferenceSet", "preference { shown }", set(false)).await.fine();
        assert_eq!(agent.ask("{ honourWallPreference { shown } }").await.fine().data("honourWallPreference.shown"), false);
        let after = coordinator.ask(&document).await.fine();
        assert_eq!(counts(&after), [0, 0, 0, 0, 4, 0, 0]);
        for path in ["honour", "node", "nodes.0", "recognition"] {
            assert!(after.data(path).is_null(), "{path}");
        }
        // The member, and those whose reach has the member, marked.
        let mine = "{ myHonours { totalCount nodes { shown } } honourWall { nodes { memberName shown } } }";
        let reply = agent.ask(mine).await.fine();
        assert_eq!(reply.data("myHonours"), &json!({ "totalCount": 1, "nodes": [{ "shown": false }] }));
        assert_eq!(agent.ask(&document).await.fine().data("given.totalCount"), 1);
        let reply = hr.ask(&document).await.fine();
        assert_eq!(counts(&reply)[..2], [3, 1]);
        let reply = app.as_("team_lead").await.ask(mine).await.fine();
        assert!(reply.list("honourWall.nodes").iter().any(|node| node == &json!({ "memberName": "Li Na", "shown": false })));
        // A portal asks for those only who are shown, whatever the reach of its account; the marks and the filter say the same.
        let split = "{ all: honourWall { totalCount } yes: honourWall(filter: { shown: true }) { totalCount nodes { shown } } \
            no: honourWall(filter: { shown: false }) { totalCount nodes { shown } } }";
        let reply = hr.ask(split).await.fine();
        let number = |root: &str| reply.data(&format!("{root}.totalCount")).as_i64().expect("a number");
        assert_eq!((number("all"), number("yes") + number("no")), (3, 3));
        assert!(number("no") > 0 && reply.list("yes.nodes").iter().all(|node| node["shown"] == true));
        assert!(reply.list("no.nodes").iter().all(|node| node["shown"] == false));
        assert_eq!(coordinator.ask(split).await.fine().data("no.totalCount"), 0);
        // The other side of a recognition keeps it.
        assert!(app.as_("colleague").await.ask(&document).await.fine().data("recognition.id").is_string());

        agent.change("honourWallPreferenceSet", "preference { shown }", set(true)).await.fine();
        assert_eq!(counts(&coordinator.ask(&document).await.fine()), [1, 1, 1, 1, 5, 1, 0]);
        // Whoever is no member has nothing to show; outsiders know of no wall.
        assert_eq!(mistakes(&hr.change("honourWallPreferenceSet", "preference { shown }", set(false)).await), mistake("RULE_VIOLATED", ""));
        for login in ["partner", "customer"] {
            let outsider = app.as_(login).await;
            assert_eq!(outsider.change("honourWallPreferenceSet", "preference { shown }", set(false)).await.error_codes(), ["FORBIDDEN"]);
            assert_eq!(outsider.ask(&format!("{{ node(id: \"{}\") {{ id }} }}", id(Table::Honour, 1))).await.fine().data("node"), &Value::Null);
        }
    }

    /// A longer list takes no more statements.
    async fn a_page_takes_as_many_statements_as_one_honour(app: TestApp) {
        let hr = app.as_("hr").await;
        for (root, document) in [
            ("honourWall", "query($first: Int!) { honourWall(first: $first, orderBy: GIVEN_ON_ASC, filter: { includeLapsed: true }) { totalCount nodes { title memberName shown member { name team { name } } team { name } } } }"),
            ("recognitions", "query($first: Int!) { recognitions(first: $first) { totalCount nodes { message giverName receiverName giver { name } receiver { name team { name } } team { name } } } }"),
        ] {
            // On a busy machine a batch may be read in two; the least of several tries is what it takes.
            let mut least = [u64::MAX; 2];
            for turn in 0..6 {
                let first = [1, 4][turn % 2];
                let before = app.db.statements();
                let reply = hr.send(document, json!({ "first": first })).await.fine();
                assert_eq!(reply.list(&format!("{root}.nodes")).len(), first);
                least[turn % 2] = least[turn % 2].min(app.db.statements() - before);
            }
            assert_eq!(least[0], least[1], "{root}");
        }
    }
}
