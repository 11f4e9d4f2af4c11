//! Defining metrics (维护指标): new ones, new versions, taking them out of use and back.

mod check;
mod content;
mod define;
mod retire;
mod revise;

pub use check::{Verdict, check};
pub use content::MetricContent;
pub use define::{MetricDefine, define};
pub use retire::{MetricRetire, restore, retire};
pub use revise::{MetricRevise, revise};
