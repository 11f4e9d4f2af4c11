//! Work that the server does by itself, besides requests. Everything here can be repeated without harm, and run by
//! several processes at once.

pub mod appraisals;
pub mod certificates;
pub mod dispatch;
pub mod exams;
pub mod goals;
pub mod honours;
pub mod housekeeping;
pub mod incentive_rules;
pub mod incentives;
pub mod lease;
pub mod metrics;
pub mod rounds;
pub mod sla;
pub mod structure;
pub mod votes;
