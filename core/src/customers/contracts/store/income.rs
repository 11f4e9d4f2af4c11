//! Money by who is credited with it, and what was refunded of it, whoever looks: what incentives are worked out from.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{ContractKind, ContractRole, PaymentKind};
use entity::{contract, contract_payment, payment_credit};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::customers::contracts::ledger::{Collected, Refunded};
use crate::error::Result;

/// The collections of which something was refunded, by id after one.
///
/// # Errors
/// When the database fails.
pub async fn refunded_after(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Refunded>> {
    use contract_payment::Column::RefundsId;
    let ids: Vec<Option<Uuid>> = contract_payment::Entity::find()
        .select_only()
        .column(RefundsId)
        .distinct()
        .filter(RefundsId.is_not_null())
        .filter(Condition::all().add_option(after.map(|after| RefundsId.gt(after))))
        .order_by_asc(RefundsId)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    let ids: Vec<Uuid> = ids.into_iter().flatten().collect();
    refunded_of(connection, &ids).await
}

/// Those of some collections of which something was refunded, in their order. One statement.
///
/// # Errors
/// When the database fails.
pub async fn refunded_of(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Refunded>> {
    use contract_payment::Column::{Amount, Id, PaidOn, RefundsId};
    let either = Condition::any()
        .add(Id.is_in(ids.iter().copied()))
        .add(RefundsId.is_in(ids.iter().copied()));
    let rows: Vec<(Uuid, Option<Uuid>, i64, NaiveDate)> = contract_payment::Entity::find()
        .select_only()
        .columns([Id, RefundsId, Amount, PaidOn])
        .filter(either)
        .into_tuple()
        .all(connection)
        .await?;
    let mut found: HashMap<Uuid, Refunded> = HashMap::new();
    for (id, refunds, amount, paid_on) in rows {
        let payment_id = refunds.unwrap_or(id);
        let one = found.entry(payment_id).or_insert(Refunded {
            payment_id,
            collected: 0,
            refunded: 0,
            days: Vec::new(),
        });
        if refunds.is_some() {
            one.refunded = one.refunded.saturating_add(amount);
            one.days.push(paid_on);
        } else {
            one.collected = amount;
        }
    }
    for one in found.values_mut() {
        one.days.sort_unstable();
    }
    found.retain(|_, one| !one.days.is_empty());
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// What these members are credited with, see [`Collected`].
///
/// # Errors
/// When the database fails.
pub async fn collected_by(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
    currency: &str,
    known_at: DateTime<Utc>,
) -> Result<Vec<Collected>> {
    let role = |kind: ContractKind, role: ContractRole| {
        Condition::all()
            .add(contract::Column::Kind.eq(kind))
            .add(payment_credit::Column::Role.eq(role))
    };
    let either = Condition::any()
        .add(role(ContractKind::Renewal, ContractRole::Collector))
        .add(role(ContractKind::New, ContractRole::Seller));
    let rows: Vec<(Uuid, Uuid, ContractKind, PaymentKind, i64)> = payment_credit::Entity::find()
        .select_only()
        .column(payment_credit::Column::PaymentId)
        .column(payment_credit::Column::MemberId)
        .column(contract::Column::Kind)
        .column_as(contract_payment::Column::Kind, "payment_kind")
        .column(payment_credit::Column::Amount)
        .join(JoinType::InnerJoin, payment_credit::Relation::Payment.def())
        .join(
            JoinType::InnerJoin,
            contract_payment::Relation::Contract.def(),
        )
        .filter(payment_credit::Column::MemberId.is_in(members.iter().copied()))
        .filter(contract_payment::Column::Currency.eq(currency))
        .filter(contract_payment::Column::PaidOn.gte(from))
        .filter(contract_payment::Column::PaidOn.lt(to))
        .filter(contract_payment::Column::CreatedAt.lte(known_at))
        .filter(either)
        .order_by_asc(payment_credit::Column::PaymentId)
        .into_tuple()
        .all(connection)
        .await?;
    let collected = |(payment_id, member_id, contract_kind, kind, amount)| Collected {
        payment_id,
        member_id,
        contract_kind,
        amount: match kind {
            PaymentKind::Collected => amount,
            PaymentKind::Refunded => -amount,
        },
    };
    Ok(rows.into_iter().map(collected).collect())
}
