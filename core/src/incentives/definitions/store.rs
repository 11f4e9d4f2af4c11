//! The only place that touches rules, their versions and simulations.

mod lists;
mod rows;
mod simulations;

pub use lists::{RuleFilter, RuleOrder, RulesVersions, SimulationFilter, SimulationOrder};
pub use rows::{
    PERIODS, Row, ending, holding, insert, is_taken, locked, save, versions_by_ids, versions_of,
    waiting_for,
};
pub use simulations::{
    RESULT, TOTALS, WHOLE, add_part, asked_since, drop_parts, drop_parts_of, held, least_group,
    part_of, result_of, simulation, unfinished,
};
