//! Clocks of steps: the process starts and stops them.

use entity::enums::SlaClockKind;
use uuid::Uuid;

use super::follow::{level_of, show, situation};
use crate::error::Result;
use crate::organisation::today;
use crate::tickets::actions::Turn;
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::store::{self, Kept};
use crate::work::Work;

/// Starts the clock of a stay in a step, by the calendar of the ticket's service level. A ticket for which no policy
/// is has no calendar, so its steps aren't measured; nor is a stay without a limit.
///
/// # Errors
/// When the database fails.
pub async fn start_step(
    work: &mut Work<'_>,
    turn: &mut Turn<'_>,
    entry_id: Uuid,
    limit_seconds: i64,
) -> Result<()> {
    let now = situation(&turn.now);
    if limit_seconds <= 0 || now.over_for(SlaClockKind::Step) {
        return Ok(());
    }
    let (at, day) = (work.call().at, today(work.call()));
    let mut kept = store::of_ticket(work.tx(), turn.now.id, day).await?;
    if of_step(&mut kept, entry_id).is_some() {
        return Ok(());
    }
    let Some(level) = level_of(work, &turn.now, &kept, day).await? else {
        return Ok(());
    };
    let waits = level.waits(SlaClockKind::Step, turn.now.state);
    let clock = Clock::start(
        SlaClockKind::Step,
        Some(entry_id),
        level,
        limit_seconds,
        waits,
        at,
    );
    kept.push(store::started(clock));
    keep(work, turn, kept).await
}

/// Stops the clock of a stay in a step that has ended.
///
/// # Errors
/// When the database fails.
pub async fn stop_step(work: &mut Work<'_>, turn: &mut Turn<'_>, entry_id: Uuid) -> Result<()> {
    let (at, day) = (work.call().at, today(work.call()));
    let mut kept = store::of_ticket(work.tx(), turn.now.id, day).await?;
    let Some(clock) = of_step(&mut kept, entry_id) else {
        return Ok(());
    };
    let given_up = situation(&turn.now).given_up();
    clock.stop(!given_up, at);
    keep(work, turn, kept).await
}

fn of_step(kept: &mut [Kept], entry_id: Uuid) -> Option<&mut Clock> {
    kept.iter_mut()
        .map(|kept| &mut kept.clock)
        .find(|clock| clock.step_entry == Some(entry_id))
}

async fn keep(work: &mut Work<'_>, turn: &mut Turn<'_>, kept: Vec<Kept>) -> Result<()> {
    let clocks: Vec<Clock> = kept.iter().map(|kept| kept.clock.clone()).collect();
    store::save(work.tx(), turn.now.id, kept, work.call().at).await?;
    show(&mut turn.now, &clocks);
    Ok(())
}
