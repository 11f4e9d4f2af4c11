//! Batched reads of what hangs on sessions.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::training_session;
use uuid::Uuid;

use crate::access::{Permission, by_ids};
use crate::error::Error;
use crate::graphql::Loads;
use crate::settings;
use crate::training::rules::feedback::{Summary, summary};
use crate::training::rules::queue::Place;
use crate::training::store;

/// How many have and wait for a place in a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CountsOf(pub Uuid);

impl Loader<CountsOf> for Loads {
    type Value = (i64, i64);
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CountsOf]) -> Result<HashMap<CountsOf, (i64, i64)>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let counts = store::session_counts(self.db.reader(), &ids).await?;
        Ok(counts
            .into_iter()
            .map(|(id, both)| (CountsOf(id), both))
            .collect())
    }
}

/// Who waits for a place in a session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct WaitingIn(pub Uuid);

impl Loader<WaitingIn> for Loads {
    type Value = Vec<Place>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[WaitingIn]) -> Result<HashMap<WaitingIn, Vec<Place>>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let waiting = store::waiting_in(self.db.reader(), &ids).await?;
        Ok(waiting
            .into_iter()
            .map(|(id, places)| (WaitingIn(id), places))
            .collect())
    }
}

/// What was said of a session, for whoever may read it and when it can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FeedbackOf(pub Uuid);

/// What can be shown of feedback.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Put together.
    pub summary: Summary,
    /// The comments, in no order that tells anything.
    pub comments: Vec<String>,
}

impl Loader<FeedbackOf> for Loads {
    type Value = Shown;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FeedbackOf]) -> Result<HashMap<FeedbackOf, Shown>, Arc<Error>> {
        let (db, call) = (self.db.reader(), &self.call);
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let permission = Permission::TrainingFeedbackRead;
        let sessions = by_ids::<training_session::Entity>(db, &call.viewer, permission, &ids).await;
        let sessions = sessions.map_err(|error| Arc::new(Error::from(error)))?;
        let reached: Vec<Uuid> = sessions.keys().copied().collect();
        let mut said = store::said(db, &reached).await?;
        let minimum = settings::read(db, &settings::TRAINING_MINIMUM_GROUP).await?;
        let minimum = usize::try_from(minimum).unwrap_or(usize::MAX);
        let shown = sessions.into_iter().filter_map(|(id, session)| {
            let said = said.remove(&id)?;
            let summary = summary(&said.ratings, session.feedback_until, minimum, call.at)?;
            let comments = said.comments;
            Some((FeedbackOf(id), Shown { summary, comments }))
        });
        Ok(shown.collect())
    }
}
