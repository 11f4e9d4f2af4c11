//! A calendar as people write it, looked over: every mistake names its window or day (日历草稿).

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::Serialize;

use super::calendar::Calendar;
use super::day::{Day, DayProblem, Days, MAX_DAYS, Special};
use super::local::zone;
use super::week::{Week, WeekProblem, weekday_key};
use super::window::{MAX_WINDOWS, Window};
use crate::error::{Text, UserError, UserErrorCode};

/// The most characters of a special day's name.
const NAME: usize = 100;

/// A window as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftWindow {
    /// The start, such as `09:00`.
    pub from: String,
    /// The end, such as `18:00` or `24:00`.
    pub to: String,
}

/// A special day as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftDay {
    /// Which day.
    pub date: NaiveDate,
    /// Worked like this weekday.
    #[serde(serialize_with = "key_of")]
    pub like: Option<Weekday>,
    /// Windows of its own. A day with neither is a holiday.
    pub windows: Option<Vec<DraftWindow>>,
    /// Its name in English.
    pub name: Option<String>,
    /// 名称.
    pub name_zh: Option<String>,
}

/// A calendar's content as somebody wrote it: the whole of it, or what changes about an older one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// IANA name of the time zone; as before when absent.
    pub time_zone: Option<String>,
    /// The windows of weekdays; a weekday that isn't named has none. As before when absent.
    #[serde(serialize_with = "keys_of")]
    pub weekly: Option<Vec<(Weekday, Vec<DraftWindow>)>>,
    /// Special days that are added or take the place of older ones of their date.
    pub days: Vec<DraftDay>,
    /// Older special days that go.
    pub remove_days: Vec<NaiveDate>,
    /// All older special days before this one go.
    pub remove_days_before: Option<NaiveDate>,
}

/// The content of a calendar, with nothing wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The time zone.
    pub zone: Tz,
    /// The ordinary week.
    pub week: Week,
    /// The special days.
    pub days: Days,
}

impl Plan {
    /// The calendar that counts by this plan.
    #[must_use]
    pub fn into_calendar(self) -> Calendar {
        let days = self.days.into_iter();
        let days = days.map(|(date, special)| (date, special.day)).collect();
        Calendar::new(self.zone, self.week, days)
    }
}

impl Draft {
    /// Looks the draft over; `base` is what it changes, none for a new calendar.
    ///
    /// # Errors
    /// Every mistake, with the field, the weekday or date and the window in it.
    pub fn look_over(&self, base: Option<&Plan>) -> Result<Plan, Vec<UserError>> {
        let mut mistakes = Vec::new();
        let zone = match &self.time_zone {
            Some(name) => read_zone(name, &mut mistakes),
            None => base.map(|plan| plan.zone).or_else(|| {
                mistakes.push(blank("input.timeZone"));
                None
            }),
        };
        let week = match &self.weekly {
            Some(weekly) => read_week(weekly, &mut mistakes),
            None => base.map(|plan| plan.week.clone()).or_else(|| {
                mistakes.push(blank("input.weekly"));
                None
            }),
        };
        let days = self.special_days(base.map(|plan| &plan.days), &mut mistakes);
        match (zone, week) {
            (Some(zone), Some(week)) if mistakes.is_empty() => Ok(Plan { zone, week, days }),
            _ => Err(mistakes),
        }
    }

