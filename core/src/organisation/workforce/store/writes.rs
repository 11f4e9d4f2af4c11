//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{
    certificate, leave, member_capacity, member_certificate, member_shift, member_skill, skill,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, SqlErr,
};

use crate::error::Result;

/// A row that counts its changes.
pub trait Versioned {
    /// It changes at this time.
    fn raise(&mut self, at: DateTime<Utc>);
}

macro_rules! versioned {
    ($($table:ident),*) => {
        $(impl Versioned for $table::Model {
            fn raise(&mut self, at: DateTime<Utc>) {
                self.version += 1;
                self.updated_at = at;
            }
        })*
    };
}

versioned!(
    skill,
    certificate,
    member_skill,
    member_certificate,
    member_shift,
    member_capacity,
    leave
);

/// Writes a new row.
///
/// # Errors
/// When the database fails.
pub async fn insert<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<()>
where
    M: Versioned + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    A::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed row as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save<M, A>(tx: &impl ConnectionTrait, mut row: M, at: DateTime<Utc>) -> Result<M>
where
    M: Versioned + IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
    A::Entity: EntityTrait<Model = M>,
{
    row.raise(at);
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// A row whose code is unique.
pub trait Coded: Versioned {
    /// The table.
    type Table: EntityTrait;
    /// The column of the code.
    const CODE: <Self::Table as EntityTrait>::Column;
    /// The code.
    fn code(&self) -> &str;
}

macro_rules! coded {
    ($($table:ident),*) => {
        $(impl Coded for $table::Model {
            type Table = $table::Entity;
            const CODE: $table::Column = $table::Column::Code;

            fn code(&self) -> &str {
                &self.code
            }
        })*
    };
}

coded!(skill, certificate);

/// Writes a new row; false when its code is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_unique<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<bool>
where
    M: Coded + IntoActiveModel<A>,
    M::Table: EntityTrait<Model: Send + Sync>,
    A: ActiveModelTrait<Entity = M::Table>,
{
    let same = M::Table::find().filter(M::CODE.eq(row.code()));
    if same.count(tx).await? > 0 {
        return Ok(false);
    }
    let inserted = M::Table::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        // Somebody made it between the look and the write.
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}
