//! Setting the shares of a ticket by hand.

use entity::enums::CreditSource;
use entity::ticket;
use serde_json::{Value, json};
use uuid::Uuid;

use super::credit::{Source, write};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::Id;
use crate::tickets::actions::record::{Change, reason_of, record};
use crate::tickets::actions::{Happened, follow};
use crate::tickets::responsibility::rules::credit::{Share, Wanted, set};
use crate::tickets::responsibility::store;
use crate::tickets::store as tickets;
use crate::work::{Work, expect_version};

/// The shares of which ticket, and why.
#[derive(Clone, Debug)]
pub struct CreditSet {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The new shares.
    pub shares: Vec<Wanted>,
    /// Why.
    pub reason: String,
}

/// Replaces the shares of a ticket's latest resolution. The set before is kept.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors for the shares, and when the ticket was never resolved.
pub async fn credit_set(app: &App, call: &Call, wanted: CreditSet) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::TicketCreditWrite;
    let was = to_change::<ticket::Entity>(work.tx(), &call.viewer, permission, wanted.id).await?;
    expect_version(was.version, wanted.expected_version)?;
    let reason = reason_of(Some(&wanted.reason), true)?;
    let present = store::present_credits(work.tx(), was.id).await?;
    let Some(round) = present.first().map(|row| row.round) else {
        let text = Text::new(
            "Nobody is credited with this ticket yet; that comes with its resolution.",
            "工单尚未解决，没有可调整的计分份额。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "", text).into());
    };
    let present: Vec<Share> = present
        .iter()
        .map(|row| Share {
            member: row.member_id,
            role: row.role,
            share: row.share,
        })
        .collect();
    let shares = set(
        &wanted.shares,
        was.owner_id,
        &present,
        call.viewer.standing.member_id,
    )?;
    check_members(&work, &wanted.shares, &present).await?;

    let saved = tickets::save(work.tx(), was.clone(), call.at).await?;
    let source = Source {
        source: CreditSource::Manual,
        reason: reason.clone(),
        by: call.viewer.actor.id,
    };
    write(&mut work, &saved, round, &shares, source).await?;
    let saved = follow(&mut work, Some(&was), saved, Happened::Edited).await?;
    let changes = vec![
        Change::internal("credits", said(&present), said(&shares)),
        Change::internal("reason", Value::Null, reason),
    ];
    let audited = "ticket.credit.set";
    record(&mut work, &saved, "credit_set", audited, false, changes);
    work.commit().await?;
    Ok(saved)
}

/// Whoever is named must be somebody whom the viewer can see, or have a share already.
async fn check_members(work: &Work<'_>, wanted: &[Wanted], present: &[Share]) -> Result<()> {
    let mut checks = Checks::default();
    for (place, one) in wanted.iter().enumerate() {
        if present.iter().any(|share| share.member == one.member) {
            continue;
        }
        let found = find::<entity::member::Entity>(
            work.tx(),
            &work.call().viewer,
            Permission::MemberRead,
            one.member,
        )
        .await?;
        checks.found(&format!("input.shares.{place}.memberId"), found);
    }
    checks.done()
}

/// Shares as the history writes them.
fn said(shares: &[Share]) -> Value {
    shares
        .iter()
        .map(|share| {
            let member = Id::<entity::member::Entity>::new(share.member).to_string();
            json!({ "memberId": member, "share": share.share })
        })
        .collect()
}
