//! Batched reads: metrics as they are defined today, and figures of today. The fields of one query share their statements.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::error::Error;
use crate::graphql::Loads;
use crate::metrics::figures::{Ask, Group, Metric, figures, figures_of_each};
use crate::metrics::rules::at::At;

/// The metric with a key as it is defined today, if it can be asked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MetricOf(pub String);

impl Loader<MetricOf> for Loads {
    type Value = Arc<Metric>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[MetricOf]) -> Result<HashMap<MetricOf, Arc<Metric>>, Self::Error> {
        let words: BTreeSet<&str> = keys.iter().map(|key| key.0.as_str()).collect();
        let found = Metric::find_each(self.db.reader(), &self.counter.sources, &words).await?;
        Ok(found
            .into_iter()
            .map(|(key, metric)| (MetricOf(key), Arc::new(metric)))
            .collect())
    }
}

/// The figures of today that answer a question, with nothing withheld yet.
#[derive(Clone)]
pub struct FiguresOf {
    /// The metric.
    pub metric: Arc<Metric>,
    /// The question.
    pub ask: Ask,
}

impl PartialEq for FiguresOf {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.metric, &other.metric) && self.ask == other.ask
    }
}

impl Eq for FiguresOf {}

impl Hash for FiguresOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.metric.defined.version.id.hash(state);
        self.ask.period.hash(state);
    }
}

impl Loader<FiguresOf> for Loads {
    type Value = Result<Arc<Vec<Group>>, Arc<Error>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[FiguresOf],
    ) -> Result<HashMap<FiguresOf, Self::Value>, Self::Error> {
        let db = self.db.reader();
        let asked: Vec<(&Metric, &Ask)> = keys.iter().map(|key| (&*key.metric, &key.ask)).collect();
        match figures_of_each(db, &At::Now, &asked).await {
            Ok(all) => {
                let all = all.into_iter().map(|groups| Ok(Arc::new(groups)));
                Ok(keys.iter().cloned().zip(all).collect())
            }
            Err(error) if keys.len() == 1 => Err(error.into()),
            // What is too much together may be little enough one by one, and each field has its own error.
            Err(_) => {
                let mut found = HashMap::with_capacity(keys.len());
                for key in keys {
                    let groups = figures(db, &key.metric, &key.ask).await;
                    found.insert(key.clone(), groups.map(Arc::new).map_err(Arc::new));
                }
                Ok(found)
            }
        }
    }
}
