//! A second opinion for tests: walks minute by minute and looks at the wall clock, without any arithmetic on windows.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use super::{Day, Week, Window};

/// The parts of a calendar.
pub(super) struct Naive {
    pub zone: Tz,
    pub week: Week,
    pub days: BTreeMap<NaiveDate, Day>,
}

impl Naive {
    /// Which of the minutes from `from` on, `minutes` of them, are worked.
    pub fn minutes(&self, from: DateTime<Utc>, minutes: i64) -> Vec<bool> {
        // The clock may have been set back shortly before: a window that ran then still runs in the repeated hour.
        let lead = 48 * 60;
        let mut furthest: Option<NaiveDateTime> = None;
        let mut worked = Vec::new();
        for minute in -lead..minutes {
            let shown = (from + TimeDelta::minutes(minute))
                .with_timezone(&self.zone)
                .naive_local();
            let reading = furthest.map_or(shown, |before| before.max(shown));
            furthest = Some(reading);
            if minute >= 0 {
                worked.push(self.shows_work(reading));
            }
        }
        worked
    }

    /// Is there work when the clock shows this?
    fn shows_work(&self, reading: NaiveDateTime) -> bool {
        let minute =
            u16::try_from(reading.hour() * 60 + reading.minute()).expect("a minute of a day");
        let today = reading.date();
        let yesterday = today - Days::new(1);
        self.list(today)
            .iter()
            .any(|window| window.start() <= minute && minute < window.end())
            || self
                .list(yesterday)
                .iter()
                .any(|window| minute + 24 * 60 < window.end())
    }

    fn list(&self, date: NaiveDate) -> Vec<Window> {
        match self.days.get(&date) {
            Some(Day::Holiday) => Vec::new(),
            Some(Day::Like(weekday)) => self.week.windows(*weekday).to_vec(),
            Some(Day::Windows(windows)) => windows.clone(),
            None => self.week.windows(date.weekday()).to_vec(),
        }
    }
}
