//! Making calendars and their versions.

use async_graphql::{Context, InputObject, Object, Result};
use entity::calendar;
use uuid::Uuid;

use super::inputs::{CalendarDayInput, CalendarWeekdayInput, weekly};
use super::types::Calendar;
use crate::access::{Permission, find};
use crate::calendars::actions;
use crate::calendars::rules::Draft;
use crate::graphql::{Ask, Date, Id, Outcome};
use crate::mutation_payload;

/// A calendar to make. 新增日历
#[derive(InputObject)]
pub struct CalendarCreateInput {
    /// Short code, unique: 1 to 40 small letters, digits and underscores. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// IANA name of the time zone, such as `Asia/Shanghai`. 时区
    time_zone: String,
    /// The windows of the weekdays; a weekday that isn't named is off. 每周工作时间
    weekly: Vec<CalendarWeekdayInput>,
    /// Days that aren't like their weekday; at most 200 here, more with `calendarVersionAdd`, 800 in all. 特殊日期
    days: Option<Vec<CalendarDayInput>>,
    /// Why it is as it is, at most 500 characters. 说明
    note: Option<String>,
    /// Look it over and tell the mistakes, but change nothing. 仅校验
    #[graphql(default = false)]
    check_only: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A version to add to a calendar: what isn't said stays as it is. 新增日历版本
#[derive(InputObject)]
pub struct CalendarVersionAddInput {
    /// Which calendar. 日历
    id: Id<calendar::Entity>,
    /// The calendar's version as you saw it. 期望版本
    expected_version: i32,
    /// IANA name of the time zone. 时区
    time_zone: Option<String>,
    /// The windows of the weekdays; a weekday that isn't named is off. 每周工作时间
    weekly: Option<Vec<CalendarWeekdayInput>>,
    /// Special days that are added, or take the place of those of the same date. 新增或替换的特殊日期
    days: Option<Vec<CalendarDayInput>>,
    /// Special days that become ordinary days again. 删除的特殊日期
    remove_days: Option<Vec<Date>>,
    /// All special days before this day are left out. 删除此日期之前的特殊日期
    remove_days_before: Option<Date>,
    /// Why it changes, at most 500 characters. 变更说明
    note: Option<String>,
    /// Look it over and tell the mistakes, but change nothing. 仅校验
    #[graphql(default = false)]
    check_only: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

mutation_payload!(
    CalendarCreatePayload,
    calendar: Calendar,
    "The new calendar; null when nothing was made. 新日历"
);
mutation_payload!(
    CalendarVersionAddPayload,
    calendar: Calendar,
    "The calendar with its new version; null when nothing was changed. 日历"
);

/// The calendars' mutations.
#[derive(Default)]
pub struct CalendarMutation;

/// The calendars' mutations.
#[Object]
impl CalendarMutation {
    /// Makes a business calendar. 新增工作日历
    async fn calendar_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The calendar. 日历")] input: CalendarCreateInput,
    ) -> Result<Option<CalendarCreatePayload>> {
        let order = actions::CalendarCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            draft: Draft {
                time_zone: Some(input.time_zone),
                weekly: Some(weekly(input.weekly)),
                days: days(input.days),
                ..Draft::default()
            },
            note: input.note,
            check_only: input.check_only,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::calendar_create(ctx.app(), ctx.call(), &order, key).await;
        Ok(Some(show(ctx, result).await?.into()))
    }

    /// Adds a version to a calendar. It holds from now on; what was counted by the old ones stays. 新增日历版本
    async fn calendar_version_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 变更内容")] input: CalendarVersionAddInput,
    ) -> Result<Option<CalendarVersionAddPayload>> {
        let removed = input.remove_days.unwrap_or_default().into_iter();
        let order = actions::CalendarVersionAdd {
            id: input.id.uuid,
            expected_version: input.expected_version,
            draft: Draft {
                time_zone: input.time_zone,
                weekly: input.weekly.map(weekly),
                days: days(input.days),
                remove_days: removed.map(|date| date.0).collect(),
                remove_days_before: input.remove_days_before.map(|date| date.0),
            },
            note: input.note,
            check_only: input.check_only,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::calendar_version_add(ctx.app(), ctx.call(), &order, key).await;
        Ok(Some(show(ctx, result).await?.into()))
    }
}

fn days(days: Option<Vec<CalendarDayInput>>) -> Vec<crate::calendars::rules::DraftDay> {
    let days = days.unwrap_or_default().into_iter();
    days.map(Into::into).collect()
}

/// The calendar as it is now, read anew.
async fn show(
    ctx: &Context<'_>,
    result: crate::error::Result<Option<Uuid>>,
) -> Result<Outcome<Calendar>> {
    let (app, call) = (ctx.app(), ctx.call());
    let result = match result {
        Ok(Some(id)) => {
            let read = Permission::CalendarRead;
            find::<calendar::Entity>(app.db.reader(), &call.viewer, read, id).await
        }
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, result)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(Calendar),
        user_errors: outcome.user_errors,
    })
}
