//! Who gets which ticket, as a service manager would tell it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Exclusion, Province, TicketKind, TicketPriority};
use uuid::Uuid;

use super::eligible::{Why, eligible};
use super::facts::*;
use super::queue::{Waiting, in_turn};
use super::rank::{best, count, judge, nobody};
use super::replay::{Past, Replay};
use super::score::{Points, Together, Weights, points};
use super::share::{Balance, Share, balance, fair_shares, gini, percent};

pub const TEAM: Uuid = Uuid::from_u128(1);
pub const ARRAYS: Uuid = Uuid::from_u128(11);
pub const HIGH_VOLTAGE: Uuid = Uuid::from_u128(12);
pub const PRODUCT: Uuid = Uuid::from_u128(21);
pub const USUAL: Weights = Weights {
    load: 40,
    fit: 40,
    fairness: 20,
};

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time")
}

/// Somebody of the team who serves Beijing, is at work, has 10 places and nothing to do.
pub fn somebody(n: u128) -> Candidate {
    Candidate {
        member: Uuid::from_u128(1_000 + n),
        number: format!("M{n:04}"),
        teams: BTreeSet::from([TEAM]),
        everywhere: false,
        provinces: BTreeSet::from([Province::Beijing]),
        skills: BTreeMap::from([(ARRAYS, 3)]),
        lapsed: BTreeMap::new(),
        on_shift: true,
        leave: None,
        capacity: 10,
        open: Open::default(),
        resolved_alike: 0,
        received: 0,
        last_assigned: None,
    }
}

pub fn need(skill: Uuid, level: u8) -> SkillNeed {
    SkillNeed {
        skill,
        name: Label {
            en: "Arrays".to_owned(),
            zh: "阵列".to_owned(),
        },
        level,
    }
}

/// A fault in Beijing, for the team, that needs arrays at level 2.
pub fn fault() -> Needs {
    Needs {
        kind: TicketKind::FaultRepair,
        priority: TicketPriority::Normal,
        province: Province::Beijing,
        team: Some(TEAM),
        product: None,
        skills: vec![need(ARRAYS, 2)],
    }
}

fn normal(count: u32) -> Open {
    Open {
        normal: count,
        ..Open::default()
    }
}

#[test]
fn who_may_have_a_ticket() {
    type Change = fn(&mut Candidate);
    let cases: &[(&str, Change, Option<Exclusion>)] = &[
        ("one of the team, able and free", |_| (), None),
        (
            "one of another team",
            |m| m.teams = BTreeSet::from([Uuid::from_u128(2)]),
            Some(Exclusion::Team),
        ),
        (
            "serves Guangdong only",
            |m| m.provinces = BTreeSet::from([Province::Guangdong]),
            Some(Exclusion::Region),
        ),
        (
            "serves Guangdong, and everywhere for a central team",
            |m| {
                m.provinces = BTreeSet::from([Province::Guangdong]);
                m.everywhere = true;
            },
            None,
        ),
        (
            "doesn't know arrays",
            |m| m.skills = BTreeMap::new(),
            Some(Exclusion::Skill),
        ),
        (
            "knows arrays at level 1",
            |m| m.skills = BTreeMap::from([(ARRAYS, 1)]),
            Some(Exclusion::Skill),
        ),
        (
            "knows arrays at exactly the level",
            |m| m.skills = BTreeMap::from([(ARRAYS, 2)]),
            None,
        ),
        (
            "certificate for arrays has run out",
            |m| {
                m.skills = BTreeMap::new();
                m.lapsed = BTreeMap::from([(ARRAYS, 3)]);
            },
            Some(Exclusion::Certificate),
        ),
        (
            "certificate has run out and wouldn't be enough",
            |m| {
                m.skills = BTreeMap::new();
                m.lapsed = BTreeMap::from([(ARRAYS, 1)]);
            },
            Some(Exclusion::Skill),
        ),
        (
            "after the shift",
            |m| m.on_shift = false,
            Some(Exclusion::Shift),
        ),
        (
            "on leave",
            |m| {
                m.leave = Some(Away {
                    from: now(),
                    until: now() + TimeDelta::days(1),
                });
            },
            Some(Exclusion::Leave),
        ),
        ("one place left", |m| m.open = normal(9), None),
        (
            "no place left",
            |m| m.open = normal(10),
            Some(Exclusion::Capacity),
        ),
        (
            "is not to get any tickets",
            |m| m.capacity = 0,
            Some(Exclusion::Capacity),
        ),
    ];
    for (who, change, expected) in cases {
        let mut member = somebody(1);
        change(&mut member);
        let found = eligible(&fault(), &member).err();
        assert_eq!(found.as_ref().map(Why::exclusion), *expected, "{who}");
    }
}

