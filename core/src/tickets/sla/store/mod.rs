//! The only place that touches the tables of service levels.

mod alerts;
mod clocks;
mod levels;
mod policies;
mod show;

pub use alerts::{
    AlertFilter, AlertOrder, Told, acknowledge, alert, any_untold, claim, insert_alerts,
    lock_tickets, open_tickets, ready, tell_late, told_together,
};
pub use clocks::{
    Kept, await_reply, clock_of, clock_row, insert_rows, interval_row, of_ticket, promises, save,
    started,
};
pub use levels::{active, held};
pub use policies::{
    PolicyFilter, PolicyOrder, calendars_in_use, current_version, insert_policy, insert_version,
    policy_by_code, replaced, save_policy, tickets_under_calendars, tickets_under_policies,
    versions_of,
};
pub use show::{Shown, due_compares, due_seen, shown, standing_in, within_reach};
