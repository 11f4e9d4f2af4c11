//! Competencies, profiles and assessments.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{competency, competency_assessment, competency_profile, competency_want};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::rules::{fit, gap, held_on, profile_on};
use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::TextMatches;
use crate::db::keyset::Sort;
use crate::error::Result;

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $parent:ident, [$($sort:ident $column:ident),*];)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![$(Sort::$sort($table::Column::$column)),*]
                }
            }
        )*
    };
}

links! {
    /// The profiles of a position, the latest first.
    PositionsProfiles: competency_profile by PositionId, [descending Number, descending Id];
    /// What a profile wants.
    ProfilesWants: competency_want by ProfileId, [ascending Id];
    /// The assessments of a member, the latest first.
    MembersAssessments: competency_assessment by MemberId, [descending AssessedOn, descending Id];
}

/// Which competencies.
#[derive(Clone, Debug, Default)]
pub struct CompetencyFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// Still wanted, or no longer.
    pub active: Option<bool>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompetencyOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
}

impl Listed for competency::Entity {
    type Filter = CompetencyFilter;
    type Order = CompetencyOrder;

    fn matching(filter: &CompetencyFilter, _: &Viewer) -> Condition {
        use competency::Column::{Active, Code, Name, NameZh};
        let either = |text: &TextMatches| Condition::any().add(text.on(Name)).add(text.on(NameZh));
        Condition::all()
            .add_option(filter.code.as_ref().map(|text| text.on(Code)))
            .add_option(filter.name.as_ref().map(either))
            .add_option(filter.active.map(|active| Active.eq(active)))
    }

    fn sorts(order: CompetencyOrder) -> Vec<Sort<competency::Column>> {
        match order {
            CompetencyOrder::CodeAsc => vec![Sort::ascending(competency::Column::Code)],
            CompetencyOrder::CodeDesc => vec![Sort::descending(competency::Column::Code)],
        }
    }
}

/// Is there a competency with this code?
///
/// # Errors
/// When the database fails.
pub async fn code_taken(connection: &impl ConnectionTrait, code: &str) -> Result<bool> {
    let rows = competency::Entity::find()
        .filter(competency::Column::Code.eq(code))
        .count(connection)
        .await?;
    Ok(rows > 0)
}

/// The competencies among these that are in use.
///
/// # Errors
/// When the database fails.
pub async fn active_among(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<competency::Model>> {
    Ok(competency::Entity::find()
        .filter(competency::Column::Id.is_in(ids.iter().copied()))
        .filter(competency::Column::Active.eq(true))
        .all(connection)
        .await?)
}

/// The last profile of a position.
///
/// # Errors
/// When the database fails.
pub async fn last_profile(
    connection: &impl ConnectionTrait,
    position: Uuid,
) -> Result<Option<competency_profile::Model>> {
    Ok(competency_profile::Entity::find()
        .filter(competency_profile::Column::PositionId.eq(position))
        .order_by_desc(competency_profile::Column::Number)
        .one(connection)
        .await?)
}

/// Writes a competency.
///
/// # Errors
/// When the database fails.
pub async fn insert_competency(tx: &impl ConnectionTrait, row: competency::Model) -> Result<()> {
    competency::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a competency as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_competency(
    tx: &impl ConnectionTrait,
    mut row: competency::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Writes a profile with what it wants.
///
/// # Errors
/// When the database fails.
pub async fn insert_profile(
    tx: &impl ConnectionTrait,
    row: competency_profile::Model,
    wants: Vec<competency_want::Model>,
) -> Result<()> {
    competency_profile::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    competency_want::Entity::insert_many(wants.into_iter().map(IntoActiveModel::into_active_model))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes an assessment.
///
/// # Errors
/// When the database fails.
pub async fn insert_assessment(
    tx: &impl ConnectionTrait,
    row: competency_assessment::Model,
) -> Result<()> {
    competency_assessment::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// How far members fit positions on a day, in percent, by member and position; nothing for positions without a profile and for
/// members whom nobody has assessed. Three statements.
///
/// # Errors
/// When the database fails.
pub async fn fits(
    connection: &impl ConnectionTrait,
    wanted: &[(Uuid, Uuid)],
    day: NaiveDate,
) -> Result<HashMap<(Uuid, Uuid), i32>> {
    let positions: BTreeSet<Uuid> = wanted.iter().map(|(_, position)| *position).collect();
    let members: BTreeSet<Uuid> = wanted.iter().map(|(member, _)| *member).collect();
    let all = competency_profile::Entity::find()
        .filter(competency_profile::Column::PositionId.is_in(positions))
        .all(connection)
        .await?;
    let mut profiles: HashMap<Uuid, Vec<competency_profile::Model>> = HashMap::new();
    for profile in all {
        profiles
            .entry(profile.position_id)
            .or_default()
            .push(profile);
    }
    let profiles: HashMap<Uuid, Uuid> = profiles
        .into_iter()
        .filter_map(|(position, rows)| Some((position, profile_on(&rows, day)?.id)))
        .collect();
    let all = competency_want::Entity::find()
        .filter(competency_want::Column::ProfileId.is_in(profiles.values().copied()))
        .all(connection)
        .await?;
    let mut wants: HashMap<Uuid, Vec<competency_want::Model>> = HashMap::new();
    for want in all {
        wants.entry(want.profile_id).or_default().push(want);
    }
    let all = competency_assessment::Entity::find()
        .filter(competency_assessment::Column::MemberId.is_in(members))
        .all(connection)
        .await?;
    let mut assessments: HashMap<Uuid, Vec<competency_assessment::Model>> = HashMap::new();
    for row in all {
        assessments.entry(row.member_id).or_default().push(row);
    }
    let fit_of = |(member, position): &(Uuid, Uuid)| {
        let wants = wants.get(profiles.get(position)?)?;
        let held = held_on(assessments.get(member)?, day);
        let percent = fit(&gap(wants, &held)).filter(|_| !held.is_empty())?;
        Some(((*member, *position), percent))
    };
    Ok(wanted.iter().filter_map(fit_of).collect())
}
