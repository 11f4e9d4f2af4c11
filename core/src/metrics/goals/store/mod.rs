//! The only place that touches goals and their alerts.

mod ended;
mod links;
mod lists;
mod rows;
mod tasks;

pub use ended::{Ended, ended, measures, pursued, unclosed};
pub use links::GoalsAlerts;
pub use lists::{GoalFilter, GoalOrder};
pub use rows::{active, insert, insert_alert, save, save_if_same};
pub use tasks::GoalTasks;
