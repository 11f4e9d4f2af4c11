//! Probation (试用期) and tenure (司龄).
//!
//! Words
//! - A **probation** runs from a day to a **planned end**. Whoever leads the member **reviews** it: **confirmed** (转正),
//!   **extended** (延长) to a later day, or **ended** (终止).
//! - One is **due** (待评审) from some days before its planned end on, until somebody decides.
//! - **Tenure** is how long a member has worked here on a day, in years, months and days of the calendar.
//!
//! Invariants
//! - A member has one running probation at most, within the time at work.
//! - Reviews are only ever added; each has a reason. With all extensions a probation is no longer than the setting allows.
//! - Nobody reviews their own. Ending one doesn't end assignments: whoever lets somebody go does that by itself.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

/// The event that a probation began or was decided about; `entity_id` is the probation.
pub const CHANGED: &str = "probation.changed";
