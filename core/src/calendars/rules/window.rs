//! A window of working time on the wall clock (工作时段).

use std::fmt;

use serde::{Deserialize, Serialize};

/// Windows that one day may have at most.
pub const MAX_WINDOWS: usize = 10;

/// Minutes of a day on the wall clock.
pub(super) const DAY: u16 = 24 * 60;

/// From one time of day to another; a window belongs to the day on which it starts.
///
/// When the end isn't after the start, the window runs into the next day: 22:00-06:00 has eight hours, 08:00-08:00 has
/// twenty-four. 00:00-24:00 is the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Window {
    from: u16,
    to: u16,
}

/// A window as JSON holds it: `{"from": "09:00", "to": "12:00"}`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    from: String,
    to: String,
}

impl Window {
    /// A window from minutes after midnight; `None` when it starts after 23:59 or ends after 24:00.
    #[must_use]
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        if from < DAY && to <= DAY {
            Some(Self { from, to })
        } else {
            None
        }
    }

    /// A window from two times of day such as `09:00` and `12:00`; only the end may be `24:00`.
    #[must_use]
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        Self::new(minutes(from)?, minutes(to)?)
    }

    /// The start in minutes after midnight.
    #[must_use]
    pub const fn start(self) -> u16 {
        self.from
    }

    /// The end in minutes after the midnight before the start: more than a day's for a window that runs overnight.
    #[must_use]
    pub const fn end(self) -> u16 {
        if self.to > self.from {
            self.to
        } else {
            self.to + DAY
        }
    }

    /// The start as `09:00`.
    #[must_use]
    pub fn from_text(self) -> String {
        text(self.from)
    }

    /// The end as `18:00`; `24:00` is midnight at the end of the day.
    #[must_use]
    pub fn to_text(self) -> String {
        text(self.to)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", text(self.from), text(self.to))
    }
}

impl TryFrom<Written> for Window {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        Self::parse(&written.from, &written.to)
            .ok_or_else(|| format!("{}-{} is not a window", written.from, written.to))
    }
}

impl From<Window> for Written {
    fn from(window: Window) -> Self {
        Self {
            from: window.from_text(),
            to: window.to_text(),
        }
    }
}

/// Minutes after midnight of `HH:MM`, up to `24:00`.
pub(super) fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |part: &str| -> Option<u16> {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (minutes < 60 && hours * 60 + minutes <= DAY).then_some(hours * 60 + minutes)
}

fn text(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The first window of a day's list that starts before the one before it has ended; the list is sorted by its start.
pub(super) fn overlap(windows: &[Window]) -> Option<(Window, Window)> {
    windows
        .iter()
        .zip(windows.iter().skip(1))
        .find(|(earlier, later)| later.start() < earlier.end())
        .map(|(earlier, later)| (*earlier, *later))
}
