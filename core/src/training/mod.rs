//! Training (培训): courses, learning paths, sessions, and the hours that members learn.
//!
//! Words
//! - A **course** (课程) can be taught; a **learning path** (学习路径) is courses in an order, for the holders of a position
//!   **mandatory** (必修) within so many days, or for whoever likes.
//! - A **session** (场次) is a course on a day. A member **enrols** (报名) and has a **place**, or **waits** (候补): whoever
//!   waits longest moves up when a place is free.
//! - **Attendance** (出勤) is in full, in part or none. Places taken (人次) and distinct people (人数) are counted apart.
//! - **Feedback** (反馈) comes from those who attended. It is shown when its time is over, put together, and of so many people
//!   at least.
//! - The **ledger of hours** (学时台账) has an entry for each attendance and for each approved **study** elsewhere (外部学习).
//!   A member's **target** (目标) of a year follows from the position, day by day, and counts only days at work.
//!
//! Invariants
//! - A session never has more places than its capacity, and nobody is passed over: both are decided while its row is locked.
//! - Entries of the ledger are never changed: what was wrong is corrected by another entry, which names the first one.
//! - Nobody decides about their own studies or corrects their own hours.
//! - Lists, counts and rankings hold only rows within the viewer's reach; feedback never says whose it is.
//!
//! [`contests`], [`exams`], [`mentoring`], [`needs`] and [`talent`] are rooms of their own.
//!
//! To add a step of a session: a line in [`rules::sessions::TABLE`].

pub mod actions;
pub mod contests;
pub mod exams;
pub mod facts;
pub mod mentoring;
pub mod needs;
pub mod rules;
mod scope;
pub mod store;
pub mod talent;

pub use scope::{EnrolmentFacts, SessionFacts};

/// The event that a course or learning path changed; `entity_id` is the course or path.
pub const CATALOGUE_CHANGED: &str = "training.catalogue.changed";
/// The event that a session changed, or attendance was recorded; `entity_id` is the session.
pub const SESSION_CHANGED: &str = "training.session.changed";
/// The event that an enrolment changed; `entity_id` is the enrolment.
pub const ENROLMENT_CHANGED: &str = "training.enrolment.changed";
/// The event that a study elsewhere was submitted, decided or withdrawn; `entity_id` is the study.
pub const STUDY_CHANGED: &str = "training.study.changed";
/// The event that an entry was written into the ledger of hours; `entity_id` is the entry.
pub const HOURS_BOOKED: &str = "training.hours.booked";