#[test]
fn the_first_reason_counts_in_a_fixed_order() {
    // Everything stands against this one; reason after reason is taken away.
    let mut member = Candidate {
        teams: BTreeSet::new(),
        provinces: BTreeSet::new(),
        skills: BTreeMap::new(),
        lapsed: BTreeMap::from([(ARRAYS, 5)]),
        on_shift: false,
        leave: Some(Away {
            from: now(),
            until: now(),
        }),
        capacity: 0,
        ..somebody(1)
    };
    let needs = Needs {
        skills: vec![need(ARRAYS, 2), need(HIGH_VOLTAGE, 1)],
        ..fault()
    };
    let mut reasons = Vec::new();
    type Mend = fn(&mut Candidate);
    let mends: [Mend; 7] = [
        |m| m.teams = BTreeSet::from([TEAM]),
        |m| m.provinces = BTreeSet::from([Province::Beijing]),
        |m| m.skills = BTreeMap::from([(HIGH_VOLTAGE, 1)]),
        |m| {
            m.skills.insert(ARRAYS, 2);
        },
        |m| m.on_shift = true,
        |m| m.leave = None,
        |m| m.capacity = 1,
    ];
    for mend in mends {
        let why = eligible(&needs, &member).expect_err("something stands against it");
        assert!(!why.text().en.is_empty() && !why.text().zh.is_empty());
        reasons.push(why.exclusion());
        mend(&mut member);
    }
    use Exclusion::*;
    assert_eq!(
        reasons,
        [Team, Region, Skill, Certificate, Shift, Leave, Capacity]
    );
    assert_eq!(eligible(&needs, &member), Ok(()));
}

#[test]
fn all_requirements_that_match_hold_at_the_highest_level() {
    let rule = |kind, product, skill, level| Requirement {
        kind,
        product,
        skill,
        level,
    };
    let rules = [
        rule(None, None, ARRAYS, 1),
        rule(Some(TicketKind::FaultRepair), None, ARRAYS, 3),
        rule(
            Some(TicketKind::FaultRepair),
            Some(PRODUCT),
            HIGH_VOLTAGE,
            2,
        ),
        rule(None, Some(PRODUCT), ARRAYS, 2),
    ];
    let cases = [
        (TicketKind::Complaint, None, vec![(ARRAYS, 1)]),
        (TicketKind::Complaint, Some(PRODUCT), vec![(ARRAYS, 2)]),
        (TicketKind::FaultRepair, None, vec![(ARRAYS, 3)]),
        (
            TicketKind::FaultRepair,
            Some(PRODUCT),
            vec![(ARRAYS, 3), (HIGH_VOLTAGE, 2)],
        ),
    ];
    for (kind, product, expected) in cases {
        let needed = skills_needed(&rules, kind, product);
        assert_eq!(needed.into_iter().collect::<Vec<_>>(), expected, "{kind:?}");
    }
}

