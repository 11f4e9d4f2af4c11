//! What a move means for whom, as a small company that a reader can follow.

use chrono::{DateTime, Utc};
use entity::enums::AssignmentKind;

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).expect("a time")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day")
}

fn team(number: u128, department: u128, parent: Option<u128>) -> team::Model {
    team::Model {
        id: id(number),
        code: format!("T{number}"),
        name: String::new(),
        name_zh: String::new(),
        department_id: id(department),
        parent_id: parent.map(id),
        region_id: None,
        valid_from: day(),
        valid_to: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

fn home(member: u128, team: u128) -> assignment::Model {
    assignment::Model {
        id: id(1_000 + member),
        member_id: id(member),
        kind: AssignmentKind::Home,
        department_id: None,
        team_id: Some(id(team)),
        region_id: None,
        position_id: None,
        role: String::new(),
        percent: 100,
        valid_from: day(),
        valid_to: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

/// Teams 1 (with 2 below it) and 3 of department 100, 4 of 101; lead 11 in 1, lead 14 in 4, agent 12 in 2.
fn picture() -> Picture {
    Picture {
        day: day(),
        assignments: vec![home(11, 1), home(12, 2), home(14, 4)],
        teams: vec![
            team(1, 100, None),
            team(2, 100, Some(1)),
            team(3, 100, None),
            team(4, 101, None),
        ],
    }
}

fn holders() -> BTreeMap<Uuid, Grants> {
    let lead: Grants = [
        (Permission::TicketRead, Reach::TeamTree),
        (Permission::MemberRead, Reach::TeamTree),
    ]
    .into_iter()
    .collect();
    let agent: Grants = [(Permission::TicketRead, Reach::Team)]
        .into_iter()
        .collect();
    let all: Grants = [(Permission::MemberRead, Reach::All)].into_iter().collect();
    BTreeMap::from([
        (id(11), lead.clone()),
        (id(12), agent),
        (id(14), lead),
        (id(19), all),
    ])
}

fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_changed_means_nothing() {
    assert_eq!(effects(&picture(), &picture(), &holders()), []);
}

#[test]
fn a_moved_member_sees_the_new_team_and_is_seen_by_its_lead() {
    let mut after = picture();
    after.assignments[1] = home(12, 4);
    let effects = effects(&picture(), &after, &holders());
    assert_eq!(effects.len(), 3, "{effects:#?}");
    let of = |member| {
        effects
            .iter()
            .find(|effect| effect.member == id(member))
            .expect("an effect")
    };
    assert_eq!(of(11).members_lost, BTreeSet::from([id(12)]));
    assert_eq!(of(14).members_gained, BTreeSet::from([id(12)]));
    assert_eq!(
        of(12).shifts,
        [Shift {
            reach: Reach::Team,
            permissions: vec![Permission::TicketRead],
            gained: codes(&["T4"]),
            lost: codes(&["T2"]),
        }]
    );
}

#[test]
fn a_team_that_moves_leaves_the_tree_of_its_old_lead() {
    let mut after = picture();
    after.teams[1] = team(2, 101, Some(4));
    let effects = effects(&picture(), &after, &holders());
    let shifts: Vec<_> = effects
        .iter()
        .map(|effect| (effect.member, effect.shifts.clone()))
        .collect();
    let shift = |gained: &[&str], lost: &[&str]| Shift {
        reach: Reach::TeamTree,
        permissions: vec![Permission::TicketRead, Permission::MemberRead],
        gained: codes(gained),
        lost: codes(lost),
    };
    assert_eq!(
        shifts,
        [
            (id(11), vec![shift(&[], &["T2"])]),
            (id(14), vec![shift(&["T2"], &[])])
        ]
    );
}

#[test]
fn only_an_approved_plan_is_applied() {
    use ReorganisationState::{Applied, Approved, Cancelled, Draft, Failed};
    for (state, step, expected) in [
        (Draft, Step::Approve, Some(Approved)),
        (Draft, Step::Apply, None),
        (Approved, Step::Apply, Some(Applied)),
        (Approved, Step::Fail, Some(Failed)),
        (Approved, Step::Revise, None),
        (Approved, Step::Cancel, Some(Cancelled)),
        (Applied, Step::Cancel, None),
        (Failed, Step::Apply, None),
        (Cancelled, Step::Approve, None),
    ] {
        assert_eq!(next(state, step), expected, "{state:?} {step:?}");
    }
}
