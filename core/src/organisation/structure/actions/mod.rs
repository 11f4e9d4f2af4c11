//! What can be done to the structure: one file a subject. Each raises the access epoch first, which is also the lock under
//! which the organisation changes; the functions that take a [`Work`](crate::work::Work) are steps that a planned
//! reorganisation takes too.

mod common;
mod departments;
mod moves;
mod rename;
mod teams;

pub(in crate::organisation) use common::{coded, conclude, dated, foreseen, not_placed};
pub use departments::{DepartmentClose, DepartmentCreate, department_close, department_create};
pub(in crate::organisation) use moves::relocate;
pub use moves::{TeamMove, TeamMoveWithdraw, team_move, team_move_withdraw};
pub use rename::{Rename, rename, round};
pub use teams::{TeamClose, TeamCreate, team_close, team_create};
pub(in crate::organisation) use teams::{close, found};
