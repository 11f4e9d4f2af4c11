//! Writing processes, trying them, and leading tickets through them.

mod draft;
mod follow;
mod publish;
mod template;
mod trial;
mod way;

pub(super) use draft::rows;
pub use draft::{DraftCreate, DraftWrite, draft_create, draft_write};
pub use follow::follow;
pub(in crate::tickets) use follow::step_change;
pub use publish::{Put, publish, retire};
pub use template::{TemplateCreate, template_create};
pub use trial::{TRIAL_MAX, Trial, TrialOutcome, trial};
pub use way::{Goal, Way, check_leaving, way};
