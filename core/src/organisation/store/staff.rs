//! All of the staff over some days, whoever looks: what a population is found by.
//!
//! Like counting, appraising looks at everybody; whoever shows anything of it looks through the viewer's reach.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::JobFamily;
use entity::{member, position};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// A member, from joining to leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employed {
    /// The member.
    pub member: Uuid,
    /// The first day.
    pub joined: NaiveDate,
    /// The first day after the last one; none while no end is known.
    pub left: Option<NaiveDate>,
}

/// Everybody who works here on one of these days, by number; one statement.
///
/// # Errors
/// When the database fails.
pub async fn employed_within(
    connection: &impl ConnectionTrait,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Employed>> {
    use member::Column::{Id, JoinedOn, LeftOn, Number};
    let still_there = Condition::any().add(LeftOn.is_null()).add(LeftOn.gt(from));
    let rows: Vec<(Uuid, NaiveDate, Option<NaiveDate>)> = member::Entity::find()
        .select_only()
        .columns([Id, JoinedOn, LeftOn])
        .filter(JoinedOn.lt(until))
        .filter(still_there)
        .order_by_asc(Number)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(member, joined, left)| Employed {
            member,
            joined,
            left,
        })
        .collect())
}

/// The family of every position, also of those that are no longer held; one statement.
///
/// # Errors
/// When the database fails.
pub async fn families(connection: &impl ConnectionTrait) -> Result<HashMap<Uuid, JobFamily>> {
    let rows: Vec<(Uuid, JobFamily)> = position::Entity::find()
        .select_only()
        .columns([position::Column::Id, position::Column::Family])
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}
