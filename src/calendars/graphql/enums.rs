//! Enums of calendars as the schema shows them.

use async_graphql::Enum;

use crate::calendars as plain;

/// A day of the week. 星期
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Weekday {
    /// Monday. 星期一
    Monday,
    /// Tuesday. 星期二
    Tuesday,
    /// Wednesday. 星期三
    Wednesday,
    /// Thursday. 星期四
    Thursday,
    /// Friday. 星期五
    Friday,
    /// Saturday. 星期六
    Saturday,
    /// Sunday. 星期日
    Sunday,
}

impl From<Weekday> for chrono::Weekday {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl From<chrono::Weekday> for Weekday {
    fn from(weekday: chrono::Weekday) -> Self {
        match weekday {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

/// What a special day is. 特殊日期类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CalendarDayKind {
    /// No window starts on it. 休假
    Holiday,
    /// It is worked like a weekday, such as a Saturday that is worked for a longer holiday. 调休上班
    LikeWeekday,
    /// It has windows of its own. 自定时段
    Windows,
}

/// How calendars are sorted. 日历排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::CalendarOrder")]
pub enum CalendarOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
    /// By English name. 按英文名称升序
    NameAsc,
    /// By English name, backwards. 按英文名称降序
    NameDesc,
}
