//! Whatever happens to a ticket, its ledgers keep their promises.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entity::enums::{
    CustomerTier, SlaClockState, SlaReason, TicketPriority, TicketStage, TicketState,
};
use proptest::prelude::*;

use super::calendars::{NAMES, Timetable, named};
use super::naive::{Replay, end_of, minutes};
use super::world::{Event, Layout, World};
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::standing::{State, summary};

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => Just(Event::Answered),
        1 => Just(Event::CustomerWrites),
        1 => Just(Event::SolutionGiven),
        4 => prop::sample::select(vec![
            TicketState::PendingCustomer, TicketState::PendingParts, TicketState::OnHold,
        ]).prop_map(Event::Waits),
        4 => Just(Event::GoesOn),
        3 => prop::sample::select(vec![
            TicketStage::Analysis, TicketStage::Solution, TicketStage::Execution, TicketStage::Feedback,
        ]).prop_map(Event::Enters),
        1 => Just(Event::Closed),
        1 => Just(Event::Cancelled),
        2 => Just(Event::Reopened),
        3 => prop::sample::select(vec![
            TicketPriority::Low, TicketPriority::Normal, TicketPriority::Urgent,
        ]).prop_map(Event::Priority),
        2 => prop::sample::select(vec![CustomerTier::Standard, CustomerTier::Vip]).prop_map(Event::Tier),
        2 => (30..3_000_i64).prop_map(|minutes| Event::Policy(minutes * 60)),
        1 => Just(Event::Look),
    ]
}

fn layouts() -> impl Strategy<Value = Layout> {
    (
        prop::sample::select(NAMES.to_vec()),
        30..3_000_i64,
        15..1_000_i64,
        prop::option::of(15..2_000_i64),
        prop::sample::subsequence(
            vec![
                TicketState::PendingCustomer,
                TicketState::PendingParts,
                TicketState::OnHold,
            ],
            0..=3,
        ),
    )
        .prop_map(|(calendar, usual, urgent, vip, pauses_on)| Layout {
            calendar,
            usual: usual * 60,
            urgent: urgent * 60,
            vip: vip.map(|vip| vip * 60),
            pauses_on,
        })
}

/// A beginning in 2026, to the minute; near changes of the clock and holidays as often as anywhere.
fn beginnings() -> impl Strategy<Value = DateTime<Utc>> {
    let year = Utc
        .with_ymd_and_hms(2026, 1, 1, 0, 0, 0)
        .single()
        .expect("a time");
    let day = 24 * 60_i64;
    prop_oneof![
        0..360 * day,
        85 * day..88 * day,
        295 * day..298 * day,
        44 * day..60 * day,
        270 * day..285 * day,
    ]
    .prop_map(move |minutes| year + TimeDelta::minutes(minutes))
}

