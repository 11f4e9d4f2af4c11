//! Trying a calendar: what it counts between two moments, and when so much working time is over.

use async_graphql::{Context, SimpleObject};
use chrono::{DateTime as Moment, TimeDelta, Utc};
use entity::{calendar, calendar_version};
use uuid::Uuid;

use super::types::CalendarVersion;
use crate::access::{Permission, find};
use crate::calendars::rules::{self, Calendar};
use crate::calendars::store::{current_shown, version_shown};
use crate::error::{ApiError, Result};
use crate::graphql::{Ask, DateTime, Duration};

/// The longest stretch that can be previewed.
const LONGEST: TimeDelta = TimeDelta::days(100);
/// The most working time whose end can be asked for: more than ten years have none.
const MOST: TimeDelta = TimeDelta::days(3_653);

/// A stretch of working time. 工作时间段
#[derive(SimpleObject)]
pub struct CalendarSpan {
    /// Its start. 开始
    from: DateTime,
    /// Its end. 结束
    to: DateTime,
    /// How long it really is, clock changes included. 时长
    length: Duration,
}

impl From<rules::Span> for CalendarSpan {
    fn from(span: rules::Span) -> Self {
        Self {
            from: span.from.into(),
            to: span.to.into(),
            length: span.length().into(),
        }
    }
}

/// What a calendar counts between two moments. 日历预览
#[derive(SimpleObject)]
pub struct CalendarPreview {
    /// The version by which it was counted. 所用版本
    version: CalendarVersion,
    /// The working time in order, cut off at both ends. 工作时间段
    spans: Vec<CalendarSpan>,
    /// Their sum. 合计工作时间
    working_time: Duration,
}

/// When so much working time is over. 到期时间
#[derive(SimpleObject)]
pub struct CalendarDue {
    /// The version by which it was counted. 所用版本
    version: CalendarVersion,
    /// The first moment at which it is over; null when the calendar hasn't so much working time within ten years. 到期时间
    due_at: Option<DateTime>,
}

/// The version to count by: the one of that number, or the present one. None when there is no such calendar or version
/// for this viewer.
async fn version_of(
    ctx: &Context<'_>,
    id: Uuid,
    number: Option<i32>,
) -> Result<Option<calendar_version::Model>> {
    let (connection, viewer) = (ctx.app().db.reader(), &ctx.call().viewer);
    let Some(row) =
        find::<calendar::Entity>(connection, viewer, Permission::CalendarRead, id).await?
    else {
        return Ok(None);
    };
    match number {
        Some(number) => version_shown(connection, viewer, row.id, number).await,
        None => Ok(current_shown(connection, viewer, &[row.id])
            .await?
            .remove(&row.id)),
    }
}

/// The working time between two moments.
///
/// # Errors
/// `BAD_INPUT` when the stretch is longer than 100 days or backwards.
pub(super) async fn preview(
    ctx: &Context<'_>,
    id: Uuid,
    number: Option<i32>,
    from: Moment<Utc>,
    to: Moment<Utc>,
) -> Result<Option<CalendarPreview>> {
    if to < from {
        return Err(ApiError::bad_input(
            "to",
            "this must not be before `from`",
            "结束时间不能早于开始时间",
        )
        .into());
    }
    if to - from > LONGEST {
        return Err(ApiError::bad_input(
            "to",
            "the stretch is longer than 100 days; ask for a shorter one",
            "时间跨度不能超过 100 天",
        )
        .into());
    }
    let Some(row) = version_of(ctx, id, number).await? else {
        return Ok(None);
    };
    let calendar = Calendar::from_version(&row)?;
    let spans: Vec<rules::Span> = calendar.spans(from, to).collect();
    let total = spans
        .iter()
        .fold(TimeDelta::zero(), |sum, span| sum + span.length());
    Ok(Some(CalendarPreview {
        version: CalendarVersion(row),
        spans: spans.into_iter().map(Into::into).collect(),
        working_time: total.into(),
    }))
}

/// When so much working time is over.
///
/// # Errors
/// `BAD_INPUT` when the working time is negative or more than ten years.
pub(super) async fn due(
    ctx: &Context<'_>,
    id: Uuid,
    number: Option<i32>,
    from: Moment<Utc>,
    working_time: Duration,
) -> Result<Option<CalendarDue>> {
    if working_time.0 < TimeDelta::zero() || working_time.0 > MOST {
        return Err(ApiError::bad_input(
            "workingTime",
            "this must be from PT0S to ten years",
            "工作时长须在 0 至十年之间",
        )
        .into());
    }
    let Some(row) = version_of(ctx, id, number).await? else {
        return Ok(None);
    };
    let calendar = Calendar::from_version(&row)?;
    Ok(Some(CalendarDue {
        due_at: calendar.after(from, working_time.seconds()).map(Into::into),
        version: CalendarVersion(row),
    }))
}
