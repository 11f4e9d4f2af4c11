//! How long things took (耗时): counts and quantiles of a source's measure of time, by what each fact is about.
//!
//! Quantiles of parts don't add up to that of the whole, so nothing of this is kept: each is counted from the facts of its
//! days, in a fixed number of statements.

use std::collections::BTreeMap;

use entity::enums::{Attribution, Dimension};
use entity::metric_fact::{self, Column};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Part, covers, facts};
use crate::access::{Permission, Viewer};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::{ApiError, Result};
use crate::metrics::Sources;
use crate::metrics::facts::{MeasureUnit, Source};
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::definition::{Aggregate, Base, Missing};
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::metrics::rules::times::Times;
use crate::metrics::store::{self, Key, WantedTimes};
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

/// The most regions that are told apart at once: each is a branch of the statement.
const MOST_REGIONS: usize = 100;

/// Times by group, group within it, and piece.
type Found = BTreeMap<(String, String), Vec<Times>>;

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

    /// The times that are asked for: a statement for each of what is wanted, and one for the regions.
    ///
    /// # Errors
    /// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
    pub async fn read(&self, connection: &impl ConnectionTrait, want: Want) -> Result<Spent> {
        let holdings = self.holdings(connection).await?;
        let whole = [self.period];
        let pieces = self.pieces();
        let read =
            async |keys, pieces: &[Period]| self.found(connection, keys, pieces, &holdings).await;
        let only = |found: Found, pieces: usize| {
            let none = vec![Times::default(); pieces];
            found.into_values().next().unwrap_or(none)
        };
        let mut spent = Spent {
            whole: only(read([None, None], &whole).await?, 1)[0],
            ..Spent::default()
        };
        if want.series || want.group_series {
            spent.series = only(read([None, None], &pieces).await?, pieces.len());
        }
        if !(want.groups || want.group_series || want.parts) {
            return Ok(spent);
        }
        let by = Some(self.by);
        let mut groups: BTreeMap<String, SpentGroup> = read([by, None], &whole)
            .await?
            .into_iter()
            .map(|((key, _), times)| {
                let group = SpentGroup {
                    key: key.clone(),
                    whole: times[0],
                    ..SpentGroup::default()
                };
                (key, group)
            })
            .collect();
        if want.group_series {
            for ((key, _), times) in read([by, None], &pieces).await? {
                if let Some(group) = groups.get_mut(&key) {
                    group.series = times;
                }
            }
        }
        if let Some(compare) = self.compare.filter(|_| want.parts) {
            for ((key, part), times) in read([by, Some(compare)], &whole).await? {
                if let Some(group) = groups.get_mut(&key) {
                    group.parts.push((part, times[0]));
                }
            }
        }
        spent.groups = groups.into_values().collect();
        // What has the same total stays in the order of keys.
        spent.groups.sort_by_key(|group| -group.whole.total);
        for group in &mut spent.groups {
            group.parts.sort_by_key(|(_, times)| -times.total);
        }
        Ok(spent)
    }

    /// Which region had which province when, if that matters.
    async fn holdings(&self, connection: &impl ConnectionTrait) -> Result<Vec<Holding>> {
        let regional = TimeBy::Part(By::Region);
        if self.by == regional || self.compare == Some(regional) || !self.part.regions.is_empty() {
            return organisation::holdings(connection).await;
        }
        Ok(Vec::new())
    }

    /// Times by up to two keys and by pieces.
    async fn found(
        &self,
        connection: &impl ConnectionTrait,
        keys: [Option<TimeBy>; 2],
        pieces: &[Period],
        holdings: &[Holding],
    ) -> Result<Found> {
        let condition = self.condition(self.period, holdings);
        let regional = keys.contains(&Some(TimeBy::Part(By::Region)));
        let branches = if regional {
            let regions = self.regions(holdings)?;
            let of_region = |region: Uuid| {
                let key = region.to_string();
                let condition = condition
                    .clone()
                    .add(facts::of_group(By::Region, &key, holdings));
                (key, condition)
            };
            regions.into_iter().map(of_region).collect()
        } else {
            vec![(String::new(), condition)]
        };
        let wanted = WantedTimes {
            branches,
            keys: keys.map(column_of),
            pieces,
            value: self.value,
        };
        let mut found = Found::new();
        for stretch in store::stretches(connection, &wanted).await? {
            let none = || NONE.to_owned();
            let key = (
                stretch.key.unwrap_or_else(none),
                stretch.within.unwrap_or_else(none),
            );
            let times = found
                .entry(key)
                .or_insert_with(|| vec![Times::default(); pieces.len()]);
            if let Some(place) = times.get_mut(stretch.piece) {
                *place = stretch.times;
            }
        }
        Ok(found)
    }

    /// The regions that are told apart: those named, or all.
    fn regions(&self, holdings: &[Holding]) -> Result<Vec<Uuid>> {
        let mut regions: Vec<Uuid> = holdings.iter().map(|one| one.region).collect();
        if !self.part.regions.is_empty() {
            regions.retain(|region| self.part.regions.contains(region));
        }
        regions.sort_unstable();
        regions.dedup();
        if regions.len() > MOST_REGIONS {
            return Err(ApiError::bad_input(
                "filter.regionIds",
                format!(
                    "at most {MOST_REGIONS} regions are told apart at once; name those that matter"
                ),
                format!("一次最多区分 {MOST_REGIONS} 个区域，请指定所需区域"),
            )
            .into());
        }
        Ok(regions)
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

    /// The facts behind one of the times: of a part of the period, of a group, and of a group within it. The longest
    /// first, or the latest.
    ///
    /// # Errors
    /// `BAD_INPUT` when the cursor isn't one of this list.
    pub async fn records(
        &self,
        connection: &impl ConnectionTrait,
        period: Period,
        groups: &[(TimeBy, String)],
        longest: bool,
        (page, want_total): (&Page, bool),
    ) -> Result<Listing<metric_fact::Model>> {
        let holdings = self.holdings(connection).await?;
        let mut condition = self.condition(period, &holdings);
        for (by, key) in groups {
            condition = condition.add(match by {
                TimeBy::Detail => of_detail(key),
                TimeBy::Part(by) => facts::of_group(*by, key, &holdings),
            });
        }
        let select = metric_fact::Entity::find().filter(condition);
        let latest = [Sort::descending(Column::At), Sort::descending(Column::Id)];
        if !longest {
            return keyset::list(
                select,
                "metric_times",
                &latest,
                page,
                want_total,
                connection,
            )
            .await;
        }
        // Facts without the measure aren't among them.
        let [at, id] = latest;
        let sorts = [Sort::descending(self.value), at, id];
        keyset::list(
            select,
            "metric_longest",
            &sorts,
            page,
            want_total,
            connection,
        )
        .await
    }
}

fn of_detail(detail: &str) -> Condition {
    Condition::all().add(match detail {
        NONE => Column::Detail.is_null(),
        word => Column::Detail.eq(word),
    })
}

fn column_of(by: Option<TimeBy>) -> Key {
    match by {
        None => Key::Nothing,
        Some(TimeBy::Detail) => Key::Word(Column::Detail),
        Some(TimeBy::Part(By::Region)) => Key::Branch,
        Some(TimeBy::Part(By::Dimension(dimension))) => match dimension {
            Dimension::Company => Key::Nothing,
            Dimension::Department => Key::Id(Column::DepartmentId),
            Dimension::Team => Key::Id(Column::TeamId),
            Dimension::Member => Key::Id(Column::MemberId),
            Dimension::Product => Key::Id(Column::ProductId),
            Dimension::Province => Key::Word(Column::Province),
            Dimension::Channel => Key::Word(Column::Channel),
            Dimension::Kind => Key::Word(Column::Kind),
        },
    }
}
