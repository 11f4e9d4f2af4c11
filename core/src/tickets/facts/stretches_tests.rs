//! Tickets as a service manager knows them, and where their time went.

use chrono::TimeZone;
use entity::enums::Province;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Members.
const LI: Uuid = Uuid::from_u128(1);
const WANG: Uuid = Uuid::from_u128(2);
/// Teams.
const DESK: Uuid = Uuid::from_u128(11);
const FIELD: Uuid = Uuid::from_u128(12);

/// A moment in March 2026.
fn march(day: u32, hour: u32) -> DateTime<Utc> {
    let found = Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0);
    found.single().expect("a valid moment")
}

/// Opened on the 1st at 8; the desk and Li have it now.
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
        stages: Vec::new(),
        promises: Vec::new(),
        credits: Vec::new(),
        answers: Vec::new(),
        past: Past {
            assignee: Some(LI),
            ..Past::default()
        },
    }
}

fn entry(day: u32, hour: u32, by: Option<Uuid>, what: What) -> Entry {
    Entry {
        at: march(day, hour),
        by,
        what,
    }
}

fn to_team(day: u32, hour: u32, from: Option<Uuid>, to: Uuid) -> Entry {
    entry(day, hour, None, What::Team(from, Some(to)))
}

fn to_member(day: u32, hour: u32, from: Option<Uuid>, to: Option<Uuid>) -> Entry {
    entry(day, hour, None, What::Assignee(from, to))
}

fn state(day: u32, hour: u32, to: TicketState) -> Entry {
    entry(day, hour, None, What::State(None, to))
}

fn done_by(day: u32, hour: u32, member: Uuid) -> Entry {
    entry(day, hour, Some(member), What::Other)
}

fn ticket_with(entries: Vec<Entry>) -> Case {
    let mut case = ticket();
    case.past.entries = entries;
    case
}

/// A stretch in short: detail, team, end, seconds.
type Told = (Option<String>, Option<Uuid>, DateTime<Utc>, i64);

/// What the stretches of a source say.
fn told(case: &Case, source: &str) -> Vec<Told> {
    let all = stretches(case).into_iter();
    all.filter(|one| one.source == source)
        .map(|one| {
            (
                one.detail,
                one.team,
                one.at,
                one.values[0].expect("seconds"),
            )
        })
        .collect()
}

fn word(text: &str) -> Option<String> {
    Some(text.to_owned())
}

const HOUR: i64 = 3_600;

#[test]
fn a_ticket_waits_in_a_queue_until_somebody_has_it() {
    // Two hours of no team, then three of the desk, then Li has it.
    let case = ticket_with(vec![
        to_team(1, 10, None, DESK),
        to_member(1, 13, None, Some(LI)),
    ]);
    let expected = [
        (None, None, march(1, 10), 2 * HOUR),
        (word(&DESK.to_string()), Some(DESK), march(1, 13), 3 * HOUR),
    ];
    assert_eq!(told(&case, QUEUE), expected);
}

#[test]
fn a_queue_that_still_runs_is_not_counted() {
    let mut case = ticket_with(vec![to_team(1, 10, None, DESK)]);
    case.past.assignee = None;
    assert_eq!(told(&case, QUEUE), [(None, None, march(1, 10), 2 * HOUR)]);
}

#[test]
fn a_ticket_that_is_given_on_untaken_was_in_two_queues() {
    let case = ticket_with(vec![
        to_team(1, 8, None, DESK),
        to_team(1, 12, Some(DESK), FIELD),
        to_member(1, 20, None, Some(WANG)),
    ]);
    let expected = [
        (word(&DESK.to_string()), Some(DESK), march(1, 12), 4 * HOUR),
        (
            word(&FIELD.to_string()),
            Some(FIELD),
            march(1, 20),
            8 * HOUR,
        ),
    ];
    assert_eq!(told(&case, QUEUE), expected);
}

#[test]
fn team_and_member_at_once_make_no_queue_whichever_is_written_first() {
    let (team, member) = (to_team(1, 9, None, DESK), to_member(1, 9, None, Some(LI)));
    for entries in [vec![team, member], vec![member, team]] {
        let expected = [(None, None, march(1, 9), HOUR)];
        assert_eq!(told(&ticket_with(entries), QUEUE), expected);
    }
}

