//! A row that was read without a lock, and what is written if it is still the same.
//!
//! A change that looks at one row and otherwise only writes new ones needs no transaction around its statements on PostgreSQL: the row is read,
//! and the one statement that writes fails as a whole when the row is another by then. That saves the beginning and the end of a
//! transaction, and everybody else's wait for the end. On SQLite, which has one writer, the transaction begins when everything is decided,
//! with a look whether the row is the same. Those that are decided while others are written wait in [line](super::line), and
//! are written together. Who finds the row changed does the same again under lock.

use entity::audit_log;
use sea_orm::sea_query::{
    CommonTableExpression, Expr, LockBehavior, LockType, Query, SelectStatement,
};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn,
    RuntimeErr,
};

use super::pending::{Pending, part};
use crate::error::Error;

const STALE: &str = "a row was changed by somebody else after it was read without a lock";
/// What PostgreSQL calls a division by nought.
const DIVISION_BY_NOUGHT: &str = "22012";

/// A row as it was seen.
#[derive(Clone, Debug)]
pub struct Glance(Box<SelectStatement>);

impl Glance {
    /// At a row of a table whose rows are counted up when they change; none at others.
    pub fn at<E>(row: &E::Model) -> Option<Self>
    where
        E: EntityTrait<Model: ModelTrait<Entity = E>>,
    {
        let key = <E::PrimaryKey as Iterable>::iter().next()?.into_column();
        let version = E::Column::iter().find(|column| column.as_str() == "version")?;
        let same = Query::select()
            .expr(Expr::val(1))
            .from(E::default().table_ref())
            .and_where(key.eq(row.get(key)))
            .and_where(version.eq(row.get(version)))
            .lock(LockType::Share)
            .take();
        Some(Self(Box::new(same)))
    }

    /// Holds when the row is the same.
    pub(crate) fn same(&self) -> Expr {
        Expr::exists((*self.0).clone())
    }

    /// The part of a statement that finds the row if it is the same, and lets nobody change it until the statement has ended. Not if
    /// somebody has it locked: others stand in line behind this statement, and who wants several rows would wait holding some.
    pub(crate) fn part(mut self, name: String) -> CommonTableExpression {
        let at_once = LockBehavior::SkipLocked;
        self.0.lock_with_behavior(LockType::Share, at_once);
        part(name, *self.0)
    }
}

/// A change that is decided by a row that was seen.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The row.
    pub glance: Glance,
    /// What is to be written.
    pub pending: Pending,
    /// What the audit log is to say, not linked to its chain yet.
    pub entries: Vec<audit_log::Model>,
}

/// Holds when a table or part has one row. Otherwise the statement fails: that takes back what other parts of it have written.
pub(crate) fn there_is(table: &str) -> Expr {
    Expr::cust(format!(r#"1 / (SELECT COUNT(*) FROM "{table}") = 1"#))
}

/// What becomes of a change that relied on such a row.
pub(crate) fn stale() -> DbErr {
    DbErr::Custom(STALE.to_owned())
}

/// The failure of a statement with such parts.
pub(crate) fn failed(error: DbErr) -> DbErr {
    let DbErr::Exec(RuntimeErr::SqlxError(cause)) = &error else {
        return error;
    };
    let code = cause.as_database_error().and_then(|cause| cause.code());
    if code.as_deref() == Some(DIVISION_BY_NOUGHT) {
        return stale();
    }
    error
}

/// Is it to be done again under lock?
#[must_use]
pub fn is_stale(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    let cause = cause.downcast_ref::<DbErr>();
    cause.is_some_and(|cause| *cause == stale())
}

#[cfg(test)]
mod tests {
    use entity::audit_head;

    use super::*;

    #[test]
    fn a_row_is_known_again_by_its_version() {
        let head = audit_head::Model {
            id: 1,
            seq: 7,
            hash: "00".to_owned(),
        };
        assert!(Glance::at::<audit_head::Entity>(&head).is_none());
    }

    #[test]
    fn only_a_stale_row_is_looked_at_again() {
        assert!(is_stale(&Error::from(stale())));
        assert!(!is_stale(&Error::from(DbErr::Custom("another".to_owned()))));
        assert!(!is_stale(&Error::internal("another")));
        let other = failed(DbErr::Custom("another".to_owned()));
        assert_eq!(other, DbErr::Custom("another".to_owned()));
    }
}
