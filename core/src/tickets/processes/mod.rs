//! Processes (标准流程): which steps a ticket of a kind takes through the five stages, and whose duty each one is.
//!
//! Words: a **template** is the process of one kind of ticket, a **version** one wording of it (draft 草稿, published
//! 已发布, retired 已停用), a **step** 步骤 a piece of work within a stage with a guideline, an owner role, a time limit,
//! required fields and the steps that may follow. A **stay** is the time from entering a step to leaving it. A
//! **trial** 试运行 holds a version against past tickets and tells which would have been late, and where.
//!
//! Invariants
//! - Of one kind at most one version is published; only drafts are ever edited.
//! - What is published passes [`rules::validity`]: every step can be reached, and from each the last stage.
//! - A ticket keeps the version under which it was opened, as long as it stays of that kind. Its present step stands in its present stage.
//! - A ticket without a process moves through the stage machine alone.
//! - The open stay is always in the present step; stays never overlap.
//!
//! To add a field that steps may require: a line in [`rules::required`]. To add a shipped process or to change one: the
//! files in `shipped/`; what is installed already stays as it is.

pub mod actions;
pub mod rules;
mod scope;
pub mod shipped;
pub mod store;

pub use shipped::install;
