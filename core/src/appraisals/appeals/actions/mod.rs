//! What is done about results that are out, a file each.

mod acknowledge;
mod decide;
mod file;
mod withdraw;

pub use acknowledge::{Acknowledge, acknowledge};
pub use decide::{AppealDecide, appeal_decide};
pub use file::{AppealFile, appeal_file};
pub use withdraw::appeal_withdraw;

use chrono::NaiveDate;

use crate::access::Call;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::today;

/// Refuses what comes after its last day, by the organisation's calendar.
fn in_time(call: &Call, last: NaiveDate) -> Result<()> {
    if today(call) <= last {
        return Ok(());
    }
    let text = Text::new(
        format!(
            "The last day for this was {last}; whoever runs the cycle can move it (`appraisalCycleReschedule`)."
        ),
        format!(
            "截止日期为 {last}，现已逾期；可由考核组织者调整日程（appraisalCycleReschedule）。"
        ),
    );
    Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into())
}
