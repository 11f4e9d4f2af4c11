//! Mentoring (导师制、传帮带): a senior member looks after a new one until the work is done as the team does it.
//!
//! Words
//! - A **pair** (师徒结对) is a **mentor** (导师) and a **newcomer** (新人) for some time, with a **plan** (带教计划) of goals with
//!   due dates, the tickets on which both **worked together** (共同处理), and **check-ins** (带教记录): what was said on a day, with
//!   the mentor's rating of the progress.
//! - The **standard** (达标线) is what the newcomer's team does in a window of days: the median (or mean) of its experienced
//!   members' figures of one metric, times a factor. [`rules::standard`] says when the newcomer reached it first: that is the
//!   **time to standard** (达标时间). All its numbers are settings.
//!
//! Invariants
//! - Nobody is their own mentor, and a member has one mentor at a time.
//! - Tickets are linked when both have worked on them, and seen by those who may see that ticket.
//! - Check-ins are never changed. Newcomers write notes without a rating: nobody rates themselves.
//! - A standard of fewer colleagues than `metrics.minimum_group` is none, whoever asks: it would tell a colleague's figure.
//!
//! To measure by another metric: name it in the pair; every metric of the register that has a good side can be taken.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::PairFacts;
pub use store::mentor_of;

/// The event that a pair, its plan, its tickets or its check-ins changed; `entity_id` is the pair.
pub const MENTORING_CHANGED: &str = "training.mentoring.changed";
