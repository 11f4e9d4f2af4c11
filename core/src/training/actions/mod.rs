//! What is done about training, each in one transaction.

mod attendance_count;
mod attendance_record;
mod common;
mod course;
mod enrol;
mod enrolment_cancel;
mod feed;
mod feedback_give;
mod hours_correct;
mod look;
mod path;
mod session;
mod session_step;
mod study;
mod target_set;

pub use attendance_record::{AttendanceRecord, Noted, attendance_record};
pub use course::{CourseCreate, CourseUpdate, Material, course_create, course_update};
pub use enrol::{Enrol, enrol};
pub use enrolment_cancel::enrolment_cancel;
pub use feed::{calendar_of, feed_renew, feed_revoke};
pub use feedback_give::{FeedbackGive, feedback_give};
pub use hours_correct::{HoursCorrect, hours_correct};
pub use look::{Standing, duties, hours};
pub use path::{Mandatory, PathCreate, PathUpdate, path_create, path_update};
pub use session::{SessionCreate, SessionUpdate, session_create, session_update};
pub use session_step::{SessionStep, session_step};
pub use study::{StudyDecide, StudySubmit, study_decide, study_submit, study_withdraw};
pub use target_set::{TargetSet, target_set};
