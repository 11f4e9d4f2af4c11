//! Awards of a run: written many at once, read page by page.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::{IncentiveKind, IncentivePeriod, IncentiveReason, IncentiveRunState};
use entity::{incentive_award, incentive_run, incentive_transaction};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
};
use uuid::Uuid;

use crate::error::Result;
use crate::incentives::rules::settle::Pending;
use crate::incentives::runs::view::{Got, sums};

/// Awards that are written by one statement: their values stay below the bound of SQLite.
const AT_ONCE: usize = 1_500;

/// Writes awards; those that are there stay as they are.
///
/// # Errors
/// When the database fails.
pub async fn insert_awards(
    tx: &impl ConnectionTrait,
    rows: Vec<incentive_award::Model>,
) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows
            .by_ref()
            .take(AT_ONCE)
            .map(|row| row.into_active_model().reset_all());
        let there = OnConflict::column(incentive_award::Column::Id)
            .do_nothing()
            .to_owned();
        incentive_award::Entity::insert_many(some)
            .on_conflict(there)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The awards of a run after one, by id, so many at most.
///
/// # Errors
/// When the database fails.
pub async fn awards_after(
    connection: &impl ConnectionTrait,
    run: Uuid,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<incentive_award::Model>> {
    use incentive_award::Column::{Id, RunId};
    Ok(incentive_award::Entity::find()
        .filter(RunId.eq(run))
        .filter(Condition::all().add_option(after.map(|after| Id.gt(after))))
        .order_by_asc(Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// These awards, by id.
///
/// # Errors
/// When the database fails.
pub async fn awards_by_id(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, incentive_award::Model>> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(1_000) {
        let rows = incentive_award::Entity::find()
            .filter(incentive_award::Column::Id.is_in(some.iter().copied()))
            .all(connection)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// An award without its trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Light {
    /// Which one.
    pub id: Uuid,
    /// What has to be known of it to settle it.
    pub pending: Pending,
}

type Columns = (Uuid, Uuid, Uuid, NaiveDate, String, i32, i64);

/// All awards of a run as the rules gave them, by id, without their traces; so many at a time.
///
/// # Errors
/// When the database fails.
pub async fn pending(connection: &impl ConnectionTrait, run: Uuid) -> Result<Vec<Light>> {
    use incentive_award::Column::{Day, Id, MemberId, Part, Reckoned, RuleId, RunId, SubjectId};
    const PAGE: u64 = 20_000;
    let mut all: Vec<Light> = Vec::new();
    loop {
        let after = all.last().map(|last| Id.gt(last.id));
        let rows: Vec<Columns> = incentive_award::Entity::find()
            .select_only()
            .columns([Id, RuleId, MemberId, Day, SubjectId, Part, Reckoned])
            .filter(RunId.eq(run))
            .filter(Condition::all().add_option(after))
            .order_by_asc(Id)
            .limit(PAGE)
            .into_tuple()
            .all(connection)
            .await?;
        let end = rows.is_empty();
        all.extend(rows.into_iter().map(light));
        if end {
            return Ok(all);
        }
    }
}

fn light((id, rule, member, day, subject, part, amount): Columns) -> Light {
    Light {
        id,
        pending: Pending {
            rule,
            member,
            day,
            subject,
            part: usize::try_from(part).unwrap_or_default(),
            amount,
        },
    }
}

/// What became of an award together with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which one.
    pub id: Uuid,
    /// What is left.
    pub amount: i64,
    /// How that came about, as JSON.
    pub steps: String,
}

/// Writes what became of awards, by one statement.
///
/// # Errors
/// When the database fails.
pub async fn put_settled(tx: &impl ConnectionTrait, rows: &[Checked]) -> Result<()> {
    use incentive_award::Column::{Amount, Id, Steps};
    if rows.is_empty() {
        return Ok(());
    }
    let (mut amounts, mut steps) = (CaseStatement::new(), CaseStatement::new());
    for row in rows {
        let this = || Expr::col(Id).eq(row.id);
        amounts = amounts.case(this(), Expr::val(row.amount));
        steps = steps.case(this(), Expr::val(row.steps.clone()));
    }
    incentive_award::Entity::update_many()
        .col_expr(Amount, amounts.finally(Expr::col(Amount)).into())
        .col_expr(Steps, steps.finally(Expr::col(Steps)).into())
        .filter(Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx)
        .await?;
    Ok(())
}

/// What these rules gave in other runs of periods that begin within these days and were approved, by rule; one statement. One that waits
/// may be sent back.
///
/// # Errors
/// When the database fails.
pub async fn spent_by(
    connection: &impl ConnectionTrait,
    rules: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    without: Uuid,
) -> Result<BTreeMap<Uuid, i64>> {
    use incentive_award::Column::{Amount, RuleId, RunId};
    let runs = incentive_run::Entity::find()
        .select_only()
        .column(incentive_run::Column::Id)
        .filter(incentive_run::Column::State.eq(IncentiveRunState::Approved))
        .filter(incentive_run::Column::FromDay.gte(from))
        .filter(incentive_run::Column::FromDay.lt(to))
        .filter(incentive_run::Column::Id.ne(without))
        .into_query();
    let sum = Expr::col(Amount).sum().cast_as(Alias::new("bigint"));
    let rows: Vec<(Uuid, i64)> = incentive_award::Entity::find()
        .select_only()
        .column(RuleId)
        .column_as(sum, "total")
        .filter(RuleId.is_in(rules.iter().copied()))
        .filter(RunId.in_subquery(runs))
        .group_by(RuleId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().collect())
}

type Sums = Vec<(IncentiveKind, Option<String>, i64, i64)>;

/// What a member got in the runs of a period: what was approved, with what was corrected and taken back of it since, and what waits
/// for approval. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn got(
    connection: &impl ConnectionTrait,
    member: Uuid,
    period: IncentivePeriod,
    from: NaiveDate,
) -> Result<(Vec<Got>, Vec<Got>)> {
    use IncentiveRunState::{Approved, Calculated};
    use incentive_award::Column::{Amount, Currency, Id, Kind, MemberId};
    let sum = Expr::col((incentive_award::Entity, Amount))
        .sum()
        .cast_as(Alias::new("bigint"));
    let rows: Vec<(IncentiveRunState, IncentiveKind, Option<String>, i64, i64)> =
        incentive_award::Entity::find()
            .select_only()
            .column(incentive_run::Column::State)
            .columns([Kind, Currency])
            .column_as(Id.count(), "awards_count")
            .column_as(sum, "total")
            .join(JoinType::InnerJoin, incentive_award::Relation::Run.def())
            .filter(MemberId.eq(member))
            .filter(Amount.gt(0))
            .filter(incentive_run::Column::Period.eq(period))
            .filter(incentive_run::Column::FromDay.eq(from))
            .filter(incentive_run::Column::State.is_in([Approved, Calculated]))
            .group_by(incentive_run::Column::State)
            .group_by(Kind)
            .group_by(Currency)
            .into_tuple()
            .all(connection)
            .await?;
    let (mut earned, mut pending) = (Sums::new(), Sums::new());
    for (state, kind, currency, awards, amount) in rows {
        let sums = if state == Approved {
            &mut earned
        } else {
            &mut pending
        };
        sums.push((kind, currency, awards, amount));
    }
    earned.extend(changes(connection, member, period, from).await?);
    Ok((sums(earned), sums(pending)))
}

/// What was corrected and taken back of a member's approved awards of a period, as it changes their amounts.
async fn changes(
    connection: &impl ConnectionTrait,
    member: Uuid,
    period: IncentivePeriod,
    from: NaiveDate,
) -> Result<Sums> {
    use IncentiveReason::{ClawBack, Correction};
    use incentive_award::Column::{Currency, Kind};
    use incentive_transaction::Column::{Amount, MemberId, Reason};
    let sum = Expr::col((incentive_transaction::Entity, Amount))
        .sum()
        .cast_as(Alias::new("bigint"));
    let rows: Vec<(IncentiveKind, Option<String>, i64)> = incentive_transaction::Entity::find()
        .select_only()
        .column(Kind)
        .column(Currency)
        .column_as(sum, "total")
        .join(
            JoinType::InnerJoin,
            incentive_transaction::Relation::Award.def(),
        )
        .join(JoinType::InnerJoin, incentive_award::Relation::Run.def())
        .filter(MemberId.eq(member))
        .filter(Reason.is_in([Correction, ClawBack]))
        .filter(incentive_run::Column::Period.eq(period))
        .filter(incentive_run::Column::FromDay.eq(from))
        .filter(incentive_run::Column::State.eq(IncentiveRunState::Approved))
        .group_by(Kind)
        .group_by(Currency)
        .into_tuple()
        .all(connection)
        .await?;
    let change = |(kind, currency, amount): (IncentiveKind, Option<String>, i64)| {
        // A deduction grows by what is owed less.
        let amount = match kind {
            IncentiveKind::Deduction => -amount,
            _ => amount,
        };
        (kind, currency, 0, amount)
    };
    Ok(rows.into_iter().map(change).collect())
}
