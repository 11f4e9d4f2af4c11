//! Reads `cases.txt` and holds the rules to it.

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::{
    CustomerTier, SlaClockKind, SlaClockState, TicketPriority, TicketStage, TicketState,
};

use super::calendars::{NAMES, named};
use super::world::{Event, Layout, World};
use crate::tickets::sla::rules::clock::Clock;

/// How many cases there must be at least.
const WANTED: usize = 40;

#[test]
fn every_worked_example_comes_out() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for case in cases(include_str!("cases.txt")) {
        count += 1;
        wrong.extend(run(&case));
    }
    assert!(count >= WANTED, "{count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct Case<'t> {
    title: &'t str,
    promise: &'t str,
    lines: Vec<&'t str>,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let meant =
        |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("==");
    for line in text.lines().filter(meant) {
        if !line.starts_with(' ') {
            cases.push(Case {
                title: line,
                promise: "",
                lines: Vec::new(),
            });
        } else if let Some(case) = cases.last_mut() {
            if case.promise.is_empty() {
                case.promise = line.trim();
            } else {
                case.lines.push(line.trim());
            }
        }
    }
    cases
}

fn run(case: &Case<'_>) -> Vec<String> {
    let (layout, kind) = layout(case.promise);
    let zone = named(layout.calendar).calendar.zone();
    let mut world = World::new(layout);
    let mut wrong = Vec::new();
    for line in &case.lines {
        let (what, expected) = line
            .split_once("->")
            .expect("what happens -> what it shows");
        let (at, what) = time(zone, what.trim());
        if what == "opened urgent" {
            world.now.priority = TicketPriority::Urgent;
            world.facts.priority = TicketPriority::Urgent;
        }
        world.happens(&event(what), at);
        let clock = world.clock(kind);
        let shown = show(clock, at, zone, expected);
        if let Some(shown) = shown {
            wrong.push(format!(
                "{}: {what}: expected{expected}, was {shown}",
                case.title
            ));
        }
    }
    wrong
}

/// `office, resolution 8 h, urgent 2 h, vip 3 h, waits for customer and parts`
fn layout(promise: &str) -> (Layout, SlaClockKind) {
    let mut parts = promise.split(", ");
    let calendar = calendar_name(parts.next().expect("a calendar"));
    let (kind, usual) = parts
        .next()
        .and_then(|part| {
            [
                ("first response ", SlaClockKind::FirstResponse),
                ("solution ", SlaClockKind::PreliminarySolution),
                ("resolution ", SlaClockKind::Resolution),
            ]
            .into_iter()
            .find_map(|(name, kind)| Some((kind, duration(part.strip_prefix(name)?))))
        })
        .expect("a promise");
    let mut layout = Layout {
        calendar,
        usual,
        urgent: usual,
        vip: None,
        pauses_on: vec![TicketState::PendingCustomer],
    };
    for part in parts {
        if let Some(time) = part.strip_prefix("urgent ") {
            layout.urgent = duration(time);
        } else if let Some(time) = part.strip_prefix("vip ") {
            layout.vip = Some(duration(time));
        } else if let Some(list) = part.strip_prefix("waits for ") {
            layout.pauses_on = list.split(" and ").map(waiting).collect();
        } else {
            panic!("{part} is no part of a promise");
        }
    }
    (layout, kind)
}

fn calendar_name(name: &str) -> &'static str {
    NAMES
        .into_iter()
        .chain(["never"])
        .find(|known| *known == name)
        .unwrap_or_else(|| panic!("there is no calendar {name}"))
}

fn waiting(word: &str) -> TicketState {
    match word {
        "customer" => TicketState::PendingCustomer,
        "parts" => TicketState::PendingParts,
        "hold" => TicketState::OnHold,
        other => panic!("nobody waits for {other}"),
    }
}

