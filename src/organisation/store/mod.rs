//! The only place that touches the organisation's tables.

mod lists;
mod rows;
mod standing;

pub use lists::{
    MemberFilter, MemberOrder, PositionFilter, StructureFilter, StructureOrder, TeamFilter,
};
pub use rows::{ChildTeams, MembersAssignments, RegionsProvinces, TeamMembership, assignments_of};
pub use standing::standing;
