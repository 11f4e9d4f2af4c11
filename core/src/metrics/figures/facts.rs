//! Sums straight from facts, for what no cell is kept of.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::Dimension;
use entity::metric_fact::{Column, Entity};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Func, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::Part;
use crate::error::Result;
use crate::metrics::rules::at::At;
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::definition::{Aggregate, Base, Missing, Sums};
use crate::metrics::rules::grouping::{By, Row};
use crate::metrics::rules::period::Period;
use crate::metrics::store::facts_at;
use crate::organisation::Holding;

/// The facts that a metric counts in a period and a part of the company.
#[must_use]
pub fn counted(base: &Base, period: Period, part: &Part, holdings: &[Holding]) -> Condition {
    let mut all = period
        .of_facts()
        .add(Column::Source.eq(base.source.as_str()))
        .add(Column::Attribution.eq(base.attribution));
    for (column, words) in [
        (Column::Kind, &base.kinds),
        (Column::Channel, &base.channels),
        (Column::Kind, &part.kinds),
        (Column::Channel, &part.channels),
    ] {
        if !words.is_empty() {
            all = all.add(column.is_in(words.iter().map(String::as_str)));
        }
    }
    for (column, ids) in [
        (Column::DepartmentId, &part.departments),
        (Column::TeamId, &part.teams),
        (Column::MemberId, &part.members),
        (Column::ProductId, &part.products),
    ] {
        if !ids.is_empty() {
            all = all.add(column.is_in(ids.iter().copied()));
        }
    }
    if !part.provinces.is_empty() {
        all = all.add(Column::Province.is_in(part.provinces.iter().copied()));
    }
    if !part.regions.is_empty() {
        all = all.add(in_regions(&part.regions, holdings));
    }
    all
}

/// The same without those that are left out for want of a value: the facts behind the figure.
#[must_use]
pub fn behind(
    base: &Base,
    measure: Option<usize>,
    period: Period,
    part: &Part,
    holdings: &[Holding],
) -> Condition {
    let all = counted(base, period, part, holdings);
    match base.aggregate {
        Aggregate::Count => all,
        Aggregate::Sum | Aggregate::Mean | Aggregate::Rate => {
            all.add(value_of(base, measure).is_not_null())
        }
    }
}

/// Facts whose province belonged to one of the regions on their day.
fn in_regions(regions: &[Uuid], holdings: &[Holding]) -> Condition {
    let mut any = Condition::any();
    for holding in holdings.iter().filter(|one| regions.contains(&one.region)) {
        any = any.add(
            Condition::all()
                .add(Column::Province.eq(holding.province))
                .add(Column::Day.gte(holding.from))
                .add_option(holding.to.map(|to| Column::Day.lt(to))),
        );
    }
    if any.is_empty() {
        // Regions without provinces have no facts.
        return Condition::all().add(Column::Id.is_null());
    }
    any
}

/// The facts of one group.
#[must_use]
pub fn of_group(by: By, key: &str, holdings: &[Holding]) -> Condition {
    let nothing = || Condition::all().add(Column::Id.is_null());
    let dimension = match by {
        By::Dimension(dimension) => dimension,
        By::Region => {
            return key
                .parse()
                .map_or_else(|_| nothing(), |region| in_regions(&[region], holdings));
        }
    };
    let Some(column) = column_of(dimension) else {
        return Condition::all();
    };
    if key == NONE {
        return Condition::all().add(column.is_null());
    }
    if is_of_ids(dimension) {
        let id: Option<Uuid> = key.parse().ok();
        return id.map_or_else(nothing, |id| Condition::all().add(column.eq(id)));
    }
    Condition::all().add(column.eq(key))
}

/// The column that keeps a dimension.
const fn column_of(dimension: Dimension) -> Option<Column> {
    match dimension {
        Dimension::Company => None,
        Dimension::Department => Some(Column::DepartmentId),
        Dimension::Team => Some(Column::TeamId),
        Dimension::Member => Some(Column::MemberId),
        Dimension::Province => Some(Column::Province),
        Dimension::Product => Some(Column::ProductId),
        Dimension::Channel => Some(Column::Channel),
        Dimension::Kind => Some(Column::Kind),
    }
}

/// Sums by key and day, in one statement.
///
/// # Errors
/// When the database fails.
pub async fn rows(
    connection: &impl ConnectionTrait,
    at: &At,
    base: &Base,
    measure: Option<usize>,
    dimension: Dimension,
    condition: Condition,
) -> Result<Vec<Row>> {
    let value = value_of(base, measure);
    let big = |expression: Expr| expression.cast_as(Alias::new("bigint"));
    let sum = |expression: Expr| {
        big(Expr::expr(Func::coalesce([
            Func::sum(expression).into(),
            Expr::value(0),
        ])))
    };
    let weight = || Expr::col(Column::Weight);
    let member = match base.aggregate {
        Aggregate::Count => Expr::col(Column::MemberId),
        Aggregate::Sum | Aggregate::Mean | Aggregate::Rate => CaseStatement::new()
            .case(value.clone().is_not_null(), Expr::col(Column::MemberId))
            .into(),
    };
    let counted = CaseStatement::new()
        .case(value.clone().is_not_null(), weight())
        .finally(0);
    let select = facts_at(at)
        .select_only()
        .column(Column::Day)
        .column_as(sum(weight()), "weight")
        .column_as(sum(counted.into()), "counted")
        .column_as(sum(weight().mul(value)), "total")
        .column_as(member.count_distinct(), "people")
        .filter(condition)
        .group_by(Column::Day);
    type Found<K> = (NaiveDate, i64, i64, i64, i64, Option<K>);
    let row =
        |(start, weight, counted, total, people): (_, _, _, _, i64), key: Option<String>| Row {
            key: key.unwrap_or_else(|| none_of(dimension)),
            start,
            sums: Sums {
                weight,
                counted,
                total,
            },
            people: i32::try_from(people).unwrap_or(i32::MAX),
        };
    let select = keyed(select, dimension);
    Ok(if is_of_ids(dimension) {
        let found: Vec<Found<Uuid>> = select.into_tuple().all(connection).await?;
        found
            .into_iter()
            .map(|(day, a, b, c, d, key)| row((day, a, b, c, d), key.map(|id| id.to_string())))
            .collect()
    } else {
        let found: Vec<Found<String>> = select.into_tuple().all(connection).await?;
        found
            .into_iter()
            .map(|(day, a, b, c, d, key)| row((day, a, b, c, d), key))
            .collect()
    })
}

