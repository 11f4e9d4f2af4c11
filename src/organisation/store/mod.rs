//! The only place that touches the organisation's tables.

mod homes;
mod leads;
mod lists;
mod placements;
mod rows;
mod standing;
mod writes;

pub use homes::{HeldPosition, Holding, Home, departments_of_teams, holdings, homes, positions_of};
pub use leads::lead_of;
pub use lists::{
    MemberFilter, MemberOrder, PositionFilter, StructureFilter, StructureOrder, TeamFilter,
};
pub use placements::{Placement, TeamPlace, Wanted, lock_members, placements};
pub use rows::{
    ChildTeams, MembersAssignments, RegionsProvinces, assignments_of, members_of, members_within,
    works_here,
};
pub use standing::{provinces_of, standing};
pub use writes::{insert_assignment, save_assignment, save_member};
