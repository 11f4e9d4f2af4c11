//! A metric with all that it stands on, as it is defined today or was when a period was frozen.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::Attribution;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Permission;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::metrics::definitions::{self, Defined};
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::{Base, Body, Sums};
use crate::metrics::rules::expression::Formula;
use crate::metrics::{Sources, snapshots};

/// A metric with everything that it is computed from.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The metric itself.
    pub defined: Defined,
    /// The metrics from facts that it stands on, by key: itself, or those of its expression.
    pub bases: BTreeMap<String, Counted>,
    /// For derived metrics: all expressions from those it stands on up to itself, in the order of computing. They are read
    /// once, for there is a figure for each group and piece of time.
    pub steps: Vec<(String, Formula)>,
    /// The same expressions as they are written, by key.
    pub expressions: BTreeMap<String, String>,
}

fn guard_of(defined: &Defined, sources: &Sources) -> Option<Permission> {
    match &defined.definition.body {
        Body::Facts(base) => sources.guard(&base.source),
        Body::Derived(_) => None,
    }
}

impl Found {
    fn today(defined: Defined, sources: &Sources) -> Self {
        Self {
            ready: defined.metric.active && defined.version.counted_at.is_some(),
            measure: match &defined.definition.body {
                Body::Facts(base) => sources.measure(base),
                Body::Derived(_) => None,
            },
            guard: guard_of(&defined, sources),
            defined,
        }
    }

    fn by_key(all: impl Iterator<Item = Self>) -> HashMap<String, Self> {
        all.map(|found| (found.defined.metric.key.clone(), found))
            .collect()
    }
}

/// A metric from facts, ready to be read.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The version that holds.
    pub version: Uuid,
    /// Whether its sums are complete; until then it is read from facts.
    pub ready: bool,
    /// What it counts.
    pub base: Base,
    /// The place of its measure in the source.
    pub measure: Option<usize>,
    /// What figures of single members need beside `metric.member.read`.
    pub guard: Option<Permission>,
}

/// A metric as it was found, before what it stands on is collected.
struct Found {
    defined: Defined,
    /// Are its sums complete and kept?
    ready: bool,
    measure: Option<usize>,
    guard: Option<Permission>,
}

impl Metric {
    /// The metric with that key, if it can be asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(
        connection: &impl ConnectionTrait,
        sources: &Sources,
        key: &str,
    ) -> Result<Option<Self>> {
        let mut found = Self::find_each(connection, sources, &BTreeSet::from([key])).await?;
        Ok(found.remove(key))
    }

    /// The metrics with these keys that can be asked for, by key; one statement, and one more when any of them is derived: what
    /// it stands on is read along with it, as of one moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_each(
        connection: &impl ConnectionTrait,
        sources: &Sources,
        keys: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Self>> {
        if keys.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut all = definitions::by_keys(connection, keys.iter().copied()).await?;
        if all.iter().any(|one| one.definition.is_derived()) {
            all = definitions::all_current(connection).await?;
        }
        let all = Found::by_key(all.into_iter().map(|one| Found::today(one, sources)));
        let found = keys
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), Self::among(&all, key)?)));
        Ok(found.collect())
    }

    /// The same as of a moment: as it was defined then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_at(
        connection: &impl ConnectionTrait,
        sources: &Sources,
        key: &str,
        at: &At,
    ) -> Result<Option<Self>> {
        let Some(frozen) = at.frozen() else {
            return Self::find(connection, sources, key).await;
        };
        let all = snapshots::definitions(connection, frozen.id).await?;
        let found = Found::by_key(all.into_iter().map(|(defined, measure)| Found {
            guard: guard_of(&defined, sources),
            defined,
            ready: true,
            measure,
        }));
        Ok(Self::among(&found, key))
    }

    /// The metric with that key by its last definition, in use or retired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest(
        connection: &impl ConnectionTrait,
        sources: &Sources,
        key: &str,
    ) -> Result<Option<Self>> {
        let all = definitions::all_latest(connection).await?;
        let all = Found::by_key(all.into_iter().map(|one| Found::today(one, sources)));
        Ok(Self::among(&all, key))
    }

    fn among(all: &HashMap<String, Found>, key: &str) -> Option<Self> {
        let mut metric = Self {
            defined: all.get(key)?.defined.clone(),
            bases: BTreeMap::new(),
            steps: Vec::new(),
            expressions: BTreeMap::new(),
        };
        metric.stand_on(key, all);
        Some(metric)
    }

    /// Collects what a metric stands on before itself; a circle, which saving refuses, would end here too.
    fn stand_on(&mut self, key: &str, all: &HashMap<String, Found>) {
        let Some(found) = all.get(key) else { return };
        if self.bases.contains_key(key) || self.steps.iter().any(|(done, _)| done == key) {
            return;
        }
        match &found.defined.definition.body {
            Body::Facts(base) => {
                let counted = Counted {
                    version: found.defined.version.id,
                    ready: found.ready,
                    measure: found.measure,
                    guard: found.guard,
                    base: base.clone(),
                };
                self.bases.insert(key.to_owned(), counted);
            }
            Body::Derived(derived) => {
                for input in &derived.inputs {
                    if input != key {
                        self.stand_on(input, all);
                    }
                }
                // What was saved can be read; if not, the figure is unknown.
                if let Some(formula) = Formula::read(&derived.expression) {
                    self.steps.push((key.to_owned(), formula));
                    let text = derived.expression.clone();
                    self.expressions.insert(key.to_owned(), text);
                }
            }
        }
    }

    /// Its figure from the sums of the metrics from facts that it stands on.
    #[must_use]
    pub fn value(&self, of: &dyn Fn(&str) -> Sums) -> Option<Decimal> {
        let mut values: BTreeMap<String, Option<Decimal>> = self
            .bases
            .iter()
            .map(|(key, counted)| (key.clone(), of(key).figure(counted.base.aggregate)))
            .collect();
        for (step, formula) in &self.steps {
            let value = formula.figure(&values);
            values.insert(step.clone(), value);
        }
        values.remove(&self.defined.metric.key).flatten()
    }

    /// Is it about members, so that small groups are to be protected?
    #[must_use]
    pub fn is_about_members(&self) -> bool {
        self.bases
            .values()
            .any(|counted| counted.base.attribution != Attribution::Record)
    }

    /// What figures of single members and the records behind figures need beside `metric.member.read`; looks at them are logged
    /// when there is anything.
    #[must_use]
    pub fn guards(&self) -> BTreeSet<Permission> {
        self.bases
            .values()
            .filter_map(|counted| counted.guard)
            .collect()
    }

    /// Do figures of parts add up to the whole, in a dimension in which every fact has one place?
    #[must_use]
    pub fn is_additive(&self) -> bool {
        match &self.defined.definition.body {
            Body::Facts(base) => base.is_additive(),
            Body::Derived(_) => false,
        }
    }
}

impl Sources {
    /// The place of a metric's measure in its source.
    #[must_use]
    pub fn measure(&self, base: &Base) -> Option<usize> {
        let key = base.measure.as_deref()?;
        let measures = self.get(&base.source)?.measures;
        measures.iter().position(|measure| measure.key == key)
    }
}
