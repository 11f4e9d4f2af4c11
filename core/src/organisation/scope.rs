//! What the reaches mean for the organisation's tables: each as SQL and as a plain predicate, side by side.

use entity::enums::{AssignmentKind, Reach};
use entity::{assignment, department, member, position, region, region_province, team};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::rules::{holds_on, own_department};
use crate::access::{Permission, Scoped, Standing};

/// Rows that hold on a day, by their two columns.
pub fn holding_on<C: ColumnTrait>(from: C, to: C, day: chrono::NaiveDate) -> Condition {
    Condition::all()
        .add(from.lte(day))
        .add(Condition::any().add(to.is_null()).add(to.gt(day)))
}

/// The assignments that name their department themselves: those but homes with a team, which are where the team is.
/// [`own_department`] says the same of one.
pub(in crate::organisation) fn names_department() -> Condition {
    Condition::any()
        .add(assignment::Column::Kind.ne(AssignmentKind::Home))
        .add(assignment::Column::TeamId.is_null())
}

/// The members who have an assignment today in the teams, departments or regions of a reach, as a sub-select of their
/// ids; `None` when the reach isn't one of placement or nobody is placed there.
#[must_use]
pub fn placed_in(reach: Reach, standing: &Standing) -> Option<SelectStatement> {
    use assignment::Column::{DepartmentId, RegionId, TeamId};
    let day = standing.day?;
    let ids =
        |set: &std::collections::BTreeSet<uuid::Uuid>| set.iter().copied().collect::<Vec<_>>();
    let place = match reach {
        Reach::Team => Condition::all().add(TeamId.is_in(ids(&standing.teams))),
        Reach::TeamTree => Condition::all().add(TeamId.is_in(ids(&standing.team_tree))),
        Reach::Department => Condition::any()
            .add(
                Condition::all()
                    .add(DepartmentId.is_in(ids(&standing.departments)))
                    .add(names_department()),
            )
            .add(TeamId.is_in(ids(&standing.department_teams))),
        Reach::Region => Condition::any()
            .add(RegionId.is_in(ids(&standing.regions)))
            .add(TeamId.is_in(ids(&standing.region_teams))),
        Reach::Own | Reach::All | Reach::Organisation => return None,
    };
    Some(
        assignment::Entity::find()
            .select_only()
            .column(assignment::Column::MemberId)
            .filter(place)
            .filter(holding_on(
                assignment::Column::ValidFrom,
                assignment::Column::ValidTo,
                day,
            ))
            .into_query(),
    )
}

/// The same for one member with all its assignments.
#[must_use]
pub fn is_placed_in(assignments: &[assignment::Model], reach: Reach, standing: &Standing) -> bool {
    let Some(day) = standing.day else {
        return false;
    };
    assignments
        .iter()
        .filter(|row| holds_on(row.valid_from, row.valid_to, day))
        .any(|row| {
            let team = |set: &std::collections::BTreeSet<uuid::Uuid>| {
                row.team_id.is_some_and(|id| set.contains(&id))
            };
            match reach {
                Reach::Team => team(&standing.teams),
                Reach::TeamTree => team(&standing.team_tree),
                Reach::Department => {
                    team(&standing.department_teams)
                        || own_department(row).is_some_and(|id| standing.departments.contains(&id))
                }
                Reach::Region => {
                    team(&standing.region_teams)
                        || row
                            .region_id
                            .is_some_and(|id| standing.regions.contains(&id))
                }
                Reach::Own | Reach::All | Reach::Organisation => false,
            }
        })
}

/// A member with all its assignments: what decides who may see either.
#[derive(Clone, Debug)]
pub struct MemberFacts {
    /// The member.
    pub member: member::Model,
    /// All assignments of that member, of any day.
    pub assignments: Vec<assignment::Model>,
}

impl MemberFacts {
    /// Is the member within a reach?
    #[must_use]
    pub fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => standing.member_id == Some(self.member.id),
            Reach::Organisation => false,
            _ => is_placed_in(&self.assignments, reach, standing),
        }
    }
}

/// The members who work here on a day, as a sub-select of their ids.
#[must_use]
pub fn working_on(day: chrono::NaiveDate) -> SelectStatement {
    use member::Column::{Id, JoinedOn, LeftOn};
    member::Entity::find()
        .select_only()
        .column(Id)
        .filter(holding_on(JoinedOn, LeftOn, day))
        .into_query()
}

/// The members who have no place on a day, as a sub-select of their ids: who left, and whose assignments have all ended.
#[must_use]
pub fn placed_nowhere_on(day: chrono::NaiveDate) -> SelectStatement {
    use assignment::Column::{MemberId, ValidFrom, ValidTo};
    use member::Column::Id;
    let placed = assignment::Entity::find()
        .select_only()
        .column(MemberId)
        .filter(holding_on(ValidFrom, ValidTo, day))
        .into_query();
    let without = Condition::any()
        .add(Id.not_in_subquery(placed))
        .add(Id.not_in_subquery(working_on(day)));
    member::Entity::find()
        .select_only()
        .column(Id)
        .filter(without)
        .into_query()
}

/// The members who have their home in a team on a day, as a sub-select of their ids.
#[must_use]
pub fn at_home_on(team: uuid::Uuid, day: chrono::NaiveDate) -> SelectStatement {
    use assignment::Column::{Kind, MemberId, TeamId, ValidFrom, ValidTo};
    assignment::Entity::find()
        .select_only()
        .column(MemberId)
        .filter(TeamId.eq(team))
        .filter(Kind.eq(AssignmentKind::Home))
        .filter(holding_on(ValidFrom, ValidTo, day))
        .into_query()
}

/// The rows whose member (by that column) is within a reach.
pub fn of_member<C: ColumnTrait>(
    column: C,
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    match reach {
        Reach::All => Some(Condition::all()),
        Reach::Own => standing
            .member_id
            .map(|id| Condition::all().add(column.eq(id))),
        Reach::Organisation => None,
        _ => placed_in(reach, standing)
            .map(|members| Condition::all().add(column.in_subquery(members))),
    }
}

impl Scoped for member::Entity {
    const READ: Permission = Permission::MemberRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(member::Column::Id, reach, standing)
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}

/// An assignment follows its member: whoever may see the member may see where the member was and is.
impl Scoped for assignment::Entity {
    const READ: Permission = Permission::MemberRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(assignment::Column::MemberId, reach, standing)
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}

/// Tables of the house's structure: whoever may see one row may see all.
macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::OrganisationRead;
            type Facts = $table::Model;

            fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
                (reach == Reach::All).then(Condition::all)
            }

            fn within(_: &$table::Model, reach: Reach, _: &Standing) -> bool {
                reach == Reach::All
            }
        })*
    };
}

whole!(department, region, region_province, team, position);
