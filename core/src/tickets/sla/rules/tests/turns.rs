//! Which level a ticket has, and how long the clocks of its steps run: what `cases.txt` can't tell.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entity::enums::{SlaClockKind, SlaClockState, TicketStage, TicketState};
use uuid::Uuid;

use super::world::{Event, Layout, World};
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::turn::level_held;

/// So many hours after the ticket was opened.
fn at(hours: i64) -> DateTime<Utc> {
    let opened = Utc.with_ymd_and_hms(2026, 3, 2, 1, 0, 0).single();
    opened.expect("a time") + TimeDelta::hours(hours)
}

fn opened() -> World {
    let mut world = World::new(Layout {
        calendar: "always",
        usual: 8 * 3_600,
        urgent: 8 * 3_600,
        vip: None,
        pauses_on: vec![TicketState::PendingCustomer],
    });
    world.happens(&Event::Opened, at(0));
    world
}

#[test]
fn a_ticket_has_the_level_of_its_open_clocks_or_of_the_last_to_stop() {
    let none: &[Clock] = &[];
    assert!(level_held(none).is_none(), "without clocks it has none");
    let mut world = opened();
    let version = |world: &World| level_held(&world.clocks).map(|level| level.policy_version);
    let first = version(&world);
    world.happens(&Event::Answered, at(1));
    world.happens(&Event::Policy(4 * 3_600), at(2));
    let answered = world.clock(SlaClockKind::FirstResponse);
    assert_eq!(Some(answered.level.policy_version), first, "it has stopped");
    let second = Some(world.clock(SlaClockKind::Resolution).level.policy_version);
    assert_ne!(first, second);
    assert_eq!(version(&world), second);
    world.happens(&Event::Enters(TicketStage::Feedback), at(3));
    assert_eq!(version(&world), second, "none is open any more");
}

#[test]
fn a_step_of_feedback_is_measured_until_the_ticket_ends() {
    use SlaClockKind::{Resolution, Step};
    for (end, met) in [
        (Event::Closed, Some(true)),
        (Event::Cancelled, None),
        (Event::Merged, None),
    ] {
        let mut world = opened();
        let level = Arc::clone(&world.clock(Resolution).level);
        let stay = Some(Uuid::from_u128(1));
        // The process starts it before the other clocks follow.
        let clock = Clock::start(Step, stay, level, 4 * 3_600, None, at(1));
        world.clocks.push(clock);
        let waits = Event::Waits(TicketState::PendingCustomer);
        for (event, hours, state) in [
            (
                Event::Enters(TicketStage::Feedback),
                1,
                SlaClockState::Running,
            ),
            (Event::Answered, 2, SlaClockState::Running),
            (waits, 3, SlaClockState::Paused),
            (Event::GoesOn, 5, SlaClockState::Running),
        ] {
            world.happens(&event, at(hours));
            assert_eq!(world.clock(Step).state(), state, "{event:?}");
            assert!(!world.clock(Resolution).is_open(), "{event:?}");
        }
        world.happens(&end, at(6));
        let step = world.clock(Step);
        assert!(!step.is_open(), "{end:?}");
        assert_eq!((step.met, step.ran()), (met, 3 * 3_600), "{end:?}");
    }
}
