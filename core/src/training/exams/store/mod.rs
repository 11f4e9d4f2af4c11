//! The only place that touches the tables of the question bank and of exams.

mod attempts;
mod bank;
mod due;
mod exams;
mod items;
mod links;
mod marks;
mod tasks;
mod told;
mod writes;

pub use attempts::{
    AttemptFilter, AttemptOrder, Lock, attempt_ids, attempt_locked, attempt_row, attempts_of,
    best_published, graded_attempts, own_attempt, published, who_sat, who_waits,
};
pub use bank::{QuestionFilter, QuestionOrder, drawable, kind_of, kinds_of, versions};
pub use due::{closing, ended, overdue, running, unpublished};
pub use exams::{
    ExamFilter, ExamOrder, assessors, candidates, exam, exam_shared, is_assessor, is_candidate,
    pool, replace_assessors, replace_candidates, titles,
};
pub use items::{
    Task, TopicAnswer, answers_since, insert_items, items_of, items_of_many, own_item, put_answer,
    put_points, tasks,
};
pub use links::{
    AttemptsAppeals, AttemptsItems, ExamsAssessors, ExamsCandidates, ItemsMarks, MyAttempts,
    QuestionsVersions,
};
pub use marks::{
    AppealFilter, AppealOrder, appeal_locked, has_marked, insert_marks, marks_of, open_appeal,
};
pub use tasks::ExamTasks;
pub use told::{Told, told_between};
pub use writes::{insert, insert_exam, save};
