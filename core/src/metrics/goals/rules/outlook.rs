//! What the days that are left will probably bring (预测).
//!
//! Only whole days are learnt from: of the last [`WINDOW`] ones those since the first with any figure. A day that is
//! still going on brings at least what it has brought already.

use chrono::{Datelike, Days, NaiveDate};

use super::stats::student;

/// How many days before today are looked at, also those before the goal began.
pub const WINDOW: u64 = 60;
/// With fewer days than this nothing is foretold.
pub const FEWEST: usize = 7;
/// From so many days on each day of the week has its own mean: then each has come twice.
const BY_WEEKDAY: usize = 14;

/// What a day brought, in ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Day {
    /// The sum.
    pub total: f64,
    /// Over how many, where a mean is taken.
    pub counted: f64,
}

/// How days make a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    /// They add up.
    Adding,
    /// Sum by number.
    Mean,
    /// Yes by number.
    Rate,
}

/// Where a figure will probably end, in ones, with its standard error as a normal curve would have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// The most probable end.
    pub point: f64,
    /// Half of the width of the span that holds the end in 95 of 100 cases.
    pub half: f64,
}

/// The days learnt from, in order and without gaps.
#[derive(Clone, Debug, Default)]
pub struct Past(Vec<(NaiveDate, Day)>);

/// The mean of each day of the week, and how many days it is of.
struct Means([(f64, f64); 7]);

impl Means {
    fn of(&self, day: NaiveDate) -> (f64, f64) {
        self.0[day.weekday().num_days_from_monday() as usize]
    }
}

impl Past {
    /// The whole days of the window before `today`, by what `figure` has of each.
    pub fn before(today: NaiveDate, figure: impl Fn(NaiveDate) -> Option<Day>) -> Self {
        let first = today.checked_sub_days(Days::new(WINDOW)).unwrap_or(today);
        let days = first
            .iter_days()
            .take_while(|day| *day < today)
            .map(|day| (day, figure(day)))
            .skip_while(|(_, figure)| figure.is_none())
            .map(|(day, figure)| (day, figure.unwrap_or_default()));
        Self(days.collect())
    }

    /// Enough to foretell anything? Where a mean is taken, only days with something to take it of teach.
    #[must_use]
    pub fn is_enough(&self, making: Making) -> bool {
        let days = match making {
            Making::Adding => self.0.len(),
            Making::Mean | Making::Rate => self.valued(),
        };
        days >= FEWEST
    }

    fn valued(&self) -> usize {
        self.0.iter().filter(|(_, day)| day.counted > 0.0).count()
    }

    /// The mean of a value for each day of the week; of all days together while each weekday hasn't come twice.
    fn means(&self, value: impl Fn(Day) -> f64) -> Means {
        let mut sums = [(0.0, 0.0); 7];
        for (day, figure) in &self.0 {
            let sum = &mut sums[day.weekday().num_days_from_monday() as usize];
            *sum = (sum.0 + value(*figure), sum.1 + 1.0);
        }
        if self.0.len() < BY_WEEKDAY {
            let all = sums
                .iter()
                .fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
            sums = [all; 7];
        }
        Means(sums.map(|(sum, days)| (if days > 0.0 { sum / days } else { 0.0 }, days)))
    }

    /// How much will be counted on the days that are left; today only what is still to come of it.
    #[must_use]
    pub fn still_counted(&self, rest: Rest<'_>) -> f64 {
        let means = self.means(|day| day.counted);
        rest.expected(|day| means.of(day).0, |seen| seen.counted)
    }

