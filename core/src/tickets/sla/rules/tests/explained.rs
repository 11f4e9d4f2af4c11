//! The sentences that explain a clock.

use chrono::{DateTime, Utc};
use entity::enums::{SlaClockKind, TicketPriority, TicketStage, TicketState};

use super::world::{Event, Layout, World};
use crate::tickets::sla::rules::explain;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

#[test]
fn a_clock_explains_itself_in_both_languages() {
    let mut world = World::new(Layout {
        calendar: "office",
        usual: 8 * 3_600,
        urgent: 2 * 3_600,
        vip: None,
        pauses_on: vec![TicketState::PendingCustomer],
    });
    for (event, time) in [
        (Event::Opened, "2026-03-02T01:00:00Z"),
        (
            Event::Waits(TicketState::PendingCustomer),
            "2026-03-02T02:00:00Z",
        ),
        (Event::GoesOn, "2026-03-02T06:00:00Z"),
        (
            Event::Priority(TicketPriority::Urgent),
            "2026-03-02T06:30:00Z",
        ),
        (Event::Enters(TicketStage::Feedback), "2026-03-02T07:30:00Z"),
        (Event::Reopened, "2026-03-03T01:00:00Z"),
    ] {
        world.happens(&event, at(time));
    }
    let clock = world.clock(SlaClockKind::Resolution);
    let text = explain::clock(clock);
    let en: Vec<&str> = text.iter().map(|text| &*text.en).collect();
    assert_eq!(
        en,
        [
            "Mon 2026-03-02 09:00 to Mon 2026-03-02 10:00: ran for 1 h of working time (the clock was started); 0 min of 8 h had run before, so it was due on Tue 2026-03-03 09:30.",
            "Mon 2026-03-02 10:00 to Mon 2026-03-02 14:00: paused (waiting for the customer); 1 h of 8 h had run before.",
            "Mon 2026-03-02 14:00 to Mon 2026-03-02 14:30: ran for 30 min of working time (the ticket went on after waiting); 1 h of 8 h had run before, so it was due on Tue 2026-03-03 12:00.",
            "Mon 2026-03-02 14:30 to Mon 2026-03-02 15:30: ran for 1 h of working time (the priority changed); 1 h 30 min of 2 h had run before, so it was due on Mon 2026-03-02 15:00, which was missed.",
            "Mon 2026-03-02 15:30 to Tue 2026-03-03 09:00: stopped (it was done, until the ticket was reopened); 2 h 30 min of 2 h had run before.",
            "Since Tue 2026-03-03 09:00: running (the ticket was reopened); 2 h 30 min of 2 h had run before, so it is due on Mon 2026-03-02 15:00.",
        ]
    );
    assert_eq!(
        text[1].zh,
        "2026-03-02（周一）10:00至2026-03-02（周一）14:00：暂停计时（待客户回复）；此前已计1小时，时限8小时。"
    );
    let first = explain::clock(world.clock(SlaClockKind::FirstResponse));
    assert_eq!(
        first.last().map(|text| &*text.en),
        Some(
            "Stopped on Mon 2026-03-02 15:30 after 5 h: too late: the due time of Mon 2026-03-02 14:30 was missed."
        )
    );
}
