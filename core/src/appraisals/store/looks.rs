//! Looks at results, and at what reviewers say: each at somebody else's is written to the audit log before the answer leaves, or
//! there is no answer.
//!
//! A look at many at once - a page of appraisals with theirs - is an entry for each appraisal, under which it is found.

use std::collections::{BTreeMap, HashMap};

use entity::enums::AppraisalStage::{Closed, Published};
use entity::{appraisal, appraisal_cycle, appraisal_result, audit_log};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Scoped, Viewer, visible};
use crate::audit::{self, KeepsBack, note_reads};
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
    let members: BTreeMap<Uuid, Uuid> = seen.into_iter().collect();
    let entries = members
        .into_iter()
        .map(move |(appraisal, member)| audit::Entry {
            action,
            entity_type: "appraisal",
            entity_id: Some(appraisal),
            detail: json!({ "member": member }),
        });
    note_reads(db, call, entries).await
}

/// Keeps back from whoever is appraised, until results are out, what the audit log says of results of their cycle: also of those
/// of others, or what is missing would tell of their own.
#[derive(Clone, Copy, Debug)]
pub struct OwnResults;

impl KeepsBack for OwnResults {
    fn kept_back(&self, viewer: &Viewer) -> Option<Condition> {
        use audit_log::Column::{Action, EntityId, EntityType};
        let me = viewer.standing.member_id?;
        let mine = appraisal::Entity::find()
            .select_only()
            .column(appraisal::Column::CycleId)
            .filter(appraisal::Column::MemberId.eq(me))
            .into_query();
        let going_on = appraisal_cycle::Entity::find()
            .select_only()
            .column(appraisal_cycle::Column::Id)
            .filter(appraisal_cycle::Column::Stage.is_not_in([Published, Closed]))
            .filter(appraisal_cycle::Column::Id.in_subquery(mine))
            .into_query();
        let results = appraisal::Entity::find()
            .select_only()
            .column(appraisal::Column::Id)
            .filter(appraisal::Column::CycleId.in_subquery(going_on))
            .into_query();
        Some(
            Condition::all()
                .add(EntityType.eq("appraisal"))
                .add(Action.is_in([
                    "appraisal.result",
                    "appraisal.blocked",
                    "appraisal.calibrate",
                ]))
                .add(EntityId.is_not_null())
                .add(EntityId.in_subquery(results)),
        )
    }
}
