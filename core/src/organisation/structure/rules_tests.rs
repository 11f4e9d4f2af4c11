//! Where teams stand over time, as tables and as properties.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

fn day(number: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + TimeDelta::days(number)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).expect("a time")
}

fn team(number: u128, department: u128, parent: Option<u128>) -> team::Model {
    team::Model {
        id: id(number),
        code: number.to_string(),
        name: String::new(),
        name_zh: String::new(),
        department_id: id(department),
        parent_id: parent.map(id),
        region_id: None,
        valid_from: day(0),
        valid_to: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

/// The rows that moves leave behind, one after the other as the action writes them.
fn places(team: u128, moves: &[(i64, u128)]) -> Vec<team_place::Model> {
    let mut rows: Vec<team_place::Model> = Vec::new();
    for (from, department) in moves {
        if let Some(last) = rows.last_mut() {
            last.valid_to = Some(day(*from));
        }
        rows.push(team_place::Model {
            id: id(1_000 + rows.len() as u128),
            team_id: id(team),
            move_id: id(2_000 + rows.len() as u128),
            department_id: id(*department),
            parent_id: None,
            region_id: None,
            valid_from: day(*from),
            valid_to: None,
            created_at: at(),
        });
    }
    rows
}

#[test]
fn a_team_is_where_its_last_move_has_brought_it() {
    let course = Course::of(&team(1, 100, None), &places(1, &[(10, 101), (20, 102)]));
    for (on, department) in [
        (-5, 100),
        (0, 100),
        (9, 100),
        (10, 101),
        (19, 101),
        (20, 102),
        (900, 102),
    ] {
        assert_eq!(course.on(day(on)).department, id(department), "day {on}");
    }
}

#[test]
fn places_of_another_team_do_not_count() {
    let course = Course::of(&team(1, 100, None), &places(2, &[(10, 101)]));
    assert_eq!(course.on(day(50)).department, id(100));
}

#[test]
fn a_home_is_split_where_its_team_moved() {
    let teams = [team(1, 100, None)];
    let departments = DepartmentsOfTeams::of(&teams, &places(1, &[(10, 101), (20, 102)]));
    let span = Span {
        from: day(5),
        to: Some(day(15)),
    };
    let pieces: Vec<_> = departments
        .split(id(1), span)
        .into_iter()
        .map(|(span, department)| (span.from, span.to, department))
        .collect();
    assert_eq!(
        pieces,
        [
            (day(5), Some(day(10)), id(100)),
            (day(10), Some(day(15)), id(101))
        ]
    );
}

#[test]
fn no_team_stands_below_itself_nor_below_another_department() {
    let teams = [
        team(1, 100, None),
        team(2, 100, Some(1)),
        team(3, 100, Some(2)),
        team(4, 101, None),
    ];
    let may = |department, parent: Option<u128>| {
        may_stand(Some(id(1)), id(department), parent.map(id), &teams)
    };
    assert_eq!(may(101, None), Ok(()));
    assert_eq!(may(101, Some(4)), Ok(()));
    assert_eq!(may(100, Some(4)), Err(Misplaced::OtherDepartment));
    assert_eq!(may(100, Some(1)), Err(Misplaced::BelowItself));
    assert_eq!(may(100, Some(3)), Err(Misplaced::BelowItself));
    assert_eq!(may_stand(None, id(100), Some(id(3)), &teams), Ok(()));
}

proptest! {
    /// On every day the answer is what the moves say when they are walked through one by one.
    #[test]
    fn the_course_is_what_the_moves_say(
        moves in proptest::collection::btree_map(0_i64..60, 100_u128..105, 0..6),
        on in -5_i64..70,
    ) {
        let moves: Vec<(i64, u128)> = moves.into_iter().collect();
        let rows = places(1, &moves);
        let expected = moves.iter().rfind(|(from, _)| *from <= on).map_or(99, |(_, to)| *to);
        let row = team(1, 99, None);
        prop_assert_eq!(Course::of(&row, &rows).on(day(on)).department, id(expected));
        let shown = as_of(vec![team::Model { valid_from: day(-9), ..row.clone() }], &rows, day(on));
        prop_assert_eq!(shown[0].department_id, id(expected));
        let departments = DepartmentsOfTeams::of(&[row], &rows);
        let span = Span { from: day(-5), to: Some(day(70)) };
        let pieces = departments.split(id(1), span);
        let holding: Vec<_> = pieces.iter().filter(|(piece, _)| holds_on(piece.from, piece.to, day(on))).collect();
        prop_assert_eq!(holding.len(), 1, "each day lies in one piece");
        prop_assert_eq!(holding[0].1, id(expected));
    }

    /// A later move changes no day before it.
    #[test]
    fn a_move_changes_no_earlier_day(
        moves in proptest::collection::btree_map(0_i64..30, 100_u128..105, 0..4),
        at_day in 30_i64..40,
        on in -5_i64..40,
    ) {
        let before: Vec<(i64, u128)> = moves.into_iter().collect();
        let mut after = before.clone();
        after.push((at_day, 777));
        let row = team(1, 99, None);
        let spot = |moves: &[(i64, u128)]| Course::of(&row, &places(1, moves)).on(day(on)).department;
        if on < at_day {
            prop_assert_eq!(spot(&before), spot(&after));
        } else {
            prop_assert_eq!(spot(&after), id(777));
        }
    }
}
