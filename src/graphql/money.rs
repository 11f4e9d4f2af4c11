//! Money as clients read and write it.

use async_graphql::{InputObject, SimpleObject};

use super::Decimal;
use crate::money;

/// An amount of money, exactly. 金额
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Money {
    /// In major units of the currency, such as `1234.56` yuan. 数额（主单位，如元）
    pub amount: Decimal,
    /// ISO 4217 code, such as `CNY`. 币种
    pub currency: String,
}

impl Money {
    /// So many minor units of a currency.
    #[must_use]
    pub fn of_minor(minor: i64, currency: &str) -> Self {
        Self {
            amount: Decimal(money::to_major(minor, currency)),
            currency: currency.to_owned(),
        }
    }
}

/// An amount of money. 金额
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// In major units of the currency, with no more decimals than it has, such as `1234.56` yuan. 数额（主单位，如元）
    pub amount: Decimal,
    /// ISO 4217 code, such as `CNY`. 币种
    pub currency: String,
}

impl MoneyInput {
    /// In minor units; none when the amount can't be written in them.
    #[must_use]
    pub fn written(&self) -> Option<i64> {
        money::to_minor(self.amount.0, &self.currency)
    }

    /// In minor units; below nought, so that it is refused, when the amount can't be written in them.
    #[must_use]
    pub fn minor(&self) -> i64 {
        money::to_minor(self.amount.0, &self.currency).unwrap_or(-1)
    }
}
