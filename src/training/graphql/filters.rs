//! Filters and orderings as clients write them.

use async_graphql::{Enum, InputObject};
use entity::{member, position, training_course, training_session};

use super::enums::{
    TrainingAttendanceFilter, TrainingAudience, TrainingEnrolmentStateFilter,
    TrainingHoursKindFilter, TrainingKindFilter, TrainingSessionStateFilter,
    TrainingStudyStateFilter, TrainingSubjectFilter,
};
use crate::db::filter::{IdMatches, RangeMatches};
use crate::error::Result;
use crate::graphql::filters::{DateTimeFilter, IdFilter, StringFilter};
use crate::graphql::{Date, Node};
use crate::training::store as plain;

fn of<E: Node>(filter: Option<IdFilter>, field: &str) -> Result<Option<IdMatches>> {
    filter.map(|ids| ids.of::<E>(field)).transpose()
}

/// Which days. All given comparisons must hold. 日期条件
#[derive(Clone, Debug, InputObject)]
pub struct TrainingDayFilter {
    /// On this day or later. 不早于
    gte: Option<Date>,
    /// Before this day. 早于
    lt: Option<Date>,
}

impl From<TrainingDayFilter> for RangeMatches<chrono::NaiveDate> {
    fn from(filter: TrainingDayFilter) -> Self {
        Self {
            gte: filter.gte.map(|day| day.0),
            lt: filter.lt.map(|day| day.0),
            ..Self::default()
        }
    }
}

/// Which courses. All given comparisons must hold. 课程筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingCourseFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// The name in either language. 名称
    name: Option<StringFilter>,
    /// What it is about. 主题
    subject: Option<TrainingSubjectFilter>,
    /// How it is held. 形式
    kind: Option<TrainingKindFilter>,
    /// For whom it is. 对象
    audience: Option<TrainingAudience>,
    /// Retired, or in use. 是否停用
    retired: Option<bool>,
}

impl From<TrainingCourseFilter> for plain::CourseFilter {
    fn from(filter: TrainingCourseFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
            subject: filter.subject.map(Into::into),
            kind: filter.kind.map(Into::into),
            audience: filter.audience.map(Into::into),
            retired: filter.retired,
        }
    }
}

/// How courses are sorted. 课程排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::CourseOrder")]
pub enum TrainingCourseOrder {
    /// By code. 按编码
    #[default]
    CodeAsc,
    /// By subject, then code. 按主题和编码
    SubjectAsc,
}

/// Which learning paths. All given comparisons must hold. 学习路径筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingPathFilter {
    /// The position whose holders must do it. 必修岗位
    position_id: Option<IdFilter>,
    /// Somebody must do it, or nobody must. 是否必修
    mandatory: Option<bool>,
    /// Retired, or in use. 是否停用
    retired: Option<bool>,
}

impl TrainingPathFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::PathFilter> {
        Ok(plain::PathFilter {
            position_id: of::<position::Entity>(self.position_id, "filter.positionId")?,
            mandatory: self.mandatory,
            retired: self.retired,
        })
    }
}

/// How learning paths are sorted. 学习路径排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::PathOrder")]
pub enum TrainingPathOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
}

/// Which sessions. All given comparisons must hold. 场次筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingSessionFilter {
    /// Of which course. 课程
    course_id: Option<IdFilter>,
    /// What has become of it. 状态
    state: Option<TrainingSessionStateFilter>,
    /// From when. 开始时间
    starts_at: Option<DateTimeFilter>,
}

impl TrainingSessionFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::SessionFilter> {
        Ok(plain::SessionFilter {
            course_id: of::<training_course::Entity>(self.course_id, "filter.courseId")?,
            state: self.state.map(Into::into),
            starts_at: self.starts_at.map(Into::into),
        })
    }
}

/// How sessions are sorted. 场次排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::SessionOrder")]
pub enum TrainingSessionOrder {
    /// The earliest first. 按开始时间升序
    #[default]
    StartsAtAsc,
    /// The latest first. 按开始时间降序
    StartsAtDesc,
}

/// Which enrolments. All given comparisons must hold. 报名筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingEnrolmentFilter {
    /// In which session. 场次
    session_id: Option<IdFilter>,
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// What has become of it. 状态
    state: Option<TrainingEnrolmentStateFilter>,
    /// Whether the member was there. 出勤
    attendance: Option<TrainingAttendanceFilter>,
}

impl TrainingEnrolmentFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::EnrolmentFilter> {
        Ok(plain::EnrolmentFilter {
            session_id: of::<training_session::Entity>(self.session_id, "filter.sessionId")?,
            member_id: of::<member::Entity>(self.member_id, "filter.memberId")?,
            state: self.state.map(Into::into),
            attendance: self.attendance.map(Into::into),
        })
    }
}

/// How enrolments are sorted. 报名排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::EnrolmentOrder")]
pub enum TrainingEnrolmentOrder {
    /// The latest first. 按报名时间降序
    #[default]
    CreatedAtDesc,
    /// By session, then by their turn in it. 按场次和顺序
    TurnAsc,
}

/// Which studies elsewhere. All given comparisons must hold. 外部学习筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingStudyFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// What has become of it. 状态
    state: Option<TrainingStudyStateFilter>,
    /// When it was finished. 完成日期
    studied_on: Option<TrainingDayFilter>,
}

impl TrainingStudyFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::StudyFilter> {
        Ok(plain::StudyFilter {
            member_id: of::<member::Entity>(self.member_id, "filter.memberId")?,
            state: self.state.map(Into::into),
            studied_on: self.studied_on.map(Into::into),
        })
    }
}

/// How studies are sorted. 外部学习排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::StudyOrder")]
pub enum TrainingStudyOrder {
    /// The latest first. 按完成日期降序
    #[default]
    StudiedOnDesc,
    /// The earliest first. 按完成日期升序
    StudiedOnAsc,
}

/// Which entries of the ledger. All given comparisons must hold. 学时记录筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TrainingHoursEntryFilter {
    /// Whose. 成员
    member_id: Option<IdFilter>,
    /// Where they come from. 来源
    kind: Option<TrainingHoursKindFilter>,
    /// On which days they count. 计入日期
    day: Option<TrainingDayFilter>,
}

impl TrainingHoursEntryFilter {
    /// The same with keys for ids.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<plain::HoursFilter> {
        Ok(plain::HoursFilter {
            member_id: of::<member::Entity>(self.member_id, "filter.memberId")?,
            kind: self.kind.map(Into::into),
            day: self.day.map(Into::into),
        })
    }
}

/// How entries are sorted. 学时记录排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "plain::HoursOrder")]
pub enum TrainingHoursEntryOrder {
    /// The latest day first. 按日期降序
    #[default]
    DayDesc,
    /// The earliest day first. 按日期升序
    DayAsc,
}
