//! The calendars that come with the product (内置日历).

mod install;
#[cfg(test)]
mod tests;

pub use install::install;

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::rules::{Day, Days, Plan, Special, Week, Window};
use crate::error::{Error, Result};

/// Chinese public holidays and swapped working days; the file says where they come from.
const CHINA: &str = include_str!("china.toml");

/// A calendar that comes with the product.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Its code.
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// 中文名称.
    pub name_zh: &'static str,
    weekdays: &'static [Weekday],
    /// Minutes after midnight from and to.
    windows: &'static [(u16, u16)],
    holidays: bool,
}

const EVERY_DAY: &[Weekday] = &[
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// The calendars that come with the product, all by Chinese time.
pub const CALENDARS: &[Shipped] = &[
    Shipped {
        code: "always",
        name: "Day and night",
        name_zh: "全天候",
        weekdays: EVERY_DAY,
        windows: &[(0, 24 * 60)],
        holidays: false,
    },
    Shipped {
        code: "cn_office",
        name: "Chinese office hours",
        name_zh: "中国办公时间",
        weekdays: &[
            Weekday::Mon,
            Weekday::Tue,
            Weekday::Wed,
            Weekday::Thu,
            Weekday::Fri,
        ],
        windows: &[(9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60)],
        holidays: true,
    },
    Shipped {
        code: "cn_service",
        name: "Service hours, every day",
        name_zh: "服务时间（每日）",
        weekdays: EVERY_DAY,
        windows: &[(8 * 60, 20 * 60)],
        holidays: false,
    },
];

/// The id of the shipped calendar of that code.
#[must_use]
pub fn calendar_id(code: &str) -> Uuid {
    fixed(code)
}

/// An id in the form of ours that follows from a name, as of the day on which calendars came to the product: the shipped
/// calendars have the same ids everywhere, so that configuration and examples can name them.
fn fixed(name: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/calendar/{name}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}

impl Shipped {
    /// The id of its first version.
    fn first_version_id(&self) -> Uuid {
        fixed(&format!("{}/1", self.code))
    }

    /// Its content.
    ///
    /// # Errors
    /// Never for what is shipped; a test reads it all.
    pub fn plan(&self) -> Result<Plan> {
        let windows: Option<Vec<Window>> = self
            .windows
            .iter()
            .map(|(from, to)| Window::new(*from, *to))
            .collect();
        let windows = windows.ok_or_else(|| Error::internal("a shipped window is none"))?;
        let week = Week::uniform(self.weekdays, &windows)
            .map_err(|problem| Error::internal(format!("{}: {problem:?}", self.code)))?;
        Ok(Plan {
            zone: Tz::Asia__Shanghai,
            week,
            days: if self.holidays { china()? } else { Days::new() },
        })
    }
}

/// The file of holidays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notices {
    holiday: Vec<Holiday>,
}

/// One item of a notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    name: String,
    name_zh: String,
    first: NaiveDate,
    last: NaiveDate,
    worked: Vec<NaiveDate>,
}

/// The special days of the Chinese mainland.
///
/// # Errors
/// Never for what is shipped; a test reads it all.
pub fn china() -> Result<Days> {
    let notices: Notices = toml::from_str(CHINA)
        .map_err(|error| Error::internal(format!("the file of Chinese holidays: {error}")))?;
    let mut days = Days::new();
    for holiday in notices.holiday {
        let off = holiday
            .first
            .iter_days()
            .take_while(|day| *day <= holiday.last);
        let off = off.map(|day| (day, Day::Holiday));
        let worked = holiday
            .worked
            .iter()
            .map(|day| (*day, Day::Like(Weekday::Mon)));
        for (date, day) in off.chain(worked) {
            let special = named(&holiday, day);
            if days.insert(date, special).is_some() {
                return Err(Error::internal(format!(
                    "{date} stands twice in the file of Chinese holidays"
                )));
            }
        }
    }
    Ok(days)
}

fn named(holiday: &Holiday, day: Day) -> Special {
    let (name, name_zh) = match day {
        Day::Like(_) | Day::Windows(_) => (
            format!("{}, working day", holiday.name),
            format!("{}调休上班", holiday.name_zh),
        ),
        Day::Holiday => (holiday.name.clone(), holiday.name_zh.clone()),
    };
    Special {
        day,
        name: Some(name),
        name_zh: Some(name_zh),
    }
}
