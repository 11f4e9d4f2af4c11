//! How long things took (耗时): counts and quantiles of a source's measure of time, by what each fact is about.
//!
//! Quantiles of parts don't add up to that of the whole, so nothing of this is kept: each is counted from the facts of its
//! days, in a fixed number of statements.

mod read;
mod records;

use entity::enums::Attribution;
use entity::metric_fact::Column;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

use super::{Part, covers, facts};
use crate::access::{Permission, Viewer};
use crate::error::{ApiError, Result};
use crate::metrics::Sources;
use crate::metrics::facts::{MeasureUnit, Source};
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::definition::{Aggregate, Base, Missing};
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::metrics::rules::times::Times;
use crate::organisation::{self, Holding};

/// By what times are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeBy {
    /// By what within its record each fact is about.
    Detail,
    /// By a part of the company.
    Part(By),
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct TimeAsk {
    /// Which facts.
    base: Base,
    /// The column of their measure.
    value: Column,
    /// Of which days.
    pub period: Period,
    /// Cut into what.
    pub granularity: Granularity,
    /// Told apart by what.
    pub by: TimeBy,
    /// And compared by what within each group.
    pub compare: Option<TimeBy>,
    /// Of which part of the company.
    pub part: Part,
    /// About which details; about all when none are named.
    pub details: Vec<String>,
}

/// What of the answer is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Want {
    /// The whole, piece by piece.
    pub series: bool,
    /// The groups.
    pub groups: bool,
    /// The groups, piece by piece.
    pub group_series: bool,
    /// What is compared within the groups.
    pub parts: bool,
}

/// The times of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// All of them.
    pub whole: Times,
    /// The same for each piece of the period.
    pub series: Vec<Times>,
    /// Group by group, the one that took most first.
    pub groups: Vec<SpentGroup>,
}

/// The times of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpentGroup {
    /// Which: a detail, or the key of a part of the company; `-` for what has none.
    pub key: String,
    /// All of them.
    pub whole: Times,
    /// The same for each piece of the period.
    pub series: Vec<Times>,
    /// What is compared within it, the one that took most first.
    pub parts: Vec<(String, Times)>,
}

/// The measure of time that is looked at, of a source whose facts are attributed to records.
///
/// # Errors
/// `BAD_INPUT` when there is no such source, or it has no such measure.
pub fn measure_of_time<'s>(
    sources: &'s Sources,
    key: &str,
    measure: &str,
) -> Result<(&'s Source, usize)> {
    let is_time = |source: &Source| {
        let seconds = source
            .measures
            .iter()
            .any(|one| one.unit == MeasureUnit::Seconds);
        seconds && source.attributions.contains(&Attribution::Record)
    };
    let Some(source) = sources.get(key).filter(|source| is_time(source)) else {
        let known: Vec<&str> = sources
            .iter()
            .filter(|source| is_time(source))
            .map(|source| source.key)
            .collect();
        return Err(ApiError::bad_input(
            "source",
            format!(
                "no source of that key measures time of records; these do: {}",
                known.join(", ")
            ),
            format!(
                "该事实来源不存在或不含按记录归属的时长；可用的有：{}",
                known.join("、")
            ),
        )
        .into());
    };
    let place = source
        .measures
        .iter()
        .position(|one| one.key == measure && one.unit == MeasureUnit::Seconds);
    match place {
        Some(place) => Ok((source, place)),
        None => {
            let known: Vec<&str> = source
                .measures
                .iter()
                .filter(|one| one.unit == MeasureUnit::Seconds)
                .map(|one| one.key)
                .collect();
            Err(ApiError::bad_input(
                "measure",
                format!(
                    "this source has no such measure of time; it has {}",
                    known.join(", ")
                ),
                format!("该来源没有此时长度量；可用的有：{}", known.join("、")),
            )
            .into())
        }
    }
}

impl TimeAsk {
    /// A question about the measure of a source, by its details.
    #[must_use]
    pub fn of(source: &Source, measure: usize, period: Period) -> Self {
        let columns = [
            Column::Value0,
            Column::Value1,
            Column::Value2,
            Column::Value3,
        ];
        Self {
            base: Base {
                source: source.key.to_owned(),
                attribution: Attribution::Record,
                aggregate: Aggregate::Sum,
                measure: source.measures.get(measure).map(|one| one.key.to_owned()),
                at_least: None,
                kinds: Vec::new(),
                channels: Vec::new(),
                missing: Missing::Skip,
            },
            value: columns.get(measure).copied().unwrap_or(Column::Value0),
            period,
            granularity: Granularity::Total,
            by: TimeBy::Detail,
            compare: None,
            part: Part::default(),
            details: Vec::new(),
        }
    }

    /// The same for another period.
    #[must_use]
    pub fn during(&self, period: Period) -> Self {
        Self {
            period,
            ..self.clone()
        }
    }

    /// The pieces of the period.
    #[must_use]
    pub fn pieces(&self) -> Vec<Period> {
        self.period.cut(self.granularity)
    }

    /// May the viewer see this? The times are those of records, and name no member: whoever reaches the part of the
    /// company sees them as they are.
    ///
    /// # Errors
    /// `FORBIDDEN` with the reach held when it is too small.
    pub async fn check(&self, connection: &impl ConnectionTrait, viewer: &Viewer) -> Result<()> {
        if covers(connection, viewer, Permission::MetricRead, &self.part).await? {
            return Ok(());
        }
        Err(viewer.reach_too_small(Permission::MetricRead).into())
    }

    /// Which region had which province when, if that matters.
    async fn holdings(&self, connection: &impl ConnectionTrait) -> Result<Vec<Holding>> {
        let regional = TimeBy::Part(By::Region);
        if self.by == regional || self.compare == Some(regional) || !self.part.regions.is_empty() {
            return organisation::holdings(connection).await;
        }
        Ok(Vec::new())
    }

    /// The facts that are asked about, in a part of the period.
    fn condition(&self, period: Period, holdings: &[Holding]) -> Condition {
        let all =
            facts::counted(&self.base, period, &self.part, holdings).add(self.value.is_not_null());
        if self.details.is_empty() {
            return all;
        }
        let mut any = Condition::any();
        for detail in &self.details {
            any = any.add(of_detail(detail));
        }
        all.add(any)
    }
}

fn of_detail(detail: &str) -> Condition {
    Condition::all().add(match detail {
        NONE => Column::Detail.is_null(),
        word => Column::Detail.eq(word),
    })
}
