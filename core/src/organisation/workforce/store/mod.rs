//! The only place that touches the tables of skills, certificates, shifts, leave and capacity.

mod abilities;
mod holders;
mod lists;
mod members;
mod profiles;
mod rows;
mod tasks;
mod writes;

pub use abilities::abilities;
pub use holders::{Holder, Wanted, holders, page_of_holders};
pub use lists::{
    CatalogueOrder, CertificateFilter, LeaveFilter, LeaveOrder, SkillFilter, expiring, running_out,
    to_warn,
};
pub use members::{
    MembersCapacities, MembersCertificates, MembersLeaves, MembersShifts, MembersSkills,
    SkillsCertificates, away, granted_leave, team_on,
};
pub use profiles::{AtWork, Profile, at_work, profiles};
pub use rows::{
    capacities_of, leaves_of, note_warned, pick, record, recorded_levels, shifts_of, spans,
};
pub use tasks::CertificateTasks;
pub use writes::{insert, insert_unique, save};