#[test]
fn points_worked_out_by_hand() {
    let three = Together {
        received: 12,
        capacity: 30,
    };
    let open = |low, normal, high, urgent| Open {
        low,
        normal,
        high,
        urgent,
    };
    // (what, level of arrays, open tickets, received, about the product, resolved alike, priority) -> load, fit, fairness
    let cases = [
        (
            "empty desk, best level",
            3,
            open(0, 0, 0, 0),
            0,
            false,
            0,
            TicketPriority::Normal,
            (1_000, 1_000, 1_000),
        ),
        (
            "half full, the fair share",
            3,
            open(0, 5, 0, 0),
            4,
            false,
            0,
            TicketPriority::Normal,
            (500, 1_000, 500),
        ),
        (
            "five low ones weigh half of that",
            3,
            open(5, 0, 0, 0),
            2,
            false,
            0,
            TicketPriority::Normal,
            (750, 1_000, 750),
        ),
        (
            "five urgent ones weigh everything",
            3,
            open(0, 0, 0, 5),
            8,
            false,
            0,
            TicketPriority::Normal,
            (0, 1_000, 0),
        ),
        (
            "exactly what is needed",
            2,
            open(0, 0, 0, 0),
            0,
            false,
            0,
            TicketPriority::Normal,
            (1_000, 800, 1_000),
        ),
        (
            "an expert is kept for other work",
            5,
            open(0, 0, 0, 0),
            0,
            false,
            0,
            TicketPriority::Normal,
            (1_000, 600, 1_000),
        ),
        (
            "but less so when it is urgent",
            5,
            open(0, 0, 0, 0),
            0,
            false,
            0,
            TicketPriority::Urgent,
            (1_000, 800, 1_000),
        ),
        (
            "urgent wants two levels more",
            4,
            open(0, 0, 0, 0),
            0,
            false,
            0,
            TicketPriority::Urgent,
            (1_000, 1_000, 1_000),
        ),
        (
            "no experience with the product",
            3,
            open(0, 0, 0, 0),
            0,
            true,
            0,
            TicketPriority::Normal,
            (1_000, 700, 1_000),
        ),
        (
            "some experience",
            3,
            open(0, 0, 0, 0),
            0,
            true,
            4,
            TicketPriority::Normal,
            (1_000, 820, 1_000),
        ),
        (
            "more than ten count as ten",
            3,
            open(0, 0, 0, 0),
            0,
            true,
            99,
            TicketPriority::Normal,
            (1_000, 1_000, 1_000),
        ),
        (
            "thrice the fair share is no worse than twice",
            3,
            open(0, 0, 0, 0),
            12,
            false,
            0,
            TicketPriority::Normal,
            (1_000, 1_000, 0),
        ),
    ];
    for (what, level, open, received, product, resolved_alike, priority, expected) in cases {
        let member = Candidate {
            skills: BTreeMap::from([(ARRAYS, level)]),
            open,
            received,
            resolved_alike,
            ..somebody(1)
        };
        let needs = Needs {
            priority,
            product: product.then_some(PRODUCT),
            ..fault()
        };
        let found = points(&needs, &member, three);
        assert_eq!((found.load, found.fit, found.fairness), expected, "{what}");
    }
    let points = Points {
        load: 500,
        fit: 1_000,
        fairness: 250,
    };
    assert_eq!(
        USUAL.total(points),
        650,
        "(500·40 + 1000·40 + 250·20) / 100"
    );
}

#[test]
fn the_best_is_chosen_and_ties_go_to_who_has_waited_longest() {
    let names = |ranking: &[super::rank::Judged]| -> Vec<String> {
        ranking
            .iter()
            .map(|judged| judged.candidate.number.clone())
            .collect()
    };
    let hour = |n: i64| Some(now() - TimeDelta::hours(n));
    let busy = Candidate {
        open: normal(6),
        ..somebody(1)
    };
    let recent = Candidate {
        last_assigned: hour(1),
        ..somebody(2)
    };
    let longer = Candidate {
        last_assigned: hour(9),
        ..somebody(3)
    };
    let never = somebody(5);
    let never_too = somebody(4);
    let away = Candidate {
        on_shift: false,
        ..somebody(6)
    };
    let all = vec![busy, recent, away, longer, never, never_too];
    let ranking = judge(&fault(), all, USUAL);
    assert_eq!(
        names(&ranking),
        ["M0004", "M0005", "M0003", "M0002", "M0001", "M0006"]
    );
    assert_eq!(best(&ranking), Some(somebody(4).member));
    assert_eq!(ranking[5].why(), Some(&Why::Shift));
}

