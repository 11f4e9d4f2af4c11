//! Working time between moments (工作时间计算).

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::day::Day;
use super::local::first_moment;
use super::week::Week;
use super::window::Window;

/// How far ahead an end of working time is looked for.
const HORIZON: Days = Days::new(3_653);

/// A stretch of working time: from `from` up to, but without, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its start.
    pub from: DateTime<Utc>,
    /// Its end.
    pub to: DateTime<Utc>,
}

impl Span {
    /// How long it is in real time.
    #[must_use]
    pub fn length(self) -> TimeDelta {
        self.to - self.from
    }
}

/// When there is work, by the wall clock of one time zone; time is counted as it really elapses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Tz,
    week: Week,
    days: BTreeMap<NaiveDate, Day>,
}

impl Calendar {
    /// A calendar from its parts.
    #[must_use]
    pub fn new(zone: Tz, week: Week, days: BTreeMap<NaiveDate, Day>) -> Self {
        Self { zone, week, days }
    }

    /// Its time zone.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The windows that start on a day.
    #[must_use]
    pub fn windows_on(&self, date: NaiveDate) -> &[Window] {
        match self.days.get(&date) {
            None => self.week.windows(date.weekday()),
            Some(Day::Holiday) => &[],
            Some(Day::Like(weekday)) => self.week.windows(*weekday),
            Some(Day::Windows(windows)) => windows,
        }
    }

    /// The working time between two moments: in order, none touching the next, cut off at both ends.
    #[must_use]
    pub fn spans(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Spans<'_> {
        let local = from.with_timezone(&self.zone).date_naive();
        // A window that began the day before may still run; one day more costs nothing and covers every odd zone.
        let date = local.checked_sub_days(Days::new(2)).unwrap_or(local);
        Spans {
            calendar: self,
            from,
            to,
            date,
            position: 0,
            pending: None,
            over: to <= from,
        }
    }

    /// The working time between two moments; none when `to` isn't after `from`.
    #[must_use]
    pub fn working_time(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        self.spans(from, to)
            .fold(TimeDelta::zero(), |sum, span| sum + span.length())
    }

    /// The whole seconds of working time between two moments.
    #[must_use]
    pub fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        self.working_time(from, to).num_seconds()
    }

    /// The first moment at which that much working time has run since `from`; `from` itself when it is none, `None`
    /// when the calendar hasn't that much within ten years.
    #[must_use]
    pub fn after(&self, from: DateTime<Utc>, working_seconds: i64) -> Option<DateTime<Utc>> {
        let mut left = TimeDelta::try_seconds(working_seconds)?;
        if left <= TimeDelta::zero() {
            return Some(from);
        }
        for span in self.spans(from, from.checked_add_days(HORIZON)?) {
            if left <= span.length() {
                return Some(span.from + left);
            }
            left -= span.length();
        }
        None
    }

    /// Is there work at that moment?
    #[must_use]
    pub fn is_working(&self, at: DateTime<Utc>) -> bool {
        self.spans(at, at + TimeDelta::nanoseconds(1))
            .next()
            .is_some()
    }

    /// The working time that belongs to a day: that of the windows that start on it, to their ends.
    pub fn spans_on(&self, date: NaiveDate) -> impl Iterator<Item = Span> {
        self.windows_on(date)
            .iter()
            .map(move |window| self.span(date, *window))
    }

    /// The real time of a window that starts on that day.
    fn span(&self, date: NaiveDate, window: Window) -> Span {
        let midnight = date.and_time(NaiveTime::MIN);
        let at = |minutes: u16| {
            first_moment(self.zone, midnight + TimeDelta::minutes(i64::from(minutes)))
        };
        Span {
            from: at(window.start()),
            to: at(window.end()),
        }
    }
}

/// The spans of a stretch of time, one after the other; see [`Calendar::spans`].
#[derive(Clone, Debug)]
pub struct Spans<'c> {
    calendar: &'c Calendar,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    date: NaiveDate,
    position: usize,
    pending: Option<Span>,
    over: bool,
}

impl Spans<'_> {
    /// The next window's span, cut off; they come in the order of their starts.
    fn next_cut(&mut self) -> Option<Span> {
        while !self.over {
            let Some(window) = self.calendar.windows_on(self.date).get(self.position) else {
                self.position = 0;
                let next = self.date.succ_opt();
                let begun = next
                    .map(|date| first_moment(self.calendar.zone, date.and_time(NaiveTime::MIN)));
                match (next, begun) {
                    (Some(date), Some(begun)) if begun < self.to => self.date = date,
                    _ => self.over = true,
                }
                continue;
            };
            self.position += 1;
            let span = self.calendar.span(self.date, *window);
            let cut = Span {
                from: span.from.max(self.from),
                to: span.to.min(self.to),
            };
            if cut.from < cut.to {
                return Some(cut);
            }
        }
        None
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        while let Some(next) = self.next_cut() {
            match &mut self.pending {
                None => self.pending = Some(next),
                Some(pending) if next.from <= pending.to => pending.to = pending.to.max(next.to),
                Some(_) => return self.pending.replace(next),
            }
        }
        self.pending.take()
    }
}
