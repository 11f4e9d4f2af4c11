//! Table tests of the rules of assignments.

use chrono::{DateTime, Utc};

use super::*;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, number).expect("a day of March")
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).expect("a valid time")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn placed(kind: AssignmentKind, from: u32, to: Option<u32>, percent: i32) -> assignment::Model {
    assignment::Model {
        id: id(1_000 + u128::from(from)),
        member_id: id(1),
        kind,
        department_id: None,
        team_id: None,
        region_id: None,
        position_id: None,
        role: String::new(),
        percent,
        valid_from: day(from),
        valid_to: to.map(day),
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

fn team(number: u128, parent: Option<u128>, department: u128, region: Option<u128>) -> team::Model {
    team::Model {
        id: id(number),
        code: number.to_string(),
        name: String::new(),
        name_zh: String::new(),
        department_id: id(department),
        parent_id: parent.map(id),
        region_id: region.map(id),
        valid_from: day(1),
        valid_to: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

#[test]
fn the_end_day_no_longer_counts() {
    for (from, to, on, expected) in [
        (5, Some(8), 4, false),
        (5, Some(8), 5, true),
        (5, Some(8), 7, true),
        (5, Some(8), 8, false),
        (5, None, 31, true),
    ] {
        assert_eq!(
            holds_on(day(from), to.map(day), day(on)),
            expected,
            "{from}..{to:?} on {on}"
        );
    }
}

#[test]
fn spans_that_only_touch_do_not_overlap() {
    let span = |from, to: Option<u32>| Span {
        from: day(from),
        to: to.map(day),
    };
    assert!(!span(1, Some(5)).overlaps(span(5, None)));
    assert!(!span(5, None).overlaps(span(1, Some(5))));
    assert!(span(1, Some(6)).overlaps(span(5, None)));
    assert!(span(1, None).overlaps(span(20, Some(21))));
}

#[test]
fn there_is_one_home_a_day_and_one_whole_of_time() {
    use AssignmentKind::{Home, Project};
    let others = [placed(Home, 1, Some(10), 60), placed(Project, 8, None, 30)];
    let cases = [
        (Home, 10, None, 70, Ok(())),
        (Home, 9, None, 10, Err(Misfit::SecondHome { day: day(9) })),
        (
            Home,
            10,
            None,
            71,
            Err(Misfit::TooMuch {
                day: day(10),
                percent: 101,
            }),
        ),
        (Project, 1, Some(8), 40, Ok(())),
        (
            Project,
            1,
            Some(9),
            40,
            Err(Misfit::TooMuch {
                day: day(8),
                percent: 130,
            }),
        ),
        (Project, 1, None, 10, Ok(())),
    ];
    for (kind, from, to, percent, expected) in cases {
        let span = Span {
            from: day(from),
            to: to.map(day),
        };
        assert_eq!(
            fits(kind, span, percent, &others),
            expected,
            "{kind:?} {from}..{to:?} {percent} %"
        );
    }
}

#[test]
fn a_standing_follows_teams_upwards_to_departments_and_downwards_through_the_tree() {
    let teams = [
        team(10, None, 100, Some(200)),
        team(11, Some(10), 100, None),
        team(12, Some(11), 101, None),
        team(13, None, 100, Some(201)),
    ];
    let mut home = placed(AssignmentKind::Home, 1, None, 80);
    home.department_id = Some(id(102));
    home.team_id = Some(id(10));
    let mut over = placed(AssignmentKind::Regional, 1, Some(3), 20);
    over.region_id = Some(id(201));
    let standing = stand(id(1), day(4), &[home, over], &teams);
    let set = |numbers: &[u128]| numbers.iter().copied().map(id).collect::<BTreeSet<_>>();
    assert_eq!(standing.teams, set(&[10]));
    assert_eq!(standing.team_tree, set(&[10, 11, 12]));
    // The home follows its team; 102 is only what was named when it began.
    assert_eq!(standing.departments, set(&[100]));
    assert_eq!(standing.department_teams, set(&[10, 11, 13]));
    assert_eq!(standing.regions, set(&[200]));
    assert_eq!(standing.region_teams, set(&[10]));
}

#[test]
fn a_circle_of_teams_ends() {
    let teams = [team(1, Some(2), 9, None), team(2, Some(1), 9, None)];
    assert_eq!(below(&BTreeSet::from([id(1)]), &teams).len(), 2);
}
