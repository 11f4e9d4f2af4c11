//! The figures of dispatch, which admins change as data.

use sea_orm::ConnectionTrait;

use super::rules::Weights;
use crate::error::Result;

/// How load, fit and fairness weigh, over how many days fairness looks, and how many open tickets a member can have for
/// whom nothing else was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The weights.
    pub weights: Weights,
    /// Days that fairness looks back.
    pub fairness_days: u32,
    /// Open tickets at most.
    pub capacity: u32,
}

/// The figures of now.
///
/// # Errors
/// When the database fails.
pub async fn figures(_connection: &impl ConnectionTrait) -> Result<Figures> {
    Ok(Figures {
        weights: Weights {
            load: 40,
            fit: 40,
            fairness: 20,
        },
        fairness_days: 14,
        capacity: 20,
    })
}