/// How many different members are behind each key.
///
/// # Errors
/// When the database fails.
pub async fn people(
    connection: &impl ConnectionTrait,
    at: &At,
    dimension: Dimension,
    condition: Condition,
) -> Result<HashMap<String, i32>> {
    let select = facts_at(at)
        .select_only()
        .column_as(Expr::col(Column::MemberId).count_distinct(), "people")
        .filter(condition);
    let select = keyed(select, dimension);
    let count = |people: i64| i32::try_from(people).unwrap_or(i32::MAX);
    Ok(if is_of_ids(dimension) {
        let found: Vec<(i64, Option<Uuid>)> = select.into_tuple().all(connection).await?;
        found
            .into_iter()
            .map(|(people, key)| {
                let key = key.map_or_else(|| none_of(dimension), |id| id.to_string());
                (key, count(people))
            })
            .collect()
    } else {
        let found: Vec<(i64, Option<String>)> = select.into_tuple().all(connection).await?;
        found
            .into_iter()
            .map(|(people, key)| (key.unwrap_or_else(|| none_of(dimension)), count(people)))
            .collect()
    })
}

/// How many different members are behind the facts of each condition, as of now, in one statement up to some hundreds.
///
/// # Errors
/// When the database fails.
pub async fn people_of_each(
    connection: &impl ConnectionTrait,
    conditions: Vec<Condition>,
) -> Result<Vec<i32>> {
    let mut people = Vec::with_capacity(conditions.len());
    for some in conditions.chunks(MOST_BRANCHES) {
        people.extend(people_of_some(connection, some).await?);
    }
    Ok(people)
}

/// Branches of one statement: SQLite takes 500.
const MOST_BRANCHES: usize = 400;

async fn people_of_some(
    connection: &impl ConnectionTrait,
    conditions: &[Condition],
) -> Result<Vec<i32>> {
    let mut people = vec![0; conditions.len()];
    let mut branches = (0_i64..).zip(conditions).map(|(place, condition)| {
        Entity::find()
            .select_only()
            .column_as(Expr::value(place).cast_as(Alias::new("bigint")), "place")
            .column_as(Expr::col(Column::MemberId).count_distinct(), "people")
            .filter(condition.clone())
            .into_query()
    });
    let Some(mut statement) = branches.next() else {
        return Ok(people);
    };
    for branch in branches {
        statement.union(UnionType::All, branch);
    }
    for row in connection.query_all(&statement).await? {
        let place: i64 = row.try_get("", "place")?;
        let found: i64 = row.try_get("", "people")?;
        if let Some(people) = usize::try_from(place)
            .ok()
            .and_then(|place| people.get_mut(place))
        {
            *people = i32::try_from(found).unwrap_or(i32::MAX);
        }
    }
    Ok(people)
}

/// The key of what has none.
fn none_of(dimension: Dimension) -> String {
    match dimension {
        Dimension::Company => String::new(),
        _ => NONE.to_owned(),
    }
}

/// Are its keys ids? SQLite keeps those as bytes.
const fn is_of_ids(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Department | Dimension::Team | Dimension::Member | Dimension::Product
    )
}

/// Adds the dimension's key as the last column.
fn keyed(select: Select<Entity>, dimension: Dimension) -> Select<Entity> {
    match column_of(dimension) {
        None => {
            let nothing = Expr::value(Option::<String>::None).cast_as(Alias::new("text"));
            select.column_as(nothing, "key")
        }
        Some(column) => select
            .column_as(Expr::col(column), "key")
            .group_by(Expr::col(column)),
    }
}

/// What a fact counts with, as SQL: the same as `Base::value_of`.
fn value_of(base: &Base, measure: Option<usize>) -> Expr {
    let columns = [
        Column::Value0,
        Column::Value1,
        Column::Value2,
        Column::Value3,
    ];
    let measured = match measure.and_then(|place| columns.get(place)) {
        Some(column) => Expr::col(*column),
        None => Expr::value(Option::<i64>::None).cast_as(Alias::new("bigint")),
    };
    let measured = match base.missing {
        Missing::Skip => measured,
        Missing::Zero => Func::coalesce([measured, Expr::value(0_i64)]).into(),
    };
    match (base.aggregate, base.at_least) {
        (Aggregate::Rate, Some(least)) => CaseStatement::new()
            .case(measured.clone().is_null(), Expr::value(Option::<i64>::None))
            .case(measured.gte(least), 1_i64)
            .finally(0_i64)
            .into(),
        _ => measured,
    }
}
