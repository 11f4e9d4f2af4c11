//! From a question to figures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{Attribution, Dimension};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::metric::{Counted, Metric};
use super::{Ask, Figure, Group, Part, facts};
use crate::error::Result;
use crate::events;
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::Sums;
use crate::metrics::rules::grouping::{By, Pieces, Row, changes, group, provinces_of, regions_of};
use crate::metrics::rules::period::Period;
use crate::metrics::store::{Wanted, read_each};
use crate::organisation::{self, Holding};

/// What regions were made of, as of a moment.
///
/// # Errors
/// When the database fails.
pub async fn holdings(connection: &impl ConnectionTrait, at: &At) -> Result<Vec<Holding>> {
    match at {
        At::Now => organisation::holdings(connection).await,
        At::Frozen(frozen) => Ok(frozen.holdings.clone()),
    }
}

impl Ask {
    /// Do its figures depend on what regions are made of?
    pub(super) fn is_regional(&self) -> bool {
        self.by == Some(By::Region) || !self.part.regions.is_empty()
    }

    /// Of all that is known of regions, what it depends on.
    fn holdings<'h>(&self, all: &'h [Holding]) -> &'h [Holding] {
        if self.is_regional() { all } else { &[] }
    }
}

/// The figures that are asked for: one statement, and one for the regions. Groups come in the order of their keys.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn figures(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
) -> Result<Vec<Group>> {
    let sums = sums(connection, metric, ask).await?;
    Ok(groups(metric, ask, &sums))
}

/// The figures of several questions, all as of one moment: the same statements for all of them together.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn figures_of_each(
    connection: &impl ConnectionTrait,
    at: &At,
    asked: &[(&Metric, &Ask)],
) -> Result<Vec<Vec<Group>>> {
    let all = sums_of_each(connection, at, asked).await?;
    let of = |((metric, ask), sums): (&(&Metric, &Ask), _)| groups(metric, ask, &sums);
    Ok(asked.iter().zip(all).map(of).collect())
}

/// The figures of all groups, from the sums of all that the metric stands on.
fn groups(metric: &Metric, ask: &Ask, sums: &AllSums<'_>) -> Vec<Group> {
    let pieces = ask.pieces();
    let mut keys: BTreeSet<String> = sums.values().flat_map(BTreeMap::keys).cloned().collect();
    if ask.by.is_none() {
        keys.insert(String::new());
    }
    keys.into_iter()
        .map(|key| arrange(metric, key, ask.period, &pieces, sums))
        .collect()
}

/// The sums of all that a metric stands on, by its key: those of each group, piece by piece.
pub(super) type AllSums<'m> = BTreeMap<&'m str, BTreeMap<String, Pieces>>;

/// The sums behind the figures that are asked for.
pub(super) async fn sums<'m>(
    connection: &impl ConnectionTrait,
    metric: &'m Metric,
    ask: &Ask,
) -> Result<AllSums<'m>> {
    let all = sums_of_each(connection, &ask.at, &[(metric, ask)]).await?;
    Ok(all.into_iter().next().unwrap_or_default())
}

/// The sums behind several questions, all as of one moment: one statement for those that cells answer, and one for the
/// regions. What no cells are kept of takes a statement each.
pub(super) async fn sums_of_each<'m>(
    connection: &impl ConnectionTrait,
    at: &At,
    asked: &[(&'m Metric, &Ask)],
) -> Result<Vec<AllSums<'m>>> {
    let holdings = if asked.iter().any(|(_, ask)| ask.is_regional()) {
        holdings(connection, at).await?
    } else {
        Vec::new()
    };
    let mut all: Vec<AllSums<'m>> = Vec::with_capacity(asked.len());
    let (mut wanted, mut places) = (Vec::new(), Vec::new());
    for (place, (metric, ask)) in asked.iter().enumerate() {
        let holdings = ask.holdings(&holdings);
        let pieces = ask.pieces();
        let mut sums = AllSums::new();
        for (key, counted) in &metric.bases {
            match plan(counted, ask, &pieces, holdings) {
                Some(cells) => {
                    wanted.push(cells);
                    places.push((place, key.as_str()));
                }
                None => {
                    let rows = rows_of_facts(connection, counted, ask, holdings).await?;
                    sums.insert(key, grouped(&rows, ask, &pieces, holdings));
                }
            }
        }
        all.push(sums);
    }
    let found = read_each(connection, at, &wanted).await?;
    for ((place, key), rows) in places.into_iter().zip(found) {
        let Some((sums, (_, ask))) = all.get_mut(place).zip(asked.get(place)) else {
            continue;
        };
        let holdings = ask.holdings(&holdings);
        let rows = within_regions(rows, ask, holdings);
        sums.insert(key, grouped(&rows, ask, &ask.pieces(), holdings));
    }
    Ok(all)
}

