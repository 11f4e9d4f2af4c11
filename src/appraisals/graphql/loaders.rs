//! Batched reads: cycles, contents, figures and results; the store logs each look at results.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::Loader;
use entity::{appraisal, appraisal_cycle, appraisal_result};
use uuid::Uuid;

use crate::appraisals::actions::look::{Look, look};
use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::stages::is_out;
use crate::appraisals::store;
use crate::error::{Error, Result};
use crate::graphql::children::shared;
use crate::graphql::{Ask, Loads};

/// A cycle, for what the server decides by it; nothing of it is shown by this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CycleOf(pub Uuid);

impl Loader<CycleOf> for Loads {
    type Value = appraisal_cycle::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[CycleOf]) -> Result<HashMap<CycleOf, Self::Value>, Arc<Error>> {
        let ids = keys.iter().map(|key| key.0).collect();
        let rows = store::cycles_by_id(self.db.reader(), &ids).await?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (CycleOf(id), row))
            .collect())
    }
}

/// What a version of a template says, for naming what appraisals are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentOf(pub Uuid);

impl Loader<ContentOf> for Loads {
    type Value = Arc<Content>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ContentOf],
    ) -> Result<HashMap<ContentOf, Arc<Content>>, Arc<Error>> {
        let ids: BTreeSet<Uuid> = keys.iter().map(|key| key.0).collect();
        let contents = store::content_of(self.db.reader(), ids).await?;
        Ok(contents
            .into_iter()
            .map(|(id, content)| (ContentOf(id), Arc::new(content)))
            .collect())
    }
}

/// The figures of an appraisal, by the row that was read.
#[derive(Clone, PartialEq, Eq)]
pub struct FiguresOf(pub Arc<appraisal::Model>);

impl Hash for FiguresOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl Loader<FiguresOf> for Loads {
    type Value = Look;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[FiguresOf]) -> Result<HashMap<FiguresOf, Look>, Arc<Error>> {
        let rows: Vec<appraisal::Model> = keys.iter().map(|key| (*key.0).clone()).collect();
        let (sources, viewer) = (&self.counter.sources, &self.call.viewer);
        let mut looks = look(&self.db, sources, viewer, &rows).await?;
        let look = |key: &FiguresOf| Some((key.clone(), looks.remove(&key.0.id)?));
        Ok(keys.iter().filter_map(look).collect())
    }
}

/// The results of an appraisal; the look is logged. Use this and never the plain rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResultsSeen {
    /// The appraisal.
    pub appraisal: Uuid,
    /// About whom.
    pub member: Uuid,
}

impl Loader<ResultsSeen> for Loads {
    type Value = Vec<appraisal_result::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[ResultsSeen],
    ) -> Result<HashMap<ResultsSeen, Self::Value>, Arc<Error>> {
        let about: Vec<(Uuid, Uuid)> = keys.iter().map(|key| (key.appraisal, key.member)).collect();
        let mut results = store::results_seen(&self.db, &self.call, &about).await?;
        let of = |key: &ResultsSeen| Some((*key, results.remove(&key.appraisal)?));
        Ok(keys.iter().filter_map(of).collect())
    }
}

/// A look at what the reviewer says in an appraisal of somebody else, which is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JudgedSeen {
    /// The appraisal.
    pub appraisal: Uuid,
    /// About whom.
    pub member: Uuid,
}

impl Loader<JudgedSeen> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[JudgedSeen]) -> Result<HashMap<JudgedSeen, ()>, Arc<Error>> {
        let seen = keys.iter().map(|key| (key.appraisal, key.member)).collect();
        store::note_judged(&self.db, &self.call, seen).await?;
        Ok(keys.iter().map(|key| (*key, ())).collect())
    }
}

/// May the viewer have what was judged in an appraisal? Everybody who sees it, but the member before results are out; the look of
/// whoever is neither the member nor the reviewer is logged.
pub async fn may_see_judged(ctx: &Context<'_>, row: &appraisal::Model) -> Result<bool> {
    let me = ctx.call().viewer.standing.member_id;
    if !is_about_viewer(ctx, row) {
        if me.is_none() || me != row.reviewer_id {
            let look = JudgedSeen {
                appraisal: row.id,
                member: row.member_id,
            };
            ctx.loads().load_one(look).await.map_err(shared)?;
        }
        return Ok(true);
    }
    let cycle = ctx.loads().load_one(CycleOf(row.cycle_id)).await;
    Ok(cycle
        .map_err(shared)?
        .is_some_and(|cycle| is_out(cycle.stage)))
}

/// Is the appraisal about whoever asks?
pub fn is_about_viewer(ctx: &Context<'_>, row: &appraisal::Model) -> bool {
    ctx.call().viewer.standing.member_id == Some(row.member_id)
}

/// What the template of an appraisal says.
pub async fn content_of(ctx: &Context<'_>, version: Uuid) -> Result<Arc<Content>> {
    let content = ctx.loads().load_one(ContentOf(version)).await;
    content
        .map_err(shared)?
        .ok_or_else(|| Error::internal("an appraisal without its template"))
}
