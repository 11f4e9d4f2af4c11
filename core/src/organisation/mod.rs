//! Who works where: departments, regions, teams, positions, members and their assignments (团队组织架构).
//!
//! Words
//! - A **department** (部门) owns **teams** (团队), which form a tree; a **region** (区域) is a set of provinces that may
//!   overlap with other regions'; a **position** (岗位) says what is expected of whoever holds it.
//! - A **member** (成员) is a person who works here. An **assignment** (任职) places a member for some time: one **home**
//!   in a department, any number of **project** and **regional** ones beside it (矩阵式管理), each with a role and a share
//!   of the working time.
//! - A **standing** ([`standing`]) is what follows from a member's assignments on a day; every reach is measured by it.
//!
//! Invariants
//! - Days are half-open: `valid_from` is the first day, `valid_to` the first day on which it no longer holds.
//! - History is never rewritten: an assignment ends and another one starts; only its end is ever set.
//! - On no day has a member two homes, and on no day do the shares add up to more than 100 %.
//! - Whatever changes an assignment raises the access epoch in the same transaction, for it changes who sees what.
//!
//! To add something that is placed like a member (its rows follow a member's teams): take [`placed_in`] for the SQL and
//! [`is_placed_in`] for the plain predicate, side by side in that table's [`Scoped`](crate::access::Scoped).

use chrono::NaiveDate;

use crate::access::Call;

pub mod actions;
pub mod circles;
pub mod competencies;
pub mod duties;
pub mod forces;
pub mod opinions;
pub mod pledges;
pub mod probation;
pub mod reorganisation;
pub mod rotations;
pub mod rules;
mod scope;
pub mod staffing;
pub mod store;
pub mod structure;
pub mod workforce;

pub use rules::holds_on;
pub use scope::{
    MemberFacts, at_home_on, holding_on, is_placed_in, of_member, placed_in, placed_nowhere_on,
    working_on,
};
pub use store::{
    Employed, HeldPosition, Holding, Home, MemberFilter, MemberOrder, Placement, PositionFilter,
    StructureFilter, StructureOrder, TeamFilter, TeamPlace, Wanted, at_home_in, by_number,
    employed_after, employed_among, employed_within, families, holdings, homes, lead_of, leads_of,
    lock_members, members_within, numbers_of, placements, positions_of, provinces_of,
    regions_of_members, standing, teams_with_homes, works_here,
};

pub use structure::{DepartmentsOfTeams, store::departments_of_teams};

/// Today in the organisation: the viewer's day, or for the server itself the day of the call in UTC.
#[must_use]
pub fn today(call: &Call) -> NaiveDate {
    call.viewer.standing.day.unwrap_or(call.at.date_naive())
}
