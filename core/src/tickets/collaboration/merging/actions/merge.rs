//! Merging a ticket into another one of the same customer.

use entity::enums::TicketState;
use entity::ticket;
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::tickets::actions::Happened;
use crate::tickets::actions::record::{Change, reason_of};
use crate::tickets::collaboration::actions::{Named, leave, take_both};
use crate::tickets::collaboration::merging::rules::{self, Side};
use crate::tickets::collaboration::merging::store;
use crate::tickets::collaboration::tags;
use crate::tickets::rules::stages;
use crate::tickets::store as tickets;
use crate::work::{Work, expect_version};

const NAMED: Named = Named {
    action: "merge",
    audited: "ticket.merge",
};

/// Which ticket goes into which.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The ticket that ends.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The ticket in which the work goes on.
    pub into_id: Uuid,
    /// The version that one was read at.
    pub into_expected_version: i32,
    /// Why, for staff.
    pub reason: String,
}

/// Merges a ticket into another one and returns both: the one that goes on, and the one that ended.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when they can't be merged.
pub async fn merge(app: &App, call: &Call, merge: Merge) -> Result<(ticket::Model, ticket::Model)> {
    call.viewer.require(Permission::TicketMerge)?;
    let mut work = Work::begin(&app.db, call).await?;
    let second = (merge.into_id, "input.intoId");
    let (was, into) = take_both(&work, Permission::TicketMerge, merge.id, second).await?;
    expect_version(was.version, merge.expected_version)?;
    expect_version(into.version, merge.into_expected_version)?;
    rules::check_merge(side(&was), side(&into))?;
    let reason = reason_of(Some(&merge.reason), true)?;

    let ended = ticket::Model {
        state: TicketState::Cancelled,
        closed_at: Some(call.at),
        merged_into_id: Some(into.id),
        ..was.clone()
    };
    // What tells of the other ticket is for those who may see both: with another partner that isn't certain.
    let shown = was.partner_id == into.partner_id;
    let mut changes = vec![
        Change::public("state", stages::name(was.state), stages::name(ended.state)),
        Change {
            public: shown,
            ..Change::internal("mergedIntoId", Value::Null, id_json(into.id))
        },
    ];
    changes.extend(reason.map(|reason| Change::internal("reason", Value::Null, reason)));
    tickets::leave_stage(work.tx(), was.id, call.at).await?;
    let ended = leave(&mut work, &was, ended, Happened::Moved, NAMED, changes).await?;

    let mut changes = vec![Change {
        public: shown,
        ..Change::internal("mergedTickets", Value::Null, id_json(was.id))
    }];
    changes.extend(carry_tags(&work, was.id, into.id).await?);
    let watchers = store::carry_watchers(work.tx(), was.id, into.id, call.at).await?;
    if watchers > 0 {
        changes.push(Change::internal("watchers", Value::Null, watchers));
    }
    let now = into.clone();
    let into = leave(&mut work, &into, now, Happened::Edited, NAMED, changes).await?;
    work.commit().await?;
    Ok((into, ended))
}

fn side(ticket: &ticket::Model) -> Side {
    Side {
        id: ticket.id,
        customer: ticket.customer_id,
        state: ticket.state,
        merged: ticket.merged_into_id.is_some(),
    }
}

/// Puts the tags of one ticket on the other too; says what changed.
async fn carry_tags(work: &Work<'_>, from: Uuid, to: Uuid) -> Result<Option<Change>> {
    let has = tags::store::of_ticket(work.tx(), to).await?;
    let news: Vec<_> = tags::store::of_ticket(work.tx(), from)
        .await?
        .into_iter()
        .filter(|tag| !has.iter().any(|other| other.id == tag.id))
        .collect();
    if news.is_empty() {
        return Ok(None);
    }
    tags::rules::check_count(has.len() + news.len(), "input.intoId")?;
    let ids: Vec<Uuid> = news.iter().map(|tag| tag.id).collect();
    if !tags::store::put_on(work.tx(), to, &ids, work.call().at).await? {
        let text = Text::new(
            "A tag was deleted just now; try again.",
            "标签刚刚被删除，请重试。",
        );
        return Err(UserError::new(UserErrorCode::NotFound, "", text).into());
    }
    let words = |tags: &mut dyn Iterator<Item = &str>| tags.collect::<Vec<_>>().join(", ");
    let before = words(&mut has.iter().map(|tag| tag.name.as_str()));
    let after = words(&mut has.iter().chain(&news).map(|tag| tag.name.as_str()));
    Ok(Some(Change::internal("tags", before, after)))
}

fn id_json(id: Uuid) -> Value {
    Id::<ticket::Entity>::new(id).to_string().into()
}
