//! Filters and orderings of the organisation's lists.

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, JobFamily};
use entity::{assignment, department, member, position, region, team, team_place};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Listed, Viewer, reach_of};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;
use crate::organisation::scope::{holding_on, names_department};
use crate::organisation::structure::store::{standing_where, teams_in};

/// What departments and regions can be asked for; part of the filters of teams and positions.
#[derive(Clone, Debug, Default)]
pub struct StructureFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// Holds on that day.
    pub holds_on: Option<NaiveDate>,
}

/// What teams can be asked for.
#[derive(Clone, Debug, Default)]
pub struct TeamFilter {
    /// Code, name, day.
    pub plain: StructureFilter,
    /// The department.
    pub department_id: Option<Matches<Uuid>>,
    /// The region it serves.
    pub region_id: Option<Matches<Uuid>>,
    /// The team above it.
    pub parent_id: Option<Matches<Uuid>>,
}

/// What positions can be asked for.
#[derive(Clone, Debug, Default)]
pub struct PositionFilter {
    /// Code, name, day.
    pub plain: StructureFilter,
    /// The family.
    pub family: Option<Matches<JobFamily>>,
}

/// How departments, regions, teams and positions can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StructureOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
    /// By English name.
    NameAsc,
    /// By English name, backwards.
    NameDesc,
}

/// What members can be asked for.
#[derive(Clone, Debug, Default)]
pub struct MemberFilter {
    /// The number for people.
    pub number: Option<TextMatches>,
    /// The name, as written or in Latin letters.
    pub name: Option<TextMatches>,
    /// Has an assignment in one of these teams on the day.
    pub team_id: Option<Matches<Uuid>>,
    /// Has an assignment in one of these departments on the day.
    pub department_id: Option<Matches<Uuid>>,
    /// Has an assignment in one of these regions on the day.
    pub region_id: Option<Matches<Uuid>>,
    /// Has an assignment to one of these positions on the day.
    pub position_id: Option<Matches<Uuid>>,
    /// The day for the comparisons of assignments.
    pub on: Option<NaiveDate>,
    /// Works here on that day.
    pub works_on: Option<NaiveDate>,
}

/// How members can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberOrder {
    /// By number.
    #[default]
    NumberAsc,
    /// By number, backwards.
    NumberDesc,
    /// By name.
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// Who has been here longest first.
    JoinedOnAsc,
    /// Who came last first.
    JoinedOnDesc,
}

/// Compares a text with either of two columns.
fn either<C: ColumnTrait>(text: &TextMatches, one: C, other: C) -> Condition {
    Condition::any().add(text.on(one)).add(text.on(other))
}

macro_rules! structure {
    ($($table:ident: $filter:ident $(.$plain:ident)? $(, $further:ident on $column:ident)* $([$own:ident])?;)*) => {
        $(impl Listed for $table::Entity {
            type Filter = $filter;
            type Order = StructureOrder;

            fn matching(filter: &$filter, viewer: &Viewer) -> Condition {
                use $table::Column;
                // Only where a team stands depends on the viewer's day.
                let _ = viewer;
                let plain = &filter$(.$plain)?;
                Condition::all()
                    .add_option(plain.code.as_ref().map(|text| text.on(Column::Code)))
                    .add_option(plain.name.as_ref().map(|text| either(text, Column::Name, Column::NameZh)))
                    .add_option(plain.holds_on.map(|day| holding_on(Column::ValidFrom, Column::ValidTo, day)))
                    $(.add_option(filter.$further.as_ref().map(|is| is.on(Column::$column))))*
                    $(.add($own(filter, viewer)))?
            }

            fn sorts(order: StructureOrder) -> Vec<Sort<Self::Column>> {
                use $table::Column;
                match order {
                    StructureOrder::CodeAsc => vec![Sort::ascending(Column::Code)],
                    StructureOrder::CodeDesc => vec![Sort::descending(Column::Code)],
                    StructureOrder::NameAsc => vec![Sort::ascending(Column::Name), Sort::ascending(Column::Id)],
                    StructureOrder::NameDesc => vec![Sort::descending(Column::Name), Sort::descending(Column::Id)],
                }
            }
        })*
    };
}

