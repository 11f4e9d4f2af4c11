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
use crate::metrics::rules::grouping::{By, Pieces, Row, changes, group, provinces_of};
use crate::metrics::rules::period::Period;
use crate::metrics::store::{Wanted, read_cells};
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
}

/// The figures that are asked for: one statement for each metric from facts that it stands on, and one for the regions.
/// Groups come in the order of their keys.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn figures(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
) -> Result<Vec<Group>> {
    let pieces = ask.pieces();
    let sums = sums(connection, metric, ask).await?;
    let mut keys: BTreeSet<String> = sums.values().flat_map(BTreeMap::keys).cloned().collect();
    if ask.by.is_none() {
        keys.insert(String::new());
    }
    Ok(keys
        .into_iter()
        .map(|key| arrange(metric, key, ask.period, &pieces, &sums))
        .collect())
}

/// The sums of all that a metric stands on, by its key: those of each group, piece by piece.
pub(super) type AllSums<'m> = BTreeMap<&'m str, BTreeMap<String, Pieces>>;

/// The sums behind the figures that are asked for.
pub(super) async fn sums<'m>(
    connection: &impl ConnectionTrait,
    metric: &'m Metric,
    ask: &Ask,
) -> Result<AllSums<'m>> {
    let holdings = if ask.is_regional() {
        holdings(connection, &ask.at).await?
    } else {
        Vec::new()
    };
    let pieces = ask.pieces();
    let mut sums = AllSums::new();
    for (key, counted) in &metric.bases {
        let rows = rows(connection, counted, ask, &pieces, &holdings).await?;
        let mut groups = group(&rows, ask.by, &pieces, &holdings);
        if let (Some(By::Region), false) = (ask.by, ask.part.regions.is_empty()) {
            let asked: BTreeSet<String> = ask.part.regions.iter().map(Uuid::to_string).collect();
            groups.retain(|key, _| asked.contains(key));
        }
        sums.insert(key, groups);
    }
    Ok(sums)
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
        let (mut weight, mut people) = (None, i32::MAX);
        for (base, counted) in &metric.bases {
            let (sums, behind) = of(base);
            weight = Some(sums.weight);
            if counted.base.attribution != Attribution::Record && sums.weight > 0 {
                people = people.min(behind);
            }
        }
        Figure {
            period,
            value: metric.value(&|base| of(base).0),
            weight: weight.filter(|_| metric.steps.is_empty()),
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

/// The sums of one metric from facts over each piece of a period that isn't told apart by anything else.
///
/// # Errors
/// When the database fails.
pub async fn sums_of_pieces(
    connection: &impl ConnectionTrait,
    counted: &Counted,
    ask: &Ask,
) -> Result<Vec<(Period, Sums)>> {
    let holdings = if ask.part.regions.is_empty() {
        Vec::new()
    } else {
        holdings(connection, &ask.at).await?
    };
    let pieces = ask.pieces();
    let rows = rows(connection, counted, ask, &pieces, &holdings).await?;
    let mut groups = group(&rows, None, &pieces, &holdings);
    let sums = groups.remove("").unwrap_or_default();
    Ok(pieces
        .into_iter()
        .zip(sums)
        .map(|(piece, (sums, _))| (piece, sums))
        .collect())
}

/// The sums of one metric from facts: from cells when one dimension is enough, otherwise from the facts themselves.
async fn rows(
    connection: &impl ConnectionTrait,
    counted: &Counted,
    ask: &Ask,
    pieces: &[Period],
    holdings: &[Holding],
) -> Result<Vec<Row>> {
    let by = ask.by.map_or(Dimension::Company, By::of_cells);
    let Some((dimension, keys)) = one_dimension(ask, holdings).filter(|_| counted.ready) else {
        // Facts keep their day, so regions are found for each of them as well.
        let condition = facts::counted(&counted.base, ask.period, &ask.part, holdings);
        let (base, measure) = (&counted.base, counted.measure);
        return facts::rows(connection, &ask.at, base, measure, by, condition).await;
    };
    let mut cuts: Vec<_> = pieces.iter().map(|piece| piece.from).collect();
    cuts.extend(changes(holdings));
    let wanted = Wanted {
        at: ask.at.clone(),
        version: counted.version,
        dimension,
        keys,
        runs: ask.period.cover(&cuts),
    };
    let cells = read_cells(connection, &wanted).await?;
    let asked = &ask.part.regions;
    Ok(cells
        .into_iter()
        .filter(|cell| {
            asked.is_empty() || {
                let mut regions =
                    crate::metrics::rules::grouping::regions_of(&cell.key, cell.start, holdings);
                regions.any(|region| asked.contains(&region))
            }
        })
        .map(|cell| Row {
            key: cell.key,
            start: cell.start,
            sums: Sums {
                weight: cell.weight,
                counted: cell.counted,
                total: cell.total,
            },
            people: cell.people,
        })
        .collect())
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
        let condition = facts::counted(&counted.base, period, &ask.part, &holdings);
        for (key, people) in facts::people(connection, &ask.at, by, condition).await? {
            let fewest = fewest.entry(key).or_insert(people);
            *fewest = (*fewest).min(people);
        }
    }
    Ok(fewest)
}

/// Waits for nothing: says whether all that has changed is in the figures.
///
/// # Errors
/// When the database fails.
pub async fn is_up_to_date(connection: &impl ConnectionTrait) -> Result<bool> {
    Ok(events::uncounted(connection, 1).await?.is_empty())
}