fn event(what: &str) -> Event {
    if let Some(rest) = what.strip_prefix("waits for ") {
        return Event::Waits(waiting(rest));
    }
    if let Some(stage) = what.strip_prefix("enters ") {
        return Event::Enters(match stage {
            "analysis" => TicketStage::Analysis,
            "solution" => TicketStage::Solution,
            "execution" => TicketStage::Execution,
            other => panic!("there is no stage {other}"),
        });
    }
    if let Some(name) = what.strip_prefix("calendar ") {
        return Event::Calendar(calendar_name(name));
    }
    if let Some(target) = what.strip_prefix("policy ") {
        return Event::Policy(duration(target));
    }
    match what {
        "opened" | "opened urgent" => Event::Opened,
        "answered" => Event::Answered,
        "customer writes" => Event::CustomerWrites,
        "solution given" => Event::SolutionGiven,
        "on hold" => Event::Waits(TicketState::OnHold),
        "goes on" => Event::GoesOn,
        "resolved" => Event::Enters(TicketStage::Feedback),
        "closed" => Event::Closed,
        "cancelled" => Event::Cancelled,
        "reopened" => Event::Reopened,
        "merged" => Event::Merged,
        "priority urgent" => Event::Priority(TicketPriority::Urgent),
        "priority high" => Event::Priority(TicketPriority::High),
        "priority normal" => Event::Priority(TicketPriority::Normal),
        "tier vip" => Event::Tier(CustomerTier::Vip),
        "look" => Event::Look,
        other => panic!("nobody knows what it means that it is {other}"),
    }
}

/// What the clock shows instead; none when it is as expected. A breach is always to be mentioned.
fn show(clock: &Clock, at: DateTime<Utc>, zone: Tz, expected: &str) -> Option<String> {
    let state = clock.state();
    let mut breach = None;
    let mut right = true;
    for part in expected.trim().split(", ") {
        right &= if let Some(due) = part.strip_prefix("due ") {
            state == SlaClockState::Running && clock.due() == Some(time(zone, due).0)
        } else if let Some(warn) = part.strip_prefix("warn ") {
            clock.warn() == Some(time(zone, warn).0)
        } else if let Some(ran) = part.strip_prefix("ran ") {
            clock.ran_at(at) == duration(ran)
        } else if let Some(missed) = part.strip_prefix("breached ") {
            breach = Some(time(zone, missed).0);
            true
        } else if let Some(count) = part.strip_suffix(" intervals") {
            Ok(clock.intervals.len()) == count.parse()
        } else {
            match part {
                "paused" => state == SlaClockState::Paused && clock.due().is_none(),
                "no due" => state == SlaClockState::Running && clock.due().is_none(),
                "met" => clock.met == Some(true) && state == SlaClockState::Stopped,
                "missed" => clock.met == Some(false) && state == SlaClockState::Stopped,
                "no verdict" => clock.met.is_none() && state == SlaClockState::Stopped,
                "" => true,
                other => panic!("no clock shows {other}"),
            }
        };
    }
    right &= clock.breached_at == breach;
    let local = |at: Option<DateTime<Utc>>| {
        at.map(|at| at.with_timezone(&zone).format("%a %F %H:%M").to_string())
    };
    (!right).then(|| {
        format!(
            "{state:?}, due {:?}, warn {:?}, met {:?}, breached {:?}, ran {} min, {} intervals",
            local(clock.due()),
            local(clock.warn()),
            clock.met,
            local(clock.breached_at),
            clock.ran_at(at) / 60,
            clock.intervals.len()
        )
    })
}

/// `Mon 2026-03-02 09:15 and the rest`; the weekday must be the right one.
fn time(zone: Tz, text: &str) -> (DateTime<Utc>, &str) {
    let (moment, rest) = text.split_at_checked(20).unwrap_or((text, ""));
    let (weekday, local) = moment.split_once(' ').expect("a weekday");
    let local = NaiveDateTime::parse_from_str(local.trim(), "%Y-%m-%d %H:%M")
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(local.format("%a").to_string(), weekday, "{text}");
    let at = zone
        .from_local_datetime(&local)
        .single()
        .unwrap_or_else(|| panic!("{text} comes twice or never"));
    (at.to_utc(), rest.trim())
}

/// `1 h 45 min`
fn duration(text: &str) -> i64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .chunks(2)
        .map(|pair| {
            let count: i64 = pair[0].parse().expect("a number");
            match pair[1] {
                "h" => count * 3_600,
                "min" => count * 60,
                other => panic!("{other} is no unit"),
            }
        })
        .sum()
}
