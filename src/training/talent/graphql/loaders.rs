//! Training hours that evidence names, for many proposals at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::access::Permission;
use crate::error::Error;
use crate::graphql::Loads;
use crate::training::talent::store::booked;

/// The hours of a member in a year, as far as the viewer may see them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BookedIn {
    /// Whose.
    pub member: Uuid,
    /// The year.
    pub year: i32,
}

impl Loader<BookedIn> for Loads {
    type Value = i64;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[BookedIn]) -> Result<HashMap<BookedIn, i64>, Arc<Error>> {
        let viewer = &self.call.viewer;
        if !viewer.may(Permission::TrainingHoursRead) {
            return Ok(HashMap::new());
        }
        let wanted: Vec<(Uuid, i32)> = keys.iter().map(|key| (key.member, key.year)).collect();
        let sums = booked(self.db.reader(), viewer, &wanted).await;
        let sums = sums.map_err(Arc::new)?;
        Ok(sums
            .into_iter()
            .map(|((member, year), minutes)| (BookedIn { member, year }, minutes))
            .collect())
    }
}
