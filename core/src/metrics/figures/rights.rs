//! Who may see which figures (指标权限).
//!
//! A figure is about a part of the company: all of it, some departments, regions, teams or members. `metric.read` must
//! reach each of them, or the figure is refused: never a part of it in silence. Where `metric.member.read` doesn't reach
//! as far, figures of small groups are withheld, and only whole months, one dimension at a time, can be asked for, so
//! that nobody is found by subtraction. A domain may ask for a permission of its own beside `metric.member.read`
//! ([`Provider::guard`](crate::metrics::facts::Provider::guard)).

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::{Dimension, Reach};
use entity::member;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::difference::{Cause, Difference, Differences};
use super::metric::Metric;
use super::read::{figures, people};
use super::{Ask, Group, Part};
use crate::access::{Permission, Viewer, by_ids};
use crate::error::{ApiError, Result};
use crate::metrics::rules::at::At;
use crate::metrics::rules::causes::Kind;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::metrics::rules::withhold::{Shown, withheld};
use crate::settings::{self, catalogue::METRICS_MINIMUM_GROUP};

/// With what care figures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// As they are: the viewer may see figures of every single member in that part of the company.
    Whole,
    /// Small groups are withheld.
    Guarded,
}

/// Does a permission of the viewer reach a part of the company?
///
/// # Errors
/// When the database fails.
pub async fn covers(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    part: &Part,
) -> Result<bool> {
    let held: Vec<Reach> = viewer.grants.reaches(permission).collect();
    if held.contains(&Reach::All) {
        return Ok(true);
    }
    let standing = &viewer.standing;
    if !part.members.is_empty() {
        let seen = by_ids::<member::Entity>(connection, viewer, permission, &part.members).await?;
        return Ok(part.members.iter().all(|id| seen.contains_key(id)));
    }
    let each = |ids: &[Uuid], within: &dyn Fn(Reach, &Uuid) -> bool| {
        !ids.is_empty()
            && ids
                .iter()
                .all(|id| held.iter().any(|reach| within(*reach, id)))
    };
    Ok(each(&part.teams, &|reach, id| match reach {
        Reach::Team => standing.teams.contains(id),
        Reach::TeamTree => standing.team_tree.contains(id),
        Reach::Department => standing.department_teams.contains(id),
        Reach::Region => standing.region_teams.contains(id),
        Reach::Own | Reach::All | Reach::Organisation => false,
    }) || each(&part.departments, &|reach, id| {
        reach == Reach::Department && standing.departments.contains(id)
    }) || each(&part.regions, &|reach, id| {
        reach == Reach::Region && standing.regions.contains(id)
    }))
}

/// Which permission the viewer lacks to see figures of every single member in a part of the company.
///
/// # Errors
/// When the database fails.
pub async fn lacking(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    metric: &Metric,
    part: &Part,
) -> Result<Option<Permission>> {
    let guards = metric.guards();
    for permission in [Permission::MetricMemberRead].into_iter().chain(guards) {
        if !covers(connection, viewer, permission, part).await? {
            return Ok(Some(permission));
        }
    }
    Ok(None)
}

impl Rights {
    /// What this viewer may see of what is asked.
    ///
    /// # Errors
    /// `FORBIDDEN` with the reach held when it is too small; `BAD_INPUT` when figures that are guarded are asked for too
    /// finely.
    pub async fn of(
        connection: &impl ConnectionTrait,
        viewer: &Viewer,
        metric: &Metric,
        ask: &Ask,
    ) -> Result<Self> {
        let single =
            ask.by == Some(By::Dimension(Dimension::Member)) || !ask.part.members.is_empty();
        let lacking = lacking(connection, viewer, metric, &ask.part).await?;
        let whole = lacking.is_none();
        if metric.is_about_members() && single {
            return match lacking {
                None => Ok(Self::Whole),
                Some(permission) => Err(viewer.reach_too_small(permission).into()),
            };
        }
        if !covers(connection, viewer, Permission::MetricRead, &ask.part).await? {
            return Err(viewer.reach_too_small(Permission::MetricRead).into());
        }
        if whole || !metric.is_about_members() {
            return Ok(Self::Whole);
        }
        guarded(ask)?;
        Ok(Self::Guarded)
    }
}

