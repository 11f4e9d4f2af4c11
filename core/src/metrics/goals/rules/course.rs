//! How a goal stands on a day: its progress, what is needed, its forecast, and whether it is on course.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::GoalBound;

use super::outlook::{Day, Making, Outlook, Past, Rest};
use super::stats::{Z, normal};
use crate::decimal::{Decimal, SCALE};
use crate::metrics::rules::definition::{Aggregate, Sums};

/// From this chance (in percent) to reach its target on, a goal is on course.
pub const ON_COURSE: i32 = 80;
/// Below this chance it is off course.
pub const OFF_COURSE: i32 = 20;

/// What is to be reached by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// On which side of the target the figure has to end.
    pub bound: GoalBound,
    /// The target.
    pub target: Decimal,
    /// The first day that counts.
    pub from: NaiveDate,
    /// The first day that no longer counts.
    pub until: NaiveDate,
}

/// What is known of each day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Sums, of a metric that counts facts.
    Sums {
        /// What is made of them.
        aggregate: Aggregate,
        /// The days that have any.
        days: BTreeMap<NaiveDate, Sums>,
    },
    /// Figures, of a derived metric: nothing else is known of its days.
    Series {
        /// The days that have one.
        days: BTreeMap<NaiveDate, Decimal>,
        /// The exact figure over all these days together.
        together: Option<Decimal>,
        /// The exact figure over the days of the goal so far.
        so_far: Option<Decimal>,
    },
}

/// Whether a goal is going to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Too little is known yet.
    TooEarly,
    /// It probably is.
    OnCourse,
    /// It may or may not.
    AtRisk,
    /// It probably isn't.
    OffCourse,
    /// It is, whatever comes.
    Reached,
    /// It can't be any more.
    Missed,
}

/// Where the figure will end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Most probably.
    pub value: Decimal,
    /// In 95 of 100 cases not lower than this ...
    pub low: Decimal,
    /// ... nor higher than this.
    pub high: Decimal,
    /// The chance to reach the target, in percent.
    pub chance: i32,
}

/// What the days that are left must bring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    /// Of a figure that adds up: how much; for "at most" how much may still come.
    pub total: Option<Decimal>,
    /// The same by the days that are left.
    pub per_day: Option<Decimal>,
    /// Of a mean or a rate: which one the rest must reach (or not exceed), if as much is counted as usual.
    pub mean: Option<Decimal>,
    /// Not even the best rest would do, if as much is counted as usual.
    pub out_of_reach: bool,
}

/// How a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// The figure now; none where there is nothing to take a mean of.
    pub value: Option<Decimal>,
    /// How much of the time has passed, in percent.
    pub time_passed: Decimal,
    /// Days that are left, today included.
    pub days_left: i64,
    /// What they must bring.
    pub needed: Needed,
    /// Where the figure will end; none when it is too early to tell, or over.
    pub forecast: Option<Forecast>,
    /// Whether it is going to be reached.
    pub verdict: Verdict,
}

/// Is the figure on the right side of the target?
#[must_use]
pub fn meets(aim: &Aim, value: Decimal) -> bool {
    match aim.bound {
        GoalBound::AtLeast => value >= aim.target,
        GoalBound::AtMost => value <= aim.target,
    }
}

/// How a goal stands on a day that has brought so far what `days` has of it.
#[must_use]
pub fn course(aim: &Aim, days: &Days, today: NaiveDate) -> Course {
    let track = Track::of(days);
    let value = track.value(aim, today);
    let days_left = (aim.until - today.max(aim.from)).num_days().max(0);
    let over = today >= aim.until;
    let past = Past::before(today, |day| track.days.get(&day).copied());
    let of_today = (today, track.days.get(&today).copied().unwrap_or_default());
    let rest = Rest {
        from: today.max(aim.from),
        until: aim.until,
        today: &of_today,
    };
    let now = track.now(aim, today, value);
    let outlook = (!over && past.is_enough(track.making))
        .then(|| match track.making {
            Making::Adding => Some(past.sum(now.total, rest)),
            making => past.ratio(now, rest, making),
        })
        .flatten();
    let forecast = outlook.map(|outlook| track.forecast(aim, outlook, now));
    let needed = match track.making {
        Making::Adding => track.needed_sum(aim, value, days_left),
        _ => track.needed_mean(aim, now, past.still_counted(rest)),
    };
    Course {
        value,
        time_passed: passed(aim, today),
        days_left,
        needed: if over { Needed::default() } else { needed },
        forecast,
        verdict: track.verdict(aim, value, forecast, over),
    }
}

