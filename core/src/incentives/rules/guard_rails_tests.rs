//! What looks wrong by its counts, and how it is told.

use super::*;
use crate::incentives::rules::simulation::distribution;

const ALL: Looks = Looks {
    tickets: true,
    ratings: true,
};

fn found(counts: &Counts) -> Vec<Warning> {
    about(&Thresholds::default(), counts, ALL)
}

/// Somebody who works as others do.
const HONEST: Counts = Counts {
    member: Uuid::nil(),
    tickets: 100,
    repeats: 5,
    good: 80,
    good_asked: 72,
    bad: 20,
    bad_asked: 17,
    held: Decimal(120_000),
    others: 4,
    held_by_others: Decimal(100_000),
    days_others_idle: 3,
    reassigned: 1,
};

#[test]
fn what_looks_wrong_is_named() {
    let held = Counts {
        held: Decimal(400_000),
        ..HONEST
    };
    for (counts, expected) in [
        (HONEST, None),
        (
            Counts {
                repeats: 20,
                ..HONEST
            },
            Some(Risk::SplitCases),
        ),
        (
            Counts {
                repeats: 9,
                tickets: 10,
                ..HONEST
            },
            None,
        ),
        (
            Counts {
                bad_asked: 4,
                ..HONEST
            },
            Some(Risk::SelectiveRatings),
        ),
        (
            Counts {
                bad: 0,
                bad_asked: 0,
                ..HONEST
            },
            None,
        ),
        (held, Some(Risk::Hoarding)),
        (
            Counts {
                days_others_idle: 0,
                ..held
            },
            Some(Risk::Hoarding),
        ),
        (
            Counts {
                days_others_idle: 0,
                reassigned: 0,
                ..held
            },
            None,
        ),
        // Nobody else of the team answers for tickets: there is nothing to hold it against.
        (
            Counts {
                others: 0,
                held_by_others: Decimal(0),
                ..held
            },
            None,
        ),
    ] {
        let found = found(&counts);
        let risks: Vec<Risk> = found.iter().map(|warning| warning.risk).collect();
        assert_eq!(risks, Vec::from_iter(expected), "{counts:?}");
        for warning in found {
            assert!(warning.figure >= warning.threshold);
        }
    }
}

#[test]
fn warnings_are_told_with_their_numbers() {
    let none = Counts {
        tickets: 58,
        ..Counts::default()
    };
    for (counts, en, zh) in [
        (
            Counts {
                tickets: 55,
                repeats: 24,
                ..none
            },
            "24 of 55 tickets (43.6 %) came within hours after another one about the same: cases may be split to count more often.",
            "55 个工单中有 24 个（43.6%）在数小时内与同一事项的另一工单重复：可能存在拆单。",
        ),
        (
            Counts {
                good: 24,
                good_asked: 24,
                bad: 26,
                bad_asked: 8,
                ..none
            },
            "A rating was asked for 100 % of the tickets that went well (24), but for 30.8 % of the others (26): ratings may be asked only where they will be good.",
            "处理良好的工单（24）中 100% 邀请了评价，其他工单（26）仅 30.8%：可能存在选择性邀评。",
        ),
        (
            Counts {
                held: Decimal(1_235_466),
                others: 6,
                held_by_others: Decimal(9_242),
                days_others_idle: 9,
                ..none
            },
            "Tickets held at once: 123.5 on average, 0.9 by each of the others of the team; one of them was idle on 9 days: tickets may be held while others are idle.",
            "平均同时持有 123.5 个工单，团队其他人各 0.9 个；其间有他人空闲 9 天：可能存在囤单。",
        ),
        (
            Counts {
                held: Decimal(210_000),
                others: 1,
                held_by_others: Decimal(0),
                days_others_idle: 1,
                reassigned: 1,
                ..none
            },
            "Tickets held at once: 21 on average, 0 by each of the others of the team; one of them was idle on 1 day, and 1 ticket was given to others: tickets may be held while others are idle.",
            "平均同时持有 21 个工单，团队其他人各 0 个；其间有他人空闲 1 天，另有 1 个工单被改派：可能存在囤单。",
        ),
    ] {
        let [warning] = found(&counts).try_into().expect("one warning");
        assert_eq!((&*warning.text.en, &*warning.text.zh), (en, zh));
    }
    let spread = distribution([vec![100; 40], vec![1_000_000]].concat());
    let few = concentration(&Thresholds::default(), &spread).expect("a warning");
    assert_eq!(
        few.text.en,
        "The tenth that gets most gets 99.6 % of it; 41 members get something."
    );
    let one = Risk::Hoarding.together(1);
    assert_eq!(
        one.en,
        "1 member: tickets may be held while others are idle."
    );
}

/// So many times as much as next to nothing is no figure that says anything.
#[test]
fn what_others_hold_counts_as_a_tenth_of_a_ticket_at_least() {
    for (held_by_others, figure) in [(0, 2_500_000), (999, 2_500_000), (2_000, 1_250_000)] {
        let counts = Counts {
            held: Decimal(250_000),
            held_by_others: Decimal(held_by_others),
            ..HONEST
        };
        assert_eq!(found(&counts)[0].figure, Decimal(figure));
    }
}

#[test]
fn figures_in_sentences_have_one_decimal() {
    for (figure, told) in [
        ("54.2694", "54.3"),
        ("43.6364", "43.6"),
        ("30.7692", "30.8"),
        ("99.95", "100"),
        ("0.05", "0.1"),
        ("0.0499", "0"),
        ("100", "100"),
    ] {
        let figure: Decimal = figure.parse().expect("a figure");
        assert_eq!(short(figure).to_string(), told);
    }
}

#[test]
fn few_who_get_most_are_seen_among_enough() {
    let amounts = |top: i64, others: usize| distribution([vec![100; others], vec![top]].concat());
    let told =
        |distribution: &Distribution| concentration(&Thresholds::default(), distribution).is_some();
    assert!(told(&amounts(900, 9)));
    assert!(!told(&amounts(899, 9)));
    assert!(!told(&amounts(90_000, 8)));
}

#[test]
fn what_a_rule_does_not_look_at_is_no_risk() {
    let counts = Counts {
        repeats: 90,
        bad_asked: 0,
        held: Decimal(900_000),
        ..HONEST
    };
    for (tickets, ratings, expected) in [
        (false, false, vec![]),
        (true, false, vec![Risk::SplitCases, Risk::Hoarding]),
        (false, true, vec![Risk::SelectiveRatings]),
    ] {
        let looks = Looks { tickets, ratings };
        let found = about(&Thresholds::default(), &counts, looks);
        let risks: Vec<Risk> = found.iter().map(|warning| warning.risk).collect();
        assert_eq!(risks, expected);
    }
}
