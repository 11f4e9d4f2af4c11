//! What of contracts, money and renewals counts in figures (合同与回款事实).
//!
//! Money counts in the company's currency only, by the setting `company.currency`.

use std::sync::LazyLock;

use chrono_tz::Tz;
use entity::contract;
use entity::enums::Attribution::{Owner, Record, Shares};
use entity::enums::{ContractKind, ContractRole, PaymentKind, RenewalState};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::rules::shares::Share;
use super::{CONTRACT_CHANGED, PAYMENT_RECORDED, RENEWAL_CHANGED, store};
use crate::db::{Pool, Transaction};
use crate::error::{Result, Text};
use crate::events::Event;
use crate::ids::Node;
use crate::metrics::facts::{
    Detail, MEASURES, Measure, MeasureUnit, Occurrence, Provider, Source, noon,
};
use crate::settings;

/// A contract that was signed.
pub const SIGNED: &str = "contract.signed";
/// An entry of money.
pub const RECORDED: &str = "payment.recorded";
/// A seller's part of an entry of money.
pub const SOLD: &str = "payment.sold";
/// A collector's part of an entry of money.
pub const COLLECTED: &str = "payment.collected";
/// An assistant's part of an entry of money.
pub const ASSISTED: &str = "payment.assisted";
/// A renewal that is due.
pub const DUE: &str = "renewal.due";

static CONTRACTS: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: SIGNED,
        name: Text::new("Contract signed", "签订合同"),
        meaning: Text::new(
            "A contract that wasn't called off; it counts on the day of its signature, for its sellers by their shares. Its kind is `new` or `renewal`. `first`: whether it was the customer's first contract.",
            "未取消的合同，计入签订当日，按份额归属于销售人员。类型：new（新签）、renewal（续约）。first：是否为该客户的首份合同。",
        ),
        attributions: &[Record, Shares],
        measures: const {
            &[Measure {
                key: "first",
                unit: MeasureUnit::YesNo,
            }]
        },
        detail: Detail::None,
    }]
});

const AMOUNT: &[Measure] = &[Measure {
    key: "amount",
    unit: MeasureUnit::Money,
}];

static PAYMENTS: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let part = |key, (en, zh): (&'static str, &'static str)| Source {
        key,
        name: Text::new(
            format!("Money credited to {en}"),
            format!("{zh}人员的回款业绩"),
        ),
        meaning: Text::new(
            format!(
                "What one of the {en} is credited with of an entry of money in the company's currency, to the last minor unit; it counts on the day of the payment, for whoever stood behind the contract when the money was recorded. Refunds are below nought and take back what was credited. Its kind is that of the contract, `new` or `renewal`. `amount`: in minor units."
            ),
            format!(
                "回款（公司币种）中归属于{zh}人员的部分，精确到最小货币单位，计入收付当日，归属于登记回款时的{zh}人员；退款为负，冲减原归属人。类型为合同类型：new（新签）、renewal（续约）。amount：金额（最小货币单位）。"
            ),
        ),
        attributions: &[Owner],
        measures: AMOUNT,
        detail: Detail::None,
    };
    vec![
        Source {
            key: RECORDED,
            name: Text::new("Entry of money", "回款记录"),
            meaning: Text::new(
                "An entry of money in the company's currency, collected or refunded; it counts on the day of the payment. Refunds are below nought. Its kind is that of the contract, `new` or `renewal`. `amount`: in minor units. Money in other currencies isn't counted.",
                "公司币种的回款或退款记录，计入收付当日，退款为负。类型为合同类型：new（新签）、renewal（续约）。amount：金额（最小货币单位）。其他币种不计入。",
            ),
            attributions: &[Record],
            measures: AMOUNT,
            detail: Detail::None,
        },
        part(SOLD, ("sellers", "销售")),
        part(COLLECTED, ("collectors", "收款")),
        part(ASSISTED, ("assistants", "协助")),
    ]
});

static RENEWALS: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: DUE,
        name: Text::new("Renewal due", "到期续约"),
        meaning: Text::new(
            "A contract that ends, unless it was called off before; it counts on the day on which its renewal is due, also when it is decided earlier or later, for its collectors by their shares: those of the day on which it was decided. `won`, `lost`: whether it was, unknown until it is decided.",
            "到期的合同（此前已取消的除外），计入续约到期当日，无论何时有结果；按份额归属于收款/续约负责人，以有结果时为准。won、lost：是否已续约、是否流失，未有结果时为空。",
        ),
        attributions: &[Record, Shares],
        measures: const {
            &[
                Measure {
                    key: "won",
                    unit: MeasureUnit::YesNo,
                },
                Measure {
                    key: "lost",
                    unit: MeasureUnit::YesNo,
                },
            ]
        },
        detail: Detail::None,
    }]
});

/// The facts of contracts.
#[derive(Clone, Copy, Debug)]
pub struct ContractsSigned {
    /// The company's time zone: contracts know days, the register moments.
    pub zone: Tz,
}

/// The facts of money.
#[derive(Clone, Copy, Debug)]
pub struct MoneyRecorded {
    /// The company's time zone: payments know days, the register moments.
    pub zone: Tz,
}

