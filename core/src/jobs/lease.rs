//! Who does a job that must run once across all server processes (任务租约).
//!
//! A holder has the lease until a moment and renews it before; when its process dies, the lease runs out and another
//! process takes over. Clocks of machines differ a little and a process can stall with a lease in its hand, so a lease
//! only keeps work from being done twice in vain: whatever a round does claims its rows by conditional updates as well.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::job_lease::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::db::Db;
use crate::error::{Error, Result};

/// Takes the lease of a job, or renews it, for so long from `now`; false while somebody else holds it.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    db: &Db,
    name: &str,
    holder: Uuid,
    for_: Duration,
    now: DateTime<Utc>,
) -> Result<bool> {
    let until = TimeDelta::from_std(for_)
        .ok()
        .and_then(|length| now.checked_add_signed(length))
        .ok_or_else(|| Error::internal(format!("a lease of {for_:?} is too long")))?;
    let row = ActiveModel {
        name: Set(name.to_owned()),
        holder: Set(holder),
        until: Set(until),
        ran_at: Set(None),
    };
    let mine = Expr::col((Entity, Column::Holder)).eq(holder);
    let over = Expr::col((Entity, Column::Until)).lte(now);
    let transaction = db.begin().await?;
    let written = Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Name)
                .update_columns([Column::Holder, Column::Until])
                .action_and_where(mine.or(over))
                .to_owned(),
        )
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(written == 1)
}

/// Notes that the holder has done a round of the job to its end.
///
/// # Errors
/// When the database fails.
pub async fn ran(db: &Db, name: &str, holder: Uuid, at: DateTime<Utc>) -> Result<()> {
    let transaction = db.begin().await?;
    Entity::update_many()
        .col_expr(Column::RanAt, Expr::value(at))
        .filter(Column::Name.eq(name))
        .filter(Column::Holder.eq(holder))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// When the job last ran to its end, in whichever process.
///
/// # Errors
/// When the database fails.
pub async fn last_run(db: &Db, name: &str) -> Result<Option<DateTime<Utc>>> {
    let row = Entity::find_by_id(name).one(db.reader()).await?;
    Ok(row.and_then(|row| row.ran_at))
}

/// Gives the lease back, so that another process needn't wait for its end; nothing happens when somebody else has it.
///
/// # Errors
/// When the database fails.
pub async fn give_back(db: &Db, name: &str, holder: Uuid, now: DateTime<Utc>) -> Result<()> {
    let transaction = db.begin().await?;
    Entity::update_many()
        .col_expr(Column::Until, Expr::value(now))
        .filter(Column::Name.eq(name))
        .filter(Column::Holder.eq(holder))
        .filter(Column::Until.gt(now))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
