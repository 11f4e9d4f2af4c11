//! Writing rows, within an action that has decided on them.

use chrono::{DateTime, Utc};
use entity::{action_item, meeting, meeting_series, rule_proposal, suggestion, team_rule};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
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
    action_item,
    meeting,
    meeting_series,
    rule_proposal,
    suggestion,
    team_rule
);

/// Writes new rows.
///
/// # Errors
/// When the database fails.
pub async fn insert_all<M, A>(tx: &impl ConnectionTrait, rows: Vec<M>) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let mut rows = rows.into_iter().map(M::into_active_model).peekable();
    while rows.peek().is_some() {
        // PostgreSQL and SQLite bound the values of a statement.
        let some: Vec<A> = rows.by_ref().take(1_000).collect();
        A::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Writes a new row.
///
/// # Errors
/// When the database fails.
pub async fn insert<M, A>(tx: &impl ConnectionTrait, row: M) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    insert_all(tx, vec![row]).await
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
