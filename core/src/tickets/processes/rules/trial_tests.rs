//! Trials that a service manager could check by hand: working time is 09:00-17:00, eight hours a day.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entity::enums::TicketStage::{self, Analysis, Execution, Intake};
use uuid::Uuid;

use super::steps::Step;
use super::trial::{LATE_MAX, Line, Outcome, Past, Place, Span, run};
use super::validity_tests::process;

const HOUR: i64 = 3_600;

/// A moment of March 2026.
fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0)
        .single()
        .expect("a valid time")
}

/// 09:00-17:00 of every day, hour by hour.
fn working(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    use chrono::Timelike;
    let mut seconds = 0;
    let mut now = from;
    while now < to {
        if (9..17).contains(&now.hour()) {
            seconds += 60;
        }
        now += TimeDelta::minutes(1);
    }
    seconds
}

fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Span {
    Span { from, to: Some(to) }
}

fn ticket(number: i64) -> Past {
    Past {
        id: Uuid::from_u128(u128::try_from(number).unwrap_or_default()),
        number,
        stages: Vec::new(),
        steps: Vec::new(),
        waits: Vec::new(),
    }
}

fn stage(number: i64, stage: TicketStage, from: DateTime<Utc>, to: DateTime<Utc>) -> Past {
    Past {
        stages: vec![(stage, span(from, to))],
        ..ticket(number)
    }
}

fn trial(steps: &[Step], tickets: &[Past]) -> Outcome {
    run(steps, tickets, at(20, 9), working)
}

fn line(outcome: &Outcome, place: Place) -> &Line {
    outcome
        .lines
        .iter()
        .find(|line| line.place == place)
        .unwrap_or_else(|| panic!("{place:?} isn't judged"))
}

/// Register 0, diagnose 1, inspect 2, plan 3, repair 4, report 5; an hour each, and so two hours for the analysis.
#[test]
fn a_stage_without_known_steps_is_held_against_the_sum_of_its_limits() {
    let steps = process();
    for (from, to, seconds, late) in [
        (at(2, 9), at(2, 10), HOUR, 0),
        (at(2, 9), at(2, 11), 2 * HOUR, 0),
        (at(2, 9), at(2, 12), 3 * HOUR, 1),
        // Over night only the hours of work count.
        (at(2, 16), at(3, 10), 2 * HOUR, 0),
        (at(2, 16), at(3, 11), 3 * HOUR, 1),
    ] {
        let outcome = trial(&steps, &[stage(1, Analysis, from, to)]);
        let found = line(&outcome, Place::Stage(1));
        assert_eq!(found.median_seconds, Some(seconds), "{from} {to}");
        assert_eq!(found.limit_seconds, Some(2 * HOUR));
        assert_eq!((found.count, found.late), (1, late), "{from} {to}");
        assert_eq!(outcome.late_tickets, late);
        assert!(outcome.late.iter().all(|late| late.over_seconds == HOUR));
    }
}

#[test]
fn steps_of_the_same_code_are_held_against_their_own_limits() {
    let steps = process();
    let mut past = stage(1, Analysis, at(2, 9), at(2, 12));
    past.steps = vec![
        ("diagnose".to_owned(), span(at(2, 9), at(2, 10))),
        ("inspect".to_owned(), span(at(2, 10), at(2, 12))),
    ];
    let outcome = trial(&steps, &[past]);
    assert_eq!(line(&outcome, Place::Step(1)).late, 0);
    let inspect = line(&outcome, Place::Step(2));
    assert_eq!((inspect.late, inspect.median_seconds), (1, Some(2 * HOUR)));
    assert!(
        outcome
            .lines
            .iter()
            .all(|line| line.place != Place::Stage(1)),
        "what is known by its steps isn't judged as a whole"
    );
    assert_eq!(outcome.late[0].entered_at, at(2, 10));
}

#[test]
fn steps_that_the_version_doesnt_know_leave_the_stage_to_be_judged() {
    let mut past = stage(1, Intake, at(2, 9), at(2, 12));
    past.steps = vec![("welcome".to_owned(), span(at(2, 9), at(2, 12)))];
    let outcome = trial(&process(), &[past]);
    assert_eq!(line(&outcome, Place::Stage(0)).late, 1);
}

