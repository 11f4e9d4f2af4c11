//! The only place that touches the organisation's tables.

mod leads;
mod lists;
mod rows;
mod standing;
mod writes;

pub use leads::lead_of;
pub use lists::{
    MemberFilter, MemberOrder, PositionFilter, StructureFilter, StructureOrder, TeamFilter,
};
pub use rows::{ChildTeams, MembersAssignments, RegionsProvinces, assignments_of, members_of};
pub use standing::{provinces_of, standing};
pub use writes::{insert_assignment, save_assignment, save_member};
