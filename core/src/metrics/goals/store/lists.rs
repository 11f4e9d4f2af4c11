//! Filter and orderings of the list of goals.

use entity::enums::{GoalPopulation, GoalState};
use entity::{department, goal, member, region, team};
use sea_orm::{ColumnTrait, Condition};

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, TextMatches};
use crate::db::keyset::Sort;

/// Which goals a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct GoalFilter {
    /// What has become of it.
    pub state: Option<Matches<GoalState>>,
    /// Whose figures it is about.
    pub population: Option<Matches<GoalPopulation>>,
    /// The metric that measures it.
    pub metric_key: Option<TextMatches>,
    /// The department whose goal it is.
    pub department_id: Option<IdMatches>,
    /// The region.
    pub region_id: Option<IdMatches>,
    /// The team.
    pub team_id: Option<IdMatches>,
    /// The member.
    pub member_id: Option<IdMatches>,
    /// Who answers for it.
    pub owner_id: Option<IdMatches>,
    /// Off course, or not.
    pub off_course: Option<bool>,
}

/// In which order goals come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalOrder {
    /// By their deadline.
    Until {
        /// The latest first?
        latest_first: bool,
    },
    /// By when they were made.
    CreatedAt {
        /// The newest first?
        newest_first: bool,
    },
}

impl Listed for goal::Entity {
    type Filter = GoalFilter;
    type Order = GoalOrder;

    fn matching(filter: &GoalFilter, viewer: &Viewer) -> Condition {
        use goal::Column;
        macro_rules! refers {
            ($field:ident to $table:ident in $column:ident) => {
                filter
                    .$field
                    .as_ref()
                    .map(|is| compare_reference::<$table::Entity>(is, Column::$column, viewer))
            };
        }
        Condition::all()
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(
                filter
                    .population
                    .as_ref()
                    .map(|is| is.on(Column::Population)),
            )
            .add_option(
                filter
                    .metric_key
                    .as_ref()
                    .map(|is| is.on(Column::MetricKey)),
            )
            .add_option(refers!(department_id to department in DepartmentId))
            .add_option(refers!(region_id to region in RegionId))
            .add_option(refers!(team_id to team in TeamId))
            .add_option(refers!(member_id to member in MemberId))
            .add_option(refers!(owner_id to member in OwnerId))
            .add_option(filter.off_course.map(|off| {
                if off {
                    Column::OffCourseSince.is_not_null()
                } else {
                    Column::OffCourseSince.is_null()
                }
            }))
    }

    fn sorts(order: GoalOrder) -> Vec<Sort<goal::Column>> {
        use goal::Column;
        let (column, descending) = match order {
            GoalOrder::Until { latest_first } => (Column::UntilDay, latest_first),
            GoalOrder::CreatedAt { newest_first } => (Column::CreatedAt, newest_first),
        };
        [column, Column::Id]
            .into_iter()
            .map(|column| Sort {
                column,
                descending,
                nullable: false,
            })
            .collect()
    }
}
