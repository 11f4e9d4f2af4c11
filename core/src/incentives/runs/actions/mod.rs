//! What is done with runs, awards and the ledger, a file each.

mod common;
mod correct;
mod decide;
mod lock;
mod payout;
mod question;
mod reverse;
mod start;

pub use common::Step;
pub use correct::{Correct, CorrectionDecide, correct, correction_decide, correction_withdraw};
pub use decide::{approve, claw_back, reject};
pub use lock::{Lock, lock};
pub use payout::{Pay, payout};
pub use question::{Answer, Ask, answer, ask, question_withdraw};
pub use reverse::{Reverse, payout_reverse};
pub use start::{Start, start};