#[test]
fn when_nobody_can_take_it_the_reasons_are_counted() {
    let mut away = somebody(1);
    away.on_shift = false;
    let mut full = somebody(2);
    full.open = normal(10);
    let mut full_too = somebody(3);
    full_too.open = normal(12);
    let ranking = judge(&fault(), vec![away, full, full_too], USUAL);
    assert_eq!(best(&ranking), None);
    let counts = count(
        ranking
            .iter()
            .filter_map(|judged| judged.why().map(Why::exclusion)),
    );
    let text = nobody(&fault(), &counts);
    assert!(
        text.en.contains("1 not on shift, 2 at capacity"),
        "{}",
        text.en
    );
    assert!(
        text.zh.contains("不在班 1 人，已满负荷 2 人"),
        "{}",
        text.zh
    );
    assert!(
        nobody(&fault(), &BTreeMap::new())
            .en
            .contains("no members today")
    );
}

#[test]
fn the_queue_goes_by_priority_and_then_by_age() {
    let ticket = |n: u128, priority, minutes| Waiting {
        id: Uuid::from_u128(n),
        priority,
        opened: now() - TimeDelta::minutes(minutes),
    };
    use TicketPriority::{High, Low, Urgent};
    let queue = vec![
        ticket(1, Low, 900),
        ticket(2, High, 10),
        ticket(3, Urgent, 1),
        ticket(4, High, 50),
        ticket(5, Urgent, 2),
    ];
    let order: Vec<u128> = in_turn(queue)
        .iter()
        .map(|ticket| ticket.id.as_u128())
        .collect();
    assert_eq!(order, [5, 3, 4, 2, 1]);
}

#[test]
fn past_assignments_carry_their_consequences_on() {
    let (ann, bob) = (somebody(1), somebody(2));
    let past = |minutes: i64, ann_open: u32, over: Option<i64>| Past {
        at: now() + TimeDelta::minutes(minutes),
        needs: fault(),
        candidates: vec![
            Candidate {
                open: normal(ann_open),
                last_assigned: Some(now() - TimeDelta::days(1)),
                ..ann.clone()
            },
            bob.clone(),
        ],
        actual: ann.member,
        over: over.map(|minutes| now() + TimeDelta::minutes(minutes)),
    };
    let only_load = Weights {
        load: 1,
        fit: 0,
        fairness: 0,
    };
    let mut replay = Replay::new(only_load, 14);
    // Ann got three in a row. Bob would have got the first; then both have one less and one more than was written down.
    let first = replay.next(past(0, 0, Some(15)));
    assert_eq!(first.chosen, Some(bob.member), "he waited longer");
    let second = replay.next(past(10, 1, None));
    assert_eq!(
        second.chosen,
        Some(ann.member),
        "she would have had none, he one"
    );
    let third = replay.next(past(20, 2, None));
    assert_eq!(
        third.chosen,
        Some(bob.member),
        "his first one is over by now"
    );
}

#[test]
fn shares_go_by_capacity() {
    let share = |n: u128, received, capacity| Share {
        member: Uuid::from_u128(n),
        received,
        capacity,
    };
    let fair = [share(1, 10, 20), share(2, 5, 10), share(3, 5, 10)];
    assert_eq!(fair_shares(&fair), [500, 250, 250]);
    assert_eq!(gini(&fair), Some(0));
    assert_eq!(gini(&[share(1, 8, 10), share(2, 0, 10)]), Some(500));
    assert_eq!(
        gini(&[share(1, 1, 10), share(2, 2, 10), share(3, 3, 10)]),
        Some(222),
        "(1 + 2 + 1) · 2 / (2 · 3 · 6)"
    );
    assert_eq!(gini(&[share(1, 0, 10), share(2, 0, 10)]), None);
    assert_eq!(gini(&[share(1, 5, 10), share(2, 5, 0)]), None);
    assert_eq!(percent(5, 20), 25);
    assert_eq!((percent(0, 0), percent(1, 0)), (0, 100));
    for (percent, of_team, expected) in [
        (50, 50, Balance::Even),
        (75, 50, Balance::Even),
        (76, 50, Balance::Over),
        (24, 50, Balance::Under),
        (25, 50, Balance::Even),
        (100, 90, Balance::Over),
        (0, 20, Balance::Even),
    ] {
        assert_eq!(
            balance(percent, of_team),
            expected,
            "{percent} of {of_team}"
        );
    }
}
