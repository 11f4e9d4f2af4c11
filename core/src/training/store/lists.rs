//! Filters and orderings of training's lists.

use entity::enums::{
    TrainingAttendance, TrainingAudience, TrainingEnrolmentState, TrainingHoursKind, TrainingKind,
    TrainingSessionState, TrainingStudyState, TrainingSubject,
};
use entity::{
    member, position, training_course, training_enrolment, training_hour, training_path,
    training_session, training_study,
};
use sea_orm::{ColumnTrait, Condition};

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches, TextMatches, TimeMatches};
use crate::db::keyset::Sort;

/// Compares a day.
pub type DayMatches = RangeMatches<chrono::NaiveDate>;

/// Which courses.
#[derive(Clone, Debug, Default)]
pub struct CourseFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// What it is about.
    pub subject: Option<Matches<TrainingSubject>>,
    /// How it is held.
    pub kind: Option<Matches<TrainingKind>>,
    /// For whom.
    pub audience: Option<TrainingAudience>,
    /// Retired, or in use.
    pub retired: Option<bool>,
}

/// How courses are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CourseOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By subject, then code.
    SubjectAsc,
}

/// Which learning paths.
#[derive(Clone, Debug, Default)]
pub struct PathFilter {
    /// The position whose holders must do it.
    pub position_id: Option<IdMatches>,
    /// Somebody must do it, or nobody must.
    pub mandatory: Option<bool>,
    /// Retired, or in use.
    pub retired: Option<bool>,
}

/// How learning paths are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
}

/// Which sessions.
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Of which course.
    pub course_id: Option<IdMatches>,
    /// What has become of it.
    pub state: Option<Matches<TrainingSessionState>>,
    /// From when.
    pub starts_at: Option<TimeMatches>,
}

/// How sessions are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionOrder {
    /// The earliest first.
    #[default]
    StartsAtAsc,
    /// The latest first.
    StartsAtDesc,
}

/// Which enrolments.
#[derive(Clone, Debug, Default)]
pub struct EnrolmentFilter {
    /// In which session.
    pub session_id: Option<IdMatches>,
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// What has become of it.
    pub state: Option<Matches<TrainingEnrolmentState>>,
    /// Whether the member was there.
    pub attendance: Option<Matches<TrainingAttendance>>,
}

/// How enrolments are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EnrolmentOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// By their turn within the session.
    TurnAsc,
}

/// Which studies elsewhere.
#[derive(Clone, Debug, Default)]
pub struct StudyFilter {
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// What has become of it.
    pub state: Option<Matches<TrainingStudyState>>,
    /// When it was finished.
    pub studied_on: Option<DayMatches>,
}

/// How studies are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StudyOrder {
    /// The latest first.
    #[default]
    StudiedOnDesc,
    /// The earliest first.
    StudiedOnAsc,
}

/// Which entries of the ledger.
#[derive(Clone, Debug, Default)]
pub struct HoursFilter {
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// Where they come from.
    pub kind: Option<Matches<TrainingHoursKind>>,
    /// On which days they count.
    pub day: Option<DayMatches>,
}

/// How entries are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HoursOrder {
    /// The latest day first.
    #[default]
    DayDesc,
    /// The earliest day first.
    DayAsc,
}

fn set<C: ColumnTrait>(column: C, is: bool) -> Condition {
    let condition = if is {
        column.is_not_null()
    } else {
        column.is_null()
    };
    Condition::all().add(condition)
}

fn both<C: ColumnTrait>(column: C, id: C, descending: bool) -> Vec<Sort<C>> {
    [column, id]
        .into_iter()
        .map(|column| Sort {
            column,
            descending,
            nullable: false,
        })
        .collect()
}

impl Listed for training_course::Entity {
    type Filter = CourseFilter;
    type Order = CourseOrder;

    fn matching(filter: &CourseFilter, _: &Viewer) -> Condition {
        use training_course::Column;
        let either = |text: &TextMatches| {
            Condition::any()
                .add(text.on(Column::Name))
                .add(text.on(Column::NameZh))
        };
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Column::Code)))
            .add_option(filter.name.as_ref().map(either))
            .add_option(filter.subject.as_ref().map(|is| is.on(Column::Subject)))
            .add_option(filter.kind.as_ref().map(|is| is.on(Column::Kind)))
            .add_option(filter.audience.map(|is| Column::Audience.eq(is)))
            .add_option(filter.retired.map(|is| set(Column::RetiredAt, is)))
    }

    fn sorts(order: CourseOrder) -> Vec<Sort<Self::Column>> {
        use training_course::Column;
        match order {
            CourseOrder::CodeAsc => vec![Sort::ascending(Column::Code)],
            CourseOrder::SubjectAsc => {
                vec![
                    Sort::ascending(Column::Subject),
                    Sort::ascending(Column::Code),
                ]
            }
        }
    }
}

