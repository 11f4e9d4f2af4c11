//! Who can do what, who is there and who is away: skills and certificates, shifts, leave, capacity (人力).
//!
//! Words
//! - A **skill** (技能) is something that members can do, at a **level** from 1 (beginner) to 5 (expert). A level is
//!   **recorded** for a member from a day on, or **granted** by a **certificate** (证书) that the member holds.
//! - A certificate is **valid** from the day of issue until the day before it runs out or is taken away.
//! - What a member can do on a day is the greatest of what is recorded and what is granted; a skill that **needs a
//!   certificate** counts only while one for it is valid. What would count with the certificates that have run out or
//!   been taken away is **lapsed**.
//! - A **shift** (班次) is a business calendar by which a member works from a day on. Who has none works by the calendar
//!   [`DEFAULT_CALENDAR`]; where that one isn't there, everybody without a shift counts as at work at any time, so that
//!   work can be given out.
//! - **Leave** (请假) is asked for, granted or refused by somebody else, and can be taken back; who is away is known to
//!   whoever may see the member, why only under `member.leave.read`.
//! - **Capacity** (容量) is how many open tickets a member can have at once, from a day on.
//!
//! Invariants
//! - On no day has a member two shifts, two capacities or two recorded levels of one skill; setting a new one ends the
//!   former, and nothing is set for days that have passed.
//! - No two granted times of leave of a member overlap, and nobody decides about their own.
//! - Every change locks its member's row first, so that two at once are looked at one after the other.
//!
//! To let something else decide whom work is given to: put it into [`Profile`], read it in `store/profiles.rs`.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use store::{
    CatalogueOrder, CertificateFilter, CertificateTasks, LeaveFilter, LeaveOrder, Profile,
    SkillFilter, granted_leave, profiles, running_out,
};

/// The code of the calendar by which those work who have no shift.
pub const DEFAULT_CALENDAR: &str = "cn_office";

/// The kind of the event that tells of a change of a member's skills, hours, leave or capacity.
pub const MEMBER_CHANGED: &str = "member.workforce.changed";
/// The kind of the event that tells of a change in the catalogue of skills and certificates.
pub const CATALOGUE_CHANGED: &str = "skill.changed";
/// The kind of the event that tells that a member's certificate runs out soon; `entity_id` is the record.
pub const CERTIFICATE_EXPIRING: &str = "member.certificate.expiring";
