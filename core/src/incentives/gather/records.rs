//! Records that trigger rules: money that was collected, prizes that were won (触发记录).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::enums::{ContractKind, ContractRole, PaymentKind};
use entity::{contest_award, contract_payment};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::day_of;
use crate::customers::{Late, PaymentEntry, payments_with_late};
use crate::error::Result;
use crate::ids::{Node, encode};
use crate::incentives::rules::facts;
use crate::incentives::rules::run::{Credit, Record};
use crate::incentives::rules::trace::Span;
use crate::incentives::rules::value::{FactValue, Facts, Money, Number, Value};
use crate::metrics::facts::midnight;
use crate::training::contests::{Won, won_between};

/// As of when, and by which days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) zone: Tz,
    pub(super) at: DateTime<Utc>,
    /// The money of earlier days that is taken with it.
    pub(super) late: Option<Late>,
}

/// Some records, and the last one that was looked at; none at the end.
pub(super) struct Page {
    pub(super) records: Vec<Record>,
    pub(super) last: Option<Uuid>,
}

pub(super) async fn page(
    connection: &impl ConnectionTrait,
    source: &str,
    span: Span,
    known: Known,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Page> {
    match source {
        "payment" => {
            let days = (span.from, span.to);
            let entries = payments_with_late(connection, days, known.late, after, limit).await?;
            let counts = |one: &&PaymentEntry| {
                one.kind == PaymentKind::Collected && one.recorded_at <= known.at
            };
            Ok(Page {
                last: entries.last().map(|one| one.payment_id),
                records: entries.iter().filter(counts).map(payment).collect(),
            })
        }
        "contest_award" => {
            let until = midnight(span.to, known.zone).min(known.at);
            let times = (midnight(span.from, known.zone), until);
            let won = won_between(connection, times, after, limit).await?;
            Ok(Page {
                last: won.last().map(|one| one.award_id),
                records: won.iter().map(|one| prize(one, known.zone)).collect(),
            })
        }
        _ => Ok(Page {
            records: Vec::new(),
            last: None,
        }),
    }
}

fn payment(entry: &PaymentEntry) -> Record {
    let kind = match entry.contract_kind {
        ContractKind::New => facts::NEW,
        ContractKind::Renewal => facts::RENEWAL,
    };
    let amount = Money {
        amount: entry.amount,
        currency: entry.currency.clone(),
    };
    let id = encode(contract_payment::Entity::PREFIX, entry.payment_id);
    let fact = |key: &str, value| {
        let behind = FactValue::behind(value, vec![id.clone()]);
        (format!("payment.{key}"), behind)
    };
    Record {
        source: "payment".to_owned(),
        id: id.clone(),
        day: entry.paid_on,
        facts: Facts::from([
            fact("amount", Value::Money(amount)),
            fact("kind", Value::Text(kind.to_owned())),
            fact("new_customer", Value::Bool(entry.is_first_contract)),
            fact("day", Value::Day(entry.paid_on)),
        ]),
        credits: entry
            .credits
            .iter()
            .map(|credit| Credit {
                member: credit.member_id,
                role: role(credit.role).to_owned(),
                share: u32::try_from(credit.share).unwrap_or(0),
            })
            .collect(),
    }
}

const fn role(role: ContractRole) -> &'static str {
    match role {
        ContractRole::Seller => facts::SELLER,
        ContractRole::Collector => facts::COLLECTOR,
        ContractRole::Assistant => facts::ASSISTANT,
    }
}

fn prize(won: &Won, zone: Tz) -> Record {
    let rank = Number::whole(i64::from(won.rank)).unwrap_or_default();
    let id = encode(contest_award::Entity::PREFIX, won.award_id);
    Record {
        source: "contest_award".to_owned(),
        id: id.clone(),
        day: day_of(won.at, zone),
        facts: Facts::from([(
            "contest_award.rank".to_owned(),
            FactValue::behind(Value::Number(rank), vec![id]),
        )]),
        credits: vec![Credit {
            member: won.member_id,
            role: facts::WINNER.to_owned(),
            share: 10_000,
        }],
    }
}
