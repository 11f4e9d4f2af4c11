//! Service levels as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod alerts;
mod changes;
mod enums;
mod inputs;
mod loaders;
mod policies;
mod query;
mod subscription;
mod ticket;

pub use access::ACCESS;
pub use alerts::TicketAlert;
pub use changes::SlaMutation;
pub use enums::{SlaState, SlaStateFilter};
pub use policies::{SlaPolicy, SlaPolicyVersion};
pub use query::SlaQuery;
pub use subscription::SlaSubscription;
pub use ticket::{SlaClock, SlaInterval, TicketSla, of_ticket};
