//! One function a business action: handing over, and crediting.

mod answer;
mod credit;
mod credit_set;
mod figures;
mod follow;
mod offer;

pub use answer::{GiveAnswer, accept, decline, withdraw};
pub use credit_set::{CreditSet, credit_set};
pub use figures::{MemberCredits, member_credits};
pub use follow::follow;
pub use offer::{Offer, offer};
