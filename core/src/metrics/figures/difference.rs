//! How frozen figures differ from today's, and by what (差异及原因).
//!
//! Facts that stand on one side only are found by the database; what they mean is decided by [`causes`]. Today's figure
//! is reckoned from the frozen sums and what changed, so that the causes add up to the difference whatever is counted
//! meanwhile.
//!
//! [`causes`]: crate::metrics::rules::causes

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::{Attribution, Dimension};
use sea_orm::{ActiveEnum, ConnectionTrait};
use uuid::Uuid;

use super::metric::Metric;
use super::read::{AllSums, holdings, sums};
use super::{Ask, facts};
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::metrics::Sources;
use crate::metrics::rules::at::{At, Frozen};
use crate::metrics::rules::causes::{Changes, Fact, Key, Kind, State, effects, steps};
use crate::metrics::rules::cells::{key_of, sums_of};
use crate::metrics::rules::definition::Sums;
use crate::metrics::rules::grouping::{By, Pieces, regions_of};
use crate::metrics::rules::period::{Period, month_of};
use crate::metrics::store::{self, Differing};
use crate::organisation::Holding;

/// The most facts of one metric, on either side, whose changes are told one by one.
pub const MOST_FACTS: u64 = 20_000;

/// How the figures of all groups differ.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// By the keys of the groups: those that were frozen, and those that there are today.
    pub groups: BTreeMap<String, Difference>,
    /// The metric as it is defined today; in use or not.
    pub latest: Option<Metric>,
    /// Is the metric out of use? Then today's figure is by its last definition.
    pub retired: bool,
    /// Is the metric computed in another way today?
    pub redefined: bool,
    /// Have more facts changed than are looked at one by one? Then there are figures, but no causes.
    pub too_many: bool,
}

/// How the figure of one group differs, over the whole period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The frozen figure.
    pub then: Option<Decimal>,
    /// Today's.
    pub now: Option<Decimal>,
    /// What changed, in the order in which it is reckoned.
    pub causes: Vec<Cause>,
    /// The members behind the facts that changed, by metric and by month; none for metrics that aren't about members.
    pub(super) people: BTreeMap<(String, chrono::NaiveDate), BTreeSet<Uuid>>,
    /// Is it withheld from this viewer?
    pub withheld: bool,
}

/// One cause of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What happened.
    pub kind: Kind,
    /// By how much the figure changed through it; none where that isn't known.
    pub change: Option<Decimal>,
    /// The facts that it happened to.
    pub facts: Vec<(Key, Fact)>,
}

impl Difference {
    /// How much more it is today.
    #[must_use]
    pub fn change(&self) -> Option<Decimal> {
        let (then, now) = (self.then?, self.now?);
        now.0.checked_sub(then.0).map(Decimal)
    }
}

/// What changed in one group, by the metrics that the figure stands on.
type Changed<'m> = BTreeMap<String, Changes<'m>>;

/// The differences between frozen figures and today's, in a fixed number of statements that all see the same moment.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn differences(
    db: &Db,
    sources: &Sources,
    metric: &Metric,
    ask: &Ask,
    frozen: &Frozen,
) -> Result<Differences> {
    let tx = db.look().await?;
    let found = Found::read(&tx, sources, metric, ask, frozen).await?;
    tx.rollback().await?;
    Ok(found.explain(metric, ask))
}

/// Everything that is read.
struct Found<'m> {
    /// The metric as it is defined today.
    latest: Option<Metric>,
    then: BTreeMap<&'m str, BTreeMap<String, Sums>>,
    changed: BTreeMap<String, Changed<'m>>,
    too_many: bool,
    /// Today's sums by the definition of then, where regions are looked at and have changed.
    regions: Option<BTreeMap<&'m str, BTreeMap<String, Sums>>>,
    /// Today's sums by today's definition, where that is another one or facts weren't looked at.
    now: Option<BTreeMap<String, BTreeMap<String, Sums>>>,
}

