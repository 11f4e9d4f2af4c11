//! Writing rows, within an action that has decided on them.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, SqlErr};

use crate::error::Result;

crate::rows!(
    versioned: training_course, training_path, training_session, training_enrolment, training_study, training_target;
    written:
);

/// Writes a new row; false when something of it that must be unique is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_unique<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<bool>
where
    M: Row + IntoActiveModel<A>,
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
