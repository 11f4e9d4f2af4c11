//! Working together as the people of the company live with it.

/// Proposals, votes, rules.
mod charter;
/// Meetings, series, action items, the calendar.
mod meetings;
/// Suggestions and who may know whose they are.
mod suggestions;
/// Everything that somebody has to do.
mod tasks;

use std::collections::{BTreeMap, BTreeSet};

use aftercare::identity;
use aftercare::organisation::MemberFacts;
use aftercare::teamwork::charter::scope;
use aftercare::teamwork::meetings::{ActionItemFacts, MeetingFacts, SeriesFacts};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member, rule_comment, rule_proposal, suggestion,
    suggestion_step, team_rule, team_rule_version,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scopes::{hold_equal, hold_equal_with};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, start};
use crate::support::database::both_databases;

/// The id of a row of the company.
fn id(table: Table, n: usize) -> String {
    company::id(table, n)
}

/// Whether each of these people may do something: what the table of permissions says.
async fn each(app: &TestApp, query: &str, variables: Value, count: &str) -> Vec<(String, i64)> {
    let mut seen = Vec::new();
    for login in LOGINS.into_iter().chain(["colleague", "mover"]) {
        let reply = app.as_(login).await.send(query, variables.clone()).await;
        let count = if reply.errors().is_empty() {
            reply.data(count).as_i64().expect("a number")
        } else {
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}: {reply}");
            -1
        };
        seen.push((login.to_owned(), count));
    }
    seen
}

/// Changes something in the version that it has now.
async fn change(
    actor: &Actor,
    mutation: &str,
    select: &str,
    version: i64,
    mut input: Value,
) -> Reply {
    input["expectedVersion"] = json!(version);
    actor.change(mutation, select, input).await
}