impl<'m> Found<'m> {
    async fn read(
        tx: &impl ConnectionTrait,
        sources: &Sources,
        metric: &'m Metric,
        ask: &Ask,
        frozen: &Frozen,
    ) -> Result<Self> {
        let (mut changed, mut too_many) = (BTreeMap::<String, Changed<'m>>::new(), false);
        for (key, counted) in &metric.bases {
            let which = || facts::counted(&counted.base, ask.period, &ask.part, &frozen.holdings);
            let most = MOST_FACTS + 1;
            let then = store::only_then(tx, &ask.at, which(), most).await?;
            let now = store::only_now(tx, frozen, which(), most).await?;
            too_many |= then.len().max(now.len()) as u64 >= most;
            for (rows, are_now) in [(then, false), (now, true)] {
                for row in rows {
                    for group in groups_of(&row, ask, &frozen.holdings) {
                        let changes = changed.entry(group).or_default();
                        let changes = changes.entry(key.clone()).or_insert_with(|| Changes {
                            base: &counted.base,
                            measure: counted.measure,
                            facts: BTreeMap::new(),
                        });
                        let fact = changes.facts.entry(key_of_fact(&row)).or_default();
                        fact.elsewhere |= row.elsewhere;
                        let side = if are_now {
                            &mut fact.now
                        } else {
                            &mut fact.then
                        };
                        side.push(row.fact.clone());
                    }
                }
            }
        }
        let latest = Metric::latest(tx, sources, &metric.defined.metric.key).await?;
        // Straight from facts: sums may be a second behind them.
        let today = Ask {
            at: At::Now,
            ..ask.clone()
        };
        let redefined = latest
            .as_ref()
            .is_some_and(|latest| !metric.computes_as(latest));
        let regions = if ask.is_regional() && !too_many {
            let held = holdings(tx, &At::Now).await?;
            if within(&held, frozen.period) == frozen.holdings {
                None
            } else {
                let sums = sums_from_facts(tx, metric, &today).await?;
                Some(whole(sums))
            }
        } else {
            None
        };
        let now = match &latest {
            Some(latest) if redefined || too_many => {
                let sums = sums_from_facts(tx, latest, &today).await?;
                let sums = whole(sums).into_iter();
                Some(sums.map(|(key, groups)| (key.to_owned(), groups)).collect())
            }
            _ => None,
        };
        Ok(Self {
            then: whole(sums(tx, metric, ask).await?),
            latest,
            changed,
            too_many,
            regions,
            now,
        })
    }

    fn explain(mut self, metric: &Metric, ask: &Ask) -> Differences {
        let mut keys: BTreeSet<String> = self.changed.keys().cloned().collect();
        let sums = self
            .then
            .values()
            .chain(self.regions.iter().flat_map(BTreeMap::values));
        keys.extend(sums.flat_map(BTreeMap::keys).cloned());
        let now = self.now.iter().flat_map(BTreeMap::values);
        keys.extend(now.flat_map(BTreeMap::keys).cloned());
        if ask.by.is_none() {
            keys.insert(String::new());
        }
        let changed = std::mem::take(&mut self.changed);
        let mut differences = Differences {
            groups: BTreeMap::new(),
            latest: None,
            retired: self
                .latest
                .as_ref()
                .is_none_or(|latest| !latest.defined.metric.active),
            redefined: self
                .latest
                .as_ref()
                .is_some_and(|latest| !metric.computes_as(latest)),
            too_many: self.too_many,
        };
        for key in keys {
            let none = Changed::new();
            let changes = changed.get(&key).unwrap_or(&none);
            let difference = self.of_group(metric, &key, changes);
            differences.groups.insert(key, difference);
        }
        differences.latest = self.latest;
        differences
    }

    /// The difference of one group.
    fn of_group(&self, metric: &Metric, key: &str, changed: &Changed<'_>) -> Difference {
        let value =
            |state: &State| metric.value(&|base| state.get(base).copied().unwrap_or_default());
        let state_of = |sums: &BTreeMap<&str, BTreeMap<String, Sums>>| -> State {
            let bases = metric.bases.keys();
            bases
                .map(|base| (base.clone(), of(sums.get(base.as_str()), key)))
                .collect()
        };
        let then = state_of(&self.then);
        // Today's figure by today's definition.
        let latest = self.now.as_ref().zip(self.latest.as_ref());
        let latest = latest.map(|(sums, latest)| latest.value(&|base| of(sums.get(base), key)));
        if self.too_many {
            return Difference {
                then: value(&then),
                now: latest.flatten(),
                ..Difference::default()
            };
        }
        let mut causes = Vec::new();
        let mut figures = Vec::new();
        let mut state = then.clone();
        for step in steps(&then, changed) {
            figures.push(value(&step.after));
            causes.push((step.kind, step.facts.into_iter().collect()));
            state = step.after;
        }
        if let Some(regions) = &self.regions {
            let after = state_of(regions);
            if after != state {
                figures.push(value(&after));
                causes.push((Kind::Regions, Vec::new()));
                state = after;
            }
        }
        if let Some(latest) = latest
            && latest != value(&state)
        {
            figures.push(latest);
            causes.push((Kind::Definition, Vec::new()));
        }
        let before = value(&then);
        let effects = effects(before, &figures);
        Difference {
            then: before,
            now: figures.last().copied().unwrap_or(before),
            causes: causes
                .into_iter()
                .zip(effects)
                .map(|((kind, facts), change)| Cause {
                    kind,
                    change,
                    facts,
                })
                .collect(),
            people: people(metric, changed),
            withheld: false,
        }
    }
}

fn of(groups: Option<&BTreeMap<String, Sums>>, key: &str) -> Sums {
    groups
        .and_then(|groups| groups.get(key))
        .copied()
        .unwrap_or_default()
}

/// The sums over all pieces.
fn whole(sums: AllSums<'_>) -> BTreeMap<&str, BTreeMap<String, Sums>> {
    let add = |pieces: Pieces| {
        let mut all = Sums::default();
        for (sums, _) in pieces {
            all.add(sums);
        }
        all
    };
    sums.into_iter()
        .map(|(base, groups)| {
            let groups = groups.into_iter();
            (
                base,
                groups.map(|(key, pieces)| (key, add(pieces))).collect(),
            )
        })
        .collect()
}

/// The sums as the facts are at this moment.
async fn sums_from_facts<'a>(
    tx: &impl ConnectionTrait,
    metric: &'a Metric,
    ask: &Ask,
) -> Result<AllSums<'a>> {
    let mut from_facts = metric.clone();
    for counted in from_facts.bases.values_mut() {
        counted.ready = false;
    }
    let found = sums(tx, &from_facts, ask).await?;
    let mut kept = AllSums::new();
    for key in metric.bases.keys() {
        let groups = found.get(key.as_str()).cloned().unwrap_or_default();
        kept.insert(key, groups);
    }
    Ok(kept)
}