/// Things that may happen to a ticket in this situation; the others are left out, as the actions refuse them.
fn possible(world: &World, event: &Event) -> bool {
    let now = world.now;
    let ended = matches!(now.state, TicketState::Closed | TicketState::Cancelled);
    match event {
        Event::Waits(state) => !ended && now.state != *state,
        Event::GoesOn => !ended && now.state != TicketState::Open,
        Event::Enters(stage) => now.state == TicketState::Open && now.stage != *stage,
        Event::Closed => now.state == TicketState::Open && now.stage == TicketStage::Feedback,
        Event::Cancelled => !ended,
        Event::Reopened => ended,
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn ledgers_keep_their_promises(
        layout in layouts(),
        start in beginnings(),
        course in prop::collection::vec((events(), 0..2_000_i64), 1..24),
    ) {
        let timetable = named(layout.calendar);
        let mut world = World::new(layout);
        let mut at = start;
        world.happens(&Event::Opened, at);
        check(&world, at)?;
        for (event, minutes) in course {
            if !possible(&world, &event) {
                continue;
            }
            at += TimeDelta::minutes(minutes);
            let before: Vec<Clock> = world.clocks.clone();
            world.happens(&event, at);
            check(&world, at)?;
            moved_with_a_reason(&before, &world.clocks, &event)?;
        }
        count(&world, &timetable, at)?;
    }

    #[test]
    fn a_repeated_event_changes_nothing(
        layout in layouts(),
        start in beginnings(),
        course in prop::collection::vec((events(), 0..2_000_i64), 1..12),
    ) {
        let mut world = World::new(layout);
        let mut at = start;
        world.happens(&Event::Opened, at);
        for (event, minutes) in course {
            if !possible(&world, &event) {
                continue;
            }
            at += TimeDelta::minutes(minutes);
            world.happens(&event, at);
            let once: Vec<_> = world.clocks.iter().map(|clock| clock.intervals.clone()).collect();
            let again = !matches!(event, Event::Policy(_));
            if again {
                world.happens(&event, at + TimeDelta::minutes(1));
                let twice: Vec<_> = world.clocks.iter().map(|clock| clock.intervals.clone()).collect();
                prop_assert_eq!(once, twice);
            }
        }
    }
}

/// What must hold of all clocks at any moment.
fn check(world: &World, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    for clock in &world.clocks {
        let ledger = &clock.intervals;
        prop_assert!(!ledger.is_empty());
        for (place, interval) in ledger.iter().enumerate() {
            // No gap, no overlap, and only the last one may be open.
            let next = ledger.get(place + 1);
            prop_assert_eq!(usize::try_from(interval.number), Ok(place + 1));
            prop_assert!(next.is_none() || interval.to == next.map(|next| next.from));
            prop_assert!(interval.to.is_none_or(|to| to >= interval.from));
        }
        // The ledger told from its beginning is what the clock shows.
        prop_assert_eq!(Replay::of(ledger), Replay::shown(clock));
        // A verdict is the arithmetic of the ledger.
        if let Some(met) = clock.met {
            prop_assert_eq!(clock.state(), SlaClockState::Stopped);
            prop_assert_eq!(met, clock.breached_at.is_none());
        }
        let (due, warn) = (clock.due(), clock.warn());
        prop_assert!(warn.is_none_or(|warn| due.is_none_or(|due| warn <= due)));
    }
    let shown = State::of(summary(&world.clocks), now);
    let overdue = world
        .clocks
        .iter()
        .any(|clock| clock.due().is_some_and(|due| due < now));
    prop_assert_eq!(shown == State::Breached, overdue);
    Ok(())
}

/// What the wall clock says, minute by minute, of ledgers as they have become. Closed intervals never change, so it is
/// enough to look at the end.
fn count(world: &World, timetable: &Timetable, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    for clock in &world.clocks {
        let mut total = 0;
        for (place, interval) in clock.intervals.iter().enumerate() {
            let counted = minutes(timetable, interval, now) * 60;
            prop_assert_eq!(interval.ran.unwrap_or(counted), counted);
            prop_assert_eq!(interval.ran_before, total);
            total += counted;
            // A due time stands on the rest of the target, or on a time at which this target was missed before.
            let missed = clock.intervals[..place]
                .iter()
                .rev()
                .find(|earlier| earlier.target == interval.target && earlier.overran());
            let rest = (interval.target - interval.ran_before).max(0) / 60;
            let due = match (interval.state, missed) {
                (SlaClockState::Running, Some(earlier)) => earlier.due,
                (SlaClockState::Running, None) => end_of(timetable, interval.from, rest),
                _ => None,
            };
            prop_assert_eq!(interval.due, due);
        }
        prop_assert_eq!(clock.ran_at(now), total);
    }
    Ok(())
}

/// Intervals that were closed stay as they were, and a due time moves only with a new interval and its reason.
fn moved_with_a_reason(
    before: &[Clock],
    after: &[Clock],
    event: &Event,
) -> Result<(), TestCaseError> {
    for (was, now) in before.iter().zip(after) {
        let closed = was
            .intervals
            .iter()
            .filter(|interval| interval.to.is_some());
        for interval in closed {
            let place = usize::try_from(interval.number - 1).expect("it counts from 1");
            prop_assert_eq!(Some(interval), now.intervals.get(place));
        }
        prop_assert!(was.breached_at.is_none() || now.breached_at == was.breached_at);
        let new = &now.intervals[was.intervals.len()..];
        if new.is_empty() {
            prop_assert!(now.due() == was.due() || now.due().is_none());
        }
        let (state, waits) = (now.state(), matches!(event, Event::Waits(_)));
        for interval in new {
            let fits = match interval.reason {
                SlaReason::Started => *event == Event::Opened,
                SlaReason::WaitingCustomer | SlaReason::WaitingParts | SlaReason::OnHold => waits,
                SlaReason::Resumed => *event == Event::GoesOn || waits,
                SlaReason::Stopped | SlaReason::Reopened => {
                    matches!(event, Event::Reopened | Event::Enters(_))
                }
                SlaReason::PriorityChanged => matches!(event, Event::Priority(_)),
                SlaReason::FactsChanged => matches!(event, Event::Tier(_)),
                SlaReason::PolicyChanged => matches!(event, Event::Policy(_)),
                SlaReason::CalendarChanged => matches!(event, Event::Calendar(_)),
            };
            prop_assert!(fits, "{:?} after {:?}, {:?}", interval.reason, event, state);
        }
    }
    Ok(())
}
