//! Writing rows, within an action that has decided on them.

use entity::exam;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, SqlErr,
};

use crate::error::Result;

crate::rows!(versioned: exam, exam_appeal, exam_attempt, exam_question; written: exam_item, exam_pool, exam_question_version);

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
