//! From a question about times to its answer.

use std::collections::BTreeMap;

use entity::enums::Dimension;
use entity::metric_fact::Column;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Spent, SpentGroup, TimeAsk, TimeBy, Want};
use crate::error::{ApiError, Result};
use crate::metrics::figures::facts;
use crate::metrics::rules::cells::NONE;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::Period;
use crate::metrics::rules::times::Times;
use crate::metrics::store::{self, Key, WantedTimes};
use crate::organisation::Holding;

/// The most regions that are told apart at once: each is a branch of the statement.
const MOST_REGIONS: usize = 100;

/// Times by group, group within it, and piece.
type Found = BTreeMap<(String, String), Vec<Times>>;

impl TimeAsk {
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
