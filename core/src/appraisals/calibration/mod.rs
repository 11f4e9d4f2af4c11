//! Calibration (校准): managers look at the results of a group together and change them with reasons.
//!
//! Words
//! - A **session** (校准会) is about a **group** (校准范围): the appraisals of a cycle, or those of a department, of a template's
//!   version, or of both.
//! - A **change** (校准调整) is a result that was replaced by a further one, with its reason. Nothing is overwritten.
//! - The **spread** (分布) says how many results lie in each band, and how many may; a **hint** (偏差提示) says which reviewer, team or
//!   time of service stands out, where there are results enough to say so.
//!
//! Invariants
//! - Whoever calibrates finds nothing of their own result in any of this: their row, and whatever it would add to a count, a
//!   share or a mean, is left out, so that nothing is left over when the rest is taken away.
//! - A session isn't touched by the changes made in it: its version would tell that one was made that isn't shown.
//! - Every look at results is in the audit log before the answer leaves.

pub mod actions;
pub mod rules;
pub mod store;

/// The event that a session was opened or closed; `entity_id` is the session.
pub const CHANGED: &str = "appraisal.calibration.changed";
