//! When a newcomer works as the team does (达标时间).
//!
//! From the first day on, windows of so many days are looked at, each beginning so many days after the one before. In each,
//! the newcomer's figure is held against that of the experienced members of the same team in the same days. The first window
//! in which it is as good ends the time to standard.

use chrono::{Days, NaiveDate};

use crate::metrics::rules::period::Period;

/// What the standard is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a window is, in days.
    pub window: u64,
    /// So many days after a window the next one begins.
    pub step: u64,
    /// Figures of fewer cases aren't looked at.
    pub least_cases: i64,
    /// Of fewer colleagues no standard is made.
    pub least_colleagues: usize,
    /// So much of the team's figure is the standard, in percent.
    pub factor_percent: i64,
    /// The mean of the colleagues and not their median?
    pub mean: bool,
    /// Is less better?
    pub less_is_better: bool,
}

/// A member's figure in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// In ten-thousandths.
    pub value: i64,
    /// Of so many cases.
    pub cases: i64,
}

/// What is known of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its days.
    pub period: Period,
    /// The newcomer's figure; none where there is nothing to make one of.
    pub own: Option<Measured>,
    /// Those of the experienced colleagues who were in the team all the time.
    pub colleagues: Vec<Measured>,
}

/// A window held against the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its days.
    pub period: Period,
    /// The newcomer's cases.
    pub cases: i64,
    /// The newcomer's figure, if it has cases enough.
    pub own: Option<i64>,
    /// How many colleagues have figures of cases enough.
    pub colleagues: usize,
    /// What is to be reached, if they are enough.
    pub standard: Option<i64>,
    /// Was it reached?
    pub reached: bool,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Reached: so many days after the first one, with the last day of that window.
    Reached {
        /// The last day of the window.
        on: NaiveDate,
        /// Days from the first one to it.
        days: i64,
    },
    /// Compared, and not reached so far.
    NotYet,
    /// No window is over yet.
    TooEarly,
    /// The newcomer has too few cases in every window.
    TooFewCases,
    /// There are too few colleagues to compare with.
    TooFewColleagues,
}

/// The windows that begin on the first day or later and end by `until` (the first day that isn't known yet).
#[must_use]
pub fn windows(since: NaiveDate, until: NaiveDate, terms: &Terms) -> Vec<Period> {
    let mut found = Vec::new();
    let mut from = since;
    loop {
        let end = from.checked_add_days(Days::new(terms.window.max(1)));
        match end.filter(|to| *to <= until) {
            Some(to) => found.push(Period { from, to }),
            None => return found,
        }
        match from.checked_add_days(Days::new(terms.step.max(1))) {
            Some(next) => from = next,
            None => return found,
        }
    }
}

/// Holds a window against the standard.
#[must_use]
pub fn compare(window: &Window, terms: &Terms) -> Compared {
    let enough = |one: &&Measured| one.cases >= terms.least_cases;
    let mut values: Vec<i64> = window
        .colleagues
        .iter()
        .filter(enough)
        .map(|one| one.value)
        .collect();
    let colleagues = values.len();
    let standard = (colleagues >= terms.least_colleagues.max(1))
        .then(|| share(middle(&mut values, terms.mean), terms));
    let own = window.own.as_ref().filter(enough).map(|one| one.value);
    let reached = match (own, standard) {
        (Some(own), Some(standard)) if terms.less_is_better => own <= standard,
        (Some(own), Some(standard)) => own >= standard,
        _ => false,
    };
    Compared {
        period: window.period,
        cases: window.own.map_or(0, |own| own.cases),
        own,
        colleagues,
        standard,
        reached,
    }
}

/// The answer from all windows, in the order of time.
#[must_use]
pub fn verdict(since: NaiveDate, compared: &[Compared]) -> Verdict {
    if let Some(window) = compared.iter().find(|window| window.reached) {
        let on = window.period.to.pred_opt().unwrap_or(window.period.to);
        let days = (window.period.to - since).num_days();
        return Verdict::Reached { on, days };
    }
    let both = |window: &Compared| window.own.is_some() && window.standard.is_some();
    if compared.is_empty() {
        Verdict::TooEarly
    } else if compared.iter().any(both) {
        Verdict::NotYet
    } else if compared.iter().any(|window| window.own.is_some()) {
        Verdict::TooFewColleagues
    } else {
        Verdict::TooFewCases
    }
}

/// The mean or the median, rounded half up to a ten-thousandth.
fn middle(values: &mut [i64], mean: bool) -> i64 {
    values.sort_unstable();
    let count = values.len();
    let sum: i128 = if mean {
        values.iter().copied().map(i128::from).sum()
    } else {
        let (low, high) = (values[(count - 1) / 2], values[count / 2]);
        i128::from(low) + i128::from(high)
    };
    let of = if mean { count } else { 2 };
    rounded(sum, i128::try_from(of).unwrap_or(1))
}

/// The factor makes it easier where it is below a hundred, whichever side is good.
fn share(value: i64, terms: &Terms) -> i64 {
    let (value, factor) = (i128::from(value), i128::from(terms.factor_percent.max(1)));
    if terms.less_is_better {
        rounded(value * 100, factor)
    } else {
        rounded(value * factor, 100)
    }
}

fn rounded(over: i128, under: i128) -> i64 {
    let half = under / 2;
    let quotient = (over + half).div_euclid(under.max(1));
    i64::try_from(quotient).unwrap_or(i64::MAX)
}