/// The facts of renewals.
#[derive(Clone, Copy, Debug)]
pub struct RenewalsDue {
    /// The company's time zone: renewals know days, the register moments.
    pub zone: Tz,
}

macro_rules! provide {
    ($provider:ident: $table:ident, $sources:ident, $event:ident, $ids:ident, $occurrences:ident) => {
        impl Provider for $provider {
            fn record_kind(&self) -> &'static str {
                entity::$table::Entity::PREFIX
            }

            fn sources(&self) -> &[Source] {
                &$sources
            }

            fn touched(&self, event: &Event) -> Vec<Uuid> {
                if event.kind == $event {
                    vec![event.entity_id]
                } else {
                    Vec::new()
                }
            }

            fn occurrences<'a>(
                &'a self,
                tx: &'a Transaction,
                records: &'a [Uuid],
            ) -> BoxFuture<'a, Result<Vec<Occurrence>>> {
                Box::pin($occurrences(tx, records, self.zone))
            }

            fn records<'a>(
                &'a self,
                db: &'a Pool,
                after: Option<Uuid>,
                limit: u64,
            ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
                Box::pin(store::$ids(db, after, limit))
            }
        }
    };
}

provide!(ContractsSigned: contract, CONTRACTS, CONTRACT_CHANGED, contract_ids, contracts_signed);
provide!(MoneyRecorded: contract_payment, PAYMENTS, PAYMENT_RECORDED, payment_ids, money_recorded);
provide!(RenewalsDue: renewal, RENEWALS, RENEWAL_CHANGED, renewal_ids, renewals_due);

/// What has the place, product and kind of a contract.
fn about(source: &'static str, record_id: Uuid, contract: &contract::Model) -> Occurrence {
    let kind = match contract.kind {
        ContractKind::New => "new",
        ContractKind::Renewal => "renewal",
    };
    Occurrence {
        source,
        record_id,
        part: 0,
        at: chrono::DateTime::UNIX_EPOCH,
        owner: None,
        shares: Vec::new(),
        team: None,
        province: Some(contract.province),
        product: contract.product_id,
        channel: None,
        kind: Some(kind.to_owned()),
        detail: None,
        values: [None; MEASURES],
    }
}

fn shared(people: &[Share]) -> Vec<(Uuid, i32)> {
    people
        .iter()
        .map(|one| (one.member_id, one.share))
        .collect()
}

async fn contracts_signed(tx: &Transaction, records: &[Uuid], zone: Tz) -> Result<Vec<Occurrence>> {
    let signed = store::signed(tx, records).await?;
    let count = |one: store::Signed| {
        let mut values = [None; MEASURES];
        values[0] = Some(i64::from(one.contract.is_first));
        Occurrence {
            at: noon(one.contract.signed_on, zone),
            shares: shared(&one.sellers),
            values,
            ..about(SIGNED, one.contract.id, &one.contract)
        }
    };
    Ok(signed.into_iter().map(count).collect())
}

async fn money_recorded(tx: &Transaction, records: &[Uuid], zone: Tz) -> Result<Vec<Occurrence>> {
    let currency = settings::read(tx, &settings::COMPANY_CURRENCY).await?;
    let entries = store::credited(tx, records).await?;
    let mut all = Vec::new();
    for (payment, contract, credits) in entries {
        if payment.currency != currency {
            continue;
        }
        let signed = |amount: i64| match payment.kind {
            PaymentKind::Collected => amount,
            PaymentKind::Refunded => -amount,
        };
        let entry = |source, part: usize, owner, amount| {
            let mut values = [None; MEASURES];
            values[0] = Some(signed(amount));
            Occurrence {
                part: i32::try_from(part).unwrap_or(i32::MAX),
                at: noon(payment.paid_on, zone),
                owner,
                values,
                ..about(source, payment.id, &contract)
            }
        };
        all.push(entry(RECORDED, 0, None, payment.amount));
        for (part, one) in credits.iter().enumerate() {
            let source = match one.role {
                ContractRole::Seller => SOLD,
                ContractRole::Collector => COLLECTED,
                ContractRole::Assistant => ASSISTED,
            };
            all.push(entry(source, part, Some(one.member_id), one.amount));
        }
    }
    Ok(all)
}

async fn renewals_due(tx: &Transaction, records: &[Uuid], zone: Tz) -> Result<Vec<Occurrence>> {
    let renewed = store::renewed(tx, records).await?;
    let count = |one: store::Renewed| {
        let is = |state: RenewalState| {
            let decided = matches!(one.renewal.state, RenewalState::Won | RenewalState::Lost);
            decided.then_some(i64::from(one.renewal.state == state))
        };
        let mut values = [None; MEASURES];
        values[0] = is(RenewalState::Won);
        values[1] = is(RenewalState::Lost);
        Occurrence {
            at: noon(one.renewal.due_on, zone),
            shares: shared(&one.collectors),
            values,
            ..about(DUE, one.renewal.id, &one.contract)
        }
    };
    Ok(renewed.into_iter().map(count).collect())
}
