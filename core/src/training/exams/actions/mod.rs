//! What can be done with the bank and with exams: one file a business action.
//!
//! Whatever changes an attempt locks its row first; saving an answer shares that lock, so that many are saved at once and none
//! while it is handed in.

mod answer_save;
mod appeal_decide;
mod appeal_file;
mod attempt_start;
mod common;
mod exam_close;
mod exam_draft;
mod exam_open;
mod exam_people;
mod exam_publish;
mod finish;
mod hand_in;
mod item_mark;
mod question_create;
mod question_revise;
mod question_step;
mod round;
mod statistics;

pub use answer_save::{AnswerSave, answer_save};
pub use appeal_decide::{AppealDecide, appeal_decide};
pub use appeal_file::{AppealFile, appeal_file};
pub use attempt_start::attempt_start;
pub use common::Step;
pub use common::{earlier, terms};
pub use exam_close::exam_close;
pub use exam_draft::{Content, ExamRevise, exam_create, exam_revise};
pub use exam_open::{exam_activate, pool_refresh};
pub use exam_people::{PeopleChange, Role, people_change};
pub use exam_publish::exam_publish;
pub use hand_in::hand_in;
pub use item_mark::{ItemMark, grading_tasks, item_mark};
pub use question_create::{Content as QuestionContent, QuestionCreate, question_create};
pub use question_revise::{QuestionRevise, question_revise};
pub use question_step::question_step;
pub use round::round;
pub use statistics::{Distractor, ExamStatistics, ItemStatistics, statistics};
