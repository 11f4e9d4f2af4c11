//! Batched reads: what the questions of papers ask.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::enums::QuestionKind;
use entity::exam_question_version;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::training::exams::store;

/// The question behind a version. Whoever asks for it has looked whether the viewer may see that paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AskedBy(pub Uuid);

/// What a question asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The version.
    pub version: exam_question_version::Model,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The topic.
    pub topic: String,
}

impl Loader<AskedBy> for Loads {
    type Value = Arc<Asked>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AskedBy]) -> Result<HashMap<AskedBy, Self::Value>, Arc<Error>> {
        let db = self.db.reader();
        let versions = store::versions(db, keys.iter().map(|key| key.0)).await?;
        let kinds = store::kinds_of(db, versions.iter().map(|row| row.question_id)).await?;
        Ok(versions
            .into_iter()
            .filter_map(|version| {
                let (kind, topic) = kinds.get(&version.question_id)?.clone();
                let asked = Asked {
                    version,
                    kind,
                    topic,
                };
                Some((AskedBy(asked.version.id), Arc::new(asked)))
            })
            .collect())
    }
}
