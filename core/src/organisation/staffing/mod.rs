//! Staffing advice (人员配置建议): where people are missing or idle for the customers that there are, and how customers
//! would be handed over so that everybody has about as many.
//!
//! Words
//! - A **desk** is what is looked at: a team, or a region, with the members who look after customers and how many.
//! - The **headcount** follows from the number of customers by thresholds that are settings (`staffing.*`).
//! - A **handover** (客户移交建议) is a proposal: so many customers from one member, or from nobody, to another or a new one.
//!
//! Invariants
//! - Nothing is changed: whoever follows the advice changes the owners of customers.
//! - Counts come from whoever knows customers ([`CustomerCounts`]): this domain knows none.
//! - A handover never loses or doubles a customer, and after all of them no two members differ by more than one.

pub mod rules;
mod survey;

use entity::enums::Province;
use futures_util::future::BoxFuture;
use uuid::Uuid;

pub use survey::{Surveyed, Unit, survey};

use crate::error::Result;

/// So many customers of one owner in one province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The member who looks after them; none when nobody does.
    pub owner: Option<Uuid>,
    /// Where they are.
    pub province: Province,
    /// How many.
    pub customers: i64,
}

/// Whoever knows how many customers there are.
pub trait CustomerCounts: Send + Sync {
    /// All customers, by owner and province.
    fn counts<'a>(&'a self, db: &'a crate::db::Pool) -> BoxFuture<'a, Result<Vec<Count>>>;
}
