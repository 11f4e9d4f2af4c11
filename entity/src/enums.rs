//! The closed lists of values that columns hold: text in the database (a check names the values), enums here.
//!
//! A new value is added here and in a new migration that widens the check; a value that rows hold is never renamed.

mod access;
mod customers;
mod identity;
mod organisation;
mod platform;
mod province;
mod tickets;

pub use access::Reach;
pub use customers::{CustomerKind, CustomerTier, PartnerKind};
pub use identity::{KeyAlgorithm, Locale, RevokeReason, UserKind, UserStatus};
pub use organisation::{AssignmentKind, JobFamily};
pub use platform::ActorKind;
pub use province::Province;
pub use tickets::{
    Channel, CommentVisibility, TicketKind, TicketPriority, TicketStage, TicketState,
};
