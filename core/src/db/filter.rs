//! Comparators of filters as plain values, and what they mean in SQL.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, LikeExpr, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, Value};
use uuid::Uuid;

/// Compares a value by equality, membership or being there at all; what is `None` isn't looked at.
#[derive(Clone, Debug)]
pub struct Matches<T> {
    /// Equal to this.
    pub eq: Option<T>,
    /// One of these.
    pub one_of: Option<Vec<T>>,
    /// Missing (true) or there (false).
    pub is_null: Option<bool>,
}

impl<T> Default for Matches<T> {
    fn default() -> Self {
        Self {
            eq: None,
            one_of: None,
            is_null: None,
        }
    }
}

impl<T: Into<Value> + Clone> Matches<T> {
    /// The comparison with a column.
    pub fn on(&self, column: impl ColumnTrait) -> Condition {
        Condition::all()
            .add_option(self.eq.clone().map(|value| column.eq(value)))
            .add_option(self.one_of.clone().map(|values| column.is_in(values)))
            .add_option(self.is_null.map(|missing| {
                if missing {
                    column.is_null()
                } else {
                    column.is_not_null()
                }
            }))
    }
}

/// Compares with an id.
pub type IdMatches = Matches<Uuid>;

/// Compares a text.
#[derive(Clone, Debug, Default)]
pub struct TextMatches {
    /// Equality, membership, presence.
    pub plain: Matches<String>,
    /// Contains this, upper and lower case alike.
    pub contains: Option<String>,
}

impl TextMatches {
    /// The comparison with a column.
    pub fn on(&self, column: impl ColumnTrait) -> Condition {
        let like = self.contains.as_ref().map(|part| {
            let escaped: String = part
                .to_lowercase()
                .chars()
                .flat_map(|c| {
                    if matches!(c, '%' | '_' | '\\') {
                        vec!['\\', c]
                    } else {
                        vec![c]
                    }
                })
                .collect();
            Expr::expr(Func::lower(Expr::col(column.as_column_ref())))
                .like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
        });
        self.plain.on(column).add_option(like)
    }
}

/// Compares a value that has an order.
#[derive(Clone, Debug)]
pub struct RangeMatches<T> {
    /// Equality, membership, presence.
    pub plain: Matches<T>,
    /// This or later/larger.
    pub gte: Option<T>,
    /// Before/smaller than this.
    pub lt: Option<T>,
}

impl<T> Default for RangeMatches<T> {
    fn default() -> Self {
        Self {
            plain: Matches::default(),
            gte: None,
            lt: None,
        }
    }
}

impl<T: Into<Value> + Clone> RangeMatches<T> {
    /// The comparison with a column.
    pub fn on(&self, column: impl ColumnTrait) -> Condition {
        self.plain
            .on(column)
            .add_option(self.gte.clone().map(|least| column.gte(least)))
            .add_option(self.lt.clone().map(|bound| column.lt(bound)))
    }
}

/// Compares a moment.
pub type TimeMatches = RangeMatches<DateTime<Utc>>;

/// True unless the condition holds: a comparison with a missing value is neither true nor false in SQL, so a plain NOT
/// would lose the rows whose value is missing.
#[must_use]
pub fn unless(condition: Condition) -> Condition {
    let otherwise: SimpleExpr = CaseStatement::new()
        .case(whole(condition), Expr::val(false))
        .finally(Expr::val(true))
        .into();
    Condition::all().add(otherwise)
}

/// At least one of these holds; of none at all none does, as no value is in an empty list.
#[must_use]
pub fn one_of(parts: impl IntoIterator<Item = Condition>) -> Condition {
    let any = parts
        .into_iter()
        .fold(Condition::any(), |any, part| any.add(whole(part)));
    if any.is_empty() {
        any.add(Expr::val(1).eq(0))
    } else {
        any
    }
}

/// A condition that is there even when it asks for nothing: an empty one would vanish from an `or` or a `not` and turn
/// its meaning around.
#[must_use]
pub fn whole(condition: Condition) -> Condition {
    if condition.is_empty() {
        Condition::all().add(Expr::val(1).eq(1))
    } else {
        condition
    }
}
