//! Contracts, the money for them, and their renewals (合同、回款、续约).
//!
//! Words
//! - A **contract** (合同) is with a customer, about a product or none, **new** (新签) or a **renewal** (续约) of another one.
//! - **People** (人员) stand behind it, each with a share in a role: who **sold** it (销售), who **collects** its money and its
//!   renewal (收款), who **assisted** (协助).
//! - A **payment** (回款) is an entry of money that was **collected**, or **refunded**: a refund takes back a collection, in part
//!   or as a whole.
//! - A payment is **credited** (业绩归属) to the people of the contract as they are when it is recorded, to the last minor unit.
//! - A **renewal** (续约跟进) comes with every contract and is due when it ends: contacted, then won by a contract that renews
//!   it, or lost with a reason. **Risks** (流失风险) are what of a renewal bodes ill.
//!
//! Invariants
//! - The shares of one role add up to the whole, and so do the parts of a payment credited in that role.
//! - Entries of money are never changed: what was wrong is put right by a refund. No more is refunded than was collected, and
//!   whoever was credited with the money gives up their part of it, whoever the contract's people are by then.
//! - Who was credited, and who collected when a renewal was decided, stays so when the people change.
//! - What a contract is about stays so; one that was recorded wrongly is called off and recorded again.
//!
//! To add a role: a value of `ContractRole`, a migration that widens the checks, a source in [`facts`].

pub mod actions;
pub mod facts;
pub mod ledger;
pub mod rules;
mod scope;
pub mod store;

pub use scope::ContractFacts;

/// The event that a contract or its people changed; `entity_id` is the contract.
pub const CONTRACT_CHANGED: &str = "customer.contract.changed";
/// The event that money was recorded; `entity_id` is the payment.
pub const PAYMENT_RECORDED: &str = "customer.payment.recorded";
/// The event that a renewal changed, or who collects it; `entity_id` is the renewal.
pub const RENEWAL_CHANGED: &str = "customer.renewal.changed";
