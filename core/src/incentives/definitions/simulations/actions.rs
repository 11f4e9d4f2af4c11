//! What is done with simulations, a file each.

mod cancel;
mod look;
mod release;
mod start;

pub use cancel::simulation_cancel;
pub use look::{Eyes, simulation_result};
pub use release::simulation_release;
pub use start::{SimulationStart, simulation_start};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::audit;
use crate::events::Event;
use crate::incentives::SIMULATION_CHANGED;
use crate::work::Work;

/// Leaves an audit entry and an event about a simulation.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "incentive_simulation",
        entity_id: Some(id),
        detail,
    });
    emit(work, id, action);
}

/// Tells those who follow a simulation that it went on.
pub(super) fn emit(work: &mut Work<'_>, id: Uuid, action: &'static str) {
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, SIMULATION_CHANGED, id, payload));
}
