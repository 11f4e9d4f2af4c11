//! From the wall clock of a time zone to real time.

use chrono::{DateTime, Days, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The time zone of that IANA name.
#[must_use]
pub fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The first moment at which the wall clock has come to `local`.
///
/// Of an hour that comes twice that is its first run; of an hour that is left out it is the moment of the leap. So the
/// moments stand in the order of their local times, and windows that don't overlap on the wall clock don't overlap in
/// real time. A window that is running when the clock is set back runs on through the repeated hour; one that had ended
/// doesn't come again.
pub(super) fn first_moment(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    if let Some(moment) = zone.from_local_datetime(&local).earliest() {
        return moment.to_utc();
    }
    // Left out: look for the leap between a moment before it and one after it.
    let Some(before) = (1..=3).find_map(|days| {
        let earlier = local.checked_sub_days(Days::new(days))?;
        zone.from_local_datetime(&earlier).earliest()
    }) else {
        return local.and_utc();
    };
    let mut low = before.to_utc();
    let mut high =
        local.and_utc() - TimeDelta::seconds(i64::from(before.offset().fix().local_minus_utc()));
    while high - low > TimeDelta::seconds(1) {
        let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
        if middle.with_timezone(&zone).naive_local() < local {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
