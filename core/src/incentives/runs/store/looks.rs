//! Reading what others are awarded: each look is written to the audit log before the answer leaves, or there is no answer.
//!
//! A look at many rows at once - a page of them - is an entry for each of their members, under whom it is found.

use std::collections::{BTreeSet, HashMap};

use entity::{incentive_award, incentive_correction, incentive_question, incentive_transaction};
use sea_orm::{FromQueryResult, ModelTrait};
use serde_json::json;
use uuid::Uuid;

use super::lists::{TransactionFilter, TransactionOrder};
use crate::access::{Call, Listed, Scoped, by_ids, find, list};
use crate::audit::{self, note_reads};
use crate::db::Db;
use crate::db::keyset::{Listing, Page};
use crate::error::{ApiError, Result};
use crate::incentives::sees_all_pay;

/// A row that is about a member's pay.
pub trait Pay {
    /// Whose.
    fn member(&self) -> Uuid;
}

/// Tables whose rows are about somebody's pay.
pub trait AboutPay:
    Scoped<Model: ModelTrait<Entity = Self> + FromQueryResult + Pay + Clone + Send + Sync + 'static>
    + Send
    + Sync
    + 'static
{
}

impl<E> AboutPay for E where
    E: Scoped<
            Model: ModelTrait<Entity = E> + FromQueryResult + Pay + Clone + Send + Sync + 'static,
        > + Send
        + Sync
        + 'static
{
}

macro_rules! pay {
    ($($table:ident),*) => {
        $(impl Pay for $table::Model {
            fn member(&self) -> Uuid {
                self.member_id
            }
        })*
    };
}

pay!(
    incentive_award,
    incentive_transaction,
    incentive_correction,
    incentive_question
);

/// A page of rows that the viewer may see; the look is logged.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn list_seen<E>(
    db: &Db,
    call: &Call,
    (filter, order): (&E::Filter, E::Order),
    page: &Page,
    want_total: bool,
) -> Result<Listing<E::Model>>
where
    E: Listed,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Pay + Send + Sync,
{
    let viewer = &call.viewer;
    let found = list::<E>(db.reader(), viewer, filter, order, page, want_total, &[]).await?;
    look_at(db, call, found.slice.rows.iter().map(E::Model::member)).await?;
    Ok(found)
}

/// A page of entries of the ledger that the viewer may see; the look is logged.
///
/// # Errors
/// `BAD_INPUT` when those of a payout are asked for by somebody who doesn't see everybody's pay: the file for payroll would lack
/// members without a word. Else like [`list_seen`].
pub async fn entries_seen(
    db: &Db,
    call: &Call,
    (filter, order): (&TransactionFilter, TransactionOrder),
    page: &Page,
    want_total: bool,
) -> Result<Listing<incentive_transaction::Model>> {
    if filter.payout.is_some() && !sees_all_pay(&call.viewer) {
        return Err(ApiError::bad_input(
            "filter.payoutId",
            "the lines of a payout are for whoever sees everybody's pay (member.pay.read for all): others would get some of them; ask HR for the file, or leave the filter out to see your own entries",
            "发放批次明细仅限可查看全员薪酬的人员（member.pay.read，全部范围），否则明细不完整；请由人力资源导出，或去掉该筛选查看本人分录",
        )
        .into());
    }
    list_seen::<incentive_transaction::Entity>(db, call, (filter, order), page, want_total).await
}

/// A row that the viewer may see; the look is logged.
///
/// # Errors
/// When it can't be read or the look can't be logged.
pub async fn one_seen<E>(db: &Db, call: &Call, id: Uuid) -> Result<Option<E::Model>>
where
    E: Listed,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Pay + Send + Sync,
{
    let row = find::<E>(db.reader(), &call.viewer, E::READ, id).await?;
    look_at(db, call, row.iter().map(Pay::member)).await?;
    Ok(row)
}

/// Those of these rows that the viewer may see, by id; the look is logged.
///
/// # Errors
/// When they can't be read or the look can't be logged.
pub async fn some_seen<E: AboutPay>(
    db: &Db,
    call: &Call,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, E::Model>> {
    let rows = by_ids::<E>(db.reader(), &call.viewer, E::READ, ids).await?;
    look_at(db, call, rows.values().map(Pay::member)).await?;
    Ok(rows)
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
    let entries = others.into_iter().map(|member| audit::Entry {
        action: "incentive.award.read",
        entity_type: "member",
        entity_id: Some(member),
        detail: json!({}),
    });
    note_reads(db, call, entries).await
}