    fn special_days(&self, base: Option<&Days>, mistakes: &mut Vec<UserError>) -> Days {
        let mut days = base.cloned().unwrap_or_default();
        if let Some(first) = self.remove_days_before {
            days = days.split_off(&first);
        }
        for (position, date) in self.remove_days.iter().enumerate() {
            let known = base.is_some_and(|days| days.contains_key(date));
            if days.remove(date).is_none() && !known {
                mistakes.push(invalid(
                    &format!("input.removeDays.{position}"),
                    format!("{date} is no special day of this calendar, so it can't be removed."),
                    format!("{date} 不是该日历的特殊日期，无法删除。"),
                ));
            }
        }
        let mut written_before = BTreeSet::new();
        for (position, written) in self.days.iter().enumerate() {
            let field = format!("input.days.{position}");
            if !written_before.insert(written.date) {
                mistakes.push(invalid(
                    &format!("{field}.date"),
                    format!("{} is there twice; keep one of the two.", written.date),
                    format!("{} 重复出现，请只保留一条。", written.date),
                ));
            }
            let day = written.day(&field, mistakes);
            let special = Special {
                day,
                name: name(written.name.as_deref(), &format!("{field}.name"), mistakes),
                name_zh: name(
                    written.name_zh.as_deref(),
                    &format!("{field}.nameZh"),
                    mistakes,
                ),
            };
            days.insert(written.date, special);
        }
        if days.len() > MAX_DAYS {
            mistakes.push(UserError::new(
                UserErrorCode::TooLong,
                "input.days",
                Text::new(
                    format!("{} special days are too many; a calendar has at most {MAX_DAYS}. Leave out years long past.", days.len()),
                    format!("特殊日期共 {} 天，最多 {MAX_DAYS} 天；可去掉已过去的年份。", days.len()),
                ),
            ));
        }
        days
    }
}

fn read_zone(name: &str, mistakes: &mut Vec<UserError>) -> Option<Tz> {
    let zone = zone(name);
    if zone.is_none() {
        mistakes.push(invalid(
            "input.timeZone",
            format!(
                "`{}` is no time zone; write its IANA name, such as Asia/Shanghai.",
                cut(name)
            ),
            format!(
                "“{}”不是有效的时区，请填写 IANA 名称，例如 Asia/Shanghai。",
                cut(name)
            ),
        ));
    }
    zone
}

type Weekly = [(Weekday, Vec<DraftWindow>)];

fn read_week(weekly: &Weekly, mistakes: &mut Vec<UserError>) -> Option<Week> {
    let before = mistakes.len();
    let mut windows: [Vec<Window>; 7] = Default::default();
    let mut named = [false; 7];
    for (position, (weekday, written)) in weekly.iter().enumerate() {
        let index = weekday.num_days_from_monday() as usize;
        let field = format!("input.weekly.{position}");
        let (en, zh) = names_of(*weekday);
        if std::mem::replace(&mut named[index], true) {
            mistakes.push(invalid(
                &field,
                format!("{en} is named twice; give all its windows in one place."),
                format!("{zh}重复出现，请把当天的时段写在一起。"),
            ));
        }
        windows[index] = read(written, &field, (en, zh), mistakes);
    }
    if mistakes.len() > before {
        return None;
    }
    // Where a weekday's windows were written.
    let place = |weekday: Weekday| {
        let position = weekly.iter().position(|(named, _)| *named == weekday);
        position.map_or_else(
            || "input.weekly".to_owned(),
            |position| format!("input.weekly.{position}.windows"),
        )
    };
    let problem = match Week::new(windows) {
        Ok(week) if week.is_empty() => invalid(
            "input.weekly",
            "A week without any window never has working time; give at least one.".to_owned(),
            "一周中没有任何工作时段，请至少填写一个。".to_owned(),
        ),
        Ok(week) => return Some(week),
        Err(WeekProblem::TooMany(weekday)) => {
            let (en, zh) = names_of(weekday);
            too_many(&place(weekday), en, zh)
        }
        Err(WeekProblem::Overlap(weekday, earlier, later)) => {
            overlapping(&place(weekday), names_of(weekday), earlier, later)
        }
    };
    mistakes.push(problem);
    None
}

impl DraftDay {
    fn day(&self, field: &str, mistakes: &mut Vec<UserError>) -> Day {
        let date = self.date.to_string();
        match (self.like, &self.windows) {
            (None, None) => Day::Holiday,
            (Some(weekday), None) => Day::Like(weekday),
            (Some(_), Some(_)) => {
                mistakes.push(invalid(
                    field,
                    format!("{date} is either worked like a weekday or has windows of its own, not both."),
                    format!("{date} 只能选择“按某个工作日上班”或“自定时段”其中之一。"),
                ));
                Day::Holiday
            }
            (None, Some(written)) => {
                let place = (date.as_str(), date.as_str());
                let windows = read(written, field, place, mistakes);
                let problem = match Day::with_windows(windows) {
                    Ok(day) => return day,
                    Err(DayProblem::TooMany) => too_many(&format!("{field}.windows"), &date, &date),
                    Err(DayProblem::Overlap(earlier, later)) => {
                        overlapping(&format!("{field}.windows"), place, earlier, later)
                    }
                };
                mistakes.push(problem);
                Day::Holiday
            }
        }
    }
}

