//! Appraisals (考核): how well the work was done, by rules that everybody can read, from figures that lead to their records.
//!
//! Words
//! - A **template** (考核模板) says for a job family what is looked at and how it counts; its **versions** never change once
//!   published. [`rules::content`] says what can stand in one.
//! - A **cycle** (考核周期) is a round over a period. It goes through the **stages** of [`rules::stages`]; its population follows
//!   from a rule ([`rules::population`]).
//! - An **appraisal** (考核) is a member's in a cycle, judged by a **reviewer** (评价人): work plan, criteria, critical
//!   behaviours, figures, competencies, and **feedback** (360 度评价) from customers, colleagues, superiors and the member.
//! - A **result** (考核结果) follows from all that by [`rules::scoring`]; it is never changed, the last one holds. **Calibration**
//!   (校准), an **appeal** (申诉) and corrections make further ones, each with its reason.
//!
//! Invariants
//! - Nobody judges themselves, calibrates their own result or decides an appeal about themselves.
//! - Nothing judged or computed about somebody reaches them before results are out, and nothing ever tells who of the raters said
//!   what: their answers are kept without a name or a time, and told of enough people only.
//! - Once figures are frozen a result follows from its stored inputs alone: computed again, it is the same.
//!
//! To add a kind of section: a [`rules::content::Measure`], what it reads in [`rules::inputs`], a line in [`rules::scoring`].

pub mod actions;
pub mod appeals;
pub mod calibration;
pub mod consequences;
pub mod cycles;
pub mod feedback;
pub mod gather;
pub mod improvement;
pub mod rules;
mod scope;
pub mod store;
pub mod templates;
pub mod trial;

pub use scope::{AppraisalFacts, RaterFacts, RatingFacts};

/// The event that a template changed or was published; `entity_id` is the template.
pub const TEMPLATE_CHANGED: &str = "appraisal.template.changed";
/// The event that a cycle changed or went on; `entity_id` is the cycle.
pub const CYCLE_CHANGED: &str = "appraisal.cycle.changed";
/// The event that an appraisal changed; `entity_id` is the appraisal. It never tells of feedback.
pub const APPRAISAL_CHANGED: &str = "appraisal.changed";
