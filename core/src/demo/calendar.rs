//! The demo company's days: when it opened, when the working day is, and how many tickets come in at which hour.

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, TimeDelta, Timelike, Utc};

use super::random::Chance;

/// Over how many days before the as-of date the tickets come in.
pub const TICKET_DAYS: i64 = 730;

/// China has one time zone, and no summer time.
fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&offset())
}

fn offset() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset")
}

/// The day in China.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    local(at).date_naive()
}

/// A time of a day in China.
#[must_use]
pub fn at_hour(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN) - TimeDelta::hours(8);
    midnight.and_utc() + TimeDelta::hours(i64::from(hour))
}

/// The day on which the company's books begin: the first of the month three years ago.
#[must_use]
pub fn opening_day(today: NaiveDate) -> NaiveDate {
    let earlier = today.checked_sub_months(Months::new(36)).unwrap_or(today);
    earlier.with_day(1).unwrap_or(earlier)
}

/// So many days ago.
#[must_use]
pub fn days_ago(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

/// The next time at which people work: from half past eight to nine in the evening, every day, in shifts.
#[must_use]
pub fn working_time(at: DateTime<Utc>, chance: &mut Chance) -> DateTime<Utc> {
    let here = local(at);
    let minute = here.hour() * 60 + here.minute();
    let day = here.date_naive();
    let morning = |day: NaiveDate, chance: &mut Chance| {
        at_hour(day, 8) + TimeDelta::seconds(chance.between(1_800, 7_200))
    };
    if minute < 510 {
        morning(day, chance)
    } else if minute >= 1260 {
        morning(day.succ_opt().unwrap_or(day), chance)
    } else {
        at
    }
}

/// How tickets spread over the hours: more each month, fewer at night and at the weekend, many in summer.
#[derive(Clone, Debug)]
pub struct Demand {
    from: DateTime<Utc>,
    /// The weights of the hours summed up.
    sums: Vec<u64>,
}

/// Weight of each hour of the day.
const HOURS: [u64; 24] = [
    3, 2, 1, 1, 1, 2, 6, 18, 55, 90, 100, 88, 52, 70, 92, 88, 80, 66, 48, 42, 36, 24, 12, 6,
];
/// Weight of each day of the week, from Monday.
const WEEKDAYS: [u64; 7] = [125, 112, 105, 102, 104, 58, 44];
/// Weight of each month: the Spring Festival is quiet, the summer is not.
const MONTHS: [u64; 12] = [102, 74, 92, 94, 100, 116, 136, 132, 104, 90, 100, 110];

impl Demand {
    /// The spread over the time before `as_of`.
    #[must_use]
    pub fn until(as_of: DateTime<Utc>) -> Self {
        let from = as_of - TimeDelta::days(TICKET_DAYS);
        let hours = u64::try_from(TICKET_DAYS * 24).unwrap_or(0);
        let mut sum = 0;
        let sums = (0..hours)
            .map(|hour| {
                let here = local(from + TimeDelta::hours(i64::try_from(hour).unwrap_or(0)));
                let growth = 600 + 700 * hour / hours.max(1);
                sum += growth
                    * HOURS[here.hour() as usize]
                    * WEEKDAYS[here.weekday().num_days_from_monday() as usize]
                    * MONTHS[here.month0() as usize];
                sum
            })
            .collect();
        Self { from, sums }
    }

    /// When the ticket with that index of `count` comes in. A later index is never earlier.
    #[must_use]
    pub fn arrival(&self, index: u64, count: u64, chance: &mut Chance) -> DateTime<Utc> {
        let total = self.sums.last().copied().unwrap_or(1);
        let inside = u128::from(chance.bits() >> 32);
        let share = (u128::from(index) << 32) + inside;
        let position = share * u128::from(total) / (u128::from(count.max(1)) << 32);
        let position = u64::try_from(position).unwrap_or(total).min(total - 1);
        let hour = self.sums.partition_point(|sum| *sum <= position);
        let before = if hour == 0 { 0 } else { self.sums[hour - 1] };
        let weight = (self.sums[hour] - before).max(1);
        let micros = u128::from(position - before) * 3_600_000_000 / u128::from(weight);
        self.from
            + TimeDelta::hours(i64::try_from(hour).unwrap_or(0))
            + TimeDelta::microseconds(i64::try_from(micros).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_of() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).expect("a valid time")
    }

    #[test]
    fn arrivals_keep_their_order_and_stay_in_the_two_years() {
        let demand = Demand::until(as_of());
        let times: Vec<_> = (0..5000)
            .map(|index| demand.arrival(index, 5000, &mut Chance::of(3, "arrival", index)))
            .collect();
        assert!(times.is_sorted());
        assert!(times[0] >= as_of() - TimeDelta::days(TICKET_DAYS));
        assert!(times[4999] <= as_of());
    }

    #[test]
    fn it_grows_and_rests_at_night_and_at_weekends() {
        let demand = Demand::until(as_of());
        let times: Vec<_> = (0..20_000)
            .map(|index| demand.arrival(index, 20_000, &mut Chance::of(3, "arrival", index)))
            .collect();
        let half = as_of() - TimeDelta::days(TICKET_DAYS / 2);
        let late = times.iter().filter(|at| **at >= half).count();
        assert!((10_500..13_500).contains(&late), "{late}");
        let night = times.iter().filter(|at| local(**at).hour() < 7).count();
        assert!(night < 600, "{night}");
        let sundays = times
            .iter()
            .filter(|at| local(**at).weekday() == chrono::Weekday::Sun)
            .count();
        assert!((800..2000).contains(&sundays), "{sundays}");
    }
}
