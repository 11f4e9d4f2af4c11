//! What can be done to contracts, money and renewals: one file a business action.

mod common;
mod contract_cancel;
mod contract_create;
mod payment_collect;
mod payment_refund;
mod people_set;
mod renewal_step;

pub use common::Step;
pub use contract_cancel::{ContractCancel, contract_cancel};
pub use contract_create::{ContractCreate, contract_create};
pub use payment_collect::{PaymentCollect, payment_collect};
pub use payment_refund::{PaymentRefund, payment_refund};
pub use people_set::{PeopleSet, people_set};
pub use renewal_step::{RenewalContact, RenewalLose, renewal_contact, renewal_lose};
