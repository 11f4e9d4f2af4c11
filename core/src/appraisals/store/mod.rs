//! The only place that touches the tables of appraisals themselves; the rooms beside it have their own.

mod lists;
mod looks;
mod names;
mod outcomes;
mod parts;
mod results;
mod said;
mod writes;

pub use lists::{AppraisalFilter, AppraisalOrder, DisputesOf, IncidentsOf, PlanOf, RatingsOf};
pub use looks::{OwnResults, note_judged, results_seen};
pub use names::metric_names;
pub use outcomes::{Outcome, incidents_of_members, outcomes};
pub use parts::{Parts, parts_of};
pub use results::{content_of, current_result, cycle_of, locked, note_on_result, results_of};
pub use said::{
    Said, cycles_by_id, is_disputed, is_put_right, plan_of, put_plan, put_ratings, ratings_by,
};
pub use writes::{insert, insert_all, save};
