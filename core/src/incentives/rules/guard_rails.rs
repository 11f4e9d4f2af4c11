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
    /// Closed tickets that went well: no promised time was missed, and they weren't reopened.
    pub good: u64,
    /// Those of them for which a rating was asked.
    pub good_asked: u64,
    /// Other closed tickets.
    pub bad: u64,
    /// Those of them for which a rating was asked.
    pub bad_asked: u64,
    /// Tickets held at once, a mean over the days, in ten-thousandths.
    pub held: Decimal,
    /// How many others of the team answer for tickets in that time; the figures about others are about these.
    pub others: u64,
    /// The same as `held` for one of the others, on average.
    pub held_by_others: Decimal,
    /// Days on which one of the others had no ticket while the member held some.
    pub days_others_idle: u64,
    /// Tickets that somebody else offered to others, who took them on: those that the member offered aren't among them.
    pub reassigned: u64,
}

/// Which guard rails there are for what a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// It counts tickets.
    pub tickets: bool,
    /// It looks at ratings.
    pub ratings: bool,
}

impl Looks {
    /// What one of both looks at.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            tickets: self.tickets || other.tickets,
            ratings: self.ratings || other.ratings,
        }
    }
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
    /// What may be the matter.
    const fn suspicion(self) -> (&'static str, &'static str) {
        match self {
            Self::Concentration => ("few get most of it", "可能过于集中"),
            Self::SplitCases => ("cases may be split to count more often", "可能存在拆单"),
            Self::SelectiveRatings => (
                "ratings may be asked only where they will be good",
                "可能存在选择性邀评",
            ),
            Self::Hoarding => ("tickets may be held while others are idle", "可能存在囤单"),
        }
    }

    /// What is told to whoever may not see whom it is about: how many members.
    #[must_use]
    pub fn together(self, members: usize) -> Text {
        let (en, zh) = self.suspicion();
        let who = some(members as u64, "member");
        Text::new(
            format!("{who}: {en}."),
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

/// Does too much of it go to few?
#[must_use]
pub fn concentration(thresholds: &Thresholds, distribution: &Distribution) -> Option<Warning> {
    let figure = distribution.top_tenth?;
    let members = distribution.members;
    (members >= thresholds.members && figure >= thresholds.top_tenth).then(|| {
        let (share, who) = (short(figure), some(members as u64, "member"));
        Warning {
            risk: Risk::Concentration,
            member: None,
            figure,
            threshold: thresholds.top_tenth,
            text: Text::new(
                format!("The tenth that gets most gets {share} % of it; {who} get something."),
                format!("最高的十分之一人员获得其中的 {share}%；共 {members} 人获得。"),
            ),
        }
    })
}

/// What there is to warn about a member, where a rule looks at that.
#[must_use]
pub fn about(thresholds: &Thresholds, counts: &Counts, looks: Looks) -> Vec<Warning> {
    let mut found = Vec::new();
    if looks.tickets {
        found.extend(split_cases(thresholds, counts));
        found.extend(hoarding(thresholds, counts));
    }
    if looks.ratings {
        found.extend(selective(thresholds, counts));
    }
    found
}

fn split_cases(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let figure = percent(counts.repeats, counts.tickets)?;
    (counts.tickets >= thresholds.tickets && figure >= thresholds.repeats).then(|| {
        let (repeats, tickets, share) = (counts.repeats, counts.tickets, short(figure));
        let whole = some(tickets, "ticket");
        let (en, zh) = Risk::SplitCases.suspicion();
        Warning {
            risk: Risk::SplitCases,
            member: Some(counts.member),
            figure,
            threshold: thresholds.repeats,
            text: Text::new(
                format!(
                    "{repeats} of {whole} ({share} %) came within hours after another one about the same: {en}."
                ),
                format!(
                    "{tickets} 个工单中有 {repeats} 个（{share}%）在数小时内与同一事项的另一工单重复：{zh}。"
                ),
            ),
        }
    })
}

fn selective(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let asked_good = percent(counts.good_asked, counts.good)?;
    let asked_bad = percent(counts.bad_asked, counts.bad)?;
    let figure = Decimal(asked_good.0 - asked_bad.0);
    let enough = counts.good + counts.bad >= thresholds.tickets;
    (enough && figure >= thresholds.asked_gap).then(|| {
        let (good, bad) = (counts.good, counts.bad);
        let (asked_good, asked_bad) = (short(asked_good), short(asked_bad));
        let (en, zh) = Risk::SelectiveRatings.suspicion();
        Warning {
            risk: Risk::SelectiveRatings,
            member: Some(counts.member),
            figure,
            threshold: thresholds.asked_gap,
            text: Text::new(
                format!(
                    "A rating was asked for {asked_good} % of the tickets that went well ({good}), but for {asked_bad} % of the others ({bad}): {en}."
                ),
                format!(
                    "处理良好的工单（{good}）中 {asked_good}% 邀请了评价，其他工单（{bad}）仅 {asked_bad}%：{zh}。"
                ),
            ),
        }
    })
}

/// What others hold counts as a tenth of a ticket at least: so many times as much as nothing says nothing.
const LEAST_HELD: i64 = SCALE / 10;

fn hoarding(thresholds: &Thresholds, counts: &Counts) -> Option<Warning> {
    let held_by_others = counts.held_by_others.0.max(LEAST_HELD);
    let figure = fraction(counts.held.0.into(), held_by_others.into())?;
    let others_free = counts.others > 0 && (counts.days_others_idle > 0 || counts.reassigned > 0);
    (others_free && figure >= thresholds.held_times && counts.tickets >= thresholds.tickets).then(
        || {
            let (held, by_others) = (short(counts.held), short(counts.held_by_others));
            let (en, zh) = Risk::Hoarding.suspicion();
            let (meanwhile, meanwhile_zh) = of_the_others(counts);
            Warning {
                risk: Risk::Hoarding,
                member: Some(counts.member),
                figure,
                threshold: thresholds.held_times,
                text: Text::new(
                    format!(
                        "Tickets held at once: {held} on average, {by_others} by each of the others of the team; {meanwhile}: {en}."
                    ),
                    format!(
                        "平均同时持有 {held} 个工单，团队其他人各 {by_others} 个；其间{meanwhile_zh}：{zh}。"
                    ),
                ),
            }
        },
    )
}

/// What shows that others could have had them.
fn of_the_others(counts: &Counts) -> (String, String) {
    let (days, tickets) = (counts.days_others_idle, counts.reassigned);
    let idle = (days > 0).then(|| {
        (
            format!("one of them was idle on {}", some(days, "day")),
            format!("有他人空闲 {days} 天"),
        )
    });
    let given = (tickets > 0).then(|| {
        let were = if tickets == 1 { "was" } else { "were" };
        (
            format!("{} {were} given to others", some(tickets, "ticket")),
            format!("有 {tickets} 个工单被改派"),
        )
    });
    let (en, zh): (Vec<_>, Vec<_>) = idle.into_iter().chain(given).unzip();
    (en.join(", and "), zh.join("，另"))
}

fn percent(part: u64, whole: u64) -> Option<Decimal> {
    fraction(i128::from(part) * 100, whole.into())
}

/// With one decimal, halves up: more of them say nothing in a sentence.
const fn short(figure: Decimal) -> Decimal {
    let step = SCALE / 10;
    Decimal(figure.0.saturating_add(step / 2).div_euclid(step) * step)
}

/// So many of them.
fn some(count: u64, what: &str) -> String {
    let more = if count == 1 { "" } else { "s" };
    format!("{count} {what}{more}")
}

#[cfg(test)]
#[path = "guard_rails_tests.rs"]
mod tests;
