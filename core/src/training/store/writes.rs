//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{
    training_course, training_enrolment, training_path, training_session, training_study,
    training_target,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, SqlErr,
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
    training_course,
    training_path,
    training_session,
    training_enrolment,
    training_study,
    training_target
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

/// Writes a new row; false when something of it that must be unique is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_unique<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<bool>
where
    M: Versioned + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let inserted = A::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    match inserted {
        Ok(_) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
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
