//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{
    exam, exam_appeal, exam_attempt, exam_item, exam_pool, exam_question, exam_question_version,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, SqlErr,
};

use crate::error::Result;

/// A row of these tables.
pub trait Row {
    /// It changes at this time.
    fn raise(&mut self, _at: DateTime<Utc>) {}
}

macro_rules! versioned {
    ($($table:ident),*) => {
        $(impl Row for $table::Model {
            fn raise(&mut self, at: DateTime<Utc>) {
                self.version += 1;
                self.updated_at = at;
            }
        })*
    };
}

versioned!(exam, exam_appeal, exam_attempt, exam_question);

impl Row for exam_item::Model {}
impl Row for exam_pool::Model {}
impl Row for exam_question_version::Model {}

/// Writes a new row.
///
/// # Errors
/// When the database fails.
pub async fn insert<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<()>
where
    M: Row + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    A::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a changed row, which the action holds locked, as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save<M, A>(tx: &impl ConnectionTrait, mut row: M, at: DateTime<Utc>) -> Result<M>
where
    M: Row + IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
    A::Entity: EntityTrait<Model = M>,
{
    row.raise(at);
    Ok(row.into_active_model().reset_all().update(tx).await?)
}

/// Writes a new exam; false when its code is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert_exam(tx: &impl ConnectionTrait, row: exam::Model) -> Result<bool> {
    let same = exam::Entity::find().filter(exam::Column::Code.eq(row.code.as_str()));
    if same.count(tx).await? > 0 {
        return Ok(false);
    }
    let inserted = exam::Entity::insert(row.into_active_model().reset_all())
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
