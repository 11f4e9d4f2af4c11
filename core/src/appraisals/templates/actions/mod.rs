//! What is done with templates, a file each.

pub(in crate::appraisals) mod common;
mod create;
mod retire;
mod version;

pub use create::{TemplateCreate, template_create};
pub use retire::template_retire;
pub use version::{TemplateDraft, VersionRevise, template_draft, version_publish, version_revise};