/// How much of the time has passed, in percent.
fn passed(aim: &Aim, today: NaiveDate) -> Decimal {
    let all = (aim.until - aim.from).num_days().max(1);
    let gone = (today - aim.from).num_days().clamp(0, all);
    Decimal(gone * 100 * SCALE / all)
}

/// The days of a goal, in ones.
struct Track<'a> {
    source: &'a Days,
    making: Making,
    days: BTreeMap<NaiveDate, Day>,
    /// No day ever takes anything away.
    rising: bool,
}

impl<'a> Track<'a> {
    fn of(source: &'a Days) -> Self {
        let ones = |parts: i64| parts as f64 / SCALE as f64;
        let (making, days): (_, BTreeMap<_, _>) = match source {
            Days::Sums { aggregate, days } => {
                let day = |sums: &Sums| Day {
                    total: ones(match aggregate {
                        Aggregate::Count => sums.weight,
                        _ => sums.total,
                    }),
                    counted: ones(sums.counted),
                };
                let making = match aggregate {
                    Aggregate::Count | Aggregate::Sum => Making::Adding,
                    Aggregate::Mean => Making::Mean,
                    Aggregate::Rate => Making::Rate,
                };
                (
                    making,
                    days.iter().map(|(at, sums)| (*at, day(sums))).collect(),
                )
            }
            Days::Series { days, together, .. } => {
                let day = |value: &Decimal| Day {
                    total: ones(value.0),
                    counted: 1.0,
                };
                let making = if adds_up(days, *together) {
                    Making::Adding
                } else {
                    Making::Mean
                };
                (
                    making,
                    days.iter().map(|(at, value)| (*at, day(value))).collect(),
                )
            }
        };
        let rising = days.values().all(|day| day.total >= 0.0);
        Self {
            source,
            making,
            days,
            rising,
        }
    }

    /// The exact figure so far.
    fn value(&self, aim: &Aim, today: NaiveDate) -> Option<Decimal> {
        match self.source {
            Days::Sums { aggregate, days } => {
                let mut sums = Sums::default();
                for day in within(aim, today, days) {
                    sums.weight = sums.weight.saturating_add(day.weight);
                    sums.counted = sums.counted.saturating_add(day.counted);
                    sums.total = sums.total.saturating_add(day.total);
                }
                sums.figure(*aggregate)
            }
            Days::Series { so_far, .. } => *so_far,
        }
    }

    /// What has been brought so far, in ones.
    fn now(&self, aim: &Aim, today: NaiveDate, value: Option<Decimal>) -> Day {
        let mut now = Day::default();
        for day in within(aim, today, &self.days) {
            now.total += day.total;
            now.counted += day.counted;
        }
        match (self.source, value) {
            // The exact figure rather than that of the rounded days.
            (Days::Series { .. }, Some(value)) => Day {
                total: self.ones(value)
                    * if self.making == Making::Adding {
                        1.0
                    } else {
                        now.counted
                    },
                ..now
            },
            _ => now,
        }
    }

    /// A figure in the ones of the days.
    fn ones(&self, figure: Decimal) -> f64 {
        figure.0 as f64 / self.scale()
    }

    fn figure(&self, ones: f64) -> Decimal {
        // A cast of a float ends at the bounds of the integer.
        Decimal((ones * self.scale()).round() as i64)
    }

    fn scale(&self) -> f64 {
        match self.making {
            Making::Rate => (SCALE * 100) as f64,
            Making::Adding | Making::Mean => SCALE as f64,
        }
    }

