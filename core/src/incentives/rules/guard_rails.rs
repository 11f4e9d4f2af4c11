//! Rules that reward the wrong things, seen in a simulation (防钻空子预警).
//!
//! Counts come in, named warnings with their numbers go out. A warning is a question to look into, not a judgement.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::simulation::{Distribution, fraction};
use crate::decimal::{Decimal, SCALE};
use crate::error::Text;

/// From which figures on something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Thresholds {
    /// The share of the tenth that gets most, in percent.
    pub top_tenth: Decimal,
    /// Fewer members than this say nothing about concentration.
    pub members: usize,
    /// The share of tickets that follow another of the same customer and subject within hours, in percent.
    pub repeats: Decimal,
    /// Fewer tickets than this say nothing.
    pub tickets: u64,
    /// How many points of a hundred fewer of the tickets with a bad end are asked for a rating than of the others.
    pub asked_gap: Decimal,
    /// How many times as many open tickets as the others of the team somebody holds while they are idle.
    pub held_times: Decimal,
}

impl Default for Thresholds {
    fn default() -> Self {
        let whole = |number: i64| Decimal(number * SCALE);
        Self {
            top_tenth: whole(50),
            members: 10,
            repeats: whole(20),
            tickets: 20,
            asked_gap: whole(20),
            held_times: whole(3),
        }
    }
}

/// What was counted of a member in the simulated time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who.
    pub member: Uuid,
    /// Tickets that count for the rule.
    pub tickets: u64,
    /// Those of them that followed another one of the same customer, unit and subject by the same member within hours.
    pub repeats: u64,
    /// Closed tickets that went well: in time, not reopened, no complaint.
    pub good: u64,
    /// Those of them for which a rating was asked.
    pub good_asked: u64,
    /// Other closed tickets.
    pub bad: u64,
    /// Those of them for which a rating was asked.
    pub bad_asked: u64,
    /// Tickets held at once, a mean over the days, in ten-thousandths.
    pub held: Decimal,
    /// The same for the others of the team.
    pub held_by_others: Decimal,
    /// Days on which others of the team had nothing to do while the member held tickets that waited.
    pub days_others_idle: u64,
    /// Tickets taken away from the member and given to others.
    pub reassigned: u64,
}

/// What is warned about (预警类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Risk {
    /// Few get most of it (过于集中).
    Concentration,
    /// Cases may be split to count more often (拆单).
    SplitCases,
    /// Ratings may be asked only where they will be good (选择性邀评).
    SelectiveRatings,
    /// Tickets may be held while others are idle (囤单).
    Hoarding,
}

impl Risk {
    /// What is told to whoever may not see whom it is about: how many members.
    #[must_use]
    pub fn together(self, members: usize) -> Text {
        let (en, zh) = match self {
            Self::Concentration => ("few get most of it", "可能过于集中"),
            Self::SplitCases => ("cases may be split to count more often", "可能存在拆单"),
            Self::SelectiveRatings => (
                "ratings may be asked only where they will be good",
                "可能存在选择性邀评",
            ),
            Self::Hoarding => ("tickets may be held while others are idle", "可能存在囤单"),
        };
        Text::new(
            format!("{members} members: {en}."),
            format!("涉及 {members} 人：{zh}。"),
        )
    }
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// About what.
    pub risk: Risk,
    /// About whom; none when it is about the rule.
    pub member: Option<Uuid>,
    /// The figure, and from which one on it is told.
    pub figure: Decimal,
    /// From which figure on it is told.
    pub threshold: Decimal,
    /// A sentence with the numbers.
    pub text: Text,
}

/// What there is to warn about: the rule first, then members by the order in which they are handed in. `ticket_counts` and
/// `ratings` tell whether what the rule looks at counts tickets and ratings.
#[must_use]
pub fn warnings(
    thresholds: &Thresholds,
    distribution: &Distribution,
    counts: &[Counts],
    ticket_counts: bool,
    ratings: bool,
) -> Vec<Warning> {
    let mut found: Vec<Warning> = concentration(thresholds, distribution)
        .into_iter()
        .collect();
    for one in counts {
        if ticket_counts {
            found.extend(split_cases(thresholds, one));
            found.extend(hoarding(thresholds, one));
        }
        if ratings {
            found.extend(selective(thresholds, one));
        }
    }
    found
}

fn concentration(thresholds: &Thresholds, distribution: &Distribution) -> Option<Warning> {
    let figure = distribution.top_tenth?;
    (distribution.members >= thresholds.members && figure >= thresholds.top_tenth).then(|| {
        Warning {
            risk: Risk::Concentration,
            member: None,
            figure,
            threshold: thresholds.top_tenth,
            text: Text::new(
                format!(
                    "The tenth that gets most gets {figure} % of it; {} members get something.",
                    distribution.members
                ),
                format!(
                    "最高的十分之一人员获得其中的 {figure}%；共 {} 人获得。",
                    distribution.members
                ),
            ),
        }
    })
}

