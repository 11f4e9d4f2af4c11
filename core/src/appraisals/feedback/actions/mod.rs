//! What is done about feedback, a file each.

mod common;
mod decide;
mod decline;
mod give;
mod look;
mod propose;
mod suggest;

pub use common::ask_members;
pub use decide::{RatersDecide, raters_decide};
pub use decline::{FeedbackDecline, feedback_decline};
pub use give::{FeedbackGive, feedback_give};
pub use look::{Look, Side, look};
pub use propose::{Named, RatersPropose, raters_propose};
pub use suggest::{RatersSuggest, Suggested, raters_suggest};
