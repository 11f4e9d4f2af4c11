//! Who is shown on the wall, and who doesn't want to be.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::honour_opt_out;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::employed_among;

/// Has a member opted out of the wall?
///
/// # Errors
/// When the database fails.
pub async fn is_opted_out(connection: &impl ConnectionTrait, member: Uuid) -> Result<bool> {
    let row = honour_opt_out::Entity::find_by_id(member)
        .one(connection)
        .await?;
    Ok(row.is_some())
}

/// Writes whether a member has opted out; says whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn set_opted_out(
    tx: &impl ConnectionTrait,
    member: Uuid,
    out: bool,
    at: DateTime<Utc>,
) -> Result<bool> {
    let changed = if out {
        let row = honour_opt_out::Model {
            member_id: member,
            created_at: at,
        };
        let there = OnConflict::column(honour_opt_out::Column::MemberId)
            .do_nothing()
            .to_owned();
        honour_opt_out::Entity::insert(row.into_active_model())
            .on_conflict(there)
            .exec_without_returning(tx)
            .await?
    } else {
        let gone = honour_opt_out::Entity::delete_by_id(member)
            .exec(tx)
            .await?;
        gone.rows_affected
    };
    Ok(changed > 0)
}

/// Those of these members who are shown on a day: who work here and didn't opt out. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<BTreeSet<Uuid>> {
    let out: Vec<Uuid> = honour_opt_out::Entity::find()
        .select_only()
        .column(honour_opt_out::Column::MemberId)
        .filter(honour_opt_out::Column::MemberId.is_in(members.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    let next = day.succ_opt().unwrap_or(day);
    let here = employed_among(connection, (day, next), members).await?;
    let here = here.into_iter().map(|one| one.member);
    Ok(here.filter(|member| !out.contains(member)).collect())
}
