//! One function a business action: setting, changing, pursuing and giving up goals; and the worker's round.

mod common;
mod create;
mod look;
mod round;
mod step;
mod update;
mod usual;

pub use create::{GoalCreate, goal_create};
pub use look::{Look, look};
pub use round::round;
pub use step::{GoalStep, goal_activate, goal_cancel};
pub use update::{GoalUpdate, goal_update};
