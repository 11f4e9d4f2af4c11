//! Rows and lists of plans for improvement.

use chrono::NaiveDate;
use entity::enums::ImprovementState;
use entity::improvement_plan;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, visible};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;

crate::rows!(versioned: improvement_plan; written: );

/// Which plans.
#[derive(Clone, Debug, Default)]
pub struct PlanFilter {
    /// About which cycle.
    pub cycle_id: Option<IdMatches>,
    /// Of which team.
    pub team_id: Option<IdMatches>,
    /// Of which department.
    pub department_id: Option<IdMatches>,
    /// Of which region.
    pub region_id: Option<IdMatches>,
    /// What has become of it.
    pub state: Option<Matches<ImprovementState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanOrder {
    /// What is due first.
    #[default]
    DueOnAsc,
    /// What is due last.
    DueOnDesc,
}

impl Listed for improvement_plan::Entity {
    type Filter = PlanFilter;
    type Order = PlanOrder;

    fn matching(filter: &PlanFilter, _: &Viewer) -> Condition {
        use improvement_plan::Column::{CycleId, DepartmentId, RegionId, State, TeamId};
        let on = |one: &Option<IdMatches>, column| one.as_ref().map(|one| one.on(column));
        Condition::all()
            .add_option(on(&filter.cycle_id, CycleId))
            .add_option(on(&filter.team_id, TeamId))
            .add_option(on(&filter.department_id, DepartmentId))
            .add_option(on(&filter.region_id, RegionId))
            .add_option(filter.state.as_ref().map(|one| one.on(State)))
    }

    fn sorts(order: PlanOrder) -> Vec<Sort<improvement_plan::Column>> {
        use improvement_plan::Column::{DueOn, Id};
        match order {
            PlanOrder::DueOnAsc => vec![Sort::ascending(DueOn), Sort::ascending(Id)],
            PlanOrder::DueOnDesc => vec![Sort::descending(DueOn), Sort::descending(Id)],
        }
    }
}

/// The running plans that these members see to, due until that day, which the viewer may see; one statement.
///
/// # Errors
/// When the database fails.
pub async fn due(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    owners: &[Uuid],
    until: NaiveDate,
) -> Result<Vec<improvement_plan::Model>> {
    use improvement_plan::Column::{DueOn, Id, OwnerId, State};
    Ok(
        visible::<improvement_plan::Entity>(viewer, Permission::AppraisalRead)
            .filter(OwnerId.is_in(owners.iter().copied()))
            .filter(State.eq(ImprovementState::Running))
            .filter(DueOn.lte(until))
            .order_by_asc(Id)
            .all(connection)
            .await?,
    )
}
