//! Exams: what people know and can do, tested fairly (考试).
//!
//! Words
//! - The **bank** (题库) holds **questions** (题目) by topic and difficulty. A **version** says what one asks and, in its **key**,
//!   what is right; a version never changes, and a running attempt keeps its own.
//! - An **exam** (考试) has a **blueprint** (组卷蓝图): so many questions of which topic and difficulty, for how many points. When
//!   it comes on, the questions that fit are frozen as its **pool** (题池).
//! - An **attempt** (作答) is one member's sitting. Its **paper** (试卷) is drawn from pool, blueprint and **seed**: the three give
//!   the same paper for ever ([`rules::paper`]).
//! - A **mark** (评分) is what the rule or an assessor gave for an answer. Marks are only ever added; which one counts is said in
//!   [`rules::marks`].
//! - A **result** (成绩) is what an attempt comes to; it is **published** (发布) when the exam says.
//!
//! Invariants
//! - Keys are seen by those who keep the bank, who never sit; by assessors, for answers that are handed in, who never sit
//!   the same exam; and once an exam is closed by those who sat it, where the exam says so. No event, audit entry, error,
//!   filter or order tells of them.
//! - The time at which a request arrived decides: an answer is taken before the deadline, never at it or later. The server hands in
//!   [`rules::sitting::SETTLING`] after the deadline, when every request that arrived in time has ended.
//! - A newer answer is never replaced by an older one, whatever comes in late.
//! - Nobody marks, publishes for or decides about themselves, and no second assessor sees what the first gave.
//!
//! Single saved answers are rows of their own with number and time, and aren't written to the audit log: what is, is that an
//! attempt began, was handed in, marked, published and marked anew.
//!
//! To add a kind of question: a value of `QuestionKind`, its [`Key`](rules::question::Key) and
//! [`Answer`](rules::question::Answer), a line in [`rules::grading`].

pub mod actions;
mod facts;
pub mod rules;
mod scope;
pub mod store;

pub use facts::{ATTEMPT, ExamFacts};
pub use scope::{AttemptFacts, ExamFacts as ScopeFacts, lends, lends_attempt, manages};
pub use store::{
    ExamTasks, Told, TopicAnswer, answers_since, best_published, told_between, who_waits,
};

/// The event that a question of the bank was written, brought into use or retired; `entity_id` is the question.
pub const QUESTION_CHANGED: &str = "exam.question.changed";
/// The event that an exam was made, changed, brought on or closed; `entity_id` is the exam.
pub const EXAM_CHANGED: &str = "exam.changed";
/// The event that an attempt began, was handed in, marked or published; `entity_id` is the attempt.
pub const ATTEMPT_CHANGED: &str = "exam.attempt.changed";
