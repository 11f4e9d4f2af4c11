//! What is done with runs, awards and the ledger, a file each.

mod common;
mod correct;
mod decide;
mod lock;
mod payout;
mod question;
mod start;

pub use common::Step;
pub use correct::{Correct, CorrectionDecide, correct, correction_decide};
pub use decide::{approve, claw_back, reject};
pub use lock::{Lock, lock};
pub use payout::{Pay, payout};
pub use question::{Answer, Ask, answer, ask};
pub use start::{Start, start};