/// What can be asked of guarded figures.
fn guarded(ask: &Ask) -> Result<()> {
    let months = matches!(
        ask.granularity,
        Granularity::Month | Granularity::Quarter | Granularity::Year
    );
    let aligned = ask.pieces().iter().all(|piece| {
        let step = match ask.granularity {
            Granularity::Quarter => 3,
            Granularity::Year => 12,
            _ => 1,
        };
        piece.is_of_months() && piece.is_whole(step)
    });
    if !months || !aligned {
        return Err(ApiError::bad_input(
            "granularity",
            "without metric.member.read for all of this part of the company, figures come by whole calendar months, quarters or years: set granularity to MONTH, QUARTER or YEAR and let the period begin and end with one",
            "对该范围没有 metric.member.read 权限时，仅可按整月、整季或整年查询：请将 granularity 设为 MONTH、QUARTER 或 YEAR，并使周期与其对齐",
        )
        .into());
    }
    if ask.pieces().len() > MOST_PIECES {
        return Err(ApiError::bad_input(
            "period",
            format!("without metric.member.read for all of this part of the company, at most {MOST_PIECES} months, quarters or years are shown at once"),
            format!("对该范围没有 metric.member.read 权限时，一次最多显示 {MOST_PIECES} 个周期"),
        )
        .into());
    }
    if ask.dimensions() > 1 {
        return Err(ApiError::bad_input(
            "filter",
            "without metric.member.read for all of this part of the company, figures can be told apart by one thing at a time: leave out the grouping, or all but one part of the filter",
            "对该范围没有 metric.member.read 权限时，一次只能按一个维度查询：请去掉分组，或只保留一个筛选条件",
        )
        .into());
    }
    Ok(())
}

/// Pieces of guarded figures at once: each may take a statement.
const MOST_PIECES: usize = 36;

impl Ask {
    /// By how many things its figures are told apart.
    fn dimensions(&self) -> usize {
        let part = &self.part;
        let named = [
            (
                !part.departments.is_empty(),
                By::Dimension(Dimension::Department),
            ),
            (!part.regions.is_empty(), By::Region),
            (!part.teams.is_empty(), By::Dimension(Dimension::Team)),
            (!part.members.is_empty(), By::Dimension(Dimension::Member)),
            (
                !part.provinces.is_empty(),
                By::Dimension(Dimension::Province),
            ),
            (!part.products.is_empty(), By::Dimension(Dimension::Product)),
            (!part.channels.is_empty(), By::Dimension(Dimension::Channel)),
            (!part.kinds.is_empty(), By::Dimension(Dimension::Kind)),
        ];
        let filters = named
            .iter()
            .filter(|(there, by)| *there && Some(*by) != self.by)
            .count();
        filters + usize::from(self.by.is_some())
    }
}

/// Withholds the figures of small groups: their values become none. Gives the periods of each group that are withheld.
///
/// # Errors
/// When the database fails.
pub async fn protect(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
    groups: &mut [Group],
) -> Result<HashMap<String, Vec<Period>>> {
    let minimum = settings::read(connection, &METRICS_MINIMUM_GROUP).await?;
    let minimum = i32::try_from(minimum).unwrap_or(i32::MAX);
    let pieces = ask.pieces();
    let mut shown: Vec<Vec<Shown>> = Vec::with_capacity(groups.len());
    for group in &*groups {
        shown.push(
            group
                .series
                .iter()
                .map(|figure| Shown {
                    weight: figure
                        .weight
                        .unwrap_or_else(|| i64::from(figure.value.is_some())),
                    people: figure.people.unwrap_or(i32::MAX),
                })
                .collect(),
        );
    }
    // The cells only know a least number; where it isn't enough, people are counted.
    for (place, piece) in pieces.iter().enumerate() {
        let doubtful = |row: &Vec<Shown>| row[place].weight > 0 && row[place].people < minimum;
        if !shown.iter().any(doubtful) {
            continue;
        }
        let exact = people_of_groups(connection, metric, ask, groups, *piece).await?;
        for (group, row) in groups.iter().zip(&mut shown) {
            if let Some(exact) = exact.get(&group.key) {
                row[place].people = row[place].people.max(*exact);
            }
        }
    }
    let together = together(&pieces, ask.granularity);
    let hidden = withheld(&shown, &together, minimum);
    let mut gone: HashMap<String, Vec<Period>> = HashMap::new();
    for (group, hidden) in groups.iter_mut().zip(hidden) {
        for (figure, hidden) in group.series.iter_mut().zip(&hidden) {
            if *hidden {
                figure.value = None;
                figure.weight = None;
                gone.entry(group.key.clone())
                    .or_default()
                    .push(figure.period);
            }
        }
        // The whole less the pieces that are shown would tell those that aren't.
        if hidden.iter().any(|hidden| *hidden) {
            group.whole.value = None;
            group.whole.weight = None;
            gone.entry(group.key.clone())
                .or_default()
                .push(group.whole.period);
        }
    }
    Ok(gone)
}

