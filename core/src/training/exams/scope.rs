//! What the reaches mean for exams.
//!
//! `OWN` of an exam is that one runs or made it; with `exam.read` come those that one may sit or is to mark. `OWN` of an attempt
//! is one's own; with `exam.result.read` come the attempts at exams that one runs. Whoever leads sees published attempts
//! only.

use std::collections::BTreeSet;

use entity::enums::{ExamState, Reach};
use entity::{
    assignment, exam, exam_appeal, exam_assessor, exam_attempt, exam_candidate, exam_item,
    exam_mark, exam_question, exam_question_version,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};
use crate::organisation::{is_placed_in, placed_in};

/// The bank: whoever may see one question may see all.
macro_rules! bank {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::ExamQuestionManage;
            type Facts = $table::Model;

            fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
                (reach == Reach::All).then(Condition::all)
            }

            fn within(_: &$table::Model, reach: Reach, _: &Standing) -> bool {
                reach == Reach::All
            }
        })*
    };
}

bank!(exam_question, exam_question_version);

/// An exam with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ExamFacts {
    /// The exam.
    pub exam: exam::Model,
    /// Those who were assigned to sit it.
    pub candidates: BTreeSet<Uuid>,
    /// Those who are to mark it.
    pub assessors: BTreeSet<Uuid>,
    /// Those who have an attempt at it.
    pub sitters: BTreeSet<Uuid>,
}

impl Scoped for exam::Entity {
    const READ: Permission = Permission::ExamRead;
    type Facts = ExamFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => {
                let mine = run_by(standing);
                (!mine.is_empty()).then_some(mine)
            }
            _ => None,
        }
    }

    fn within(facts: &ExamFacts, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => runs(&facts.exam, standing),
            _ => false,
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing
            .member_id
            .filter(|_| permission == Permission::ExamRead)?;
        let sits = Condition::all()
            .add(exam::Column::State.ne(ExamState::Draft))
            .add(
                Condition::any()
                    .add(exam::Column::OpenToAll.eq(true))
                    .add(exam::Column::Id.in_subquery(candidacies(me)))
                    .add(exam::Column::Id.in_subquery(sittings(me))),
            );
        Some(
            Condition::any()
                .add(sits)
                .add(exam::Column::Id.in_subquery(assessments(me))),
        )
    }
}

/// What is lent of exams to whoever holds a permission with reach `OWN`, as a plain predicate.
#[must_use]
pub fn lends(facts: &ExamFacts, permission: Permission, standing: &Standing) -> bool {
    let Some(me) = standing
        .member_id
        .filter(|_| permission == Permission::ExamRead)
    else {
        return false;
    };
    let sits = facts.exam.state != ExamState::Draft
        && (facts.exam.open_to_all
            || facts.candidates.contains(&me)
            || facts.sitters.contains(&me));
    sits || facts.assessors.contains(&me)
}

/// Does somebody of this standing run the exam?
#[must_use]
pub fn runs(exam: &exam::Model, standing: &Standing) -> bool {
    standing.member_id == Some(exam.owner_id) || standing.principal_id == Some(exam.created_by)
}

/// May the viewer run this exam, as its own or as one of all?
#[must_use]
pub fn manages(viewer: &Viewer, exam: &exam::Model) -> bool {
    viewer
        .grants
        .reaches(Permission::ExamManage)
        .any(|reach| match reach {
            Reach::All => true,
            Reach::Own => runs(exam, &viewer.standing),
            _ => false,
        })
}

fn run_by(standing: &Standing) -> Condition {
    Condition::any()
        .add_option(standing.member_id.map(|me| exam::Column::OwnerId.eq(me)))
        .add_option(
            standing
                .principal_id
                .map(|me| exam::Column::CreatedBy.eq(me)),
        )
}

fn candidacies(me: Uuid) -> SelectStatement {
    exam_candidate::Entity::find()
        .select_only()
        .column(exam_candidate::Column::ExamId)
        .filter(exam_candidate::Column::MemberId.eq(me))
        .into_query()
}

fn sittings(me: Uuid) -> SelectStatement {
    exam_attempt::Entity::find()
        .select_only()
        .column(exam_attempt::Column::ExamId)
        .filter(exam_attempt::Column::MemberId.eq(me))
        .into_query()
}

