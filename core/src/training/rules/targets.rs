//! How much a member has to learn in a year, and whether that is going to be reached.

use chrono::{Datelike, Days, NaiveDate};

/// After so many days at work a pace means something.
pub const EARLY_DAYS: i64 = 30;

/// A year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// Its first day.
    pub first: NaiveDate,
    /// The first day after it.
    pub after: NaiveDate,
}

impl Year {
    /// The year of that number, from 2000 to 2100.
    #[must_use]
    pub fn of(number: i32) -> Option<Self> {
        if !(2000..=2100).contains(&number) {
            return None;
        }
        Some(Self {
            first: NaiveDate::from_ymd_opt(number, 1, 1)?,
            after: NaiveDate::from_ymd_opt(number + 1, 1, 1)?,
        })
    }

    /// The year of a day.
    #[must_use]
    pub fn holding(day: NaiveDate) -> Option<Self> {
        Self::of(day.year())
    }

    fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first
            .iter_days()
            .take_while(move |day| *day < self.after)
    }

    fn length(self) -> i64 {
        (self.after - self.first).num_days()
    }
}

/// When a member works here, and when not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// The first day.
    pub joined: NaiveDate,
    /// The first day after the last one; none while no end is known.
    pub left: Option<NaiveDate>,
    /// Whole days away: first day, and first day after.
    pub away: Vec<(NaiveDate, NaiveDate)>,
}

impl Life {
    /// Does the day count: works here, and isn't away?
    #[must_use]
    pub fn counts(&self, day: NaiveDate) -> bool {
        day >= self.joined
            && self.left.is_none_or(|left| day < left)
            && !self
                .away
                .iter()
                .any(|(from, to)| (*from..*to).contains(&day))
    }
}

/// What a day asks for: the minutes a year of the position held on it, weighed by the days that count. Half a minute is
/// rounded up.
#[must_use]
pub fn wanted(year: Year, life: &Life, a_year_on: impl Fn(NaiveDate) -> i64) -> i64 {
    let total: i64 = year
        .days()
        .filter(|day| life.counts(*day))
        .map(a_year_on)
        .sum();
    (total + year.length() / 2) / year.length()
}

/// The latest target that was set for that year or one before.
#[must_use]
pub fn target_of(set: &[(i32, i64)], year: i32) -> Option<i64> {
    set.iter()
        .filter(|(from, _)| *from <= year)
        .max_by_key(|(from, _)| *from)
        .map(|(_, minutes)| *minutes)
}

/// Whether a target is going to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The year is over, and it wasn't reached.
    Missed,
    /// As things go, it isn't going to be reached.
    Behind,
    /// Too few days have passed to say.
    TooEarly,
    /// It is going to be reached.
    OnCourse,
    /// It is reached, or nothing is asked for.
    Met,
}

/// What is known of a member's year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What the year asks for, in minutes.
    pub target: i64,
    /// What the ledger has.
    pub booked: i64,
    /// What sessions ahead would bring in which the member has a place.
    pub ahead: i64,
}

/// How a member's year stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Days of the year that count.
    pub days: i64,
    /// How many of them have passed.
    pub passed: i64,
    /// What the year will come to.
    pub forecast: i64,
    /// What is missing of the target now.
    pub missing: i64,
    /// Whether it is going to be reached.
    pub verdict: Verdict,
}

/// Where a year will end: what is booked, and for the days that are left the pace so far, or what is enrolled for if that is
/// more.
#[must_use]
pub fn outlook(year: Year, life: &Life, known: Known, today: NaiveDate) -> Outlook {
    let days = count(year, life, year.after);
    // Today isn't over.
    let passed = count(year, life, today.clamp(year.first, year.after));
    let left = days - passed;
    let pace = if passed > 0 {
        known.booked * left / passed
    } else {
        0
    };
    let over = today >= year.after;
    let ahead = if over { 0 } else { known.ahead };
    let forecast = known.booked + pace.max(ahead);
    let verdict = if known.booked >= known.target {
        Verdict::Met
    } else if over || left == 0 {
        Verdict::Missed
    } else if known.booked + ahead >= known.target {
        Verdict::OnCourse
    } else if passed < EARLY_DAYS {
        Verdict::TooEarly
    } else if forecast >= known.target {
        Verdict::OnCourse
    } else {
        Verdict::Behind
    };
    Outlook {
        days,
        passed,
        forecast,
        missing: (known.target - known.booked).max(0),
        verdict,
    }
}

fn count(year: Year, life: &Life, until: NaiveDate) -> i64 {
    let days = year.days().take_while(|day| *day < until);
    i64::try_from(days.filter(|day| life.counts(*day)).count()).unwrap_or(i64::MAX)
}

/// Whole days of a time away: those that it covers from midnight to midnight.
#[must_use]
pub fn whole_days(
    starts: chrono::NaiveDateTime,
    ends: chrono::NaiveDateTime,
) -> Option<(NaiveDate, NaiveDate)> {
    let midnight = chrono::NaiveTime::MIN;
    let first = if starts.time() == midnight {
        starts.date()
    } else {
        starts.date().checked_add_days(Days::new(1))?
    };
    (first < ends.date()).then_some((first, ends.date()))
}

#[cfg(test)]
#[path = "targets_tests.rs"]
mod tests;
