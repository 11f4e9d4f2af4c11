//! The windows of an ordinary week (每周工作时间).

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::window::{DAY, MAX_WINDOWS, Window, overlap};

/// The weekdays in the order of the week, with their names in JSON.
const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A weekday's name in JSON, such as `monday`.
#[must_use]
pub const fn weekday_key(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// The weekday of that name in JSON.
pub(super) fn weekday_of(key: &str) -> Option<Weekday> {
    WEEKDAYS
        .into_iter()
        .find(|weekday| weekday_key(*weekday) == key)
}

/// The windows of each weekday, sorted, none overlapping another - also not over midnight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Week([Vec<Window>; 7]);

/// What is wrong with a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekProblem {
    /// A day has more windows than are allowed.
    TooMany(Weekday),
    /// Two windows overlap; the later one starts on this day.
    Overlap(Weekday, Window, Window),
}

impl Week {
    /// A week from the windows of Monday to Sunday, in any order within a day.
    ///
    /// # Errors
    /// When a day has too many windows or two overlap.
    pub fn new(mut windows: [Vec<Window>; 7]) -> Result<Self, WeekProblem> {
        for (weekday, list) in WEEKDAYS.into_iter().zip(&mut windows) {
            if list.len() > MAX_WINDOWS {
                return Err(WeekProblem::TooMany(weekday));
            }
            list.sort_unstable();
            if let Some((earlier, later)) = overlap(list) {
                return Err(WeekProblem::Overlap(weekday, earlier, later));
            }
        }
        for (position, weekday) in WEEKDAYS.into_iter().enumerate() {
            let next = &windows[(position + 1) % 7];
            if let (Some(last), Some(first)) = (windows[position].last(), next.first())
                && last.end() > DAY + first.start()
            {
                return Err(WeekProblem::Overlap(weekday.succ(), *last, *first));
            }
        }
        Ok(Self(windows))
    }

    /// A week with the same windows on some days and none on the others.
    ///
    /// # Errors
    /// As [`Week::new`].
    pub fn uniform(days: &[Weekday], windows: &[Window]) -> Result<Self, WeekProblem> {
        Self::new(WEEKDAYS.map(|weekday| {
            if days.contains(&weekday) {
                windows.to_vec()
            } else {
                Vec::new()
            }
        }))
    }

    /// The windows of a weekday.
    #[must_use]
    pub fn windows(&self, weekday: Weekday) -> &[Window] {
        &self.0[weekday.num_days_from_monday() as usize]
    }

    /// Each weekday with its windows.
    pub fn iter(&self) -> impl Iterator<Item = (Weekday, &[Window])> {
        WEEKDAYS.into_iter().zip(self.0.iter().map(Vec::as_slice))
    }

    /// Is there no window at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

/// A week as JSON holds it: `{"monday": [{"from": "09:00", "to": "12:00"}], ...}`; days without windows are left out.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Written(std::collections::BTreeMap<String, Vec<Window>>);

impl TryFrom<Written> for Week {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let mut windows: [Vec<Window>; 7] = Default::default();
        for (key, list) in written.0 {
            let weekday = weekday_of(&key).ok_or_else(|| format!("{key} is not a weekday"))?;
            windows[weekday.num_days_from_monday() as usize] = list;
        }
        Self::new(windows).map_err(|problem| format!("{problem:?}"))
    }
}

impl From<Week> for Written {
    fn from(week: Week) -> Self {
        let days = WEEKDAYS.into_iter().zip(week.0);
        Self(
            days.filter(|(_, windows)| !windows.is_empty())
                .map(|(weekday, windows)| (weekday_key(weekday).to_owned(), windows))
                .collect(),
        )
    }
}
