//! Runs of the last months: one that was approved, booked and paid, and one that waits for approval.

use chrono::{Datelike, Months, NaiveDate};

use super::definitions::call_of;
use crate::app::App;
use crate::demo::calendar::day_of;
use crate::error::Result;
use crate::incentives::rules::content::Period;
use crate::incentives::runs::actions::{Pay, Start, Step, approve, payout, start};
use crate::incentives::runs::store;
use crate::incentives::runs::work::round;
use crate::settings::{self, COMPANY_CURRENCY};

/// Runs the month before the last one, pays it, and runs the last one.
///
/// # Errors
/// When the database fails.
pub async fn run_and_pay(app: &App) -> Result<()> {
    let now = app.clock.now();
    let today = day_of(now);
    let first = today.with_day(1).unwrap_or(today);
    let (Some(before), Some(last)) = (
        first.checked_sub_months(Months::new(2)),
        first.checked_sub_months(Months::new(1)),
    ) else {
        return Ok(());
    };
    let (hr, manager) = (
        call_of(app, "hr.demo").await?,
        call_of(app, "manager.demo").await?,
    );
    let month = |from| Start {
        period: Period::Month,
        from,
    };
    let run = start(app, &hr, month(before), None).await?;
    round(&app.db, &app.counter, now).await?;
    let step = Step {
        id: run,
        expected_version: store::run(app.db.reader(), run).await?.version,
    };
    approve(app, &manager, step).await?;
    round(&app.db, &app.counter, now).await?;
    pay(app, &hr, (before, last)).await?;
    start(app, &hr, month(last), None).await?;
    round(&app.db, &app.counter, now).await?;
    Ok(())
}

/// Hands a month to payroll, if anything is owed.
async fn pay(
    app: &App,
    call: &crate::access::Call,
    (month, until): (NaiveDate, NaiveDate),
) -> Result<()> {
    let currency = settings::read(app.db.reader(), &COMPANY_CURRENCY).await?;
    let owed = store::balances_until(app.db.reader(), &currency, Some(until)).await?;
    if owed.is_empty() {
        return Ok(());
    }
    let input = Pay {
        name: format!("{}-{:02}", month.year(), month.month()),
        currency,
        until,
    };
    payout(app, call, &input, None).await?;
    Ok(())
}
