//! What counts as a skill on a day, in the words of a service manager.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day") + chrono::TimeDelta::days(n)
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).expect("a time")
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

const VALVES: u128 = 1;

fn recorded(level: i32, from: i64, to: Option<i64>) -> member_skill::Model {
    member_skill::Model {
        id: id(10),
        member_id: id(0),
        skill_id: id(VALVES),
        level,
        note: None,
        valid_from: day(from),
        valid_to: to.map(day),
        version: 1,
        created_at: at(),
        updated_at: at(),
    }
}

fn held(level: Option<i32>, issued: i64, expires: Option<i64>, revoked: Option<i64>) -> Held {
    let row = member_certificate::Model {
        id: id(20),
        member_id: id(0),
        certificate_id: id(30),
        number: None,
        issued_on: day(issued),
        expires_on: expires.map(day),
        revoked_on: revoked.map(day),
        warned_at: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    };
    let kind = certificate::Model {
        id: id(30),
        code: "valves".to_owned(),
        name: "Valves".to_owned(),
        name_zh: "阀门".to_owned(),
        skill_id: Some(id(VALVES)),
        level,
        months_valid: None,
        version: 1,
        created_at: at(),
        updated_at: at(),
    };
    (row, kind)
}

/// What counts and what has lapsed of the one skill on day 0; 0 for nothing.
fn seen(skills: &[member_skill::Model], certificates: &[Held], needs: bool) -> (u8, u8) {
    let needing: BTreeSet<Uuid> = needs.then(|| id(VALVES)).into_iter().collect();
    let skills: Vec<&member_skill::Model> = skills.iter().collect();
    let certificates: Vec<&Held> = certificates.iter().collect();
    let ability = ability(&skills, &certificates, &needing, day(0));
    let of = |map: &BTreeMap<Uuid, u8>| map.get(&id(VALVES)).copied().unwrap_or(0);
    (of(&ability.counts), of(&ability.lapsed))
}

#[test]
fn the_greatest_of_record_and_certificate_counts() {
    for (what, skills, certificates, expected) in [
        ("nothing", vec![], vec![], (0, 0)),
        ("a record", vec![recorded(3, -10, None)], vec![], (3, 0)),
        (
            "a record of tomorrow",
            vec![recorded(3, 1, None)],
            vec![],
            (0, 0),
        ),
        (
            "a record that ended today",
            vec![recorded(3, -10, Some(0))],
            vec![],
            (0, 0),
        ),
        (
            "a record on its last day",
            vec![recorded(3, -10, Some(1))],
            vec![],
            (3, 0),
        ),
        (
            "a certificate",
            vec![],
            vec![held(Some(4), -10, Some(10), None)],
            (4, 0),
        ),
        (
            "a record above the certificate",
            vec![recorded(5, -10, None)],
            vec![held(Some(4), -10, Some(10), None)],
            (5, 0),
        ),
        (
            "a certificate above the record",
            vec![recorded(2, -10, None)],
            vec![held(Some(4), -10, Some(10), None)],
            (4, 0),
        ),
        (
            "a certificate that ran out today",
            vec![recorded(2, -10, None)],
            vec![held(Some(4), -10, Some(0), None)],
            (2, 4),
        ),
        (
            "a certificate taken away today",
            vec![],
            vec![held(Some(4), -10, None, Some(0))],
            (0, 4),
        ),
        (
            "a certificate of tomorrow",
            vec![],
            vec![held(Some(4), 1, None, None)],
            (0, 0),
        ),
        (
            "a renewed certificate",
            vec![],
            vec![
                held(Some(4), -10, Some(-1), None),
                held(Some(4), -1, Some(9), None),
            ],
            (4, 0),
        ),
    ] {
        assert_eq!(seen(&skills, &certificates, false), expected, "{what}");
    }
}

#[test]
fn some_skills_count_only_with_a_certificate() {
    for (what, skills, certificates, expected) in [
        (
            "only a record",
            vec![recorded(3, -10, None)],
            vec![],
            (0, 3),
        ),
        (
            "record and certificate",
            vec![recorded(3, -10, None)],
            vec![held(Some(2), -10, Some(1), None)],
            (3, 0),
        ),
        (
            "a certificate without a level lets the record count",
            vec![recorded(3, -10, None)],
            vec![held(None, -10, Some(1), None)],
            (3, 0),
        ),
        (
            "a certificate without a level alone",
            vec![],
            vec![held(None, -10, None, None)],
            (0, 0),
        ),
        (
            "a certificate that ran out",
            vec![recorded(3, -10, None)],
            vec![held(Some(4), -10, Some(0), None)],
            (0, 4),
        ),
    ] {
        assert_eq!(seen(&skills, &certificates, true), expected, "{what}");
    }
}

#[test]
fn the_latest_end_of_the_certificates_is_told() {
    let until = |certificates: &[Held]| {
        let certificates: Vec<&Held> = certificates.iter().collect();
        let ability = ability(&[], &certificates, &BTreeSet::new(), day(0));
        ability.certified_until.get(&id(VALVES)).copied()
    };
    let short = held(Some(1), -10, Some(5), None);
    let long = held(Some(1), -10, Some(50), None);
    let ever = held(Some(1), -10, None, None);
    let over = held(Some(1), -10, Some(-1), None);
    assert_eq!(until(std::slice::from_ref(&short)), Some(day(5)));
    assert_eq!(until(&[long.clone(), short.clone()]), Some(day(50)));
    assert_eq!(until(&[short, ever.clone()]), None);
    assert_eq!(until(&[ever, long]), None);
    assert_eq!(until(&[over]), None);
}

#[test]
fn certificates_run_out_after_whole_months() {
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    for (issued, months, expected) in [
        (date(2026, 1, 15), Some(24), Some(date(2028, 1, 15))),
        (date(2026, 1, 31), Some(1), Some(date(2026, 2, 28))),
        (date(2028, 1, 31), Some(1), Some(date(2028, 2, 29))),
        (date(2026, 1, 15), None, None),
    ] {
        assert_eq!(runs_out(issued, months), expected);
    }
}

proptest! {
    /// Whatever is recorded: what has lapsed is always more than what counts, and one more valid certificate never
    /// makes anybody worse.
    #[test]
    fn certificates_only_help(
        skills in proptest::collection::vec((1..=5, -20_i64..20, proptest::option::of(1_i64..30)), 0..4),
        certificates in proptest::collection::vec(
            (proptest::option::of(1..=5), -20_i64..20, proptest::option::of(1_i64..30), proptest::option::of(-20_i64..20)), 0..4),
        needs in any::<bool>(),
        granted in 1..=5,
    ) {
        let skills: Vec<_> = skills.into_iter()
            .map(|(level, from, days)| recorded(level, from, days.map(|days| from + days)))
            .collect();
        let mut certificates: Vec<_> = certificates.into_iter()
            .map(|(level, issued, days, revoked)| held(level, issued, days.map(|days| issued + days), revoked))
            .collect();
        let (counts, lapsed) = seen(&skills, &certificates, needs);
        prop_assert!(lapsed == 0 || lapsed > counts);
        certificates.push(held(Some(granted), 0, Some(1), None));
        let (better, _) = seen(&skills, &certificates, needs);
        prop_assert!(better >= counts && i32::from(better) >= granted);
    }
}