/// The sums of each group, piece by piece; of regions only those that are asked for.
fn grouped(
    rows: &[Row],
    ask: &Ask,
    pieces: &[Period],
    holdings: &[Holding],
) -> BTreeMap<String, Pieces> {
    let mut groups = group(rows, ask.by, pieces, holdings);
    if let (Some(By::Region), false) = (ask.by, ask.part.regions.is_empty()) {
        let asked: BTreeSet<String> = ask.part.regions.iter().map(Uuid::to_string).collect();
        groups.retain(|key, _| asked.contains(key));
    }
    groups
}

/// The figures of one group from the sums of all that the metric stands on.
fn arrange(
    metric: &Metric,
    key: String,
    period: Period,
    pieces: &[Period],
    sums: &AllSums<'_>,
) -> Group {
    let at = |base: &str, place: usize| {
        let piece = sums
            .get(base)
            .and_then(|groups| groups.get(&key)?.get(place));
        piece.copied().unwrap_or_default()
    };
    let about_members = metric.is_about_members();
    let figure = |period: Period, of: &dyn Fn(&str) -> (Sums, i32)| {
        let (mut weight, mut facts, mut people) = (None, None, i32::MAX);
        for (base, counted) in &metric.bases {
            let (sums, members) = of(base);
            let behind = sums.behind(counted.base.aggregate);
            (weight, facts) = (Some(behind), Some(sums.weight));
            if counted.base.attribution != Attribution::Record && behind > 0 {
                people = people.min(members);
            }
        }
        Figure {
            period,
            value: metric.value(&|base| of(base).0),
            weight: weight.filter(|_| metric.steps.is_empty()),
            facts: facts.filter(|_| metric.steps.is_empty()),
            people: about_members.then_some(if people == i32::MAX { 0 } else { people }),
        }
    };
    let series = pieces
        .iter()
        .enumerate()
        .map(|(place, piece)| figure(*piece, &|base| at(base, place)))
        .collect();
    let whole = figure(period, &|base| {
        let mut all = (Sums::default(), 0);
        for place in 0..pieces.len() {
            let (sums, people) = at(base, place);
            all.0.add(sums);
            all.1 = all.1.max(people);
        }
        all
    });
    Group { key, whole, series }
}

/// The cells that answer a question about a metric from facts; none where only the facts themselves do.
fn plan(counted: &Counted, ask: &Ask, pieces: &[Period], holdings: &[Holding]) -> Option<Wanted> {
    let (dimension, keys) = one_dimension(ask, holdings).filter(|_| counted.ready)?;
    let mut cuts: Vec<_> = pieces.iter().map(|piece| piece.from).collect();
    cuts.extend(changes(holdings));
    Some(Wanted {
        version: counted.version,
        dimension,
        keys,
        runs: ask.period.cover(&cuts),
        // What a province adds to a region depends on the day.
        whole: pieces.len() == 1 && !ask.is_regional(),
    })
}

/// The sums of one metric from the facts themselves.
async fn rows_of_facts(
    connection: &impl ConnectionTrait,
    counted: &Counted,
    ask: &Ask,
    holdings: &[Holding],
) -> Result<Vec<Row>> {
    let by = ask.by.map_or(Dimension::Company, By::of_cells);
    // Facts keep their day, so regions are found for each of them as well.
    let condition = facts::counted(&counted.base, ask.period, &ask.part, holdings);
    let (base, measure) = (&counted.base, counted.measure);
    facts::rows(connection, &ask.at, base, measure, by, condition).await
}

/// The sums of the provinces that belonged to the regions that are asked for.
fn within_regions(mut rows: Vec<Row>, ask: &Ask, holdings: &[Holding]) -> Vec<Row> {
    let asked = &ask.part.regions;
    if !asked.is_empty() {
        rows.retain(|row| {
            regions_of(&row.key, row.start, holdings).any(|region| asked.contains(&region))
        });
    }
    rows
}

