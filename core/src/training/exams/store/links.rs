//! What hangs from what.

use entity::{
    exam_appeal, exam_assessor, exam_attempt, exam_candidate, exam_item, exam_mark,
    exam_question_version,
};

use crate::access::Permission;
use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

/// The versions of a question, the latest first.
pub struct QuestionsVersions;

impl Link for QuestionsVersions {
    type Child = exam_question_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use exam_question_version::Column as C;
        (C::Id, C::QuestionId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::descending(exam_question_version::Column::Number)]
    }
}

macro_rules! people {
    ($(#[$doc:meta] $name:ident of $table:ident;)*) => {
        $(
            #[$doc]
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::ExamId)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::ascending($table::Column::Id)]
                }
            }
        )*
    };
}

people! {
    /// Those who are to sit an exam.
    ExamsCandidates of exam_candidate;
    /// Those who mark an exam.
    ExamsAssessors of exam_assessor;
}

/// The viewer's own attempts at an exam, the first first.
pub struct MyAttempts;

impl Link for MyAttempts {
    type Child = exam_attempt::Entity;
    const PERMISSION: Permission = Permission::ExamSit;

    fn columns() -> (Column<Self>, Column<Self>) {
        (exam_attempt::Column::Id, exam_attempt::Column::ExamId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(exam_attempt::Column::Id)]
    }
}

/// The paper of an attempt, in its order.
pub struct AttemptsItems;

impl Link for AttemptsItems {
    type Child = exam_item::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (exam_item::Column::Id, exam_item::Column::AttemptId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(exam_item::Column::Position)]
    }
}

/// The appeals against an attempt, the first first.
pub struct AttemptsAppeals;

impl Link for AttemptsAppeals {
    type Child = exam_appeal::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (exam_appeal::Column::Id, exam_appeal::Column::AttemptId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(exam_appeal::Column::Id)]
    }
}

/// Everything that was ever given for an answer.
pub struct ItemsMarks;

impl Link for ItemsMarks {
    type Child = exam_mark::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (exam_mark::Column::Id, exam_mark::Column::ItemId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(exam_mark::Column::Slot)]
    }
}
