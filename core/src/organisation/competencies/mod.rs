//! What people need to be able to do for a position, and what they were found to be able to do (能力模型与能力评估).
//!
//! Words
//! - A **competency** (能力项) is named in the catalogue: communication, sales, service awareness and the like ship with the
//!   product, an organisation adds its own. Levels are 1 (beginner) to 5 (sets the standard).
//! - A **profile** (能力模型) says how much of which competencies a position wants from a day on, until the next one; it never
//!   changes.
//! - An **assessment** (能力评估) says how much of one a member was found to have on a day, by whom and by what evidence.
//! - The **gap** (能力差距) is what a profile wants and the assessments of a day don't show.
//!
//! Invariants
//! - Profiles and assessments are only ever added; of two assessments of one day the one written later counts.
//! - Nobody assesses themselves.
//! - Nothing here knows sex, marriage, children or age, and there is no room for them.

pub mod actions;
mod install;
pub mod rules;
mod scope;
pub mod store;

pub use install::{SHIPPED, competency_id, install};

/// The event that a member was assessed; `entity_id` is the member.
pub const ASSESSED: &str = "competency.assessed";
