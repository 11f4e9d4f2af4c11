//! The ledger (台账): double entry, only added to, balanced in each currency.
//!
//! | what happens | debit | credit |
//! |---|---|---|
//! | an award is approved | expense of the rule | payable to the member |
//! | a deduction is approved | payable to the member | expense of the rule |
//! | a payout | payable to the member | paid to the member |
//! | a claw-back | payable to the member | expense of the rule |
//! | a correction | either, by its sign | the other |

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
