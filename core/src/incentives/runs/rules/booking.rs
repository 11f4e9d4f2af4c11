//! What an approved award is in the ledger (入账).
//!
//! | kind | in the ledger |
//! |---|---|
//! | bonus, commission, benefit in money | owed to the member |
//! | deduction | less is owed |
//! | pay adjustment | nothing: payroll changes the pay |
//! | whatever isn't money | nothing |

use chrono::NaiveDate;
use uuid::Uuid;

use crate::incentives::rules::content::Kind;
use crate::incentives::rules::ledger::{Account, Booking, Refusal, Transaction};

/// An approved award, as far as the ledger looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved<'a> {
    /// What the rule gives.
    pub kind: Kind,
    /// The rule.
    pub rule: Uuid,
    /// Who gets it.
    pub member: Uuid,
    /// The currency by ISO 4217; none when things are given.
    pub currency: Option<&'a str>,
    /// In minor units or things.
    pub amount: i64,
}

/// Is it booked at all?
#[must_use]
pub const fn is_booked(kind: Kind, currency: Option<&str>) -> bool {
    let money = currency.is_some();
    money
        && matches!(
            kind,
            Kind::Bonus | Kind::Commission | Kind::Benefit | Kind::Deduction
        )
}

/// The transaction of an approved award on a day; none when there is nothing to book.
///
/// # Errors
/// Never for an amount above nought.
pub fn booked(
    award: &Approved<'_>,
    day: NaiveDate,
    reference: &str,
) -> Result<Option<Transaction>, Refusal> {
    let Some(currency) = award.currency else {
        return Ok(None);
    };
    if award.amount == 0 || !is_booked(award.kind, award.currency) {
        return Ok(None);
    }
    let booking = Booking {
        rule: award.rule,
        member: award.member,
        currency,
        amount: award.amount,
        day,
        reference,
    };
    let transaction = if award.kind == Kind::Deduction {
        booking.deduction()
    } else {
        booking.award()
    };
    transaction.map(Some)
}

/// What a transaction changes of what is owed to a member, in minor units.
#[must_use]
pub fn effect(transaction: &Transaction, member: Uuid) -> i64 {
    transaction
        .postings
        .iter()
        .filter(|posting| posting.account == Account::Payable(member))
        .fold(0_i64, |sum, posting| sum.saturating_sub(posting.amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_owed_or_taken_off_and_pay_is_left_to_payroll() {
        let member = Uuid::from_u128(2);
        for (kind, currency, owed) in [
            (Kind::Bonus, Some("CNY"), Some(500)),
            (Kind::Commission, Some("CNY"), Some(500)),
            (Kind::Benefit, Some("CNY"), Some(500)),
            (Kind::Deduction, Some("CNY"), Some(-500)),
            (Kind::PayAdjustment, Some("CNY"), None),
            (Kind::Benefit, None, None),
            (Kind::Honour, None, None),
        ] {
            let award = Approved {
                kind,
                rule: Uuid::from_u128(1),
                member,
                currency,
                amount: 500,
            };
            let day = "2026-10-31".parse().expect("a day");
            let booked = booked(&award, day, "award_1").expect("an amount above nought");
            let effect = booked.map(|transaction| effect(&transaction, member));
            assert_eq!(effect, owed, "{kind:?} {currency:?}");
        }
    }
}
