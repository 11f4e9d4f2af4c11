//! The days that a period has (计算周期).

use chrono::{Datelike, Months, NaiveDate};

use crate::incentives::rules::content::Period;
use crate::incentives::rules::trace::Span;

/// How many months a period has.
const fn months(period: Period) -> u32 {
    match period {
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Year => 12,
    }
}

/// The period of that kind which begins on a day; none when none does.
#[must_use]
pub fn beginning(period: Period, from: NaiveDate) -> Option<Span> {
    let span = around(period, from)?;
    (span.from == from).then_some(span)
}

/// The period of that kind in which a day lies; none at the end of time.
#[must_use]
pub fn around(period: Period, day: NaiveDate) -> Option<Span> {
    let months = months(period);
    let from = NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1)?;
    Some(Span {
        from,
        to: from.checked_add_months(Months::new(months))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_calendar_months_quarters_and_years() {
        use Period::{Month, Quarter, Year};
        let day = |day: &str| day.parse::<NaiveDate>().expect("a day");
        for (period, within, from, to) in [
            (Month, "2026-02-28", "2026-02-01", "2026-03-01"),
            (Quarter, "2026-12-31", "2026-10-01", "2027-01-01"),
            (Quarter, "2026-04-01", "2026-04-01", "2026-07-01"),
            (Year, "2026-04-01", "2026-01-01", "2027-01-01"),
        ] {
            let span = around(period, day(within)).expect("a period");
            assert_eq!((span.from, span.to), (day(from), day(to)), "{within}");
            assert_eq!(beginning(period, span.from), Some(span));
            assert_eq!(beginning(period, day("2026-02-02")), None);
        }
    }
}
