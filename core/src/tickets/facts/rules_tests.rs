//! Tickets as a service manager knows them, and what counts of each.

use SlaClockKind::{FirstResponse, PreliminarySolution, Resolution};
use SlaClockState::{Running, Stopped};
use TicketStage::{Analysis, Feedback, Intake};
use chrono::TimeZone;

use super::*;

/// Members.
const LI: Uuid = Uuid::from_u128(1);
const WANG: Uuid = Uuid::from_u128(2);
/// A team.
const DESK: Uuid = Uuid::from_u128(11);

/// A moment in March 2026.
fn march(day: u32, hour: u32) -> DateTime<Utc> {
    let found = Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0);
    found.single().expect("a valid moment")
}

/// Opened on the 1st at 8, Li answers for it, the desk has it.
fn ticket() -> Case {
    Case {
        id: Uuid::from_u128(99),
        owner: Some(LI),
        team: Some(DESK),
        province: Province::Hebei,
        product: None,
        channel: "phone".to_owned(),
        kind: "fault_repair".to_owned(),
        state: TicketState::Open,
        merged: false,
        created_at: march(1, 8),
        first_responded_at: None,
        resolved_at: None,
        closed_at: None,
        stages: vec![(Intake, march(1, 8))],
        promises: Vec::new(),
        credits: Vec::new(),
        answers: Vec::new(),
        past: Past::default(),
    }
}

/// The same, resolved on the 2nd at 8.
fn resolved() -> Case {
    let mut case = ticket();
    case.resolved_at = Some(march(2, 8));
    case.stages.push((Feedback, march(2, 8)));
    case
}

fn promise(kind: SlaClockKind, state: SlaClockState, met: Option<bool>, breached: bool) -> Promise {
    Promise {
        kind,
        state,
        met,
        breached,
        ran_seconds: 1_800,
    }
}

fn credit(round: i32, member: Uuid, share: i32) -> Credit {
    Credit {
        round,
        member,
        share,
    }
}

fn answer(round: i32, day: u32, rating: i32) -> Answer {
    Answer {
        round,
        at: march(day, 9),
        rating,
        response: Some(5),
        attitude: None,
        solution: Some(1),
    }
}

/// What counts of a ticket in short: source and part, when, the measures.
fn counted(case: &Case) -> Vec<(String, DateTime<Utc>, [Option<i64>; MEASURES])> {
    occurrences(case)
        .into_iter()
        .map(|one| (format!("{} {}", one.source, one.part), one.at, one.values))
        .collect()
}

/// The measures of the first fact of a source.
fn values(case: &Case, source: &str) -> [Option<i64>; MEASURES] {
    let all = occurrences(case);
    let found = all.iter().find(|one| one.source == source);
    found.expect("a fact of that source").values
}

fn shares_of(case: &Case, source: &str) -> Vec<Vec<(Uuid, i32)>> {
    let all = occurrences(case).into_iter();
    all.filter(|one| one.source == source)
        .map(|one| one.shares)
        .collect()
}

#[test]
fn an_open_ticket_was_opened_and_nothing_else() {
    let expected = [(
        "ticket.opened 0".to_owned(),
        march(1, 8),
        [Some(0), None, None, None],
    )];
    assert_eq!(counted(&ticket()), expected);
    let [one] = <[Occurrence; 1]>::try_from(occurrences(&ticket())).expect("one fact");
    assert_eq!((one.owner, one.team), (Some(LI), Some(DESK)));
    assert_eq!(one.province, Some(Province::Hebei));
    assert_eq!(one.channel.as_deref(), Some("phone"));
    assert_eq!(one.kind.as_deref(), Some("fault_repair"));
    assert!(one.shares.is_empty() && one.product.is_none());
}