fn split_cases(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let figure = percent(counts.repeats, counts.tickets)?;
    (counts.tickets >= thresholds.tickets && figure >= thresholds.repeats).then(|| Warning {
        risk: Risk::SplitCases,
        member: Some(counts.member),
        figure,
        threshold: thresholds.repeats,
        text: Text::new(
            format!(
                "{} of {} tickets ({figure} %) follow another one about the same within hours: cases may be split.",
                counts.repeats, counts.tickets
            ),
            format!(
                "{} 个工单中有 {} 个（{figure}%）在数小时内与同一事项的另一工单重复：可能存在拆单。",
                counts.tickets, counts.repeats
            ),
        ),
    })
}

fn selective(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let good = percent(counts.good_asked, counts.good)?;
    let bad = percent(counts.bad_asked, counts.bad)?;
    let figure = Decimal(good.0 - bad.0);
    let enough = counts.good + counts.bad >= thresholds.tickets;
    (enough && figure >= thresholds.asked_gap).then(|| Warning {
        risk: Risk::SelectiveRatings,
        member: Some(counts.member),
        figure,
        threshold: thresholds.asked_gap,
        text: Text::new(
            format!("A rating was asked for {good} % of the tickets that went well ({}), but for {bad} % of the others ({}).", counts.good, counts.bad),
            format!("处理良好的工单（{}）中 {good}% 邀请了评价，其他工单（{}）仅 {bad}%：可能存在选择性邀评。", counts.good, counts.bad),
        ),
    })
}

fn hoarding(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let figure = fraction(counts.held.0.into(), counts.held_by_others.0.max(1).into())?;
    let others_free = counts.days_others_idle > 0 || counts.reassigned > 0;
    (others_free && figure >= thresholds.held_times && counts.tickets >= thresholds.tickets).then(|| Warning {
        risk: Risk::Hoarding,
        member: Some(counts.member),
        figure,
        threshold: thresholds.held_times,
        text: Text::new(
            format!(
                "{} tickets are held at once, {} by others of the team; others were idle on {} days, and {} tickets had to be given to others.",
                counts.held, counts.held_by_others, counts.days_others_idle, counts.reassigned
            ),
            format!(
                "平均同时持有 {} 个工单，团队其他人为 {} 个；其间他人空闲 {} 天，另有 {} 个工单被改派：可能存在囤单。",
                counts.held, counts.held_by_others, counts.days_others_idle, counts.reassigned
            ),
        ),
    })
}

fn percent(part: u64, whole: u64) -> Option<Decimal> {
    fraction(i128::from(part) * 100, whole.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::rules::simulation::distribution;

    fn risks(counts: Counts) -> Vec<Risk> {
        warnings(
            &Thresholds::default(),
            &Distribution::default(),
            &[counts],
            true,
            true,
        )
        .into_iter()
        .map(|warning| {
            assert!(warning.figure >= warning.threshold);
            assert!(warning.text.en != warning.text.zh);
            warning.risk
        })
        .collect()
    }

    #[test]
    fn what_looks_wrong_is_named() {
        let honest = Counts {
            tickets: 100,
            repeats: 5,
            good: 80,
            good_asked: 72,
            bad: 20,
            bad_asked: 17,
            held: Decimal(120_000),
            held_by_others: Decimal(100_000),
            days_others_idle: 3,
            reassigned: 1,
            ..Counts::default()
        };
        for (counts, expected) in [
            (honest, vec![]),
            (
                Counts {
                    repeats: 20,
                    ..honest
                },
                vec![Risk::SplitCases],
            ),
            (
                Counts {
                    repeats: 9,
                    tickets: 10,
                    ..honest
                },
                vec![],
            ),
            (
                Counts {
                    bad_asked: 4,
                    ..honest
                },
                vec![Risk::SelectiveRatings],
            ),
            (
                Counts {
                    bad: 0,
                    bad_asked: 0,
                    ..honest
                },
                vec![],
            ),
            (
                Counts {
                    held: Decimal(400_000),
                    ..honest
                },
                vec![Risk::Hoarding],
            ),
            (
                Counts {
                    held: Decimal(400_000),
                    days_others_idle: 0,
                    reassigned: 0,
                    ..honest
                },
                vec![],
            ),
        ] {
            assert_eq!(risks(counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn few_who_get_most_are_seen_among_enough() {
        let amounts =
            |top: i64, others: usize| distribution([vec![100; others], vec![top]].concat());
        let told = |distribution: &Distribution| {
            !warnings(&Thresholds::default(), distribution, &[], true, true).is_empty()
        };
        assert!(told(&amounts(900, 9)));
        assert!(!told(&amounts(899, 9)));
        assert!(!told(&amounts(90_000, 8)));
    }

    #[test]
    fn what_a_rule_does_not_look_at_is_no_risk() {
        let counts = Counts {
            tickets: 100,
            repeats: 90,
            ..Counts::default()
        };
        let none = Distribution::default();
        assert!(warnings(&Thresholds::default(), &none, &[counts], false, false).is_empty());
    }
}