#[test]
fn waiting_counts_for_nobody() {
    let steps = process();
    for (waits, seconds) in [
        (vec![], 6 * HOUR),
        (vec![span(at(2, 10), at(2, 12))], 4 * HOUR),
        // Before the stay, over its beginning, over its end, twice.
        (vec![span(at(1, 9), at(1, 12))], 6 * HOUR),
        (vec![span(at(1, 9), at(2, 10))], 5 * HOUR),
        (vec![span(at(2, 14), at(3, 12))], 5 * HOUR),
        (
            vec![span(at(2, 10), at(2, 11)), span(at(2, 12), at(2, 13))],
            4 * HOUR,
        ),
        (
            vec![Span {
                from: at(2, 10),
                to: None,
            }],
            HOUR,
        ),
    ] {
        let past = Past {
            waits: waits.clone(),
            ..stage(1, Analysis, at(2, 9), at(2, 15))
        };
        let outcome = trial(&steps, &[past]);
        assert_eq!(
            line(&outcome, Place::Stage(1)).median_seconds,
            Some(seconds),
            "{waits:?}"
        );
    }
}

#[test]
fn what_lasts_on_counts_only_when_it_is_late_already() {
    let steps = process();
    for (from, count) in [(at(20, 8), 0), (at(19, 16), 0), (at(19, 10), 1)] {
        let open = Span { from, to: None };
        let past = Past {
            stages: vec![(Execution, open)],
            steps: vec![("repair".to_owned(), open)],
            ..ticket(1)
        };
        let outcome = trial(&steps, &[past]);
        let found = line(&outcome, Place::Step(4));
        assert_eq!((found.count, found.late), (count, count), "{from}");
    }
}

#[test]
fn a_step_without_limit_is_never_late_and_frees_its_stage() {
    let mut steps = process();
    steps[2].limit_seconds = None;
    let outcome = trial(&steps, &[stage(1, Analysis, at(2, 9), at(9, 9))]);
    let found = line(&outcome, Place::Stage(1));
    assert_eq!((found.late, found.limit_seconds), (0, None));
    assert_eq!(found.median_seconds, Some(7 * 8 * HOUR));
}

#[test]
fn every_stay_counts_and_a_ticket_is_late_once() {
    let mut past = stage(1, Analysis, at(2, 9), at(2, 12));
    past.stages.push((Execution, span(at(2, 12), at(2, 13))));
    past.stages.push((Analysis, span(at(2, 13), at(2, 17))));
    let outcome = trial(&process(), &[past, stage(2, Intake, at(2, 9), at(2, 10))]);
    assert_eq!((outcome.tickets, outcome.late_tickets), (2, 1));
    assert_eq!(line(&outcome, Place::Stage(1)).count, 2);
    let over: Vec<i64> = outcome.late.iter().map(|late| late.over_seconds).collect();
    assert_eq!(over, [2 * HOUR, HOUR], "the worst first");
}

#[test]
fn median_and_ninetieth_percentile_by_rank() {
    for (count, median, p90) in [
        (1, 1, 1),
        (2, 1, 2),
        (3, 2, 3),
        (4, 2, 4),
        (10, 5, 9),
        (11, 6, 10),
    ] {
        let day = |hours: i64| at(2, 9) + TimeDelta::minutes(hours);
        let past: Vec<Past> = (1..=count)
            .map(|n| stage(n, Intake, at(2, 9), day(n)))
            .collect();
        let outcome = trial(&process(), &past);
        let found = line(&outcome, Place::Stage(0));
        assert_eq!(found.median_seconds, Some(median * 60), "of {count}");
        assert_eq!(found.p90_seconds, Some(p90 * 60), "of {count}");
    }
}

#[test]
fn steps_without_tickets_are_shown_too_and_the_list_of_the_late_ends() {
    let outcome = trial(&process(), &[]);
    assert_eq!(outcome.lines.len(), 6);
    assert!(
        outcome
            .lines
            .iter()
            .all(|line| line.count == 0 && line.median_seconds.is_none())
    );
    let many: Vec<Past> = (0..150)
        .map(|n| stage(n, Intake, at(2, 9), at(2, 12)))
        .collect();
    let outcome = trial(&process(), &many);
    assert_eq!(outcome.late.len(), LATE_MAX);
    assert_eq!(outcome.late_tickets, 150);
    assert_eq!(line(&outcome, Place::Stage(0)).late, 150);
}
