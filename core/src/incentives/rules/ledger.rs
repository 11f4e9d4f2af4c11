//! The ledger (台账): double entry, only added to, balanced in each currency.
//!
//! | what happens | debit | credit |
//! |---|---|---|
//! | an award is approved | expense of the rule | payable to the member |
//! | a deduction is approved | payable to the member | expense of the rule |
//! | a payout | payable to the member | paid to the member |
//! | a payout that is taken back | paid to the member | payable to the member |
//! | a claw-back | payable to the member | expense of the rule |
//! | a claw-back that was too much | expense of the rule | payable to the member |
//! | a correction | either, by its sign | the other |

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An account (科目).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "account", content = "of", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Account {
    /// What a rule has cost (激励费用).
    Expense(Uuid),
    /// What is owed to a member; below nought, what the member owes (应付).
    Payable(Uuid),
    /// What was paid to a member (已付).
    Paid(Uuid),
}

/// What a transaction is (业务类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// An award was approved (奖励核准).
    Award,
    /// Money was paid out (发放).
    Payout,
    /// A mistake was put right (更正).
    Correction,
    /// Money behind an award was paid back by us (追回).
    ClawBack,
}

/// A side of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which account.
    #[serde(flatten)]
    pub account: Account,
    /// The currency by ISO 4217.
    pub currency: String,
    /// In minor units: debit above nought, credit below.
    pub amount: i64,
}

/// Something that happened, with all its sides (分录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// What it is.
    pub reason: Reason,
    /// On which day it is booked.
    pub day: NaiveDate,
    /// What it is about: the id of an award, a payout, a refund.
    pub reference: String,
    /// Its sides, which make nought together.
    pub postings: Vec<Posting>,
}

/// Why something can't be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An amount isn't above nought, or two sides are the same account (金额须大于零).
    Amount,
    /// The sides don't make nought in each currency (借贷不平).
    Unbalanced,
    /// The month is locked (月份已锁定).
    Locked,
    /// More would be paid than is owed (超过应付余额).
    Overdrawn,
}

/// An award, a deduction or a payout in money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking<'b> {
    /// The rule behind it.
    pub rule: Uuid,
    /// The member.
    pub member: Uuid,
    /// The currency by ISO 4217.
    pub currency: &'b str,
    /// In minor units, above nought.
    pub amount: i64,
    /// On which day.
    pub day: NaiveDate,
    /// The id of what it is about.
    pub reference: &'b str,
}

impl Booking<'_> {
    fn booked(
        &self,
        reason: Reason,
        debit: Account,
        credit: Account,
    ) -> Result<Transaction, Refusal> {
        if self.amount <= 0 {
            return Err(Refusal::Amount);
        }
        let posting = |account, amount| Posting {
            account,
            currency: self.currency.to_owned(),
            amount,
        };
        Ok(Transaction {
            reason,
            day: self.day,
            reference: self.reference.to_owned(),
            postings: vec![posting(debit, self.amount), posting(credit, -self.amount)],
        })
    }

    const fn accounts(&self) -> (Account, Account) {
        (Account::Expense(self.rule), Account::Payable(self.member))
    }

    /// An approved award: the rule costs it, and it is owed to the member.
    ///
    /// # Errors
    /// The amount isn't above nought, as with all that follow.
    pub fn award(&self) -> Result<Transaction, Refusal> {
        let (expense, payable) = self.accounts();
        self.booked(Reason::Award, expense, payable)
    }

    /// An approved deduction: less is owed to the member, and the rule brings it.
    ///
    /// # Errors
    /// See [`Booking::award`].
    pub fn deduction(&self) -> Result<Transaction, Refusal> {
        let (expense, payable) = self.accounts();
        self.booked(Reason::Award, payable, expense)
    }

    /// What is taken back of an award; `returned` where too much was taken, and that comes back.
    ///
    /// # Errors
    /// See [`Booking::award`].
    pub fn claw_back(&self, returned: bool) -> Result<Transaction, Refusal> {
        let (expense, payable) = self.accounts();
        if returned {
            self.booked(Reason::ClawBack, expense, payable)
        } else {
            self.booked(Reason::ClawBack, payable, expense)
        }
    }

    /// A mistake put right: `more` tells whether the member is owed more or less.
    ///
    /// # Errors
    /// See [`Booking::award`].
    pub fn correction(&self, more: bool) -> Result<Transaction, Refusal> {
        let (expense, payable) = self.accounts();
        if more {
            self.booked(Reason::Correction, expense, payable)
        } else {
            self.booked(Reason::Correction, payable, expense)
        }
    }
}