    fn forecast(&self, aim: &Aim, outlook: Outlook, now: Day) -> Forecast {
        let (least, most) = match self.making {
            Making::Rate => (0.0, 1.0),
            Making::Adding if self.rising => (now.total, f64::MAX),
            Making::Mean if self.rising => (0.0, f64::MAX),
            Making::Adding | Making::Mean => (f64::MIN, f64::MAX),
        };
        let within = |ones: f64| self.figure(ones.max(least).min(most));
        let Outlook { point, half } = outlook;
        let value = within(point);
        let ahead = match aim.bound {
            GoalBound::AtLeast => point - self.ones(aim.target),
            GoalBound::AtMost => self.ones(aim.target) - point,
        };
        let error = half / Z;
        let chance = if error > 0.0 {
            normal(ahead / error)
        } else if meets(aim, value) {
            1.0
        } else {
            0.0
        };
        Forecast {
            value,
            low: within(point - half).min(value),
            high: within(point + half).max(value),
            chance: (chance * 100.0).round() as i32,
        }
    }

    fn needed_sum(&self, aim: &Aim, value: Option<Decimal>, days_left: i64) -> Needed {
        let so_far = value.map_or(0, |value| value.0);
        let missing = aim.target.0.saturating_sub(so_far);
        let total = missing.max(0);
        Needed {
            total: Some(Decimal(total)),
            per_day: (days_left > 0).then(|| match aim.bound {
                // Rounded to the safe side.
                GoalBound::AtLeast => Decimal(total / days_left + i64::from(total % days_left > 0)),
                GoalBound::AtMost => Decimal(total / days_left),
            }),
            mean: None,
            out_of_reach: aim.bound == GoalBound::AtMost && self.rising && missing < 0,
        }
    }

    fn needed_mean(&self, aim: &Aim, now: Day, left: f64) -> Needed {
        if left <= 0.0 {
            return Needed::default();
        }
        let mean = (self.ones(aim.target) * (now.counted + left) - now.total) / left;
        let (least, most) = match self.making {
            Making::Rate => (0.0, 1.0),
            _ if self.rising => (0.0, f64::MAX),
            _ => (f64::MIN, f64::MAX),
        };
        let out_of_reach = match aim.bound {
            GoalBound::AtLeast => mean > most,
            GoalBound::AtMost => mean < least,
        };
        Needed {
            mean: (!out_of_reach).then(|| self.figure(mean.clamp(least, most))),
            out_of_reach,
            ..Needed::default()
        }
    }

    fn verdict(
        &self,
        aim: &Aim,
        value: Option<Decimal>,
        forecast: Option<Forecast>,
        over: bool,
    ) -> Verdict {
        let met = value.is_some_and(|value| meets(aim, value));
        if over {
            return if met {
                Verdict::Reached
            } else {
                Verdict::Missed
            };
        }
        if self.making == Making::Adding && self.rising {
            match aim.bound {
                GoalBound::AtLeast if met => return Verdict::Reached,
                GoalBound::AtMost if value.is_some() && !met => return Verdict::Missed,
                _ => {}
            }
        }
        match forecast.map(|forecast| forecast.chance) {
            None => Verdict::TooEarly,
            Some(chance) if chance >= ON_COURSE => Verdict::OnCourse,
            Some(chance) if chance < OFF_COURSE => Verdict::OffCourse,
            Some(_) => Verdict::AtRisk,
        }
    }
}

/// What the goal's days up to today have.
fn within<'a, T>(
    aim: &Aim,
    today: NaiveDate,
    days: &'a BTreeMap<NaiveDate, T>,
) -> impl Iterator<Item = &'a T> {
    let (from, until) = (aim.from, aim.until);
    days.iter()
        .filter(move |(day, _)| from <= **day && **day < until && **day <= today)
        .map(|(_, figure)| figure)
}

/// A derived figure doesn't say whether its days add up (as a difference of counts does) or not (as a quotient); it shows
/// where two or more days other than nought give together what they give one by one, up to rounding.
fn adds_up(days: &BTreeMap<NaiveDate, Decimal>, together: Option<Decimal>) -> bool {
    let Some(together) = together else {
        return false;
    };
    let sum: i128 = days.values().map(|value| i128::from(value.0)).sum();
    let some = days.values().filter(|value| value.0 != 0).count();
    some >= 2 && (sum - i128::from(together.0)).unsigned_abs() <= days.len() as u128
}