#[test]
fn waiting_is_taken_out_of_a_queue() {
    let case = ticket_with(vec![
        to_team(1, 8, None, DESK),
        state(1, 10, TicketState::PendingCustomer),
        state(1, 15, TicketState::Open),
        to_member(1, 16, None, Some(LI)),
    ]);
    let expected = [(word(&DESK.to_string()), Some(DESK), march(1, 16), 3 * HOUR)];
    assert_eq!(told(&case, QUEUE), expected);
    let expected = [(word(PENDING_CUSTOMER), Some(DESK), march(1, 15), 5 * HOUR)];
    assert_eq!(told(&case, WAITING), expected);
}

#[test]
fn no_queue_runs_while_a_ticket_has_ended() {
    let mut case = ticket_with(vec![
        state(1, 10, TicketState::Cancelled),
        state(3, 8, TicketState::Open),
        to_member(3, 9, None, Some(LI)),
    ]);
    case.team = None;
    let expected = [
        (None, None, march(1, 10), 2 * HOUR),
        (None, None, march(3, 9), HOUR),
    ];
    assert_eq!(told(&case, QUEUE), expected);
}

#[test]
fn a_handover_lasts_until_the_new_assignee_does_something() {
    let case = ticket_with(vec![
        to_team(1, 8, None, DESK),
        to_member(1, 8, None, Some(LI)),
        done_by(1, 9, WANG),
        done_by(1, 10, LI),
        to_member(1, 12, Some(LI), Some(WANG)),
        done_by(1, 13, WANG),
        to_team(1, 14, Some(DESK), FIELD),
        to_member(1, 14, Some(WANG), Some(LI)),
        // Taken away again before Li did anything.
        to_member(1, 20, Some(LI), Some(WANG)),
    ]);
    let expected = [
        (word(FIRST), Some(DESK), march(1, 10), 2 * HOUR),
        (word(WITHIN_TEAM), Some(DESK), march(1, 13), HOUR),
        (word(BETWEEN_TEAMS), Some(FIELD), march(1, 20), 6 * HOUR),
        // The last one still runs.
    ];
    assert_eq!(told(&case, HANDOVER), expected);
}

#[test]
fn who_takes_a_ticket_oneself_waits_for_nobody() {
    let taken = entry(1, 9, Some(LI), What::Assignee(None, Some(LI)));
    let case = ticket_with(vec![taken, done_by(1, 12, LI)]);
    assert_eq!(told(&case, HANDOVER), []);
}

#[test]
fn a_handover_ends_with_the_ticket() {
    let case = ticket_with(vec![
        to_member(1, 8, None, Some(LI)),
        state(1, 9, TicketState::OnHold),
        state(1, 11, TicketState::Closed),
        done_by(2, 8, LI),
    ]);
    // An hour; the rest it was on hold.
    assert_eq!(
        told(&case, HANDOVER),
        [(word(FIRST), Some(DESK), march(1, 11), HOUR)]
    );
}

#[test]
fn an_offer_of_ownership_lasts_until_its_answer() {
    let mut case = ticket();
    case.past.offers = vec![
        Offer {
            from: march(1, 9),
            to: march(1, 13),
            accepted: false,
        },
        Offer {
            from: march(2, 9),
            to: march(3, 9),
            accepted: true,
        },
    ];
    let expected = [
        (word(OWNERSHIP_DECLINED), Some(DESK), march(1, 13), 4 * HOUR),
        (word(OWNERSHIP), Some(DESK), march(3, 9), 24 * HOUR),
    ];
    assert_eq!(told(&case, HANDOVER), expected);
}

#[test]
fn each_reason_for_waiting_counts_by_itself() {
    let case = ticket_with(vec![
        state(1, 9, TicketState::PendingCustomer),
        state(1, 12, TicketState::PendingParts),
        state(2, 12, TicketState::Open),
        state(2, 13, TicketState::OnHold),
    ]);
    let expected = [
        (word(PENDING_CUSTOMER), Some(DESK), march(1, 12), 3 * HOUR),
        (word(PENDING_PARTS), Some(DESK), march(2, 12), 24 * HOUR),
        // On hold it still is.
    ];
    assert_eq!(told(&case, WAITING), expected);
}

fn stay(step: &str, from: DateTime<Utc>, to: Option<DateTime<Utc>>) -> Stay {
    Stay {
        step: step.to_owned(),
        from,
        to,
    }
}

#[test]
fn stays_in_steps_count_when_they_are_left() {
    let mut case = ticket_with(vec![to_team(1, 10, Some(DESK), FIELD)]);
    case.past.stays = vec![
        stay("repair.register", march(1, 8), Some(march(1, 9))),
        stay("repair.diagnose", march(1, 9), Some(march(1, 12))),
        stay("repair.plan", march(1, 12), None),
    ];
    let expected = [
        (word("repair.register"), Some(DESK), march(1, 9), HOUR),
        // It began with the desk, and ended with the field.
        (word("repair.diagnose"), Some(FIELD), march(1, 12), 3 * HOUR),
    ];
    assert_eq!(told(&case, STEP), expected);
}

