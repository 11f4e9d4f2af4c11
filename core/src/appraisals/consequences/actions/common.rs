//! What looks at the results of a cycle begin with.

use std::collections::{BTreeSet, HashMap};

use entity::appraisal_cycle;
use serde_json::json;
use uuid::Uuid;

use crate::access::Call;
use crate::appraisals::consequences::store::{self, Told};
use crate::appraisals::rules::content::Content;
use crate::appraisals::store::{content_of, metric_names};
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::error::{Result, Text};
use crate::settings;

/// The results of a cycle that is out, and what they are told by.
pub(super) struct Known {
    /// The cycle.
    pub cycle: appraisal_cycle::Model,
    /// All its results.
    pub told: Vec<Told>,
    /// Those within the viewer's reach.
    pub within: BTreeSet<Uuid>,
    /// What the versions of templates say.
    pub contents: HashMap<Uuid, Content>,
    /// What metrics are called.
    pub metrics: HashMap<String, Text>,
    /// Of fewer members out of reach nothing is told.
    pub least: usize,
}

/// Reads all of it, in a fixed number of statements; none when there is no such cycle for this viewer or its results aren't out.
pub(super) async fn known(db: &Db, call: &Call, cycle: Uuid) -> Result<Option<Known>> {
    let reader = db.reader();
    let Some(cycle) = store::cycle(reader, &call.viewer, cycle).await? else {
        return Ok(None);
    };
    let told = store::told(reader, cycle.id).await?;
    let versions = told.iter().map(|one| one.version).collect();
    let least = settings::read(reader, &settings::METRICS_MINIMUM_GROUP).await?;
    Ok(Some(Known {
        within: store::within(reader, &call.viewer, cycle.id).await?,
        contents: content_of(reader, versions).await?,
        metrics: metric_names(reader).await?,
        least: usize::try_from(least).unwrap_or(usize::MAX).max(2),
        told,
        cycle,
    }))
}

/// Writes that somebody looked at the results of a cycle.
pub(super) async fn look(
    db: &Db,
    call: &Call,
    cycle: Uuid,
    what: &str,
    seen: &BTreeSet<Uuid>,
) -> Result<()> {
    let entry = audit::Entry {
        action: "appraisal.result.read",
        entity_type: "appraisal_cycle",
        entity_id: Some(cycle),
        detail: json!({ "what": what, "appraisals": seen }),
    };
    note_read(db, call, entry).await
}
