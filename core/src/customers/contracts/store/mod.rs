//! The only place that touches the tables of contracts, money and renewals.

mod counted;
mod income;
mod lists;
mod money;
mod rows;
mod tasks;

pub use counted::{
    Renewed, Signed, contract_ids, credited, paid_between, payment_ids, renewal_ids, renewed,
    signed,
};
pub use income::{collected_by, refunded_after, refunded_of};
pub use lists::{
    ContractFilter, ContractOrder, ContractsPayments, ContractsPeople, ContractsRenewal,
    CustomersContracts, PaymentFilter, PaymentOrder, PaymentsCredits, RenewalFilter, RenewalOrder,
};
pub use money::{Worth, credits_of, lost_before, refunds_of, worth};
pub use rows::{
    days, has_contract, insert, insert_contract, is_cancelled, lock_renewal_of, remove_shares,
    renewal_of, renewal_won_by, save, shares_of,
};
pub use tasks::RenewalTasks;