fn assessments(me: Uuid) -> SelectStatement {
    exam_assessor::Entity::find()
        .select_only()
        .column(exam_assessor::Column::ExamId)
        .filter(exam_assessor::Column::MemberId.eq(me))
        .into_query()
}

/// Who was assigned to an exam follows the exam.
macro_rules! of_exams {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::ExamManage;
            type Facts = ExamFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let exams = exam::Entity::condition(reach, standing)?;
                let keys = exam::Entity::find().select_only().column(exam::Column::Id).filter(exams).into_query();
                Some(Condition::all().add($table::Column::ExamId.in_subquery(keys)))
            }

            fn within(facts: &ExamFacts, reach: Reach, standing: &Standing) -> bool {
                exam::Entity::within(facts, reach, standing)
            }
        })*
    };
}

of_exams!(exam_candidate, exam_assessor);

/// An attempt with what decides who may see it.
#[derive(Clone, Debug)]
pub struct AttemptFacts {
    /// The attempt.
    pub attempt: exam_attempt::Model,
    /// The exam.
    pub exam: exam::Model,
    /// All assignments of the member.
    pub assignments: Vec<assignment::Model>,
}

impl Scoped for exam_attempt::Entity {
    const READ: Permission = Permission::ExamResultRead;
    type Facts = AttemptFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use exam_attempt::Column;
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => standing
                .member_id
                .map(|me| Condition::all().add(Column::MemberId.eq(me))),
            _ => placed_in(reach, standing).map(|members| {
                Condition::all()
                    .add(Column::MemberId.in_subquery(members))
                    .add(Column::PublishedAt.is_not_null())
            }),
        }
    }

    fn within(facts: &AttemptFacts, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => standing.member_id == Some(facts.attempt.member_id),
            _ => {
                facts.attempt.published_at.is_some()
                    && is_placed_in(&facts.assignments, reach, standing)
            }
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let mine = run_by(standing);
        let lends = permission == Permission::ExamResultRead && !mine.is_empty();
        lends.then(|| {
            let keys = exam::Entity::find()
                .select_only()
                .column(exam::Column::Id)
                .filter(mine)
                .into_query();
            Condition::all().add(exam_attempt::Column::ExamId.in_subquery(keys))
        })
    }
}

/// What is lent of attempts, as a plain predicate.
#[must_use]
pub fn lends_attempt(facts: &AttemptFacts, permission: Permission, standing: &Standing) -> bool {
    permission == Permission::ExamResultRead && runs(&facts.exam, standing)
}

fn attempts(condition: Condition) -> SelectStatement {
    exam_attempt::Entity::find()
        .select_only()
        .column(exam_attempt::Column::Id)
        .filter(condition)
        .into_query()
}

/// What hangs on attempts follows them.
macro_rules! of_attempts {
    ($($table:ident under $permission:ident;)*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
            type Facts = AttemptFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let condition = exam_attempt::Entity::condition(reach, standing)?;
                Some(Condition::all().add($table::Column::AttemptId.in_subquery(attempts(condition))))
            }

            fn within(facts: &AttemptFacts, reach: Reach, standing: &Standing) -> bool {
                exam_attempt::Entity::within(facts, reach, standing)
            }

            fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
                let condition = exam_attempt::Entity::lent(permission, standing)?;
                Some(Condition::all().add($table::Column::AttemptId.in_subquery(attempts(condition))))
            }
        })*
    };
}

of_attempts! {
    exam_appeal under ExamResultRead;
    exam_item under ExamResultRead;
}

/// Marks are for whoever runs the exam.
impl Scoped for exam_mark::Entity {
    const READ: Permission = Permission::ExamManage;
    type Facts = ExamFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let exams = exam::Entity::condition(reach, standing)?;
        let exams = exam::Entity::find()
            .select_only()
            .column(exam::Column::Id)
            .filter(exams)
            .into_query();
        let of = attempts(Condition::all().add(exam_attempt::Column::ExamId.in_subquery(exams)));
        let items = exam_item::Entity::find()
            .select_only()
            .column(exam_item::Column::Id)
            .filter(exam_item::Column::AttemptId.in_subquery(of))
            .into_query();
        Some(Condition::all().add(exam_mark::Column::ItemId.in_subquery(items)))
    }

    fn within(facts: &ExamFacts, reach: Reach, standing: &Standing) -> bool {
        exam::Entity::within(facts, reach, standing)
    }
}
