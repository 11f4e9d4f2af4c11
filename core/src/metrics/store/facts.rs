//! Facts: read by record and by day, replaced when their record changed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::Attribution;
use entity::metric_fact::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::error::Result;
use crate::metrics::rules::period::Period;

/// Rows written in one statement: SQLite takes 32,766 values.
const CHUNK: usize = 1_000;

/// The facts of some records, of all sources.
///
/// # Errors
/// When the database fails.
pub async fn facts_of_records(
    connection: &impl ConnectionTrait,
    records: &[Uuid],
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::RecordId.is_in(records.iter().copied()))
        .all(connection)
        .await?)
}

/// The facts of a source under one rule of attribution on a day.
///
/// # Errors
/// When the database fails.
pub async fn facts_of_day(
    connection: &impl ConnectionTrait,
    source: &str,
    attribution: Attribution,
    day: NaiveDate,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::Source.eq(source))
        .filter(Column::Attribution.eq(attribution))
        .filter(Column::Day.eq(day))
        .all(connection)
        .await?)
}

/// Takes out the facts that are gone and puts in those that have come.
///
/// # Errors
/// When the database fails.
pub async fn replace_facts(
    connection: &impl ConnectionTrait,
    gone: &[Model],
    come: Vec<Model>,
) -> Result<()> {
    for some in gone.chunks(CHUNK) {
        Entity::delete_many()
            .filter(Column::Id.is_in(some.iter().map(|row| row.id)))
            .exec(connection)
            .await?;
    }
    let mut rows = come
        .into_iter()
        .map(|row| row.into_active_model().reset_all());
    loop {
        let some: Vec<ActiveModel> = rows.by_ref().take(CHUNK).collect();
        if some.is_empty() {
            return Ok(());
        }
        Entity::insert_many(some)
            .exec_without_returning(connection)
            .await?;
    }
}

/// Is there any fact of such records?
///
/// # Errors
/// When the database fails.
pub async fn has_facts(connection: &impl ConnectionTrait, record_kind: &str) -> Result<bool> {
    let any = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RecordKind.eq(record_kind))
        .limit(1)
        .into_tuple::<Uuid>()
        .one(connection)
        .await?;
    Ok(any.is_some())
}

/// The days on which a source has facts, in order.
///
/// # Errors
/// When the database fails.
pub async fn days_of_source(
    connection: &impl ConnectionTrait,
    source: &str,
) -> Result<Vec<NaiveDate>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Day)
        .distinct()
        .filter(Column::Source.eq(source))
        .order_by_asc(Column::Day)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The facts of a member in a time whose place isn't this one.
fn misplaced(
    member: Uuid,
    within: (Option<NaiveDate>, Option<NaiveDate>),
    team: Option<Uuid>,
    department: Option<Uuid>,
) -> Condition {
    let differs = |column: Column, value: Option<Uuid>| match value {
        Some(value) => Condition::any().add(column.is_null()).add(column.ne(value)),
        None => Condition::any().add(column.is_not_null()),
    };
    Condition::all()
        .add(Column::MemberId.eq(member))
        .add_option(within.0.map(|from| Column::Day.gte(from)))
        .add_option(within.1.map(|to| Column::Day.lt(to)))
        .add(
            Condition::any()
                .add(differs(Column::TeamId, team))
                .add(differs(Column::DepartmentId, department)),
        )
}

/// The sources and days of a member's facts in a time that aren't placed there.
///
/// # Errors
/// When the database fails.
pub async fn facts_placed_elsewhere(
    connection: &impl ConnectionTrait,
    member: Uuid,
    within: (Option<NaiveDate>, Option<NaiveDate>),
    team: Option<Uuid>,
    department: Option<Uuid>,
) -> Result<BTreeSet<(String, NaiveDate)>> {
    let days: Vec<(String, NaiveDate)> = Entity::find()
        .select_only()
        .columns([Column::Source, Column::Day])
        .distinct()
        .filter(misplaced(member, within, team, department))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(days.into_iter().collect())
}

/// Places a member's facts of a time there.
///
/// # Errors
/// When the database fails.
pub async fn place(
    connection: &impl ConnectionTrait,
    member: Uuid,
    within: (Option<NaiveDate>, Option<NaiveDate>),
    team: Option<Uuid>,
    department: Option<Uuid>,
) -> Result<()> {
    let moved = ActiveModel {
        team_id: Set(team),
        department_id: Set(department),
        ..Default::default()
    };
    Entity::update_many()
        .set(moved)
        .filter(misplaced(member, within, team, department))
        .exec(connection)
        .await?;
    Ok(())
}

/// Puts a team's facts of a time into that department; gives the sources and days of those that were in another one.
///
/// # Errors
/// When the database fails.
pub async fn regroup(
    connection: &impl ConnectionTrait,
    team: Uuid,
    within: (Option<NaiveDate>, Option<NaiveDate>),
    department: Uuid,
) -> Result<BTreeSet<(String, NaiveDate)>> {
    let misplaced = || {
        Condition::all()
            .add(Column::TeamId.eq(team))
            .add_option(within.0.map(|from| Column::Day.gte(from)))
            .add_option(within.1.map(|to| Column::Day.lt(to)))
            .add(
                Condition::any()
                    .add(Column::DepartmentId.is_null())
                    .add(Column::DepartmentId.ne(department)),
            )
    };
    let days: Vec<(String, NaiveDate)> = Entity::find()
        .select_only()
        .columns([Column::Source, Column::Day])
        .distinct()
        .filter(misplaced())
        .into_tuple()
        .all(connection)
        .await?;
    if !days.is_empty() {
        let moved = ActiveModel {
            department_id: Set(Some(department)),
            ..Default::default()
        };
        Entity::update_many()
            .set(moved)
            .filter(misplaced())
            .exec(connection)
            .await?;
    }
    Ok(days.into_iter().collect())
}

impl Period {
    /// The condition that a fact lies in it.
    #[must_use]
    pub fn of_facts(self) -> Condition {
        Condition::all()
            .add(Column::Day.gte(self.from))
            .add(Column::Day.lt(self.to))
    }
}
