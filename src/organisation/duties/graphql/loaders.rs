//! Who holds positions, read for many at once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::duties::store::{Holder, holders_of};

/// The key of the holders of a position on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holding {
    /// The position.
    pub position_id: Uuid,
    /// The day.
    pub day: NaiveDate,
}

impl Loader<Holding> for Loads {
    type Value = Vec<Holder>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[Holding]) -> Result<HashMap<Holding, Vec<Holder>>, Arc<Error>> {
        let mut by_day: BTreeMap<NaiveDate, Vec<Uuid>> = BTreeMap::new();
        for key in keys {
            by_day.entry(key.day).or_default().push(key.position_id);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (day, positions) in by_day {
            let holders = holders_of(self.db.reader(), &positions, day)
                .await
                .map_err(Arc::new)?;
            answers.extend(
                holders
                    .into_iter()
                    .map(|(position_id, list)| (Holding { position_id, day }, list)),
            );
        }
        Ok(answers)
    }
}
