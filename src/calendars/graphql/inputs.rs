//! Calendars as clients write them.

use async_graphql::InputObject;

use super::enums::Weekday;
use crate::calendars as plain;
use crate::calendars::rules::{DraftDay, DraftWindow};
use crate::graphql::Date;
use crate::graphql::filters::StringFilter;

/// Which calendars. All given comparisons must hold. 日历筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct CalendarFilter {
    /// The short code. 编码
    pub code: Option<StringFilter>,
    /// The name in either language. 名称（中文或英文）
    pub name: Option<StringFilter>,
}

impl From<CalendarFilter> for plain::CalendarFilter {
    fn from(filter: CalendarFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
        }
    }
}

/// A stretch of the wall clock. 工作时段
#[derive(Clone, Debug, InputObject)]
pub struct CalendarWindowInput {
    /// The start, from `00:00` to `23:59`. 开始时间
    from: String,
    /// The end, up to `24:00`; an end that isn't after the start is one on the next day. 结束时间（不晚于开始时间则为次日）
    to: String,
}

/// The windows of a weekday. 每周工作时间
#[derive(Clone, Debug, InputObject)]
pub struct CalendarWeekdayInput {
    /// Which one. 星期
    weekday: Weekday,
    /// Its windows, at most 10, none overlapping another. 工作时段
    windows: Vec<CalendarWindowInput>,
}

/// A day that isn't like its weekday: a holiday unless something else is said. 特殊日期
#[derive(Clone, Debug, InputObject)]
pub struct CalendarDayInput {
    /// Which day. 日期
    date: Date,
    /// It is worked like this weekday. 按此星期上班
    like: Option<Weekday>,
    /// It has these windows, at most 10. 自定时段
    windows: Option<Vec<CalendarWindowInput>>,
    /// Its name in English, at most 100 characters. 英文名称
    name: Option<String>,
    /// Its name in Chinese, at most 100 characters. 中文名称
    name_zh: Option<String>,
}

fn windows(windows: Vec<CalendarWindowInput>) -> Vec<DraftWindow> {
    let windows = windows.into_iter();
    windows
        .map(|CalendarWindowInput { from, to }| DraftWindow { from, to })
        .collect()
}

/// A week as a draft holds it.
pub(super) fn weekly(days: Vec<CalendarWeekdayInput>) -> Vec<(chrono::Weekday, Vec<DraftWindow>)> {
    let days = days.into_iter();
    days.map(|day| (day.weekday.into(), windows(day.windows)))
        .collect()
}

impl From<CalendarDayInput> for DraftDay {
    fn from(day: CalendarDayInput) -> Self {
        Self {
            date: day.date.0,
            like: day.like.map(Into::into),
            windows: day.windows.map(windows),
            name: day.name,
            name_zh: day.name_zh,
        }
    }
}