/// A payout of what is owed to a member: `owed` is the balance before.
///
/// # Errors
/// The amount isn't above nought, or more than is owed.
pub fn payout(
    member: Uuid,
    currency: &str,
    amount: i64,
    owed: i64,
    day: NaiveDate,
    reference: &str,
) -> Result<Transaction, Refusal> {
    if amount > owed {
        return Err(Refusal::Overdrawn);
    }
    let booking = Booking {
        rule: Uuid::nil(),
        member,
        currency,
        amount,
        day,
        reference,
    };
    booking.booked(
        Reason::Payout,
        Account::Payable(member),
        Account::Paid(member),
    )
}

/// A payout of a member that is taken back: what was paid is owed again.
///
/// # Errors
/// The amount isn't above nought.
pub fn payout_reversed(
    member: Uuid,
    currency: &str,
    amount: i64,
    day: NaiveDate,
    reference: &str,
) -> Result<Transaction, Refusal> {
    let booking = Booking {
        rule: Uuid::nil(),
        member,
        currency,
        amount,
        day,
        reference,
    };
    booking.booked(
        Reason::Payout,
        Account::Paid(member),
        Account::Payable(member),
    )
}

/// Can a transaction be booked? `open_from` is the first day that isn't locked.
///
/// # Errors
/// Why not.
pub fn check(transaction: &Transaction, open_from: Option<NaiveDate>) -> Result<(), Refusal> {
    if open_from.is_some_and(|open| transaction.day < open) {
        return Err(Refusal::Locked);
    }
    if transaction.postings.len() < 2
        || transaction
            .postings
            .iter()
            .any(|posting| posting.amount == 0)
    {
        return Err(Refusal::Amount);
    }
    let mut sums: BTreeMap<&str, i128> = BTreeMap::new();
    for posting in &transaction.postings {
        *sums.entry(&posting.currency).or_default() += i128::from(posting.amount);
    }
    if sums.values().all(|sum| *sum == 0) {
        Ok(())
    } else {
        Err(Refusal::Unbalanced)
    }
}

/// The day on which something is booked that happened on another: that day, or the first one that isn't locked.
#[must_use]
pub fn booked_on(happened: NaiveDate, open_from: Option<NaiveDate>) -> NaiveDate {
    open_from.map_or(happened, |open| happened.max(open))
}

/// Balances by account and currency: debit above nought, credit below.
#[must_use]
pub fn balances<'t>(
    transactions: impl IntoIterator<Item = &'t Transaction>,
) -> BTreeMap<(Account, String), i64> {
    let mut balances: BTreeMap<(Account, String), i64> = BTreeMap::new();
    for posting in transactions
        .into_iter()
        .flat_map(|transaction| &transaction.postings)
    {
        let balance = balances
            .entry((posting.account, posting.currency.clone()))
            .or_default();
        *balance = balance.saturating_add(posting.amount);
    }
    balances
}

/// What is owed to a member in a currency; below nought, what the member owes.
#[must_use]
pub fn owed(balances: &BTreeMap<(Account, String), i64>, member: Uuid, currency: &str) -> i64 {
    balances
        .get(&(Account::Payable(member), currency.to_owned()))
        .map_or(0, |balance| balance.saturating_neg())
}

/// An award out of money that was collected, and what of that was refunded; everything in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refunded {
    /// The award with its corrections.
    pub awarded: i64,
    /// What was taken back of it before, less what came back.
    pub taken: i64,
    /// The money collected.
    pub collected: i64,
    /// What was refunded of it until now, this time included.
    pub refunded: i64,
}

/// What is to be taken back now: the share of all that was refunded, halves up, without what was taken before; below nought when
/// too much was taken, because the award was corrected since. So it doesn't matter whether the refund or the correction comes
/// first, the whole award goes back with the last minor unit of the money, and never more.
#[must_use]
pub fn claw_back(of: Refunded) -> i64 {
    share(of).saturating_sub(of.taken)
}

/// The share of an award that goes with what was refunded.
fn share(of: Refunded) -> i64 {
    if of.collected <= 0 || of.awarded <= 0 {
        return 0;
    }
    let refunded = i128::from(of.refunded.clamp(0, of.collected));
    let (awarded, collected) = (i128::from(of.awarded), i128::from(of.collected));
    let due = (awarded * refunded * 2 + collected) / (collected * 2);
    i64::try_from(due.min(awarded)).unwrap_or(of.awarded)
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