#[test]
fn stays_that_overlap_or_run_backwards_lose_nothing_and_count_nothing_twice() {
    let mut case = ticket();
    case.past.stays = vec![
        stay("repair.register", march(1, 8), Some(march(1, 14))),
        stay("repair.diagnose", march(1, 10), None),
        stay("repair.plan", march(1, 12), Some(march(1, 11))),
    ];
    let expected = [
        (word("repair.register"), Some(DESK), march(1, 10), 2 * HOUR),
        (word("repair.diagnose"), Some(DESK), march(1, 12), 2 * HOUR),
        (word("repair.plan"), Some(DESK), march(1, 12), 0),
    ];
    assert_eq!(told(&case, STEP), expected);
}

#[test]
fn what_merging_cut_short_goes_on_elsewhere() {
    let mut case = ticket_with(vec![
        state(1, 9, TicketState::PendingParts),
        state(1, 10, TicketState::Open),
        state(1, 12, TicketState::Cancelled),
    ]);
    case.past.assignee = None;
    case.past.stays = vec![
        stay("repair.register", march(1, 8), Some(march(1, 9))),
        stay("repair.diagnose", march(1, 9), Some(march(1, 12))),
    ];
    case.closed_at = Some(march(1, 12));
    assert_eq!((told(&case, STEP).len(), told(&case, QUEUE).len()), (2, 1));
    case.merged = true;
    assert_eq!((told(&case, STEP).len(), told(&case, QUEUE).len()), (1, 0));
    assert_eq!(told(&case, WAITING).len(), 1, "that was before");
}

/// A history.
fn rolled(dice: &[(u8, u32, u8)]) -> Vec<Entry> {
    let entries = dice.iter().map(|(what, hours, which)| {
        let members = [None, Some(LI), Some(WANG), None];
        let teams = [None, Some(DESK), Some(FIELD), None];
        let states = [
            TicketState::Open,
            TicketState::OnHold,
            TicketState::PendingParts,
            TicketState::Closed,
        ];
        let which = usize::from(*which);
        let what = match what {
            0 | 1 => What::State(None, states[which]),
            2 | 3 => What::Team(None, teams[which]),
            4 | 5 => What::Assignee(None, members[which]),
            _ => What::Other,
        };
        Entry {
            at: march(1, 8) + chrono::TimeDelta::hours(i64::from(*hours)),
            by: members[which],
            what,
        }
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

proptest! {
    /// What somebody does at last who isn't the assignee, without changing the ticket, changes no stretch: such comments needn't be counted.
    #[test]
    fn what_nobody_waits_for_changes_nothing(dice in vec((0_u8..8, 0_u32..60, 0_u8..4), 0..20), by in 0_usize..3) {
        let mut entries = rolled(&dice);
        let given = entries.iter().rev().find_map(|entry| match entry.what {
            What::Assignee(_, to) => Some(to),
            _ => None,
        });
        let assignee = given.unwrap_or(ticket().past.assignee);
        let by = [None, Some(LI), Some(WANG)][by];
        prop_assume!(by.is_none() || by != assignee);
        let before = stretches(&ticket_with(entries.clone()));
        entries.push(Entry { at: march(9, 8), by, what: What::Other });
        prop_assert_eq!(stretches(&ticket_with(entries)), before);
    }

    /// Whatever the history says, no stretch is negative, none is told twice, and queues and waits never run together.
    #[test]
    fn whatever_the_history_says(dice in vec((0_u8..8, 0_u32..60, 0_u8..4), 0..20)) {
        let entries = rolled(&dice);
        let all = stretches(&ticket_with(entries));
        let total = |source: &str| -> i64 {
            let some = all.iter().filter(|one| one.source == source);
            some.filter_map(|one| one.values[0]).sum()
        };
        prop_assert!(all.iter().all(|one| one.values[0].is_some_and(|seconds| seconds >= 0)));
        prop_assert!(total(QUEUE) + total(WAITING) <= 60 * HOUR);
        let mut parts: Vec<(&str, i32)> = all.iter().map(|one| (one.source, one.part)).collect();
        let count = parts.len();
        parts.sort_unstable();
        parts.dedup();
        prop_assert_eq!(parts.len(), count);
    }
}
