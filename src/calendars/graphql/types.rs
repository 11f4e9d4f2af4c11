//! Calendars and their versions in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{calendar, calendar_version};

use super::enums::{CalendarDayKind, Weekday};
use super::loaders::CurrentOf;
use crate::calendars::rules::{self, Day, Special};
use crate::calendars::store::{CalendarsVersions, plan_of};
use crate::graphql::children::{page_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};

/// A business calendar: when there is work. 工作日历
pub struct Calendar(pub calendar::Model);

/// A business calendar: when there is work. 工作日历
#[Object]
impl Calendar {
    /// Its id. 标识
    pub async fn id(&self) -> Id<calendar::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The version that holds now. 当前版本
    async fn current(&self, ctx: &Context<'_>) -> Result<Option<CalendarVersion>> {
        let row = ctx.loads().load_one(CurrentOf(self.0.id)).await;
        let row = row.map_err(shared).on_field(ctx.call())?;
        Ok(row.map(CalendarVersion))
    }

    /// All its versions, the latest first; none of them ever changes. 全部版本
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<CalendarVersion>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of::<CalendarsVersions>(ctx, self.0.id, page).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, CalendarVersion)))
    }

    /// Counts up with every change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One version of a calendar. What was counted by it can be counted again: it never changes. 日历版本
pub struct CalendarVersion(pub calendar_version::Model);

/// One version of a calendar. What was counted by it can be counted again: it never changes. 日历版本
#[Object]
impl CalendarVersion {
    /// Its id. 标识
    pub async fn id(&self) -> Id<calendar_version::Entity> {
        Id::new(self.0.id)
    }

    /// The calendar. 日历
    async fn calendar(&self, ctx: &Context<'_>) -> Result<Option<Calendar>> {
        let row = ctx.row::<calendar::Entity>(self.0.calendar_id).await;
        Ok(row.on_field(ctx.call())?.map(Calendar))
    }

    /// Counts up from 1 within the calendar. 序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// IANA name of the time zone by whose wall clock its windows are meant. 时区
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// The windows of all weekdays, Monday first. 每周工作时间
    async fn weekly(&self, ctx: &Context<'_>) -> Result<Option<Vec<CalendarWeekday>>> {
        let plan = plan_of(&self.0).on_field(ctx.call())?;
        let days = plan.week.iter().map(|(weekday, windows)| CalendarWeekday {
            weekday: weekday.into(),
            windows: windows.iter().copied().map(Into::into).collect(),
        });
        Ok(Some(days.collect()))
    }

    /// Days that aren't like their weekday, by date: holidays, swapped working days, days with windows of their own.
    /// 特殊日期
    async fn days(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day wanted; the first one there is when absent. 开始日期")]
        from: Option<Date>,
        #[graphql(desc = "The first day no longer wanted; all when absent. 结束日期（不含）")]
        to: Option<Date>,
    ) -> Result<Option<Vec<CalendarDay>>> {
        let plan = plan_of(&self.0).on_field(ctx.call())?;
        let days = plan.days.into_iter().filter(|(date, _)| {
            from.is_none_or(|from| from.0 <= *date) && to.is_none_or(|to| *date < to.0)
        });
        Ok(Some(
            days.map(|(date, special)| CalendarDay::new(date.into(), special))
                .collect(),
        ))
    }

    /// What changed against the version before. 变更说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Did it come with the product? Otherwise somebody here made it. 是否内置
    async fn shipped(&self) -> bool {
        self.0.created_by.is_none()
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// A stretch of the wall clock. 工作时段
#[derive(SimpleObject)]
pub struct CalendarWindow {
    /// The start, such as `09:00`. 开始时间
    from: String,
    /// The end, such as `18:00` or `24:00`; one that isn't after the start is on the next day. 结束时间
    to: String,
}

impl From<rules::Window> for CalendarWindow {
    fn from(window: rules::Window) -> Self {
        Self {
            from: window.from_text(),
            to: window.to_text(),
        }
    }
}

/// The windows of a weekday. 每周工作时间
#[derive(SimpleObject)]
pub struct CalendarWeekday {
    /// Which one. 星期
    weekday: Weekday,
    /// Its windows in order; empty when it is off. 工作时段
    windows: Vec<CalendarWindow>,
}

/// A day that isn't like its weekday. 特殊日期
#[derive(SimpleObject)]
pub struct CalendarDay {
    /// Which day. 日期
    date: Date,
    /// What it is. 类型
    kind: CalendarDayKind,
    /// The weekday it is worked like; null otherwise. 按此星期上班
    like: Option<Weekday>,
    /// Its own windows; null otherwise. 自定时段
    windows: Option<Vec<CalendarWindow>>,
    /// Its name in English. 英文名称
    name: Option<String>,
    /// Its name in Chinese. 中文名称
    name_zh: Option<String>,
}

impl CalendarDay {
    fn new(date: Date, special: Special) -> Self {
        let (kind, like, windows) = match special.day {
            Day::Holiday => (CalendarDayKind::Holiday, None, None),
            Day::Like(weekday) => (CalendarDayKind::LikeWeekday, Some(weekday.into()), None),
            Day::Windows(windows) => (
                CalendarDayKind::Windows,
                None,
                Some(windows.into_iter().map(Into::into).collect()),
            ),
        };
        Self {
            date,
            kind,
            like,
            windows,
            name: special.name,
            name_zh: special.name_zh,
        }
    }
}