structure! {
    department: StructureFilter;
    region: StructureFilter;
    team: TeamFilter.plain [standing];
    position: PositionFilter.plain, family on Family;
}

/// The comparisons of where a team stands: on the day that is asked for, else today.
fn standing(filter: &TeamFilter, viewer: &Viewer) -> Condition {
    use team::Column::{DepartmentId, ParentId, RegionId};
    use team_place::Column as Place;
    let day = filter.plain.holds_on.or(viewer.standing.day);
    let wanted = [
        (&filter.department_id, Place::DepartmentId, DepartmentId),
        (&filter.region_id, Place::RegionId, RegionId),
        (&filter.parent_id, Place::ParentId, ParentId),
    ];
    wanted
        .into_iter()
        .fold(Condition::all(), |all, (is, moved, founded)| {
            all.add_option(is.as_ref().map(|is| match day {
                Some(day) => standing_where(is, moved, founded, day),
                None => is.on(founded),
            }))
        })
}

/// The assignments in departments: those that name one themselves, and homes in their teams of the day.
fn within_departments(is: &Matches<Uuid>, day: Option<NaiveDate>) -> Condition {
    use assignment::Column::{DepartmentId, Kind, TeamId};
    let named = Condition::all()
        .add(is.on(DepartmentId))
        .add(names_department());
    let through_team = day.map(|day| {
        Condition::all()
            .add(Kind.eq(AssignmentKind::Home))
            .add(TeamId.in_subquery(teams_in(is, day)))
    });
    Condition::any().add(named).add_option(through_team)
}

impl Listed for member::Entity {
    type Filter = MemberFilter;
    type Order = MemberOrder;

    fn matching(filter: &MemberFilter, viewer: &Viewer) -> Condition {
        use assignment::Column::{PositionId, RegionId, TeamId};
        use member::Column;
        let placed = Condition::all()
            .add_option(filter.team_id.as_ref().map(|is| is.on(TeamId)))
            .add_option(
                filter
                    .department_id
                    .as_ref()
                    .map(|is| within_departments(is, filter.on.or(viewer.standing.day))),
            )
            .add_option(filter.region_id.as_ref().map(|is| is.on(RegionId)))
            .add_option(filter.position_id.as_ref().map(|is| is.on(PositionId)));
        let placed = (!placed.is_empty()).then(|| {
            let mut rows = assignment::Entity::find()
                .select_only()
                .column(assignment::Column::MemberId)
                .filter(reach_of::<assignment::Entity>(
                    viewer,
                    <assignment::Entity as crate::access::Scoped>::READ,
                ))
                .filter(placed);
            if let Some(day) = filter.on {
                rows = rows.filter(holding_on(
                    assignment::Column::ValidFrom,
                    assignment::Column::ValidTo,
                    day,
                ));
            }
            Column::Id.in_subquery(rows.into_query())
        });
        Condition::all()
            .add_option(filter.number.as_ref().map(|text| text.on(Column::Number)))
            .add_option(
                filter
                    .name
                    .as_ref()
                    .map(|text| either(text, Column::Name, Column::NameEn)),
            )
            .add_option(placed)
            .add_option(
                filter
                    .works_on
                    .map(|day| holding_on(Column::JoinedOn, Column::LeftOn, day)),
            )
    }

    fn sorts(order: MemberOrder) -> Vec<Sort<member::Column>> {
        use member::Column::{Id, JoinedOn, Name, Number};
        match order {
            MemberOrder::NumberAsc => vec![Sort::ascending(Number)],
            MemberOrder::NumberDesc => vec![Sort::descending(Number)],
            MemberOrder::NameAsc => vec![Sort::ascending(Name), Sort::ascending(Id)],
            MemberOrder::NameDesc => vec![Sort::descending(Name), Sort::descending(Id)],
            MemberOrder::JoinedOnAsc => vec![Sort::ascending(JoinedOn), Sort::ascending(Id)],
            MemberOrder::JoinedOnDesc => vec![Sort::descending(JoinedOn), Sort::descending(Id)],
        }
    }
}
