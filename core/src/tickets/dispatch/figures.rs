//! The figures of dispatch, which admins change as data.

use sea_orm::ConnectionTrait;

use super::rules::Weights;
use crate::error::Result;
use crate::settings;

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

/// The figures of now, in one statement.
///
/// # Errors
/// When the database fails.
pub async fn figures(connection: &impl ConnectionTrait) -> Result<Figures> {
    let all = settings::read_all(connection).await?;
    let number = |setting| -> Result<u32> {
        // The catalogue's ranges keep them between zero and a thousand.
        Ok(u32::try_from(all.get::<i64>(setting)?).unwrap_or(0))
    };
    Ok(Figures {
        weights: Weights {
            load: number(&settings::DISPATCH_WEIGHT_LOAD)?,
            fit: number(&settings::DISPATCH_WEIGHT_FIT)?,
            fairness: number(&settings::DISPATCH_WEIGHT_FAIRNESS)?,
        },
        fairness_days: number(&settings::DISPATCH_FAIRNESS_DAYS)?,
        capacity: number(&settings::CAPACITY_DEFAULT)?,
    })
}
