//! Counts and quantiles of a measure, straight from facts, in one statement: sums can be kept, quantiles can't be added up.

use entity::metric_fact::{Column, Entity};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait, Func, Order, OverStatement, Query, SelectStatement,
    UnionType, WindowStatement,
};
use sea_orm::{Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::error::{ApiError, Result};
use crate::metrics::rules::period::Period;
use crate::metrics::rules::times::Times;

/// By what stretches of time are told apart: a column, or the group that the branch of a statement is about.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// By nothing.
    Nothing,
    /// By a column of words.
    Word(Column),
    /// By a column of ids.
    Id(Column),
    /// By what each branch is about: facts that may lie in several groups.
    Branch,
}

/// Which times are wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'w> {
    /// Which facts, for each branch with what it is about; one branch when no key is [`Key::Branch`].
    pub branches: Vec<(String, Condition)>,
    /// Told apart by what, and within that by what.
    pub keys: [Key; 2],
    /// Cut into which pieces of time, in order; not at all when there is one.
    pub pieces: &'w [Period],
    /// The column of the measure.
    pub value: Column,
}

/// The stretches of one group in one piece of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The group; none where its facts have no such key.
    pub key: Option<String>,
    /// The group within it.
    pub within: Option<String>,
    /// The piece of time, counted from nought.
    pub piece: usize,
    /// How long they took.
    pub times: Times,
}

/// The most groups and pieces that one answer has.
const MOST: u64 = 10_000;

/// The wanted times, in one statement, in no order. Quantiles are exact, by the nearest rank: the least value that at
/// least half, or nine tenths, of the values don't exceed.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn stretches(
    connection: &impl ConnectionTrait,
    wanted: &Wanted<'_>,
) -> Result<Vec<Stretch>> {
    let mut branches = wanted.branches.iter();
    let Some(first) = branches.next() else {
        return Ok(Vec::new());
    };
    let mut facts = facts(wanted, first);
    facts.unions(branches.map(|branch| (UnionType::All, self::facts(wanted, branch))));
    let statement = summed(ranked(facts));
    let rows = connection.query_all(&statement).await?;
    if rows.len() as u64 > MOST {
        return Err(ApiError::bad_input(
            "period",
            "these are too many figures at once; ask for a shorter period, a coarser granularity or fewer groups",
            "数据量过大，请缩短周期、调粗粒度或减少分组",
        )
        .into());
    }
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let key = |key: Key, name: &str| -> Result<Option<String>> {
            Ok(match key {
                Key::Id(_) => row
                    .try_get::<Option<Uuid>>("", name)?
                    .map(|id| id.to_string()),
                Key::Nothing | Key::Word(_) | Key::Branch => row.try_get("", name)?,
            })
        };
        found.push(Stretch {
            key: key(wanted.keys[0], KEY)?,
            within: key(wanted.keys[1], WITHIN)?,
            piece: usize::try_from(row.try_get::<i64>("", PIECE)?).unwrap_or_default(),
            times: Times {
                count: row.try_get("", "count")?,
                median: row.try_get("", "median")?,
                p90: row.try_get("", "p90")?,
                total: row.try_get("", "total")?,
            },
        });
    }
    Ok(found)
}

const KEY: &str = "key";
const WITHIN: &str = "within";
const PIECE: &str = "piece";
const VALUE: &str = "value";
const PLACE: &str = "place";
const AMONG: &str = "among";

fn column(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

fn big(expression: impl Into<Expr>) -> Expr {
    expression.into().cast_as(Alias::new("bigint"))
}

/// The facts of a branch: keys, piece and value.
fn facts(wanted: &Wanted<'_>, (about, condition): &(String, Condition)) -> SelectStatement {
    let key = |key: Key| match key {
        Key::Word(column) | Key::Id(column) => Expr::col(column),
        Key::Branch => Expr::value(about.as_str()).cast_as(Alias::new("text")),
        Key::Nothing => Expr::value("").cast_as(Alias::new("text")),
    };
    let [outer, inner] = wanted.keys;
    Entity::find()
        .select_only()
        .expr_as(key(outer), KEY)
        .expr_as(key(inner), WITHIN)
        .expr_as(piece(wanted.pieces), PIECE)
        .expr_as(Expr::col(wanted.value), VALUE)
        .filter(condition.clone())
        .filter(Expr::col(wanted.value).is_not_null())
        .into_query()
}

/// The place of the piece that a fact's day lies in.
fn piece(pieces: &[Period]) -> Expr {
    let mut cases = CaseStatement::new();
    let mut last = 0_i64;
    for (place, next) in (0_i64..).zip(pieces.iter().skip(1)) {
        cases = cases.case(Expr::col(Column::Day).lt(next.from), Expr::value(place));
        last = place + 1;
    }
    if last == 0 {
        return big(Expr::value(0_i64));
    }
    big(cases.finally(Expr::value(last)))
}

/// The same with each value's rank, and how many there are beside it.
fn ranked(facts: SelectStatement) -> SelectStatement {
    let beside = || {
        let mut window = WindowStatement::new();
        for name in [KEY, WITHIN, PIECE] {
            window.add_partition_by(column(name));
        }
        window
    };
    let mut by_value = beside();
    by_value.order_by(Alias::new(VALUE), Order::Asc);
    Query::select()
        .columns([KEY, WITHIN, PIECE, VALUE].map(Alias::new))
        .expr_window_as(Expr::cust("ROW_NUMBER()"), by_value, Alias::new(PLACE))
        .expr_window_as(Expr::cust("COUNT(*)"), beside(), Alias::new(AMONG))
        .from_subquery(facts, Alias::new("facts"))
        .take()
}

/// What each group adds up to.
fn summed(ranked: SelectStatement) -> SelectStatement {
    let from_rank_on = |tenths: i64| {
        let reached = column(PLACE).mul(10_i64).gte(column(AMONG).mul(tenths));
        let value: Expr = CaseStatement::new().case(reached, column(VALUE)).into();
        big(Func::min(value))
    };
    Query::select()
        .columns([KEY, WITHIN, PIECE].map(Alias::new))
        .expr_as(big(Expr::cust("COUNT(*)")), Alias::new("count"))
        .expr_as(from_rank_on(5), Alias::new("median"))
        .expr_as(from_rank_on(9), Alias::new("p90"))
        .expr_as(big(Func::sum(column(VALUE))), Alias::new("total"))
        .from_subquery(ranked, Alias::new("ranked"))
        .group_by_columns([KEY, WITHIN, PIECE].map(Alias::new))
        .limit(MOST + 1)
        .take()
}