/// Reads the windows of a day; those that aren't any are mistakes.
fn read(
    written: &[DraftWindow],
    field: &str,
    (en, zh): (&str, &str),
    mistakes: &mut Vec<UserError>,
) -> Vec<Window> {
    if written.len() > MAX_WINDOWS {
        mistakes.push(too_many(&format!("{field}.windows"), en, zh));
        return Vec::new();
    }
    let mut windows = Vec::with_capacity(written.len());
    for (position, DraftWindow { from, to }) in written.iter().enumerate() {
        match Window::parse(from, to) {
            Some(window) => windows.push(window),
            None => mistakes.push(invalid(
                &format!("{field}.windows.{position}"),
                format!("{en}: {}-{} is no window; write times from 00:00 to 23:59, and an end up to 24:00.", cut(from), cut(to)),
                format!("{zh}：{}-{} 不是有效时段；时间为 00:00 至 23:59，结束时间可为 24:00。", cut(from), cut(to)),
            )),
        }
    }
    windows
}

fn name(written: Option<&str>, field: &str, mistakes: &mut Vec<UserError>) -> Option<String> {
    let written = written.map(str::trim).filter(|name| !name.is_empty())?;
    if written.chars().count() > NAME {
        mistakes.push(UserError::new(
            UserErrorCode::TooLong,
            field,
            Text::new(
                format!("This can have at most {NAME} characters."),
                format!("最多 {NAME} 个字符。"),
            ),
        ));
    } else if written.chars().any(char::is_control) {
        mistakes.push(invalid(
            field,
            "This has control characters or line breaks; write it on one line.".to_owned(),
            "不能包含控制字符或换行。".to_owned(),
        ));
    }
    Some(written.to_owned())
}

fn blank(field: &str) -> UserError {
    UserError::new(
        UserErrorCode::Blank,
        field,
        Text::new("This can't be empty.", "此项不能为空。"),
    )
}

fn invalid(field: &str, en: String, zh: String) -> UserError {
    UserError::new(UserErrorCode::Invalid, field, Text::new(en, zh))
}

fn too_many(field: &str, en: &str, zh: &str) -> UserError {
    UserError::new(
        UserErrorCode::TooLong,
        field,
        Text::new(
            format!("{en} has more than {MAX_WINDOWS} windows; join some of them."),
            format!("{zh}超过 {MAX_WINDOWS} 个时段，请合并。"),
        ),
    )
}

fn overlapping(field: &str, (en, zh): (&str, &str), earlier: Window, later: Window) -> UserError {
    invalid(
        field,
        format!("{en}: {earlier} and {later} overlap; let one end before the other begins."),
        format!("{zh}：{earlier} 与 {later} 重叠，请调整起止时间。"),
    )
}

/// What somebody wrote, short enough for a message.
fn cut(written: &str) -> String {
    written
        .chars()
        .take(40)
        .filter(|c| !c.is_control())
        .collect()
}

const fn names_of(weekday: Weekday) -> (&'static str, &'static str) {
    match weekday {
        Weekday::Mon => ("Monday", "星期一"),
        Weekday::Tue => ("Tuesday", "星期二"),
        Weekday::Wed => ("Wednesday", "星期三"),
        Weekday::Thu => ("Thursday", "星期四"),
        Weekday::Fri => ("Friday", "星期五"),
        Weekday::Sat => ("Saturday", "星期六"),
        Weekday::Sun => ("Sunday", "星期日"),
    }
}

fn key_of<S: serde::Serializer>(weekday: &Option<Weekday>, to: S) -> Result<S::Ok, S::Error> {
    weekday.map(weekday_key).serialize(to)
}

fn keys_of<S: serde::Serializer>(
    weekly: &Option<Vec<(Weekday, Vec<DraftWindow>)>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let weekly = weekly.as_ref().map(|weekly| {
        let days = weekly.iter();
        days.map(|(weekday, windows)| (weekday_key(*weekday), windows))
            .collect::<Vec<_>>()
    });
    weekly.serialize(to)
}
