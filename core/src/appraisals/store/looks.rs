//! Looks at results, and at what reviewers say: each at somebody else's is written to the audit log before the answer leaves, or
//! there is no answer.
//!
//! A look at many at once - a page of appraisals with theirs - is one entry that lists them all.

use std::collections::{BTreeSet, HashMap};

use entity::appraisal_result;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Scoped, visible};
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::error::Result;

/// The results of these appraisals, given with their members, that the viewer may see, in their order; the look is logged.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn results_seen(
    db: &Db,
    call: &Call,
    appraisals: &[(Uuid, Uuid)],
) -> Result<HashMap<Uuid, Vec<appraisal_result::Model>>> {
    let read = <appraisal_result::Entity as Scoped>::READ;
    let ids = appraisals.iter().map(|(appraisal, _)| *appraisal);
    let rows = visible::<appraisal_result::Entity>(&call.viewer, read)
        .filter(appraisal_result::Column::AppraisalId.is_in(ids))
        .order_by_asc(appraisal_result::Column::Number)
        .all(db.reader())
        .await?;
    let mut results: HashMap<Uuid, Vec<appraisal_result::Model>> = HashMap::new();
    for row in rows {
        results.entry(row.appraisal_id).or_default().push(row);
    }
    let me = call.viewer.standing.member_id;
    let others = appraisals
        .iter()
        .filter(|(appraisal, member)| Some(*member) != me && results.contains_key(appraisal));
    let others = others.copied().collect();
    note_look(db, call, "appraisal.result.read", others).await?;
    Ok(results)
}

/// Notes a look at what reviewers say in these appraisals, given with their members; call it before anything is shown. Neither
/// the member nor the reviewer is noted: leave theirs out.
///
/// # Errors
/// When the look can't be logged.
pub async fn note_judged(db: &Db, call: &Call, seen: Vec<(Uuid, Uuid)>) -> Result<()> {
    note_look(db, call, "appraisal.review.read", seen).await
}

/// Writes who looked at something of which appraisals, given with their members.
async fn note_look(
    db: &Db,
    call: &Call,
    action: &'static str,
    seen: Vec<(Uuid, Uuid)>,
) -> Result<()> {
    let (appraisals, members): (BTreeSet<Uuid>, BTreeSet<Uuid>) = seen.into_iter().unzip();
    if appraisals.is_empty() {
        return Ok(());
    }
    // One appraisal is found under its id; several under none, but in the detail.
    let one = match appraisals.first() {
        Some(id) if appraisals.len() == 1 => Some(*id),
        _ => None,
    };
    let entry = audit::Entry {
        action,
        entity_type: "appraisal",
        entity_id: one,
        detail: json!({ "appraisals": appraisals, "members": members }),
    };
    note_read(db, call, entry).await
}
