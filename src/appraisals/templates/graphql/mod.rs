//! Appraisal templates as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod content;
mod enums;
mod inputs;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use content::{AppraisalBand, AppraisalContent};
pub use enums::AppraisalFeedbackSource;
pub use mutation::AppraisalTemplateMutation;
pub use query::AppraisalTemplateQuery;
pub use types::{AppraisalTemplate, AppraisalTemplateVersion};
