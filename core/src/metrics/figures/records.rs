//! The records behind a figure (明细).

use std::collections::HashMap;

use entity::metric_fact;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, WindowStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::metric::Metric;
use super::read::holdings;
use super::{Ask, Part, facts};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;
use crate::metrics::rules::at::At;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::Period;
use crate::metrics::store::facts_at;

/// Which records.
#[derive(Clone, Debug)]
pub struct Records {
    /// Of which days.
    pub period: Period,
    /// Of which part of the company.
    pub part: Part,
    /// Of which group of it.
    pub group: Option<(By, String)>,
    /// For derived metrics: of which of those that it stands on; of the first when none is named.
    pub of: Option<String>,
    /// As of when.
    pub at: At,
}

impl Records {
    /// One page of the facts behind a figure, the latest first, without those that it leaves out for want of a value. Their
    /// weights add up to the figure of a count; their values, by weight, to that of a sum or a mean.
    ///
    /// # Errors
    /// `BAD_INPUT` when the cursor isn't one of this list.
    pub async fn page(
        &self,
        connection: &impl ConnectionTrait,
        metric: &Metric,
        page: &Page,
        want_total: bool,
    ) -> Result<Listing<metric_fact::Model>> {
        use metric_fact::Column;
        let counted = match &self.of {
            Some(key) => metric.bases.get(key),
            None => metric.bases.values().next(),
        };
        let Some(counted) = counted else {
            return Err(crate::error::ApiError::bad_input(
                "of",
                format!(
                    "the figure doesn't stand on this metric; it stands on {}",
                    keys(metric)
                ),
                format!("该指标不依据此指标计算；其依据为：{}", keys(metric)),
            )
            .into());
        };
        let holdings = holdings(connection, &self.at).await?;
        let (base, measure) = (&counted.base, counted.measure);
        let mut condition = facts::behind(base, measure, self.period, &self.part, &holdings);
        if let Some((by, key)) = &self.group {
            condition = condition.add(facts::of_group(*by, key, &holdings));
        }
        let select = facts_at(&self.at).filter(condition);
        let sorts = [Sort::descending(Column::At), Sort::descending(Column::Id)];
        keyset::list(select, "metric_facts", &sorts, page, want_total, connection).await
    }

    /// Is a record, given by what stands before the underscore of its id and its key, among those that a figure looks at - for
    /// derived metrics, any of those that it stands on? One that it leaves out for want of a value is, too: that may be the mistake.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has(
        &self,
        connection: &impl ConnectionTrait,
        metric: &Metric,
        (kind, record): (&str, Uuid),
    ) -> Result<bool> {
        use metric_fact::Column;
        let holdings = holdings(connection, &self.at).await?;
        for counted in metric.bases.values() {
            let condition = facts::counted(&counted.base, self.period, &self.part, &holdings)
                .add(Column::RecordKind.eq(kind))
                .add(Column::RecordId.eq(record));
            let found = facts_at(&self.at).filter(condition).one(connection).await?;
            if found.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The records that the figures of members look at, the latest first and at most so many of each: what stands before the underscore
/// of their ids, and their keys. For derived metrics those of all that it stands on; a statement for each, and one more.
///
/// # Errors
/// When the database fails.
pub async fn records_of_members(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
    most: usize,
) -> Result<HashMap<Uuid, Vec<(String, Uuid)>>> {
    use metric_fact::Column::{At, Id, MemberId, RecordId, RecordKind};
    let holdings = holdings(connection, &ask.at).await?;
    let (member, kind, record, place) = ("member", "kind", "record", "place");
    let mut found: HashMap<Uuid, Vec<(String, Uuid)>> = HashMap::new();
    for counted in metric.bases.values() {
        let condition = facts::counted(&counted.base, ask.period, &ask.part, &holdings)
            .add(MemberId.is_not_null());
        let mut ranked = facts_at(&ask.at)
            .select_only()
            .column_as(MemberId, member)
            .column_as(RecordKind, kind)
            .column_as(RecordId, record)
            .filter(condition)
            .into_query();
        let latest = WindowStatement::partition_by(MemberId)
            .order_by(At, Order::Desc)
            .order_by(Id, Order::Desc)
            .take();
        ranked.expr_window_as(Expr::cust("ROW_NUMBER()"), latest, Alias::new(place));
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let statement = Query::select()
            .columns([member, kind, record].map(Alias::new))
            .from_subquery(ranked, Alias::new("ranked"))
            .and_where(Expr::col(Alias::new(place)).lte(limit))
            .order_by(Alias::new(member), Order::Asc)
            .order_by(Alias::new(place), Order::Asc)
            .take();
        for row in connection.query_all(&statement).await? {
            let of = found.entry(row.try_get("", member)?).or_default();
            let one = (row.try_get("", kind)?, row.try_get("", record)?);
            // Shares of one record are several facts.
            if of.len() < most && !of.contains(&one) {
                of.push(one);
            }
        }
    }
    Ok(found)
}

fn keys(metric: &Metric) -> String {
    let keys: Vec<&str> = metric.bases.keys().map(String::as_str).collect();
    keys.join(", ")
}
