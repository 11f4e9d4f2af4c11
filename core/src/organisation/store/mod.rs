//! The only place that touches the organisation's tables.

mod at_work;
mod homes;
mod kept;
mod leads;
mod lists;
mod placements;
mod posts;
mod rows;
mod staff;
mod standing;
mod writes;

pub use at_work::{employed_after, employed_among, regions_of_members, teams_with_homes};
pub use homes::{HeldPosition, Holding, Home, at_home_in, holdings, homes, positions_of};
pub use kept::House;
pub use leads::{lead_of, leads_of};
pub use lists::{
    MemberFilter, MemberOrder, PositionFilter, StructureFilter, StructureOrder, TeamFilter,
};
pub use placements::{Placement, TeamPlace, Wanted, lock_members, placements};
pub use posts::{Post, posts, regions_on};
pub use rows::{
    MembersAssignments, RegionsProvinces, assignments_of, by_number, members_of, members_within,
    numbers_of, works_here,
};
pub use staff::{Employed, employed_within, families};
pub use standing::{provinces_of, standing};
pub use writes::{insert_assignment, lock_team, save_assignment, save_member};
