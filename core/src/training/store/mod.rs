//! The only place that touches training's tables.

mod counted;
mod enrolments;
mod feedback;
mod feeds;
mod hours;
mod links;
mod lists;
mod paths;
mod sessions;
mod standing;
mod tasks;
mod writes;

pub use counted::{Taken, course_names, entries_by_id, entry_ids, session_ids, taken};
pub use enrolments::{
    Turnout, attended_by, enrolment, enrolments_of, lock_session, places, session_counts, turnout,
    waiting_in,
};
pub use feedback::{Said, insert_feedback, said};
pub use feeds::{TrainingAgenda, feed_of, replace_feed, revoke_feed};
pub use hours::{booked_for, entries_about, insert_hours};
pub use links::{PathsCourses, SessionsTrainers, StudiesEntries};
pub use lists::{
    CourseFilter, CourseOrder, EnrolmentFilter, EnrolmentOrder, HoursFilter, HoursOrder,
    PathFilter, PathOrder, SessionFilter, SessionOrder, StudyFilter, StudyOrder,
};
pub use paths::{Duty, duties, mandatory, path_courses, replace_path_courses};
pub use sessions::{replace_trainers, trainers_of};
pub use standing::{Learner, learners, targets};
pub use tasks::CourseTasks;
pub use writes::{insert, insert_unique, save};
