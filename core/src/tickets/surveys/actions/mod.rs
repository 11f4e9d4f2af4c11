//! One function a business action: asking, answering, following up.

mod answer;
mod follow;
mod follow_up_close;
mod look;

pub use answer::answer;
pub use follow::follow;
pub use follow_up_close::{FollowUpClose, follow_up_close};
pub use look::{Invitation, look};
