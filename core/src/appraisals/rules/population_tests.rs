use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn span(from: &str, to: Option<&str>) -> Span {
    Span {
        from: day(from),
        to: to.map(day),
    }
}

const DESK: Option<JobFamily> = Some(JobFamily::ServiceDesk);
const FIELD: Option<JobFamily> = Some(JobFamily::FieldService);

fn seat(from: &str, to: Option<&str>, team: u128, family: Option<JobFamily>) -> Seat {
    Seat {
        span: span(from, to),
        team: Some(Uuid::from_u128(team)),
        department: Some(Uuid::from_u128(team * 10)),
        family,
    }
}

fn rule() -> Rule {
    Rule {
        departments: BTreeSet::new(),
        least_days: 15,
        leavers: false,
        movers: Movers::AtTheEnd,
    }
}

/// March 2026, with templates for the desk and the field.
fn of(rule: &Rule, person: &Person) -> Option<Verdict> {
    let templates = BTreeSet::from([JobFamily::ServiceDesk, JobFamily::FieldService]);
    verdict(
        rule,
        (day("2026-03-01"), day("2026-04-01")),
        person,
        &templates,
    )
}

fn takes_part(family: JobFamily, team: u128, days: i32) -> Option<Verdict> {
    Some(Verdict::In {
        family,
        team: Some(Uuid::from_u128(team)),
        department: Some(Uuid::from_u128(team * 10)),
        days,
    })
}

fn out(cause: AppraisalExclusion, days: i32) -> Option<Verdict> {
    Some(Verdict::Out { cause, days })
}

fn stayer() -> Person {
    Person {
        employed: span("2024-01-01", None),
        leave: Vec::new(),
        seats: vec![seat("2024-01-01", None, 1, DESK)],
    }
}

#[test]
fn who_was_there_all_the_time_takes_part() {
    assert_eq!(
        of(&rule(), &stayer()),
        takes_part(JobFamily::ServiceDesk, 1, 31)
    );
}

#[test]
fn joiners_take_part_when_they_were_there_long_enough() {
    let joined = |from: &str| Person {
        employed: span(from, None),
        seats: vec![seat(from, None, 1, DESK)],
        ..stayer()
    };
    assert_eq!(
        of(&rule(), &joined("2026-03-17")),
        takes_part(JobFamily::ServiceDesk, 1, 15)
    );
    assert_eq!(
        of(&rule(), &joined("2026-03-18")),
        out(AppraisalExclusion::JoinedLate, 14)
    );
    assert_eq!(of(&rule(), &joined("2026-04-01")), None, "not there at all");
}

#[test]
fn leavers_take_part_where_the_rule_says_so() {
    let left = |to: &str| Person {
        employed: span("2024-01-01", Some(to)),
        seats: vec![seat("2024-01-01", Some(to), 1, DESK)],
        ..stayer()
    };
    let with = Rule {
        leavers: true,
        ..rule()
    };
    assert_eq!(
        of(&rule(), &left("2026-03-21")),
        out(AppraisalExclusion::Left, 20)
    );
    assert_eq!(
        of(&with, &left("2026-03-21")),
        takes_part(JobFamily::ServiceDesk, 1, 20)
    );
    assert_eq!(
        of(&with, &left("2026-03-11")),
        out(AppraisalExclusion::Left, 10)
    );
    // The last day of the period is the last day at work: that is no leaver of this period.
    assert_eq!(
        of(&rule(), &left("2026-04-01")),
        takes_part(JobFamily::ServiceDesk, 1, 31)
    );
}

#[test]
fn leave_counts_as_absence() {
    let away = |from: &str, to: &str| Person {
        leave: vec![span(from, Some(to))],
        ..stayer()
    };
    assert_eq!(
        of(&rule(), &away("2026-03-02", "2026-03-18")),
        takes_part(JobFamily::ServiceDesk, 1, 15)
    );
    assert_eq!(
        of(&rule(), &away("2026-03-02", "2026-03-19")),
        out(AppraisalExclusion::OnLeave, 14)
    );
}

#[test]
fn movers_belong_where_the_rule_says() {
    let moved = Person {
        seats: vec![
            seat("2024-01-01", Some("2026-03-25"), 1, DESK),
            seat("2026-03-25", None, 2, FIELD),
        ],
        ..stayer()
    };
    assert_eq!(
        of(&rule(), &moved),
        takes_part(JobFamily::FieldService, 2, 31)
    );
    let most = Rule {
        movers: Movers::MostDays,
        ..rule()
    };
    assert_eq!(of(&most, &moved), takes_part(JobFamily::ServiceDesk, 1, 31));
}

#[test]
fn who_is_out_of_scope_or_without_a_template_is_told_apart() {
    let desk_only = Rule {
        departments: BTreeSet::from([Uuid::from_u128(10)]),
        ..rule()
    };
    assert_eq!(
        of(&desk_only, &stayer()),
        takes_part(JobFamily::ServiceDesk, 1, 31)
    );
    let elsewhere = Person {
        seats: vec![seat("2024-01-01", None, 2, DESK)],
        ..stayer()
    };
    assert_eq!(
        of(&desk_only, &elsewhere),
        out(AppraisalExclusion::OutOfScope, 31)
    );
    let homeless = Person {
        seats: Vec::new(),
        ..stayer()
    };
    assert_eq!(
        of(&rule(), &homeless),
        out(AppraisalExclusion::OutOfScope, 31)
    );
    for family in [None, Some(JobFamily::Management)] {
        let lead = Person {
            seats: vec![seat("2024-01-01", None, 1, family)],
            ..stayer()
        };
        assert_eq!(of(&rule(), &lead), out(AppraisalExclusion::NoTemplate, 31));
    }
}
