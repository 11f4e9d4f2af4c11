//! Which policy holds for which ticket.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::enums::{
    CustomerTier, Province, SlaClockKind, SlaReason, TicketKind, TicketPriority, TicketState,
};
use uuid::Uuid;

use super::calendars::named;
use crate::tickets::sla::rules::policy::{
    Facts, Level, Matches, PriorityKey, Promise, Targets, choose, reason_for,
};

fn level(policy: u128, version: u128, matches: Matches, regions: &[Province]) -> Arc<Level> {
    let promise = |hours: i64| Promise {
        first_response: hours * 3_600,
        preliminary_solution: hours * 7_200,
        resolution: hours * 10_800,
    };
    Arc::new(Level {
        policy: Uuid::from_u128(policy),
        policy_version: Uuid::from_u128(version),
        calendar_version: Uuid::from_u128(1),
        calendar: named("always").calendar,
        matches,
        region_provinces: regions.to_vec(),
        targets: Targets {
            usual: promise(10),
            by_priority: BTreeMap::from([(PriorityKey::Urgent, promise(1))]),
        },
        pauses_on: vec![TicketState::PendingCustomer],
        warn_percent: 75,
    })
}

const PLAIN: Facts = Facts {
    kind: TicketKind::Consultation,
    priority: TicketPriority::Normal,
    tier: CustomerTier::Standard,
    province: Province::Shanghai,
};

#[test]
fn an_empty_list_is_for_all_and_everything_named_must_fit() {
    let complaints = Matches {
        kinds: vec![TicketKind::Complaint],
        ..Matches::default()
    };
    let urgent_vip = Matches {
        priorities: vec![PriorityKey::Urgent, PriorityKey::High],
        tiers: vec![CustomerTier::Vip],
        ..Matches::default()
    };
    let east = Matches {
        provinces: vec![Province::Jiangsu],
        regions: vec![Uuid::from_u128(7)],
        ..Matches::default()
    };
    let vip = |priority| Facts {
        priority,
        tier: CustomerTier::Vip,
        ..PLAIN
    };
    let at = |province| Facts { province, ..PLAIN };
    for (matches, facts, holds) in [
        (Matches::default(), PLAIN, true),
        (complaints.clone(), PLAIN, false),
        (
            complaints,
            Facts {
                kind: TicketKind::Complaint,
                ..PLAIN
            },
            true,
        ),
        (urgent_vip.clone(), vip(TicketPriority::Urgent), true),
        (urgent_vip.clone(), vip(TicketPriority::Normal), false),
        (
            urgent_vip,
            Facts {
                priority: TicketPriority::Urgent,
                ..PLAIN
            },
            false,
        ),
        (east.clone(), at(Province::Jiangsu), true),
        (east.clone(), at(Province::Zhejiang), true),
        (east, at(Province::Shanghai), false),
    ] {
        assert_eq!(
            matches.hold_for(facts, &[Province::Zhejiang]),
            holds,
            "{matches:?} for {facts:?}"
        );
    }
}

#[test]
fn a_region_without_provinces_today_is_for_nobody() {
    let region = Matches {
        regions: vec![Uuid::from_u128(7)],
        ..Matches::default()
    };
    assert!(!region.hold_for(PLAIN, &[]));
}

#[test]
fn the_first_that_fits_holds_and_its_version_is_kept() {
    let vip = Matches {
        tiers: vec![CustomerTier::Vip],
        ..Matches::default()
    };
    let first = level(1, 11, vip.clone(), &[]);
    let usual = level(2, 22, Matches::default(), &[]);
    let active = [Arc::clone(&first), Arc::clone(&usual)];
    let version = |held: Option<&Arc<Level>>, tier| {
        choose(&active, held, Facts { tier, ..PLAIN }).map(|level| level.policy_version.as_u128())
    };
    assert_eq!(version(None, CustomerTier::Vip), Some(11));
    assert_eq!(version(None, CustomerTier::Gold), Some(22));
    // A ticket keeps the version that it has as long as the policy holds and that version still fits.
    let older = level(2, 21, Matches::default(), &[]);
    assert_eq!(version(Some(&older), CustomerTier::Gold), Some(21));
    assert_eq!(version(Some(&older), CustomerTier::Vip), Some(11));
    let narrower = level(2, 20, vip, &[]);
    assert_eq!(version(Some(&narrower), CustomerTier::Gold), Some(22));
    assert!(
        choose(&active[..1], None, PLAIN).is_none(),
        "none is for it"
    );
}

#[test]
fn targets_differ_by_priority_and_clocks_wait_as_the_policy_says() {
    let level = level(1, 1, Matches::default(), &[]);
    let hours = |kind, priority| level.target(kind, priority).map(|seconds| seconds / 3_600);
    assert_eq!(
        hours(SlaClockKind::FirstResponse, TicketPriority::Low),
        Some(10)
    );
    assert_eq!(
        hours(SlaClockKind::Resolution, TicketPriority::Urgent),
        Some(3)
    );
    assert_eq!(hours(SlaClockKind::Step, TicketPriority::Urgent), None);
    let waits = |kind, state| level.waits(kind, state);
    let customer = TicketState::PendingCustomer;
    assert_eq!(
        waits(SlaClockKind::Resolution, customer),
        Some(SlaReason::WaitingCustomer)
    );
    assert_eq!(
        waits(SlaClockKind::Step, customer),
        Some(SlaReason::WaitingCustomer)
    );
    assert_eq!(waits(SlaClockKind::FirstResponse, customer), None);
    assert_eq!(
        waits(SlaClockKind::Resolution, TicketState::PendingParts),
        None
    );
    assert_eq!(waits(SlaClockKind::Resolution, TicketState::Open), None);
}

#[test]
fn the_reason_names_what_changed() {
    let urgent = Facts {
        priority: TicketPriority::Urgent,
        tier: CustomerTier::Vip,
        ..PLAIN
    };
    let vip = Facts {
        tier: CustomerTier::Vip,
        ..PLAIN
    };
    assert_eq!(reason_for(PLAIN, PLAIN), None);
    assert_eq!(reason_for(PLAIN, urgent), Some(SlaReason::PriorityChanged));
    assert_eq!(reason_for(PLAIN, vip), Some(SlaReason::FactsChanged));
}

#[test]
fn targets_and_matches_are_written_as_people_read_them() {
    let targets: Targets = serde_json::from_value(serde_json::json!({
        "usual": { "firstResponse": 3600, "preliminarySolution": 86400, "resolution": 172800 },
        "byPriority": { "urgent": { "firstResponse": 900, "preliminarySolution": 14400, "resolution": 28800 } },
    }))
    .expect("targets");
    assert_eq!(targets.at(TicketPriority::Urgent).first_response, 900);
    assert_eq!(targets.at(TicketPriority::High).resolution, 172_800);
    let matches: Matches =
        serde_json::from_value(serde_json::json!({ "tiers": ["vip"] })).expect("matches");
    assert_eq!(matches.tiers, [CustomerTier::Vip]);
}
