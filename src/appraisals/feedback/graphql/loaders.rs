//! Batched reads: what raters need to know of those whom they are asked about.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use entity::appraisal_rater;
use uuid::Uuid;

use crate::appraisals::feedback::store::{About, about};
use crate::error::{Error, Result};
use crate::graphql::children::shared;
use crate::graphql::{Ask, Loads};

/// The appraisal of one of the viewer's own requests. Only [`of_request`] makes one: the rater sees nothing else of that appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AskedAbout(Uuid);

impl Loader<AskedAbout> for Loads {
    type Value = About;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[AskedAbout],
    ) -> std::result::Result<HashMap<AskedAbout, About>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let found = about(self.db.reader(), &ids).await.map_err(Arc::new)?;
        Ok(found
            .into_iter()
            .map(|(id, about)| (AskedAbout(id), about))
            .collect())
    }
}

/// What the viewer needs to know for one of their own requests.
///
/// # Errors
/// When the database fails.
pub async fn of_request(ctx: &Context<'_>, request: &appraisal_rater::Model) -> Result<About> {
    let found = ctx.loads().load_one(AskedAbout(request.appraisal_id)).await;
    let found = found.map_err(shared)?;
    found.ok_or_else(|| Error::internal("a request about no appraisal"))
}
