//! Spans of days, what they are cut into, and by which cells they are covered (统计周期).

use chrono::{Datelike, Days, Months, NaiveDate};
use entity::enums::Grain;

/// A span of days, the last one excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub to: NaiveDate,
}

/// Into what a period is cut (粒度).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granularity {
    /// Not at all.
    Total,
    /// Days.
    Day,
    /// Weeks from Monday.
    Week,
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

impl Period {
    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days()
    }

    /// Does it have the day?
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }

    /// What it shares with another one.
    #[must_use]
    pub fn overlap(self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from < to).then_some(Self { from, to })
    }

    /// Does it begin and end with calendar months?
    #[must_use]
    pub fn is_of_months(self) -> bool {
        self.from.day() == 1 && self.to.day() == 1
    }

    /// Is it exactly one calendar piece of so many months: a month, a quarter, a year?
    #[must_use]
    pub fn is_whole(self, months: u32) -> bool {
        self.is_of_months()
            && self.from.month0().is_multiple_of(months.max(1))
            && months_between(self.from, self.to) == months
    }

    /// The pieces of it, in order; the first and the last may be cut short by the period itself.
    #[must_use]
    pub fn cut(self, by: Granularity) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut from = self.from;
        while from < self.to {
            let to = match by {
                Granularity::Total => self.to,
                _ => next_start(from, by).unwrap_or(self.to).min(self.to),
            };
            pieces.push(Self { from, to });
            from = to;
        }
        pieces
    }

    /// The period before, for comparison: as many calendar months when it is made of such, otherwise as many days.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let from = if self.is_of_months() {
            self.from
                .checked_sub_months(Months::new(months_between(self.from, self.to)))
        } else {
            self.from
                .checked_sub_days(Days::new(u64::try_from(self.days()).ok()?))
        };
        from.map(|from| Self {
            from,
            to: self.from,
        })
    }

    /// The same period a year earlier; the 29th of February becomes the 28th.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        let year = Months::new(12);
        Some(Self {
            from: self.from.checked_sub_months(year)?,
            to: self.to.checked_sub_months(year)?,
        })
    }

    /// The cells that cover it: months where they lie within it and no cut falls into them, days elsewhere. Each piece
    /// is a run of cells of one grain.
    #[must_use]
    pub fn cover(self, cuts: &[NaiveDate]) -> Vec<(Grain, Self)> {
        let mut runs: Vec<(Grain, Self)> = Vec::new();
        for piece in self.cut(Granularity::Month) {
            let whole = piece.is_of_months()
                && !cuts.iter().any(|cut| piece.from < *cut && *cut < piece.to);
            let grain = if whole { Grain::Month } else { Grain::Day };
            match runs.last_mut() {
                Some((last, run)) if *last == grain => run.to = piece.to,
                _ => runs.push((grain, piece)),
            }
        }
        runs
    }
}

/// The first day of the next piece after the one that `day` is in.
fn next_start(day: NaiveDate, by: Granularity) -> Option<NaiveDate> {
    let month = |step: u32| {
        let first = day.with_day(1)?.with_month0(day.month0() / step * step)?;
        first.checked_add_months(Months::new(step))
    };
    match by {
        Granularity::Total => None,
        Granularity::Day => day.succ_opt(),
        Granularity::Week => {
            let left = 7 - u64::from(day.weekday().num_days_from_monday());
            day.checked_add_days(Days::new(left))
        }
        Granularity::Month => month(1),
        Granularity::Quarter => month(3),
        Granularity::Year => month(12),
    }
}

fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    u32::try_from(months(to) - months(from)).unwrap_or(0)
}

/// The first day of the month that a day is in.
#[must_use]
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    #[test]
    fn comparisons() {
        for (asked, before, year) in [
            (
                ("2026-03-01", "2026-04-01"),
                ("2026-02-01", "2026-03-01"),
                ("2025-03-01", "2025-04-01"),
            ),
            (
                ("2026-01-01", "2026-04-01"),
                ("2025-10-01", "2026-01-01"),
                ("2025-01-01", "2025-04-01"),
            ),
            (
                ("2026-03-09", "2026-03-16"),
                ("2026-03-02", "2026-03-09"),
                ("2025-03-09", "2025-03-16"),
            ),
            (
                ("2024-02-29", "2024-03-01"),
                ("2024-02-28", "2024-02-29"),
                ("2023-02-28", "2023-03-01"),
            ),
        ] {
            let asked = period(asked.0, asked.1);
            assert_eq!(asked.before(), Some(period(before.0, before.1)));
            assert_eq!(asked.year_before(), Some(period(year.0, year.1)));
        }
    }

    #[test]
    fn pieces() {
        let asked = period("2026-02-26", "2026-04-02");
        let starts = |by| {
            asked
                .cut(by)
                .iter()
                .map(|piece| piece.from.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(starts(Granularity::Total), ["2026-02-26"]);
        assert_eq!(
            starts(Granularity::Month),
            ["2026-02-26", "2026-03-01", "2026-04-01"]
        );
        assert_eq!(starts(Granularity::Quarter), ["2026-02-26", "2026-04-01"]);
        assert_eq!(starts(Granularity::Year), ["2026-02-26"]);
        assert_eq!(
            starts(Granularity::Week)[..3],
            ["2026-02-26", "2026-03-02", "2026-03-09"]
        );
        assert_eq!(asked.cut(Granularity::Day).len(), 35);
        let cover = asked.cover(&[]);
        assert_eq!(
            cover,
            [
                (Grain::Day, period("2026-02-26", "2026-03-01")),
                (Grain::Month, period("2026-03-01", "2026-04-01")),
                (Grain::Day, period("2026-04-01", "2026-04-02")),
            ]
        );
        assert_eq!(asked.cover(&[day("2026-03-15")]), [(Grain::Day, asked)]);
    }

    proptest! {
        /// Every day once, in order, whatever it is cut into.
        #[test]
        fn nothing_is_lost_or_doubled(start in 0_u64..4_000, length in 1_u64..900, cut in 0_u64..900) {
            let from = day("2020-01-01") + Days::new(start);
            let asked = Period { from, to: from + Days::new(length) };
            for by in [Granularity::Total, Granularity::Day, Granularity::Week, Granularity::Month, Granularity::Quarter, Granularity::Year] {
                let pieces = asked.cut(by);
                prop_assert_eq!(pieces[0].from, asked.from);
                prop_assert_eq!(pieces[pieces.len() - 1].to, asked.to);
                prop_assert!(pieces.windows(2).all(|pair| pair[0].to == pair[1].from));
            }
            let cover = asked.cover(&[from + Days::new(cut)]);
            prop_assert_eq!(cover.iter().map(|(_, run)| run.days()).sum::<i64>(), asked.days());
            prop_assert!(cover.iter().all(|(grain, run)| *grain == Grain::Day || run.is_of_months()));
        }
    }
}
