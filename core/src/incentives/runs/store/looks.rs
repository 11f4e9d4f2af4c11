//! Reading what others are awarded: each look is written to the audit log before the answer leaves, or there is no answer.
//!
//! A look at many awards at once - a page of them - is one entry that lists their members.

use std::collections::BTreeSet;

use entity::incentive_award;
use serde_json::json;
use uuid::Uuid;

use super::lists::{AwardFilter, AwardOrder};
use crate::access::{Call, list};
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::db::keyset::{Listing, Page};
use crate::error::Result;

/// A page of awards that the viewer may see; the look is logged.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn awards_seen(
    db: &Db,
    call: &Call,
    filter: &AwardFilter,
    order: AwardOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<incentive_award::Model>> {
    let viewer = &call.viewer;
    let found =
        list::<incentive_award::Entity>(db.reader(), viewer, filter, order, page, want_total)
            .await?;
    let members = found.slice.rows.iter().map(|(_, row)| row.member_id);
    look_at(db, call, members).await?;
    Ok(found)
}

/// Writes whose awards or statements somebody looked at; one's own aren't logged.
///
/// # Errors
/// When the look can't be logged.
pub async fn look_at(db: &Db, call: &Call, members: impl IntoIterator<Item = Uuid>) -> Result<()> {
    let me = call.viewer.standing.member_id;
    let others: BTreeSet<Uuid> = members
        .into_iter()
        .filter(|member| Some(*member) != me)
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    let entry = audit::Entry {
        action: "incentive.award.read",
        entity_type: "member",
        entity_id: others.first().copied().filter(|_| others.len() == 1),
        detail: json!({ "members": others }),
    };
    note_read(db, call, entry).await
}
