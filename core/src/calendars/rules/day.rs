//! Days that aren't like their weekday: holidays, swapped working days, days with hours of their own (特殊日期).

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::week::{weekday_key, weekday_of};
use super::window::{MAX_WINDOWS, Window, overlap};

/// Special days that one calendar may have at most.
pub const MAX_DAYS: usize = 800;

/// What a special day is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// No window starts on it (休假).
    Holiday,
    /// It is worked like that weekday, as a swapped working day is like a Monday (调休上班).
    Like(Weekday),
    /// It has windows of its own, sorted (自定时段).
    Windows(Vec<Window>),
}

/// A special day with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Special {
    /// What it is.
    pub day: Day,
    /// Its name in English.
    pub name: Option<String>,
    /// 名称.
    pub name_zh: Option<String>,
}

/// The special days of a calendar by date.
pub type Days = BTreeMap<NaiveDate, Special>;

impl Special {
    /// A special day without a name.
    #[must_use]
    pub fn plain(day: Day) -> Self {
        Self {
            day,
            name: None,
            name_zh: None,
        }
    }
}

/// What is wrong with the windows of a special day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// More windows than are allowed.
    TooMany,
    /// Two windows overlap.
    Overlap(Window, Window),
}

impl Day {
    /// A day with windows of its own, given in any order.
    ///
    /// # Errors
    /// When there are too many windows or two overlap.
    pub fn with_windows(mut windows: Vec<Window>) -> Result<Self, DayProblem> {
        if windows.len() > MAX_WINDOWS {
            return Err(DayProblem::TooMany);
        }
        windows.sort_unstable();
        match overlap(&windows) {
            Some((earlier, later)) => Err(DayProblem::Overlap(earlier, later)),
            None => Ok(Self::Windows(windows)),
        }
    }
}

/// A special day as JSON holds it: `{"kind": "holiday"}`, `{"kind": "like", "weekday": "monday"}` or
/// `{"kind": "windows", "windows": [...]}`, each with an optional `name` and `nameZh`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weekday: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    windows: Option<Vec<Window>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_zh: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Holiday,
    Like,
    Windows,
}

impl TryFrom<Written> for Special {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let day = match (written.kind, written.weekday, written.windows) {
            (Kind::Holiday, None, None) => Day::Holiday,
            (Kind::Like, Some(key), None) => {
                Day::Like(weekday_of(&key).ok_or_else(|| format!("{key} is not a weekday"))?)
            }
            (Kind::Windows, None, Some(windows)) => {
                Day::with_windows(windows).map_err(|problem| format!("{problem:?}"))?
            }
            _ => return Err("the parts of a special day don't fit its kind".to_owned()),
        };
        Ok(Self {
            day,
            name: written.name,
            name_zh: written.name_zh,
        })
    }
}

impl From<Special> for Written {
    fn from(special: Special) -> Self {
        let (kind, weekday, windows) = match special.day {
            Day::Holiday => (Kind::Holiday, None, None),
            Day::Like(weekday) => (Kind::Like, Some(weekday_key(weekday).to_owned()), None),
            Day::Windows(windows) => (Kind::Windows, None, Some(windows)),
        };
        Self {
            kind,
            weekday,
            windows,
            name: special.name,
            name_zh: special.name_zh,
        }
    }
}
