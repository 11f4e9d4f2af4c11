//! The organisation: members are placed, released and transferred without rewriting what was.

/// What is expected of positions.
mod duties;
/// Task forces, slogans, staffing.
mod forces;
/// Planned changes of the organisation.
mod reorganisation;
/// The structure over time.
mod structure;

use aftercare::access::{self, Permission};
use aftercare::error::{Error, ErrorCode, UserErrorCode};
use aftercare::organisation;
use aftercare::organisation::actions::{
    AssignmentEnd, AssignmentStart, MemberTransfer, assignment_end, assignment_start,
    member_transfer,
};
use chrono::TimeDelta;
use entity::assignment;
use entity::enums::{AssignmentKind, Reach};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::support::database::both_databases;
use crate::support::rooms::Rooms;
use crate::support::world::noon;

fn mistake<T: std::fmt::Debug>(result: Result<T, Error>) -> (UserErrorCode, String) {
    match result {
        Err(Error::User(errors)) if errors.len() == 1 => {
            (errors[0].code, errors[0].field.join("."))
        }
        other => panic!("not one user error: {other:?}"),
    }
}

/// A member without any assignment.
fn newcomer(rooms: &Rooms) -> Uuid {
    let free = rooms
        .world
        .members
        .iter()
        .find(|row| rooms.world.assignments_of(Some(row.id)).is_empty());
    free.expect("a member without assignments; pick another seed")
        .id
}

fn home(rooms: &Rooms) -> AssignmentStart {
    AssignmentStart {
        member_id: newcomer(rooms),
        kind: AssignmentKind::Home,
        department_id: Some(rooms.world.departments[0].id),
        team_id: None,
        region_id: None,
        position_id: Some(rooms.world.positions[0].id),
        role: "engineer".to_owned(),
        percent: 80,
        valid_from: noon().date_naive(),
        valid_to: None,
    }
}

both_databases! {
    async fn a_member_is_placed_and_sees_more_at_once(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let order = home(&rooms);
        let epoch = access::epoch(app.db.reader()).await.expect("an epoch");
        let id = assignment_start(app, &call, &order, Some("key")).await.expect("placed");
        assert_eq!(assignment_start(app, &call, &order, Some("key")).await.expect("repeated"), id);
        assert_eq!(access::epoch(app.db.reader()).await.expect("an epoch"), epoch + 1);
        let standing = organisation::standing(app.db.reader(), order.member_id, order.valid_from).await.expect("a standing");
        assert!(standing.departments.contains(&rooms.world.departments[0].id));
        assert_eq!(rooms.audit().await.len(), 1);
    }

    async fn places_that_do_not_fit_are_named(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let order = home(&rooms);
        assignment_start(app, &call, &order, None).await.expect("placed");
        let second = mistake(assignment_start(app, &call, &order, None).await);
        assert_eq!(second, (UserErrorCode::RuleViolated, "input.validFrom".to_owned()));
        let regional = AssignmentStart {
            kind: AssignmentKind::Regional,
            department_id: None,
            region_id: Some(rooms.world.regions[0].id),
            percent: 21,
            ..order.clone()
        };
        let too_much = mistake(assignment_start(app, &call, &regional, None).await);
        assert_eq!(too_much, (UserErrorCode::RuleViolated, "input.percent".to_owned()));
        let nowhere = AssignmentStart { region_id: None, percent: 20, ..regional.clone() };
        assert_eq!(mistake(assignment_start(app, &call, &nowhere, None).await), (UserErrorCode::Blank, "input.regionId".to_owned()));
        let past = AssignmentStart { valid_from: order.valid_from - TimeDelta::days(1), percent: 20, ..regional };
        assert_eq!(mistake(assignment_start(app, &call, &past, None).await), (UserErrorCode::RuleViolated, "input.validFrom".to_owned()));
    }

    async fn a_transfer_ends_the_old_home_and_keeps_it_in_history(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let order = home(&rooms);
        let old = assignment_start(app, &call, &order, None).await.expect("placed");
        let on = order.valid_from + TimeDelta::days(10);
        let transfer = MemberTransfer {
            id: order.member_id,
            expected_version: 2,
            on,
            department_id: rooms.world.departments[1].id,
            team_id: None,
            position_id: None,
            role: "lead".to_owned(),
            percent: None,
        };
        member_transfer(app, &call, &transfer).await.expect("transferred");
        let row = assignment::Entity::find_by_id(old).one(app.db.reader()).await.expect("read").expect("there");
        assert_eq!((row.valid_to, row.role.as_str()), (Some(on), "engineer"));
        for (day, department) in [(on - TimeDelta::days(1), 0), (on, 1)] {
            let standing = organisation::standing(app.db.reader(), order.member_id, day).await.expect("a standing");
            assert_eq!(standing.departments.into_iter().collect::<Vec<_>>(), [rooms.world.departments[department].id]);
        }
        let stale = member_transfer(app, &call, &transfer).await;
        assert!(matches!(stale, Err(Error::Api(error)) if error.code == ErrorCode::Conflict));
    }

    async fn an_assignment_ends_only_once_and_only_from_today_on(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let order = home(&rooms);
        let id = assignment_start(app, &call, &order, None).await.expect("placed");
        let day = order.valid_from + TimeDelta::days(3);
        let end = AssignmentEnd { id, expected_version: 1, valid_to: day };
        assignment_end(app, &call, &end).await.expect("ended");
        let later = AssignmentEnd { expected_version: 2, valid_to: day + TimeDelta::days(1), ..end.clone() };
        assert_eq!(mistake(assignment_end(app, &call, &later).await).0, UserErrorCode::RuleViolated);
        let reader = rooms.call(order.member_id, &[(Permission::MemberRead, Reach::All)]).await;
        let refused = assignment_end(app, &reader, &end).await;
        assert!(matches!(refused, Err(Error::Api(error)) if error.code == ErrorCode::Forbidden));
    }

    async fn teams_members_and_homes_are_shown_for_a_day(rooms: Rooms) {
        let call = rooms.admin().await;
        let answer = rooms.answer(&call, "{
            teams(first: 100) { nodes { code department { code } parent { code } children { code } region { code provinces } members { number } } }
            members(first: 100, filter: { departmentId: { isNull: false } }) { totalCount nodes { number department { code } position { code } assignments { kind validFrom validTo team { code } } } }
        }").await;
        assert_eq!(answer["errors"], serde_json::Value::Null, "{answer}");
        let day = noon().date_naive();
        for node in answer["data"]["teams"]["nodes"].as_array().expect("teams") {
            let team = rooms.world.teams.iter().find(|row| row.code == node["code"]).expect("a known team");
            let mut expected: Vec<&str> = rooms.world.members.iter()
                .filter(|member| rooms.world.assignments_of(Some(member.id)).iter().any(|row| {
                    row.team_id == Some(team.id) && organisation::holds_on(row.valid_from, row.valid_to, day)
                }))
                .map(|member| member.number.as_str())
                .collect();
            expected.sort_unstable();
            let shown: Vec<&str> = node["members"].as_array().expect("members").iter().filter_map(|one| one["number"].as_str()).collect();
            assert_eq!(shown, expected);
        }
    }
}
