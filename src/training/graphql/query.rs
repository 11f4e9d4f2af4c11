//! Reading training.

use async_graphql::{Context, Object, Result};
use entity::{
    member, team, training_course, training_enrolment, training_hour, training_path,
    training_session, training_study,
};
use uuid::Uuid;

use super::catalogue::{TrainingCourse, TrainingPath, TrainingTarget};
use super::filters::{
    TrainingCourseFilter, TrainingCourseOrder, TrainingEnrolmentFilter, TrainingEnrolmentOrder,
    TrainingHoursEntryFilter, TrainingHoursEntryOrder, TrainingPathFilter, TrainingPathOrder,
    TrainingSessionFilter, TrainingSessionOrder, TrainingStudyFilter, TrainingStudyOrder,
};
use super::hours::{
    TrainingDuty, TrainingDutyState, TrainingHours, TrainingHoursEntry, TrainingHoursList,
    TrainingStudy, TrainingVerdict,
};
use super::sessions::{TrainingEnrolment, TrainingSession, TrainingTurnout};
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, DateTime, Id, PageArgs};
use crate::organisation::today;
use crate::training::rules::targets::Verdict;
use crate::training::{actions, store};

/// The most members of a list of hours or duties.
const MOST: usize = 200;
/// The most ids in an argument.
const IDS: usize = 200;

/// The queries about training.
#[derive(Default)]
pub struct TrainingQuery;

