//! Rows that others point at, read in the same statement.
//!
//! A page of tickets shows the customer of each. Read by their ids the customers cost a round trip of their own; joined they
//! cost next to nothing. What came along is found by the column that points there.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use sea_orm::sea_query::{Alias, Expr, SelectStatement};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, ExprTrait, IdenStatic, Iterable, JoinType, PrimaryKeyToColumn,
    QueryResult,
};
use uuid::Uuid;

use super::part::{Columns, InPart};

/// The rows of another table that are to come along with those which point at them.
pub struct Along {
    /// The column that points.
    points: String,
    columns: Columns,
    target: Box<dyn Target>,
}

impl Along {
    /// The rows of `E` that the column `points` points at, their key and `columns`: all of them, so that whoever doesn't reach
    /// every row of the table mustn't be given them ([`along`](crate::access::along)).
    pub(crate) fn new<E>(points: String, columns: Columns, in_part: InPart<E>) -> Option<Self>
    where
        E: EntityTrait<Model: Send + Sync + 'static>,
    {
        let key = <E::PrimaryKey as Iterable>::iter().next()?.into_column();
        let columns = columns.and::<E::Column>(|column| column == key.as_str());
        Some(Self {
            points,
            columns,
            target: Box::new(Joined::<E> { key, in_part }),
        })
    }

    /// The column of `E` that points, if it has it.
    pub(super) fn column<E: EntityTrait>(&self) -> Option<E::Column> {
        E::Column::iter().find(|column| column.as_str() == self.points)
    }

    /// Joins the rows at which a column points, as the query's `place`th that come along.
    pub(super) fn join(&self, query: &mut SelectStatement, points: impl ColumnTrait, place: usize) {
        let points = Expr::col(points.as_column_ref());
        let alias = Alias::new(format!("along_{place}"));
        self.target.join(query, points, &alias, self.columns);
    }

    /// Reads what has come along, from a column of the answer on; says with which it ends.
    pub(super) fn read(
        &self,
        rows: &[QueryResult],
        from: usize,
    ) -> Result<(usize, Arc<dyn Any + Send + Sync>), DbErr> {
        self.target.read(rows, self.columns, from)
    }
}

trait Target: Send + Sync {
    fn join(&self, query: &mut SelectStatement, points: Expr, alias: &Alias, columns: Columns);

    fn read(
        &self,
        rows: &[QueryResult],
        columns: Columns,
        from: usize,
    ) -> Result<(usize, Arc<dyn Any + Send + Sync>), DbErr>;
}

struct Joined<E: EntityTrait> {
    key: E::Column,
    in_part: InPart<E>,
}

impl<E> Target for Joined<E>
where
    E: EntityTrait<Model: Send + Sync + 'static>,
{
    fn join(&self, query: &mut SelectStatement, points: Expr, alias: &Alias, columns: Columns) {
        let at = |column: E::Column| Expr::col((alias.clone(), column));
        query.join_as(
            JoinType::LeftJoin,
            E::default(),
            alias.clone(),
            at(self.key).eq(points),
        );
        for column in columns.of::<E::Column>() {
            query.expr(column.select_as(at(column)));
        }
    }

    fn read(
        &self,
        rows: &[QueryResult],
        columns: Columns,
        from: usize,
    ) -> Result<(usize, Arc<dyn Any + Send + Sync>), DbErr> {
        let read = || columns.of::<E::Column>();
        let key = read().take_while(|column| column.as_str() != self.key.as_str());
        let key = from + key.count();
        let mut found = HashMap::with_capacity(rows.len());
        for row in rows {
            // Many rows may point at the same one, and some at none.
            if let Some(id) = row.try_get_by_index::<Option<Uuid>>(key)?
                && !found.contains_key(&id)
            {
                found.insert(id, (self.in_part)(row, columns, from)?);
            }
        }
        let found: HashMap<Uuid, E::Model> = found;
        Ok((from + read().count(), Arc::new(found)))
    }
}

/// What has come along with a page, by the column that points at it.
#[derive(Clone, Default)]
pub struct Alongside(Vec<(String, Arc<dyn Any + Send + Sync>)>);

impl Alongside {
    /// Takes in what came along for a column.
    pub(super) fn add(&mut self, along: &Along, rows: Arc<dyn Any + Send + Sync>) {
        self.0.push((along.points.clone(), rows));
    }

    /// The rows of `E` at which the column points for which `points` holds; none when they haven't come along.
    #[must_use]
    pub fn rows<E>(&self, points: impl Fn(&str) -> bool) -> Option<&HashMap<Uuid, E::Model>>
    where
        E: EntityTrait<Model: Send + Sync + 'static>,
    {
        let (_, rows) = self.0.iter().find(|(column, _)| points(column))?;
        rows.downcast_ref()
    }
}

impl fmt::Debug for Alongside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.0.iter().map(|(column, _)| column);
        formatter.debug_list().entries(columns).finish()
    }
}
