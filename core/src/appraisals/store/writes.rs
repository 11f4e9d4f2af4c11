//! Writing rows, within an action that has decided on them.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::error::Result;

crate::rows!(
    versioned: appraisal, appraisal_plan_item, appraisal_incident, appraisal_dispute;
    written: appraisal_rating, appraisal_result
);

/// How many rows are written at once: databases bound the values of a statement.
const AT_ONCE: usize = 500;

/// Writes new rows.
///
/// # Errors
/// When the database fails.
pub async fn insert_all<M, A>(tx: &impl ConnectionTrait, rows: Vec<M>) -> Result<()>
where
    M: Row + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(AT_ONCE);
        let some: Vec<A> = some
            .map(|row| row.into_active_model().reset_all())
            .collect();
        A::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
