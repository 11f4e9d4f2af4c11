use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time") + TimeDelta::minutes(minutes)
}

/// Open from minute 0 to 600, an hour each, two attempts, two hours between them.
fn terms() -> Terms {
    Terms {
        state: ExamState::Active,
        opens_at: at(0),
        closes_at: at(600),
        time_limit_minutes: 60,
        attempts_allowed: 2,
        wait_hours: 2,
    }
}

fn sat(from: i64, handed_in: Option<i64>) -> Earlier {
    Earlier {
        state: if handed_in.is_some() {
            ExamAttemptState::HandedIn
        } else {
            ExamAttemptState::InProgress
        },
        deadline: at(from + 60),
        handed_in_at: handed_in.map(at),
    }
}

#[test]
fn attempts_begin_within_window_number_and_waiting_time() {
    let first = |deadline| {
        Ok(Begin {
            number: 1,
            deadline: at(deadline),
        })
    };
    for (now, earlier, expected) in [
        (-1, vec![], Err(Refusal::NotYet(at(0)))),
        (0, vec![], first(60)),
        // The window ends every attempt.
        (570, vec![], first(600)),
        (600, vec![], Err(Refusal::Over)),
        (30, vec![sat(0, None)], Err(Refusal::Running)),
        // Its time was over: it counts as handed in then, even before the server has done it.
        (60, vec![sat(0, None)], Err(Refusal::Wait(at(180)))),
        (100, vec![sat(0, Some(20))], Err(Refusal::Wait(at(140)))),
        (
            140,
            vec![sat(0, Some(20))],
            Ok(Begin {
                number: 2,
                deadline: at(200),
            }),
        ),
        (
            400,
            vec![sat(0, Some(20)), sat(200, Some(220))],
            Err(Refusal::NoneLeft),
        ),
    ] {
        assert_eq!(
            begin(&terms(), &earlier, at(now)),
            expected,
            "{now} {earlier:?}"
        );
    }
    for state in [ExamState::Draft, ExamState::Closed] {
        assert_eq!(
            begin(&Terms { state, ..terms() }, &[], at(10)),
            Err(Refusal::NotOn)
        );
    }
}

#[test]
fn answers_are_taken_up_to_the_deadline_and_not_at_it() {
    let deadline = at(60);
    let just_before = deadline - TimeDelta::microseconds(1);
    assert!(takes_answers(
        ExamAttemptState::InProgress,
        deadline,
        just_before
    ));
    assert!(!takes_answers(
        ExamAttemptState::InProgress,
        deadline,
        deadline
    ));
    assert!(!takes_answers(ExamAttemptState::HandedIn, deadline, at(1)));
    assert!(!is_settled(deadline, deadline));
    assert!(is_settled(deadline, deadline + SETTLING));
    assert_eq!(
        seconds_left(ExamAttemptState::InProgress, deadline, at(59)),
        60
    );
    assert_eq!(
        seconds_left(ExamAttemptState::InProgress, deadline, at(61)),
        0
    );
    assert_eq!(seconds_left(ExamAttemptState::Graded, deadline, at(59)), 0);
}
