//! What is done to clocks, policies and alerts: each in the transaction of whoever does it.

mod acknowledge;
mod alerts;
mod follow;
mod policies;
mod preview;
mod renew;
mod steps;

pub use acknowledge::acknowledge;
pub use alerts::raise_alerts;
pub use follow::follow;
pub use policies::{
    PolicyChange, PolicyContent, PolicyCreate, PolicyVersionAdd, add_policy_version, change_policy,
    create_policy, version_row,
};
pub use preview::{Preview, PreviewAsk, preview};
pub use renew::{follow_customers, renew_calendars, renew_policies};
pub use steps::{start_step, stop_step};
