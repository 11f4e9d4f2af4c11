//! One function a business action or report: viewer and input in, result out.

mod balance;
mod decide;
mod give;
mod requirement;
mod run;
mod simulate;

pub use balance::{Bottlenecks, Fairness, FairnessRow, Load, bottlenecks, fairness};
pub use decide::explain;
pub use give::{Dispatch, Given, Keep, dispatch, one};
pub use requirement::{
    RequirementChange, RequirementFields, create_requirement, remove_requirement,
    update_requirement,
};
pub use run::{Run, RunResult, Tried, round, run};
pub use simulate::{MemberTrial, Past, Simulate, Simulation, TicketTrial, simulate};
