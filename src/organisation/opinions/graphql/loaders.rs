//! Whether the viewer has answered, for many rounds at once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::opinions::store::answered_by;

/// The key of the viewer's own invitation to a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MyAnswer(pub Uuid);

impl Loader<MyAnswer> for Loads {
    type Value = bool;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[MyAnswer]) -> Result<HashMap<MyAnswer, bool>, Arc<Error>> {
        let Some(me) = self.call.viewer.standing.member_id else {
            return Ok(HashMap::new());
        };
        let rounds: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let answered = answered_by(self.db.reader(), &rounds, me).await;
        let answered = answered.map_err(Arc::new)?;
        Ok(answered
            .into_iter()
            .map(|(round, answered)| (MyAnswer(round), answered))
            .collect())
    }
}
