//! Whether a member is at work at a moment: by the shift, or by the calendar of those who have none.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use crate::calendars::rules::Calendar;
use crate::organisation::rules::{Span, holds_on};

/// A shift: its days and its calendar's key.
pub type Shift = (Span, Uuid);

/// The shift that holds on a day.
#[must_use]
pub fn shift_on(shifts: &[Shift], day: NaiveDate) -> Option<Uuid> {
    shifts
        .iter()
        .find(|(span, _)| holds_on(span.from, span.to, day))
        .map(|(_, calendar)| *calendar)
}

/// When the work that a member is at ends: the end of the window that runs at that moment. None when the member isn't
/// at work then.
///
/// A window belongs to the day on which it starts, and so to the shift of that day: who changes from nights to days
/// still works the night that has begun. On days without a shift `otherwise` holds.
#[must_use]
pub fn at_work_until<'c>(
    shifts: &[Shift],
    calendar: impl Fn(Uuid) -> Option<&'c Calendar>,
    otherwise: Option<&'c Calendar>,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    // A window lasts less than two days, and no zone is further than one day from UTC.
    let first = at.date_naive().checked_sub_days(Days::new(2))?;
    first
        .iter_days()
        .take(4)
        .filter_map(|day| {
            let calendar = match shift_on(shifts, day) {
                Some(id) => calendar(id),
                None => otherwise,
            }?;
            calendar
                .spans_on(day)
                .find(|span| span.from <= at && at < span.to)
        })
        .map(|span| span.to)
        .max()
}

#[cfg(test)]
#[path = "presence_tests.rs"]
mod tests;