    /// How a sum will end that is `now`.
    ///
    /// The days left are taken at the mean of their weekday. The variance of a day is that around these means,
    /// `s² = Σ(x − mean)² / (n − k)` with `k` means; that of the end is `m s² + Σ m_w² s² / n_w`: `m` days that scatter,
    /// of which `m_w` are at a mean that is itself known from `n_w` days only (prediction in a one-way layout, e.g.
    /// Montgomery, Design and Analysis of Experiments, ch. 3). The span takes Student's curve with `n − k` degrees.
    #[must_use]
    pub fn sum(&self, now: f64, rest: Rest<'_>) -> Outlook {
        let means = self.means(|day| day.total);
        let by_weekday = self.0.len() >= BY_WEEKDAY;
        let degrees = (self.0.len() as f64 - if by_weekday { 7.0 } else { 1.0 }).max(1.0);
        let squares: f64 = self
            .0
            .iter()
            .map(|(day, figure)| (figure.total - means.of(*day).0).powi(2))
            .sum();
        let variance = squares / degrees;
        let mut groups = [(0.0, 1.0); 7];
        for day in rest.days() {
            let group = if by_weekday {
                day.weekday().num_days_from_monday() as usize
            } else {
                0
            };
            groups[group] = (groups[group].0 + 1.0, means.of(day).1.max(1.0));
        }
        let left: f64 = groups.iter().map(|(days, _)| days).sum();
        let unsure: f64 = groups.iter().map(|(days, of)| days * days / of).sum();
        Outlook {
            point: now + rest.expected(|day| means.of(day).0, |seen| seen.total),
            half: student(degrees) * (variance * (left + unsure)).sqrt(),
        }
    }

    /// How a mean or a rate will end of which `now` is known; none while nothing was or will be counted.
    ///
    /// What is left to be counted is taken at the ratio so far, `r = Σt / Σc`. The days are clusters: the variance of
    /// what a day adds beyond its share is `s² = Σ(t − r c)² / (n − 1)`, and that of the rest's total
    /// `s² (m + m² / n)` with `m` = what is left by the mean of a day: the first part because days scatter, the second
    /// because `r` is known from `n` days only (ratio estimator, Cochran, Sampling Techniques, 3rd ed., 6.13). A rate
    /// varies at least as much as drawing lots: `s² ≥ c̄ p (1 − p)` with `p = (yes + 1) / (all + 2)`, so that a hundred of a
    /// hundred isn't taken for certain.
    #[must_use]
    pub fn ratio(&self, now: Day, rest: Rest<'_>, making: Making) -> Option<Outlook> {
        let days = self.valued() as f64;
        let (all, yes) = self.0.iter().fold((0.0, 0.0), |(all, yes), (_, day)| {
            (all + day.counted, yes + day.total)
        });
        if days < 1.0 || all <= 0.0 {
            return None;
        }
        let ratio = yes / all;
        let per_day = all / days;
        let left = self.still_counted(rest);
        let whole = now.counted + left;
        if whole <= 0.0 {
            return None;
        }
        let squares: f64 = self
            .0
            .iter()
            .map(|(_, day)| (day.total - ratio * day.counted).powi(2))
            .sum();
        let degrees = (days - 1.0).max(1.0);
        let mut variance = squares / degrees;
        if making == Making::Rate {
            let p = (yes + 1.0) / (all + 2.0);
            variance = variance.max(per_day * p * (1.0 - p));
        }
        let clusters = left / per_day;
        let error = (variance * (clusters + clusters * clusters / days)).sqrt();
        Some(Outlook {
            point: (now.total + ratio * left) / whole,
            half: student(degrees) * error / whole,
        })
    }
}

/// The days that are left, today with what it has brought already.
#[derive(Clone, Copy, Debug)]
pub struct Rest<'a> {
    /// The first one.
    pub from: NaiveDate,
    /// The first one after them.
    pub until: NaiveDate,
    /// Today, when it is one of them, and what it has brought.
    pub today: &'a (NaiveDate, Day),
}

impl Rest<'_> {
    fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from
            .iter_days()
            .take_while(move |day| *day < self.until)
    }

    fn expected(self, mean: impl Fn(NaiveDate) -> f64, seen: impl Fn(Day) -> f64) -> f64 {
        let (today, so_far) = *self.today;
        self.days()
            .map(|day| {
                if day == today {
                    (mean(day) - seen(so_far)).max(0.0)
                } else {
                    mean(day)
                }
            })
            .sum()
    }
}