/// The one dimension whose cells answer the question, with the keys that are wanted; none when it takes several.
fn one_dimension(ask: &Ask, holdings: &[Holding]) -> Option<(Dimension, Option<Vec<String>>)> {
    let Part {
        departments,
        regions,
        teams,
        members,
        provinces,
        products,
        channels,
        kinds,
    } = &ask.part;
    let ids = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect::<Vec<_>>();
    let mut named: Vec<(Dimension, Vec<String>)> = Vec::new();
    for (dimension, keys) in [
        (Dimension::Department, ids(departments)),
        (Dimension::Team, ids(teams)),
        (Dimension::Member, ids(members)),
        (
            Dimension::Province,
            provinces.iter().map(|one| one.text()).collect(),
        ),
        (Dimension::Product, ids(products)),
        (Dimension::Channel, channels.clone()),
        (Dimension::Kind, kinds.clone()),
    ] {
        if !keys.is_empty() {
            named.push((dimension, keys));
        }
    }
    if !regions.is_empty() {
        if !provinces.is_empty() {
            return None;
        }
        let provinces = provinces_of(regions, ask.period, holdings);
        let keys = provinces.into_iter().map(|one| one.text()).collect();
        named.push((Dimension::Province, keys));
    }
    let by = ask.by.map(By::of_cells);
    match (named.as_slice(), by) {
        ([], by) => Some((by.unwrap_or(Dimension::Company), None)),
        ([(dimension, keys)], by) if by.is_none_or(|by| by == *dimension) => {
            Some((*dimension, Some(keys.clone())))
        }
        _ => None,
    }
}

/// The members behind each group in a period, exactly: for figures whose least number isn't enough.
///
/// # Errors
/// When the database fails.
pub async fn people(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
    period: Period,
) -> Result<HashMap<String, i32>> {
    let holdings = holdings(connection, &ask.at).await?;
    let by = ask.by.map_or(Dimension::Company, By::of_cells);
    let mut fewest: HashMap<String, i32> = HashMap::new();
    for counted in metric.bases.values() {
        if counted.base.attribution == Attribution::Record {
            continue;
        }
        let (base, measure) = (&counted.base, counted.measure);
        let condition = facts::behind(base, measure, period, &ask.part, &holdings);
        for (key, people) in facts::people(connection, &ask.at, by, condition).await? {
            let fewest = fewest.entry(key).or_insert(people);
            *fewest = (*fewest).min(people);
        }
    }
    Ok(fewest)
}

/// How many members are behind the whole of each question, all as of now: of metrics on several facts behind the one that
/// has fewest. One statement for all, and one for the regions.
///
/// # Errors
/// When the database fails.
pub(super) async fn people_of_each(
    connection: &impl ConnectionTrait,
    asked: &[(&Metric, &Ask)],
) -> Result<Vec<i32>> {
    let holdings = if asked.iter().any(|(_, ask)| ask.is_regional()) {
        holdings(connection, &At::Now).await?
    } else {
        Vec::new()
    };
    let (mut conditions, mut places) = (Vec::new(), Vec::new());
    for (place, (metric, ask)) in asked.iter().enumerate() {
        for counted in metric.bases.values() {
            if counted.base.attribution != Attribution::Record {
                let holdings = ask.holdings(&holdings);
                conditions.push(facts::behind(
                    &counted.base,
                    counted.measure,
                    ask.period,
                    &ask.part,
                    holdings,
                ));
                places.push(place);
            }
        }
    }
    let mut fewest = vec![None; asked.len()];
    let found = facts::people_of_each(connection, conditions).await?;
    for (place, people) in places.into_iter().zip(found) {
        if let Some(fewest) = fewest.get_mut(place) {
            *fewest = Some(fewest.map_or(people, |fewest: i32| fewest.min(people)));
        }
    }
    Ok(fewest.into_iter().map(Option::unwrap_or_default).collect())
}

/// Waits for nothing: says whether all that has changed is in the figures.
///
/// # Errors
/// When the database fails.
pub async fn is_up_to_date(connection: &impl ConnectionTrait) -> Result<bool> {
    Ok(events::uncounted(connection, 1).await?.is_empty())
}
