//! The only place that touches appeals.

use std::collections::BTreeMap;

use entity::enums::AppraisalAppealState;
use entity::{appraisal, appraisal_appeal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Listed, Permission, Viewer, by_ids, compare_reference, find, list};
use crate::audit;
use crate::db::Db;
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::{Listing, Page, Sort};
use crate::error::Result;

crate::rows!(versioned: appraisal_appeal; written: );

/// Which appeals. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct AppealFilter {
    /// Against which appraisal's results.
    pub appraisal_id: Option<IdMatches>,
    /// What has become of them.
    pub state: Option<Matches<AppraisalAppealState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AppealOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

impl Listed for appraisal_appeal::Entity {
    type Filter = AppealFilter;
    type Order = AppealOrder;

    fn matching(filter: &AppealFilter, viewer: &Viewer) -> Condition {
        use appraisal_appeal::Column::{AppraisalId, State};
        let appraisal = filter
            .appraisal_id
            .as_ref()
            .map(|is| compare_reference::<appraisal::Entity>(is, AppraisalId, viewer));
        Condition::all()
            .add_option(appraisal)
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
    }

    fn sorts(order: AppealOrder) -> Vec<Sort<appraisal_appeal::Column>> {
        use appraisal_appeal::Column::{CreatedAt, Id};
        match order {
            AppealOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            AppealOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        }
    }
}

/// All appeals about an appraisal, for an action that has locked it.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(
    tx: &impl ConnectionTrait,
    appraisal: Uuid,
) -> Result<Vec<appraisal_appeal::Model>> {
    Ok(appraisal_appeal::Entity::find()
        .filter(appraisal_appeal::Column::AppraisalId.eq(appraisal))
        .all(tx)
        .await?)
}

/// The appeals of a cycle that wait for a decision.
///
/// # Errors
/// When the database fails.
pub async fn filed_in(connection: &impl ConnectionTrait, cycle: Uuid) -> Result<u64> {
    let within = appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(appraisal::Column::CycleId.eq(cycle))
        .into_query();
    let filed = appraisal_appeal::Entity::find()
        .filter(appraisal_appeal::Column::State.eq(AppraisalAppealState::Filed))
        .filter(appraisal_appeal::Column::AppraisalId.in_subquery(within));
    Ok(filed.count(connection).await?)
}

/// An appeal within the viewer's reach; a look at somebody else's is logged.
///
/// # Errors
/// When the database fails.
pub async fn appeal(db: &Db, call: &Call, id: Uuid) -> Result<Option<appraisal_appeal::Model>> {
    let read = Permission::AppraisalRead;
    let row = find::<appraisal_appeal::Entity>(db.reader(), &call.viewer, read, id).await?;
    note_look(db, call, row.iter()).await?;
    Ok(row)
}

/// A page of the appeals within the viewer's reach; a look at those of others is logged.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list and ordering.
pub async fn appeals(
    db: &Db,
    call: &Call,
    filter: &AppealFilter,
    order: AppealOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<appraisal_appeal::Model>> {
    let (reader, viewer) = (db.reader(), &call.viewer);
    let listing =
        list::<appraisal_appeal::Entity>(reader, viewer, filter, order, page, want_total, &[])
            .await?;
    note_look(db, call, listing.slice.rows.iter()).await?;
    Ok(listing)
}

/// Writes who looked at which appeals of others.
async fn note_look<'a>(
    db: &Db,
    call: &Call,
    rows: impl Iterator<Item = &'a appraisal_appeal::Model>,
) -> Result<()> {
    let rows: Vec<&appraisal_appeal::Model> = rows.collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.appraisal_id).collect();
    let read = Permission::AppraisalRead;
    let about = by_ids::<appraisal::Entity>(db.reader(), &call.viewer, read, &ids).await?;
    let me = call.viewer.standing.member_id;
    let own = |id: &Uuid| about.get(id).is_some_and(|row| Some(row.member_id) == me);
    // Those of one appraisal are found under it.
    let mut appeals: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !own(&row.appraisal_id)) {
        appeals.entry(row.appraisal_id).or_default().push(row.id);
    }
    let entries = appeals
        .into_iter()
        .map(|(appraisal, appeals)| audit::Entry {
            action: "appraisal.appeal.read",
            entity_type: "appraisal",
            entity_id: Some(appraisal),
            detail: json!({ "appeals": appeals }),
        });
    audit::note_reads(db, call, entries).await
}
