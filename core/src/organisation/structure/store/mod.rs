//! Reads and writes of the structure over time.

mod names;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{assignment, department, position, structure_name, team, team_place};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    Select,
};
use uuid::Uuid;

use super::rules::{DepartmentsOfTeams, as_of};
use crate::access::children::{Column, Link};
use crate::access::{Permission, Viewer, visible};
use crate::db::filter::IdMatches;
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::organisation::scope::holding_on;

pub use names::{Named, begun, insert_name, names_of, put_name, touch};

/// The places that a team was moved to, by their first day.
pub struct TeamsPlaces;

impl Link for TeamsPlaces {
    type Child = team_place::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (team_place::Column::Id, team_place::Column::TeamId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(team_place::Column::ValidFrom),
            Sort::ascending(team_place::Column::Id),
        ]
    }
}

macro_rules! names {
    ($($(#[$doc:meta])* $link:ident by $column:ident;)*) => {
        $($(#[$doc])*
        pub struct $link;

        impl Link for $link {
            type Child = structure_name::Entity;

            fn columns() -> (Column<Self>, Column<Self>) {
                (structure_name::Column::Id, structure_name::Column::$column)
            }

            fn sorts() -> Vec<Sort<Column<Self>>> {
                vec![
                    Sort::ascending(structure_name::Column::ValidFrom),
                    Sort::ascending(structure_name::Column::Id),
                ]
            }
        })*
    };
}

names! {
    /// The names of a department, by their first day.
    DepartmentsNames by DepartmentId;
    /// The names of a team, by their first day.
    TeamsNames by TeamId;
    /// The names of a position, by their first day.
    PositionsNames by PositionId;
}

/// The teams of a day as they stand then; one statement.
///
/// # Errors
/// When the database fails.
pub async fn teams_on(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<team::Model>> {
    standing_on(connection, team::Entity::find(), day).await
}

/// The same as a viewer sees it.
///
/// # Errors
/// When the database fails.
pub async fn visible_teams_on(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    day: NaiveDate,
) -> Result<Vec<team::Model>> {
    let select = visible::<team::Entity>(viewer, Permission::OrganisationRead);
    standing_on(connection, select.order_by_asc(team::Column::Code), day).await
}

async fn standing_on(
    connection: &impl ConnectionTrait,
    select: Select<team::Entity>,
    day: NaiveDate,
) -> Result<Vec<team::Model>> {
    let holding = team_place::Relation::Team
        .def()
        .rev()
        .on_condition(move |_, _| {
            holding_on(
                team_place::Column::ValidFrom,
                team_place::Column::ValidTo,
                day,
            )
        });
    let rows = select
        .filter(holding_on(
            team::Column::ValidFrom,
            team::Column::ValidTo,
            day,
        ))
        .join(JoinType::LeftJoin, holding)
        .select_also(team_place::Entity)
        .all(connection)
        .await?;
    let (teams, places): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let places: Vec<team_place::Model> = places.into_iter().flatten().collect();
    Ok(as_of(teams, &places, day))
}

/// The department of every team there is or was, day by day.
///
/// # Errors
/// When the database fails.
pub async fn departments_of_teams(connection: &impl ConnectionTrait) -> Result<DepartmentsOfTeams> {
    let teams = team::Entity::find().all(connection).await?;
    let places = team_place::Entity::find().all(connection).await?;
    Ok(DepartmentsOfTeams::of(&teams, &places))
}

/// The teams whose department (or parent, or region) on a day is as wanted: `moved` is the column of a place, `founded`
/// that of the team's own row.
pub fn standing_where(
    wanted: &IdMatches,
    moved: team_place::Column,
    founded: team::Column,
    day: NaiveDate,
) -> Condition {
    let held = || {
        team_place::Entity::find()
            .select_only()
            .column(team_place::Column::TeamId)
            .filter(holding_on(
                team_place::Column::ValidFrom,
                team_place::Column::ValidTo,
                day,
            ))
    };
    let there = held().filter(wanted.on(moved)).into_query();
    let still = Condition::all()
        .add(wanted.on(founded))
        .add(team::Column::Id.not_in_subquery(held().into_query()));
    Condition::any()
        .add(team::Column::Id.in_subquery(there))
        .add(still)
}

/// The ids of the teams in a department on a day.
pub fn teams_in(department: &IdMatches, day: NaiveDate) -> SelectStatement {
    team::Entity::find()
        .select_only()
        .column(team::Column::Id)
        .filter(standing_where(
            department,
            team_place::Column::DepartmentId,
            team::Column::DepartmentId,
            day,
        ))
        .into_query()
}

/// The first day from that day on for which a move of one of these teams is told.
///
/// # Errors
/// When the database fails.
pub async fn next_move(
    connection: &impl ConnectionTrait,
    teams: &BTreeSet<Uuid>,
    from: NaiveDate,
) -> Result<Option<NaiveDate>> {
    let row = team_place::Entity::find()
        .filter(team_place::Column::TeamId.is_in(teams.iter().copied()))
        .filter(team_place::Column::ValidFrom.gte(from))
        .order_by_asc(team_place::Column::ValidFrom)
        .one(connection)
        .await?;
    Ok(row.map(|row| row.valid_from))
}

/// Lets a team stand there from a day on; where it stood before ends on that day.
///
/// # Errors
/// When the database fails.
pub async fn insert_place(tx: &impl ConnectionTrait, row: team_place::Model) -> Result<()> {
    let ended = team_place::ActiveModel {
        valid_to: sea_orm::Set(Some(row.valid_from)),
        ..Default::default()
    };
    team_place::Entity::update_many()
        .set(ended)
        .filter(team_place::Column::TeamId.eq(row.team_id))
        .filter(team_place::Column::ValidTo.is_null())
        .exec(tx)
        .await?;
    team_place::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The places of the move that brings a team somewhere on a day, also those of the teams that come along.
///
/// # Errors
/// When the database fails.
pub async fn move_on(
    connection: &impl ConnectionTrait,
    team: Uuid,
    day: NaiveDate,
) -> Result<Vec<team_place::Model>> {
    let own = team_place::Entity::find()
        .filter(team_place::Column::TeamId.eq(team))
        .filter(team_place::Column::ValidFrom.eq(day))
        .one(connection)
        .await?;
    let Some(own) = own else {
        return Ok(Vec::new());
    };
    Ok(team_place::Entity::find()
        .filter(team_place::Column::MoveId.eq(own.move_id))
        .all(connection)
        .await?)
}

/// Takes back places that haven't begun; those before them go on.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_places(
    tx: &impl ConnectionTrait,
    places: &[team_place::Model],
) -> Result<()> {
    for place in places {
        team_place::Entity::delete_by_id(place.id).exec(tx).await?;
        let reopened = team_place::ActiveModel {
            valid_to: sea_orm::Set(None),
            ..Default::default()
        };
        team_place::Entity::update_many()
            .set(reopened)
            .filter(team_place::Column::TeamId.eq(place.team_id))
            .filter(team_place::Column::ValidTo.eq(place.valid_from))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// What something can be placed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A department, by whoever names it without a team.
    Department(Uuid),
    /// A team.
    Team(Uuid),
    /// A position.
    Position(Uuid),
}

/// How many assignments to something hold on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn placed_from(
    connection: &impl ConnectionTrait,
    target: Target,
    day: NaiveDate,
) -> Result<u64> {
    use assignment::Column::{DepartmentId, Kind, PositionId, TeamId, ValidTo};
    let there = match target {
        Target::Department(id) => Condition::all().add(DepartmentId.eq(id)).add(
            Condition::any()
                .add(TeamId.is_null())
                .add(Kind.ne(entity::enums::AssignmentKind::Home)),
        ),
        Target::Team(id) => Condition::all().add(TeamId.eq(id)),
        Target::Position(id) => Condition::all().add(PositionId.eq(id)),
    };
    Ok(assignment::Entity::find()
        .filter(there)
        .filter(Condition::any().add(ValidTo.is_null()).add(ValidTo.gt(day)))
        .count(connection)
        .await?)
}

/// The days from a day on on which something about teams changes: where the structure must be looked at.
///
/// # Errors
/// When the database fails.
pub async fn days_from(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<BTreeSet<NaiveDate>> {
    let moves: Vec<NaiveDate> = team_place::Entity::find()
        .select_only()
        .column(team_place::Column::ValidFrom)
        .distinct()
        .filter(team_place::Column::ValidFrom.gt(day))
        .into_tuple()
        .all(connection)
        .await?;
    let founded: Vec<NaiveDate> = team::Entity::find()
        .select_only()
        .column(team::Column::ValidFrom)
        .distinct()
        .filter(team::Column::ValidFrom.gt(day))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(moves.into_iter().chain(founded).chain([day]).collect())
}

macro_rules! rows {
    ($($table:ident: $insert:ident, $save:ident, $taken:ident;)*) => {
        $(
            /// Writes a new row.
            ///
            /// # Errors
            /// When the database fails.
            pub async fn $insert(tx: &impl ConnectionTrait, row: $table::Model) -> Result<()> {
                $table::Entity::insert(row.into_active_model())
                    .exec_without_returning(tx)
                    .await?;
                Ok(())
            }

            /// Writes a row as its next version.
            ///
            /// # Errors
            /// When the database fails.
            pub async fn $save(
                tx: &impl ConnectionTrait,
                mut row: $table::Model,
                at: DateTime<Utc>,
            ) -> Result<$table::Model> {
                row.version += 1;
                row.updated_at = at;
                Ok(row.into_active_model().reset_all().update(tx).await?)
            }

            /// Is the code taken?
            ///
            /// # Errors
            /// When the database fails.
            pub async fn $taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
                Ok($table::Entity::find()
                    .filter($table::Column::Code.eq(code))
                    .count(connection)
                    .await?
                    > 0)
            }
        )*
    };
}

rows! {
    department: insert_department, save_department, department_code_taken;
    team: insert_team, save_team, team_code_taken;
    position: insert_position, save_position, position_code_taken;
}

/// The codes of the teams that belong to a department on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn codes_in(
    connection: &impl ConnectionTrait,
    department: Uuid,
    day: NaiveDate,
) -> Result<BTreeSet<String>> {
    let mut codes = BTreeSet::new();
    for at in days_from(connection, day).await? {
        let teams = teams_on(connection, at).await?;
        codes.extend(
            teams
                .into_iter()
                .filter(|team| team.department_id == department)
                .map(|team| team.code),
        );
    }
    Ok(codes)
}