/// Withholds differences that would tell about few people: where either figure is withheld, and where in any month fewer
/// members than the minimum are behind what changed, as far as that is known. Of those that are shown only the kinds of
/// causes are told. Whoever may see every member sees them whole; this is for all others.
///
/// # Errors
/// When the database fails.
pub async fn protect_differences(
    connection: &impl ConnectionTrait,
    ask: &Ask,
    then: &HashMap<String, Vec<Period>>,
    differences: &mut Differences,
) -> Result<()> {
    let minimum = settings::read(connection, &METRICS_MINIMUM_GROUP).await?;
    let minimum = i32::try_from(minimum).unwrap_or(i32::MAX);
    let now = match &differences.latest {
        Some(latest) if latest.is_about_members() => {
            let today = Ask {
                at: At::Now,
                ..ask.clone()
            };
            let mut groups = figures(connection, latest, &today).await?;
            protect(connection, latest, &today, &mut groups).await?
        }
        _ => HashMap::new(),
    };
    let is_gone = |key: &str| {
        [then, &now].into_iter().any(|gone| {
            let periods = gone.get(key);
            periods.is_some_and(|periods| periods.contains(&ask.period))
        })
    };
    let months = ask.period.cut(Granularity::Month);
    let shown: Vec<Vec<Shown>> = differences
        .groups
        .iter()
        .map(|(key, difference)| {
            let gone = is_gone(key);
            months
                .iter()
                .map(|month| difference.behind(month.from, gone))
                .collect()
        })
        .collect();
    // Each month by itself: a longer time is withheld with any of its months, so that none is left over.
    let alone: Vec<usize> = (0..months.len()).collect();
    let hidden = withheld(&shown, &alone, minimum);
    let (many, gone): (bool, Vec<bool>) = (
        differences.too_many,
        differences.groups.keys().map(|key| is_gone(key)).collect(),
    );
    let groups = differences.groups.values_mut().zip(hidden).zip(gone);
    for ((difference, hidden), gone) in groups {
        difference.withheld = many
            || gone
            || hidden.contains(&true)
            || difference.causes.iter().any(Cause::is_of_unknown_people);
        difference.hide();
    }
    Ok(())
}

impl Difference {
    /// What is behind a month of it.
    fn behind(&self, month: NaiveDate, gone: bool) -> Shown {
        let of_month = self.people.iter().filter(|((_, of), _)| *of == month);
        let fewest = of_month.map(|(_, people)| people.len()).min();
        let fewest = fewest.map(|people| i32::try_from(people).unwrap_or(i32::MAX));
        Shown {
            weight: fewest.map_or(0, |people| i64::from(people.max(1))),
            people: if gone { 0 } else { fewest.unwrap_or(i32::MAX) },
        }
    }

    /// Takes out what isn't shown.
    fn hide(&mut self) {
        if self.withheld {
            (self.then, self.now) = (None, None);
            self.causes.clear();
        }
        for cause in &mut self.causes {
            cause.change = None;
            cause.facts.clear();
        }
    }
}

impl Cause {
    /// Did something else than facts change, so that nobody knows how many people are behind it?
    fn is_of_unknown_people(&self) -> bool {
        matches!(self.kind, Kind::Regions | Kind::Definition)
    }
}

/// How many different members are behind each group in a piece of time; regions are counted one by one.
async fn people_of_groups(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    ask: &Ask,
    groups: &[Group],
    piece: Period,
) -> Result<HashMap<String, i32>> {
    if ask.by != Some(By::Region) {
        return people(connection, metric, ask, piece).await;
    }
    let mut exact = HashMap::new();
    for group in groups {
        let Ok(region) = group.key.parse() else {
            continue;
        };
        let of_region = Ask {
            by: None,
            part: Part {
                regions: vec![region],
                ..Part::default()
            },
            ..ask.clone()
        };
        let found = people(connection, metric, &of_region, piece).await?;
        exact.insert(group.key.clone(), found.get("").copied().unwrap_or(0));
    }
    Ok(exact)
}

/// Which pieces make up the next longer one: months a quarter, quarters a year.
fn together(pieces: &[Period], granularity: Granularity) -> Vec<usize> {
    let longer = match granularity {
        Granularity::Month => Granularity::Quarter,
        _ => Granularity::Year,
    };
    let mut numbers = Vec::with_capacity(pieces.len());
    let mut number = 0;
    for (place, piece) in pieces.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| pieces.get(place));
        let same = before.is_some_and(|before| {
            let both = Period {
                from: before.from,
                to: piece.to,
            };
            both.cut(longer).len() == 1
        });
        number += usize::from(!same && place > 0);
        numbers.push(number);
    }
    numbers
}
