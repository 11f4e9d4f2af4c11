//! What the reaches mean for training's tables: as SQL, and beside it as a plain predicate.

use entity::enums::{Reach, TrainingEnrolmentState, TrainingSessionState};
use entity::{
    assignment, training_course, training_enrolment, training_hour, training_path,
    training_path_course, training_session, training_session_trainer, training_study,
    training_target,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{MemberFacts, is_placed_in, of_member, placed_in};

/// A session with what decides who may see it.
#[derive(Clone, Debug)]
pub struct SessionFacts {
    /// Who gives it.
    pub trainers: Vec<Uuid>,
    /// The assignments of each member who has or waits for a place.
    pub enrolled: Vec<Vec<assignment::Model>>,
}

/// An enrolment with what decides who may see it.
#[derive(Clone, Debug)]
pub struct EnrolmentFacts {
    /// The member with all assignments.
    pub member: MemberFacts,
    /// Who gives the session.
    pub trainers: Vec<Uuid>,
}

/// The sessions that a member gives, by their keys.
fn given_by(member: Uuid) -> SelectStatement {
    training_session_trainer::Entity::find()
        .select_only()
        .column(training_session_trainer::Column::SessionId)
        .filter(training_session_trainer::Column::MemberId.eq(member))
        .into_query()
}

/// The sessions within a reach, by a column that names them: those that one gives; those that members within reach take
/// part in; all.
fn sessions<C: ColumnTrait>(column: C, reach: Reach, standing: &Standing) -> Option<Condition> {
    match reach {
        Reach::All => Some(Condition::all()),
        Reach::Organisation => None,
        Reach::Own => standing
            .member_id
            .map(|me| Condition::all().add(column.in_subquery(given_by(me)))),
        _ => placed_in(reach, standing).map(|members| {
            let taken = training_enrolment::Entity::find()
                .select_only()
                .column(training_enrolment::Column::SessionId)
                .filter(training_enrolment::Column::State.ne(TrainingEnrolmentState::Cancelled))
                .filter(training_enrolment::Column::MemberId.in_subquery(members))
                .into_query();
            Condition::all().add(column.in_subquery(taken))
        }),
    }
}

/// Sessions that everybody on the staff may look at: those that are open, and those that oneself has enrolled in.
fn lent_sessions<C: ColumnTrait>(column: C, standing: &Standing) -> Option<Condition> {
    let me = standing.member_id?;
    let open = training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(training_session::Column::State.eq(TrainingSessionState::Open))
        .into_query();
    let mine = training_enrolment::Entity::find()
        .select_only()
        .column(training_enrolment::Column::SessionId)
        .filter(training_enrolment::Column::MemberId.eq(me))
        .into_query();
    Some(
        Condition::any()
            .add(column.in_subquery(open))
            .add(column.in_subquery(mine)),
    )
}

impl SessionFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => standing
                .member_id
                .is_some_and(|me| self.trainers.contains(&me)),
            _ => self
                .enrolled
                .iter()
                .any(|assignments| is_placed_in(assignments, reach, standing)),
        }
    }
}

/// Tables that follow a session.
macro_rules! of_sessions {
    ($($table:ident by $column:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::TrainingSessionRead;
            type Facts = SessionFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                sessions($table::Column::$column, reach, standing)
            }

            fn within(facts: &SessionFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }

            fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
                (permission == Self::READ)
                    .then(|| lent_sessions($table::Column::$column, standing))
                    .flatten()
            }
        })*
    };
}

of_sessions!(training_session by Id, training_session_trainer by SessionId);

/// One's own, those of sessions that one gives, and those of members within reach.
impl Scoped for training_enrolment::Entity {
    const READ: Permission = Permission::TrainingEnrolmentRead;
    type Facts = EnrolmentFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use training_enrolment::Column::{MemberId, SessionId};
        let members = of_member(MemberId, reach, standing)?;
        Some(match (reach, standing.member_id) {
            (Reach::Own, Some(me)) => Condition::any()
                .add(members)
                .add(SessionId.in_subquery(given_by(me))),
            _ => members,
        })
    }

    fn within(facts: &EnrolmentFacts, reach: Reach, standing: &Standing) -> bool {
        let gives = reach == Reach::Own
            && standing
                .member_id
                .is_some_and(|me| facts.trainers.contains(&me));
        gives || facts.member.within(reach, standing)
    }
}

/// Rows of a member follow that member.
macro_rules! of_members {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::TrainingHoursRead;
            type Facts = MemberFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                of_member($table::Column::MemberId, reach, standing)
            }

            fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

of_members!(training_hour, training_study);

/// The catalogue: whoever may see one row may see all.
macro_rules! catalogue {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::TrainingCourseRead;
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

catalogue!(
    training_course,
    training_path,
    training_path_course,
    training_target
);