both_databases! {
    /// How many of the company's rows each sees: the table of permissions in numbers. -1 is a refusal.
    async fn who_sees_how_much(app: TestApp) {
        let table: [(&str, &str, [i64; 13]); 6] = [
            //                                                     admin mgr lead agent eng coord train hr aud partner cust colleague mover
            ("ruleProposals", "{ ruleProposals { totalCount } }",  [6,    6,   5,   6,  2,   2,   0,  6,  6,  -1,   -1,   5,   5]),
            ("teamRules", "{ teamRules { totalCount } }",          [2,    2,   2,   2,  1,   1,   0,  2,  2,  -1,   -1,   2,   2]),
            ("meetings", "{ meetings { totalCount } }",            [3,    3,   2,   2,  1,   1,   0,  0,  3,  -1,   -1,   0,   2]),
            ("actionItems", "{ actionItems { totalCount } }",      [2,    2,   2,   2,  0,   0,   0,  0,  2,  -1,   -1,   0,   2]),
            ("meetingSeriesList", "{ meetingSeriesList { totalCount } }", [1, 1, 1, 1, 0, 0,  0,  0,  1,  -1,   -1,   0,   1]),
            ("suggestions", "{ suggestions { totalCount } }",      [3,    3,   3,   3,  3,   3,   3,  3,  3,  -1,   -1,   3,   3]),
        ];
        for (root, query, expected) in table {
            let seen = each(&app, query, json!({}), &format!("{root}.totalCount")).await;
            let logins = LOGINS.into_iter().chain(["colleague", "mover"]);
            let expected: Vec<_> = logins.map(str::to_owned).zip(expected).collect();
            assert_eq!(seen, expected, "{root}");
        }
    }

    /// A list takes as many statements when there is more in it.
    async fn lists_take_a_fixed_number_of_statements(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let counts = async || {
            let mut counts = Vec::new();
            for (root, fields) in [
                ("ruleProposals", "title rule { title } team { code } department { code } proposer { name } mayVote myVote turnout tally { yes } votes { choice member { name } } comments { body author { name } }"),
                ("teamRules", "title versions { number proposal { title } } inForce { number } acknowledged outstanding { member { name } }"),
                ("meetings", "title series { title } team { code } organiser { name } agenda { title actionItem { title } presenter { name } } invitees { name member { number } } minutes { number } decisions { body } actionItems { title owner { name } }"),
                ("suggestions", "title author { name } handler { name } supported steps { kind actor { name } }"),
                ("actionItems", "title owner { name } meeting { title }"),
            ] {
                let document = format!("{{ {root}(first: 100) {{ nodes {{ {fields} }} }} }}");
                let statements = app.statements(async || { manager.ask(&document).await.fine(); }).await;
                let rows = manager.ask(&document).await.list(&format!("{root}.nodes")).len();
                counts.push((root, statements, rows));
            }
            counts
        };
        let before = counts().await;
        for n in 0..3 {
            let proposal = json!({ "circle": { "company": true }, "title": format!("More {n}"), "body": "x", "reason": "y", "ballot": "OPEN", "inForceFrom": "2026-04-01" });
            manager.change("ruleProposalCreate", "proposal { id }", proposal).await.fine();
            let meeting = json!({ "kind": "SHARING", "title": "More", "startsAt": "2026-03-05T06:00:00Z", "endsAt": "2026-03-05T07:00:00Z", "inviteeIds": [id(Table::Member, 2)] });
            let made = manager.change("meetingCreate", "meeting { id }", meeting).await.fine();
            let item = json!({ "meetingId": made.data("meetingCreate.meeting.id"), "title": "More", "ownerId": id(Table::Member, 4), "dueOn": "2026-03-09" });
            manager.change("actionItemCreate", "actionItem { id }", item).await.fine();
            manager.change("suggestionSubmit", "suggestion { id }", json!({ "title": "More", "body": "x", "area": "TOOLS" })).await.fine();
        }
        for ((root, was, rows), (_, now, more)) in before.into_iter().zip(counts().await) {
            assert_eq!(now, was, "{root}");
            assert!(more > rows || root == "teamRules", "{root}");
        }
    }

    async fn reaches_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.teamwork;
        let facts = |member: Uuid| MemberFacts {
            member: data.members.iter().find(|row| row.id == member).expect("a member").clone(),
            assignments: data.assignments.iter().filter(|row| row.member_id == member).cloned().collect(),
        };
        let proposals: Vec<_> = rows.proposals.iter().map(|row| (row.id, row.clone())).collect();
        let comments: Vec<_> = rows.comments.iter().map(|row| {
            let of = rows.proposals.iter().find(|one| one.id == row.proposal_id).expect("a proposal");
            (row.id, of.clone())
        }).collect();
        let rules: Vec<_> = rows.rules.iter().map(|row| (row.id, row.clone())).collect();
        let versions: Vec<_> = rows.versions.iter().map(|row| {
            (row.id, rows.rules.iter().find(|rule| rule.id == row.rule_id).expect("a rule").clone())
        }).collect();
        let meetings: BTreeMap<Uuid, MeetingFacts> = rows.meetings.iter().map(|row| {
            let invited = rows.invitees.iter().filter(|it| it.meeting_id == row.id).map(|it| it.member_id).collect();
            (row.id, MeetingFacts { meeting: row.clone(), invited })
        }).collect();
        let series: Vec<_> = rows.series.iter().map(|row| {
            let invited = rows.series_members.iter().map(|it| it.member_id).collect();
            (row.id, SeriesFacts { series: row.clone(), invited })
        }).collect();
        let series_members: Vec<_> = rows.series_members.iter().map(|row| (row.id, series[0].1.clone())).collect();
        let items: Vec<_> = rows.items.iter().map(|row| {
            (row.id, ActionItemFacts { owner: facts(row.owner_id), meeting: meetings[&row.meeting_id].clone() })
        }).collect();
        let of_meetings: Vec<_> = meetings.iter().map(|(id, facts)| (*id, facts.clone())).collect();
        macro_rules! hung {
            ($field:ident) => { rows.$field.iter().map(|row| (row.id, meetings[&row.meeting_id].clone())).collect::<Vec<_>>() };
        }
        let (agenda, decisions, invitees, minutes) = (hung!(agenda), hung!(decisions), hung!(invitees), hung!(minutes));
        let suggestions: Vec<_> = rows.suggestions.iter().map(|row| (row.id, row.clone())).collect();
        let steps: Vec<_> = rows.steps.iter().map(|row| {
            (row.id, rows.suggestions.iter().find(|one| one.id == row.suggestion_id).expect("a suggestion").clone())
        }).collect();
        fn lent<F>(rows: &[(Uuid, F)], lends: impl Fn(&F) -> bool) -> BTreeSet<Uuid> {
            rows.iter().filter(|(_, facts)| lends(facts)).map(|(id, _)| *id).collect()
        }
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &viewer.standing;
            let db = &app.db;
            let lends = |row: &rule_proposal::Model| scope::lends(row, standing);
            hold_equal_with::<rule_proposal::Entity>(db, &proposals, standing, &lent(&proposals, lends)).await;
            hold_equal_with::<rule_comment::Entity>(db, &comments, standing, &lent(&comments, lends)).await;
            hold_equal::<team_rule::Entity>(db, &rules, standing).await;
            hold_equal::<team_rule_version::Entity>(db, &versions, standing).await;
            let lends = |facts: &MeetingFacts| facts.lends(standing);
            hold_equal_with::<meeting::Entity>(db, &of_meetings, standing, &lent(&of_meetings, lends)).await;
            hold_equal_with::<meeting_agenda_item::Entity>(db, &agenda, standing, &lent(&agenda, lends)).await;
            hold_equal_with::<meeting_decision::Entity>(db, &decisions, standing, &lent(&decisions, lends)).await;
            hold_equal_with::<meeting_invitee::Entity>(db, &invitees, standing, &lent(&invitees, lends)).await;
            hold_equal_with::<meeting_minute::Entity>(db, &minutes, standing, &lent(&minutes, lends)).await;
            let lends = |facts: &SeriesFacts| facts.lends(standing);
            hold_equal_with::<meeting_series::Entity>(db, &series, standing, &lent(&series, lends)).await;
            hold_equal_with::<meeting_series_member::Entity>(db, &series_members, standing, &lent(&series_members, lends)).await;
            let lends = |facts: &ActionItemFacts| facts.meeting.lends(standing);
            hold_equal_with::<action_item::Entity>(db, &items, standing, &lent(&items, lends)).await;
            let lends = |row: &suggestion::Model| standing.member_id == Some(row.author_id);
            hold_equal_with::<suggestion::Entity>(db, &suggestions, standing, &lent(&suggestions, lends)).await;
            hold_equal_with::<suggestion_step::Entity>(db, &steps, standing, &lent(&steps, lends)).await;
        }
    }
}