#[test]
fn a_resolved_and_closed_ticket_counts_on_three_days() {
    let mut case = resolved();
    case.state = TicketState::Closed;
    case.closed_at = Some(march(4, 8));
    case.first_responded_at = Some(march(1, 9));
    case.promises = vec![
        promise(FirstResponse, Stopped, Some(true), false),
        promise(PreliminarySolution, Stopped, Some(false), true),
        promise(Resolution, Stopped, Some(true), false),
    ];
    let expected = [
        (
            "ticket.opened 0".to_owned(),
            march(1, 8),
            [Some(1), Some(3_600), Some(1), Some(0)],
        ),
        (
            "ticket.resolved 0".to_owned(),
            march(2, 8),
            [Some(86_400), Some(1_800), Some(1), None],
        ),
        (
            "ticket.resolution 0".to_owned(),
            march(2, 8),
            [Some(1), None, None, None],
        ),
        (
            "ticket.ended 0".to_owned(),
            march(4, 8),
            [Some(0), None, None, None],
        ),
    ];
    assert_eq!(counted(&case), expected);
}

#[test]
fn a_reopened_ticket_is_not_resolved_and_its_resolution_did_not_hold() {
    let mut case = resolved();
    case.resolved_at = None;
    case.stages.push((Analysis, march(5, 8)));
    let facts = counted(&case);
    let names: Vec<&str> = facts.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["ticket.opened 0", "ticket.resolution 0"]);
    assert_eq!(values(&case, OPENED)[0], Some(0));
    assert_eq!(values(&case, RESOLUTION)[0], Some(0));

    // Resolved again on the 6th: it counts as resolved then, and only the second resolution held.
    case.resolved_at = Some(march(6, 8));
    case.stages.push((Feedback, march(6, 8)));
    let facts = counted(&case);
    let told: Vec<(&str, DateTime<Utc>, Option<i64>)> = facts
        .iter()
        .map(|(name, at, values)| (name.as_str(), *at, values[0]))
        .collect();
    let expected = [
        ("ticket.opened 0", march(1, 8), Some(1)),
        ("ticket.resolved 0", march(6, 8), Some(5 * 86_400)),
        ("ticket.resolution 0", march(2, 8), Some(0)),
        ("ticket.resolution 1", march(6, 8), Some(1)),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_cancelled_ticket_ended_but_was_neither_resolved_nor_left_unresolved() {
    let mut case = ticket();
    case.state = TicketState::Cancelled;
    case.closed_at = Some(march(3, 8));
    assert_eq!(values(&case, OPENED)[0], None);
    assert_eq!(values(&case, ENDED), [Some(1), None, None, None]);
}

#[test]
fn a_merged_ticket_was_opened_but_did_not_end() {
    let mut case = ticket();
    case.state = TicketState::Cancelled;
    case.closed_at = Some(march(3, 8));
    case.merged = true;
    let expected = [("ticket.opened 0".to_owned(), march(1, 8), [None; MEASURES])];
    assert_eq!(counted(&case), expected);
}

#[test]
fn what_was_given_up_after_it_was_resolved_is_not_resolved_any_more() {
    for (what, merged) in [("cancelled", false), ("merged", true)] {
        let mut case = resolved();
        case.state = TicketState::Cancelled;
        case.closed_at = Some(march(3, 8));
        case.merged = merged;
        let names = |case: &Case| -> Vec<(String, Option<i64>)> {
            let told = counted(case).into_iter();
            told.filter(|(name, ..)| !name.starts_with(ENDED))
                .map(|(name, _, values)| (name, values[0]))
                .collect()
        };
        let opened = ("ticket.opened 0".to_owned(), None);
        assert_eq!(names(&case), std::slice::from_ref(&opened), "{what}");

        // Resolved a second time before: the first resolution had been undone all the same.
        case.stages.push((Analysis, march(2, 9)));
        case.stages.push((Feedback, march(2, 10)));
        case.resolved_at = Some(march(2, 10));
        let undone = ("ticket.resolution 0".to_owned(), Some(0));
        assert_eq!(names(&case), [opened.clone(), undone.clone()], "{what}");

        // Taken up again and given up then: both were undone.
        case.stages.push((Analysis, march(2, 11)));
        case.resolved_at = None;
        let both = [opened, undone, ("ticket.resolution 1".to_owned(), Some(0))];
        assert_eq!(names(&case), both, "{what}");
    }
}

#[test]
fn each_rating_counts_for_the_resolution_that_it_is_about() {
    let mut case = resolved();
    case.credits = vec![
        credit(1, WANG, 6_000),
        credit(1, LI, 4_000),
        credit(0, LI, 10_000),
    ];
    case.answers = vec![answer(0, 3, 2), answer(1, 7, 5)];
    let facts = counted(&case);
    let told: Vec<_> = facts
        .iter()
        .filter(|(name, ..)| name.starts_with(RATED))
        .map(|(name, at, values)| (name.as_str(), *at, *values))
        .collect();
    let expected = [
        (
            "ticket.rated 0",
            march(3, 9),
            [Some(2), Some(5), None, Some(1)],
        ),
        (
            "ticket.rated 1",
            march(7, 9),
            [Some(5), Some(5), None, Some(1)],
        ),
    ];
    assert_eq!(told, expected);
    let shared = vec![(WANG, 6_000), (LI, 4_000)];
    assert_eq!(
        shares_of(&case, RATED),
        [vec![(LI, 10_000)], shared.clone()]
    );
    // The present resolution goes by the latest round.
    assert_eq!(shares_of(&case, RESOLVED), [shared]);
}

#[test]
fn without_credit_there_are_no_shares() {
    let mut case = resolved();
    case.answers = vec![answer(0, 3, 4)];
    assert_eq!(shares_of(&case, RESOLVED), [vec![]]);
    assert_eq!(shares_of(&case, RATED), [vec![]]);
}

#[test]
fn a_promise_is_kept_lost_or_not_decided_yet() {
    for (says, state, met, breached, expected) in [
        ("runs, in time so far", Running, None, false, None),
        ("runs, missed already", Running, None, true, Some(0)),
        (
            "waits, missed already",
            SlaClockState::Paused,
            None,
            true,
            Some(0),
        ),
        ("kept", Stopped, Some(true), false, Some(1)),
        ("missed", Stopped, Some(false), true, Some(0)),
        (
            "missed once, kept by better terms",
            Stopped,
            Some(true),
            true,
            Some(1),
        ),
        ("given up", Stopped, None, false, None),
        ("given up after it was missed", Stopped, None, true, None),
    ] {
        for (place, kind) in [(2, FirstResponse), (3, PreliminarySolution)] {
            let mut case = ticket();
            case.promises = vec![promise(kind, state, met, breached)];
            let mut measures = values(&case, OPENED);
            assert_eq!(measures[place], expected, "{kind:?} {says}");
            measures[place] = None;
            assert_eq!(measures, [Some(0), None, None, None], "{kind:?} {says}");
        }
        let mut case = resolved();
        case.promises = vec![promise(Resolution, state, met, breached)];
        let worked = (state == Stopped).then_some(1_800);
        assert_eq!(
            values(&case, RESOLVED),
            [Some(86_400), worked, expected, None],
            "{says}"
        );
    }
}

#[test]
fn a_comment_counts_when_a_clock_or_a_handover_may_end_with_it() {
    let [li, wang] = [1, 2].map(Uuid::from_u128);
    let (nine, ten) = (march(1, 9), march(1, 10));
    let said = |by, solution| Said {
        at: ten,
        by,
        solution,
    };
    for (what, comment, assignee, changed_at, counts) in [
        (
            "the assignee's",
            said(Some(li), false),
            Some(li),
            nine,
            true,
        ),
        (
            "a colleague's",
            said(Some(wang), false),
            Some(li),
            nine,
            false,
        ),
        ("the customer's", said(None, false), Some(li), nine, false),
        (
            "the customer's, with nobody on it",
            said(None, false),
            None,
            nine,
            false,
        ),
        ("a solution", said(Some(wang), true), Some(li), nine, true),
        (
            "one that waited for a change",
            said(Some(wang), false),
            Some(li),
            ten,
            true,
        ),
    ] {
        assert_eq!(
            comment_counts(comment, assignee, changed_at),
            counts,
            "{what}"
        );
    }
}