/// The groups that a fact counts in, by the regions of then.
fn groups_of(row: &Differing, ask: &Ask, holdings: &[Holding]) -> Vec<String> {
    match ask.by {
        None => vec![String::new()],
        Some(By::Dimension(dimension)) => vec![key_of(dimension, &row.fact)],
        Some(By::Region) => {
            let province = key_of(Dimension::Province, &row.fact);
            regions_of(&province, row.fact.day, holdings)
                .filter(|region| ask.part.regions.is_empty() || ask.part.regions.contains(region))
                .map(|region| region.to_string())
                .collect()
        }
    }
}

fn key_of_fact(row: &Differing) -> Key {
    Key {
        record_id: row.fact.record_id,
        source: row.fact.source.clone(),
        attribution: row.fact.attribution.to_value(),
        part: row.fact.part,
    }
}

/// The holdings that have a day of the period.
#[must_use]
pub fn within(holdings: &[Holding], period: Period) -> Vec<Holding> {
    holdings
        .iter()
        .filter(|holding| holding.from < period.to && holding.to.is_none_or(|to| period.from < to))
        .cloned()
        .collect()
}

/// The members behind what changed.
fn people(
    metric: &Metric,
    changed: &Changed<'_>,
) -> BTreeMap<(String, chrono::NaiveDate), BTreeSet<Uuid>> {
    let mut people: BTreeMap<_, BTreeSet<Uuid>> = BTreeMap::new();
    for (base, changes) in changed {
        let counted = metric.bases.get(base);
        if counted.is_none_or(|counted| counted.base.attribution == Attribution::Record) {
            continue;
        }
        for fact in changes.facts.values() {
            let rows = fact.then.iter().chain(&fact.now).filter(|row| {
                let sums = sums_of(changes.base, changes.measure, row);
                sums.behind(changes.base.aggregate) > 0
            });
            for row in rows {
                let behind = people.entry((base.clone(), month_of(row.day))).or_default();
                behind.extend(row.member_id);
            }
        }
    }
    people
}

impl Metric {
    /// Does another one compute the same from the same facts, whatever it is called?
    #[must_use]
    pub fn computes_as(&self, other: &Self) -> bool {
        let bases = |metric: &Self| -> Vec<_> {
            let bases = metric.bases.iter();
            bases
                .map(|(key, counted)| (key.clone(), counted.base.clone(), counted.measure))
                .collect()
        };
        bases(self) == bases(other) && self.expressions == other.expressions
    }
}