impl Listed for training_path::Entity {
    type Filter = PathFilter;
    type Order = PathOrder;

    fn matching(filter: &PathFilter, viewer: &Viewer) -> Condition {
        use training_path::Column;
        let position =
            |is: &IdMatches| compare_reference::<position::Entity>(is, Column::PositionId, viewer);
        Condition::all()
            .add_option(filter.position_id.as_ref().map(position))
            .add_option(filter.mandatory.map(|is| set(Column::PositionId, is)))
            .add_option(filter.retired.map(|is| set(Column::RetiredAt, is)))
    }

    fn sorts(order: PathOrder) -> Vec<Sort<Self::Column>> {
        use training_path::Column;
        vec![Sort {
            column: Column::Code,
            descending: order == PathOrder::CodeDesc,
            nullable: false,
        }]
    }
}

impl Listed for training_session::Entity {
    type Filter = SessionFilter;
    type Order = SessionOrder;

    fn matching(filter: &SessionFilter, viewer: &Viewer) -> Condition {
        use training_session::Column;
        let course = |is: &IdMatches| {
            compare_reference::<training_course::Entity>(is, Column::CourseId, viewer)
        };
        Condition::all()
            .add_option(filter.course_id.as_ref().map(course))
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(filter.starts_at.as_ref().map(|is| is.on(Column::StartsAt)))
    }

    fn sorts(order: SessionOrder) -> Vec<Sort<Self::Column>> {
        use training_session::Column;
        both(
            Column::StartsAt,
            Column::Id,
            order == SessionOrder::StartsAtDesc,
        )
    }
}

impl Listed for training_enrolment::Entity {
    type Filter = EnrolmentFilter;
    type Order = EnrolmentOrder;

    fn matching(filter: &EnrolmentFilter, viewer: &Viewer) -> Condition {
        use training_enrolment::Column;
        let session = |is: &IdMatches| {
            compare_reference::<training_session::Entity>(is, Column::SessionId, viewer)
        };
        let member =
            |is: &IdMatches| compare_reference::<member::Entity>(is, Column::MemberId, viewer);
        Condition::all()
            .add_option(filter.session_id.as_ref().map(session))
            .add_option(filter.member_id.as_ref().map(member))
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(
                filter
                    .attendance
                    .as_ref()
                    .map(|is| is.on(Column::Attendance)),
            )
    }

    fn sorts(order: EnrolmentOrder) -> Vec<Sort<Self::Column>> {
        use training_enrolment::Column;
        match order {
            EnrolmentOrder::CreatedAtDesc => both(Column::CreatedAt, Column::Id, true),
            EnrolmentOrder::TurnAsc => vec![
                Sort::ascending(Column::SessionId),
                Sort::ascending(Column::Turn),
            ],
        }
    }
}

impl Listed for training_study::Entity {
    type Filter = StudyFilter;
    type Order = StudyOrder;

    fn matching(filter: &StudyFilter, viewer: &Viewer) -> Condition {
        use training_study::Column;
        let member =
            |is: &IdMatches| compare_reference::<member::Entity>(is, Column::MemberId, viewer);
        Condition::all()
            .add_option(filter.member_id.as_ref().map(member))
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(
                filter
                    .studied_on
                    .as_ref()
                    .map(|is| is.on(Column::StudiedOn)),
            )
    }

    fn sorts(order: StudyOrder) -> Vec<Sort<Self::Column>> {
        use training_study::Column;
        both(
            Column::StudiedOn,
            Column::Id,
            order == StudyOrder::StudiedOnDesc,
        )
    }
}

impl Listed for training_hour::Entity {
    type Filter = HoursFilter;
    type Order = HoursOrder;

    fn matching(filter: &HoursFilter, viewer: &Viewer) -> Condition {
        use training_hour::Column;
        let member =
            |is: &IdMatches| compare_reference::<member::Entity>(is, Column::MemberId, viewer);
        Condition::all()
            .add_option(filter.member_id.as_ref().map(member))
            .add_option(filter.kind.as_ref().map(|is| is.on(Column::Kind)))
            .add_option(filter.day.as_ref().map(|is| is.on(Column::Day)))
    }

    fn sorts(order: HoursOrder) -> Vec<Sort<Self::Column>> {
        use training_hour::Column;
        both(Column::Day, Column::Id, order == HoursOrder::DayDesc)
    }
}