#[Object]
impl TrainingQuery {
    /// The course with this id. 课程
    async fn training_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: Id<training_course::Entity>,
    ) -> Result<Option<TrainingCourse>> {
        let row = ctx.row::<training_course::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TrainingCourse))
    }

    /// The catalogue of courses. 课程目录
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingCourseFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingCourseOrder>,
    ) -> Result<Option<Connection<TrainingCourse>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = Ok(filter.unwrap_or_default().into());
        let order = order_by.unwrap_or_default().into();
        listing::<training_course::Entity, _>(ctx, page, filter, order, TrainingCourse).await
    }

    /// The learning paths, by their code. 学习路径列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingPathFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingPathOrder>,
    ) -> Result<Option<Connection<TrainingPath>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_path::Entity, _>(ctx, page, filter, order, TrainingPath).await
    }

    /// The session with this id; null when there is none within your reach. 场次
    async fn training_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: Id<training_session::Entity>,
    ) -> Result<Option<TrainingSession>> {
        let row = ctx.row::<training_session::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TrainingSession))
    }

    /// The sessions that are open, that you give or take part in, and those within your reach. 场次列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingSessionFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingSessionOrder>,
    ) -> Result<Option<Connection<TrainingSession>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_session::Entity, _>(ctx, page, filter, order, TrainingSession).await
    }

    /// The enrolment with this id; null when there is none within your reach. 报名
    async fn training_enrolment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: Id<training_enrolment::Entity>,
    ) -> Result<Option<TrainingEnrolment>> {
        let row = ctx.row::<training_enrolment::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(TrainingEnrolment))
    }

    /// Your enrolments, those of sessions that you give, and those within your reach. 报名列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_enrolments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingEnrolmentFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingEnrolmentOrder>,
    ) -> Result<Option<Connection<TrainingEnrolment>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_enrolment::Entity, _>(ctx, page, filter, order, TrainingEnrolment).await
    }

    /// Your studies elsewhere, and those within your reach. 外部学习列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_studies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingStudyFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingStudyOrder>,
    ) -> Result<Option<Connection<TrainingStudy>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_study::Entity, _>(ctx, page, filter, order, TrainingStudy).await
    }

    /// The entries of your ledger of hours, and those within your reach. 学时台账
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn training_hours_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<TrainingHoursEntryFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<TrainingHoursEntryOrder>,
    ) -> Result<Option<Connection<TrainingHoursEntry>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<training_hour::Entity, _>(ctx, page, filter, order, TrainingHoursEntry).await
    }

    /// How much the holders of positions learn in a year; all others as the setting `training.hours_a_year` says. 学时目标
    async fn training_targets(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrainingTarget>>> {
        let rows = store::targets(ctx.app().db.reader()).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(TrainingTarget).collect()))
    }

    /// The hours of a year of the members within your reach: balance, forecast, who is behind. The most behind first.
    /// 年度学时
    async fn training_hours(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which year, 2000 to 2100; this one when nothing is said.")] year: Option<
            i32,
        >,
        #[graphql(desc = "Only members who are placed in this team today.")] team_id: Option<
            Id<team::Entity>,
        >,
        #[graphql(desc = "Only these members, at most 200.")] member_ids: Option<
            Vec<Id<member::Entity>>,
        >,
        #[graphql(desc = "Only members whose year stands so.")] verdicts: Option<
            Vec<TrainingVerdict>,
        >,
        #[graphql(desc = "How many at most, 1 to 200; 20 when nothing is said.")] first: Option<
            i64,
        >,
    ) -> Result<Option<TrainingHoursList>> {
        let (app, call) = (ctx.app(), ctx.call());
        let most = bounded(ctx, first)?;
        let only = named(ctx, member_ids)?;
        let year = year.unwrap_or_else(|| chrono::Datelike::year(&today(call)));
        let team = team_id.map(|id| id.uuid);
        let all = actions::hours(app, call, year, team, only.as_deref()).await;
        let mut all = all.on_field(call)?;
        if let Some(verdicts) = verdicts {
            all.retain(|it| verdicts.contains(&it.learner.outlook.verdict.into()));
        }
        let late = |it: &&actions::Standing| {
            matches!(
                it.learner.outlook.verdict,
                Verdict::Behind | Verdict::Missed
            )
        };
        Ok(Some(TrainingHoursList {
            total: count(all.len()),
            behind: count(all.iter().filter(late).count()),
            members: all.into_iter().take(most).map(TrainingHours).collect(),
        }))
    }

    /// What the members within your reach must do by when, the most urgent first. 必修任务
    async fn training_duties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only members who are placed in this team today.")] team_id: Option<
            Id<team::Entity>,
        >,
        #[graphql(desc = "Only these members, at most 200.")] member_ids: Option<
            Vec<Id<member::Entity>>,
        >,
        #[graphql(desc = "Only duties that stand so.")] states: Option<Vec<TrainingDutyState>>,
        #[graphql(desc = "How many at most, 1 to 200; 20 when nothing is said.")] first: Option<
            i64,
        >,
    ) -> Result<Option<Vec<TrainingDuty>>> {
        let (app, call) = (ctx.app(), ctx.call());
        let most = bounded(ctx, first)?;
        let only = named(ctx, member_ids)?;
        let team = team_id.map(|id| id.uuid);
        let all = actions::duties(app, call, team, only.as_deref()).await;
        let mut all = all.on_field(call)?;
        if let Some(states) = states {
            all.retain(|it| states.contains(&it.state.into()));
        }
        Ok(Some(all.into_iter().take(most).map(TrainingDuty).collect()))
    }

    /// Who took part in sessions that began within some time, course by course: places taken and distinct people apart, of
    /// the enrolments that you may see. 出勤统计（人次与人数）
    async fn training_turnout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Sessions that began at this moment or later.")] from: DateTime,
        #[graphql(desc = "Sessions that began before this moment.")] until: DateTime,
        #[graphql(desc = "Only of this course.")] course_id: Option<Id<training_course::Entity>>,
    ) -> Result<Option<Vec<TrainingTurnout>>> {
        let (app, call) = (ctx.app(), ctx.call());
        let course = course_id.map(|id| id.uuid);
        let times = (from.0, until.0);
        let rows = store::turnout(app.db.reader(), &call.viewer, times, course).await;
        let rows = rows.on_field(call)?;
        Ok(Some(rows.into_iter().map(TrainingTurnout).collect()))
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many are wanted.
fn bounded(ctx: &Context<'_>, first: Option<i64>) -> Result<usize> {
    let first = usize::try_from(first.unwrap_or(20)).ok();
    first
        .filter(|first| (1..=MOST).contains(first))
        .ok_or_else(|| {
            let en = format!("1 to {MOST} members can be listed");
            from_api(
                ctx.call(),
                &ApiError::bad_input("first", en, format!("须为 1 至 {MOST}")),
            )
        })
}

/// The members who are meant.
fn named(ctx: &Context<'_>, ids: Option<Vec<Id<member::Entity>>>) -> Result<Option<Vec<Uuid>>> {
    let Some(ids) = ids else { return Ok(None) };
    if ids.len() > IDS {
        let en = format!(
            "{} members are too many; at most {IDS} are allowed",
            ids.len()
        );
        let error = ApiError::bad_input("memberIds", en, format!("最多 {IDS} 名成员"));
        return Err(from_api(ctx.call(), &error));
    }
    Ok(Some(ids.into_iter().map(|id| id.uuid).collect()))
}
