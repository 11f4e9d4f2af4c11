use aftercare::organisation::workforce::{Profile, profiles};
use serde_json::json;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, hours, key, start, today};
use crate::support::database::both_databases;

fn member(n: usize) -> Uuid {
    key(Table::Member, n)
}

fn skill(n: usize) -> Uuid {
    key(Table::Skill, n)
}

both_databases! {
    async fn a_profile_has_what_dispatch_weighs(app: TestApp) {
        let members: Vec<Uuid> = (1..=8).map(member).collect();
        let found = profiles(app.db.reader(), &members, start(), today()).await.expect("profiles");
        assert_eq!(found.len(), 8);
        // It is ten o'clock: the agent works early, the colleague by night.
        let agent = Profile {
            skills: [(skill(1), 3)].into(),
            shift: Some(key(Table::Calendar, 1)),
            on_shift: true,
            capacity: Some(12),
            ..Profile::default()
        };
        assert_eq!(found[&member(2)], agent);
        let colleague = Profile {
            lapsed: [(skill(2), 4)].into(),
            shift: Some(key(Table::Calendar, 2)),
            ..Profile::default()
        };
        assert_eq!(found[&member(3)], colleague);
        assert_eq!(found[&member(4)].skills, [(skill(1), 5), (skill(2), 3)].into());
        assert_eq!(found[&member(5)].on_leave, Some((hours(-1), hours(24))));
        // Who only asked isn't on leave, and a member who isn't known at all has no shift either.
        let stranger = Uuid::from_u128(7);
        let later = profiles(app.db.reader(), &[member(2), stranger], hours(50), today()).await.expect("profiles");
        assert_eq!(later[&member(2)].on_leave, None);
        assert_eq!(later[&stranger].skills.len(), 0);
        // At three in the night it is the other way round.
        let night = profiles(app.db.reader(), &members, hours(17), today()).await.expect("profiles");
        assert_eq!((night[&member(2)].on_shift, night[&member(3)].on_shift), (false, true));
    }

    async fn profiles_take_as_many_statements_for_one_as_for_all(app: TestApp) {
        let mut costs = Vec::new();
        for members in [vec![member(2)], (1..=8).map(member).collect()] {
            let before = app.db.statements();
            profiles(app.db.reader(), &members, start(), today()).await.expect("profiles");
            costs.push(app.db.statements() - before);
        }
        assert_eq!(costs[0], costs[1]);
        assert!(costs[0] <= 8, "{costs:?}");
    }

    async fn who_is_on_shift_in_a_team_is_shown_to_those_who_may_see_them(app: TestApp) {
        let ask = "query($team: ID!, $at: DateTime) { onShift(teamId: $team, at: $at) { number onShift(at: $at) onShiftUntil(at: $at) } }";
        let lead = app.as_("team_lead").await;
        let on_shift = async |team: usize, at: i64| -> Vec<String> {
            let variables = json!({ "team": company::id(Table::Team, team), "at": hours(at) });
            let reply = lead.send(ask, variables).await.fine();
            reply.list("onShift").iter().map(|row| row["number"].as_str().unwrap_or_default().to_owned()).collect()
        };
        // The mover is away until tomorrow at ten.
        assert_eq!(on_shift(2, 0).await, ["M0002"]);
        assert_eq!(on_shift(2, 25).await, ["M0002", "M0005"]);
        assert_eq!(on_shift(2, 5).await, Vec::<String>::new());
        assert_eq!((on_shift(3, 0).await, on_shift(3, 13).await), (vec![], vec!["M0003".to_owned()]));
        let until = lead.send(ask, json!({ "team": company::id(Table::Team, 3), "at": hours(17) })).await.fine();
        assert_eq!(until.text("onShift.0.onShiftUntil"), "2026-03-02T22:00:00Z");
        let engineer = app.as_("engineer").await;
        let unseen = engineer.send(ask, json!({ "team": company::id(Table::Team, 2) })).await.fine();
        assert_eq!(unseen.list("onShift").len(), 0);
    }

    async fn lists_of_members_cost_the_same_however_long(app: TestApp) {
        let ask = "query($first: Int) { members(first: $first) { nodes {
            skills { level skill { code } } skillRecords { level skill { code } } certificates { valid certificate { code } }
            shift { validFrom } shifts { validFrom } onShift onShiftUntil capacity { openTickets } away { startsAt } leaves { kind }
        } } skills { nodes { members(first: 2) { totalCount nodes { level member { number } } } certificates { code } } } }";
        let admin = app.as_("admin").await;
        let mut costs = Vec::new();
        for first in [3, 8] {
            costs.push(app.statements(async || {
                let reply = admin.send(ask, json!({ "first": first })).await.fine();
                assert_eq!(reply.list("members.nodes").len(), first);
            }).await);
        }
        assert_eq!(costs[0], costs[1], "{costs:?}");
    }
}
