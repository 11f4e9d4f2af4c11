//! What the reaches mean for pairs: `OWN` is the mentor's and the newcomer's, the others hold a pair when either is placed there.

use entity::enums::Reach;
use entity::{assignment, mentoring, mentoring_check_in, mentoring_goal, mentoring_ticket};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{is_placed_in, of_member};

/// A pair with what decides who may see it.
#[derive(Clone, Debug)]
pub struct PairFacts {
    /// The pair.
    pub pair: mentoring::Model,
    /// All assignments of the mentor.
    pub mentor: Vec<assignment::Model>,
    /// All assignments of the newcomer.
    pub newcomer: Vec<assignment::Model>,
}

impl PairFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => standing
                .member_id
                .is_some_and(|me| me == self.pair.mentor_id || me == self.pair.newcomer_id),
            _ => [&self.mentor, &self.newcomer]
                .into_iter()
                .any(|assignments| is_placed_in(assignments, reach, standing)),
        }
    }
}

impl Scoped for mentoring::Entity {
    const READ: Permission = Permission::MentoringRead;
    type Facts = PairFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let mentor = of_member(mentoring::Column::MentorId, reach, standing)?;
        let newcomer = of_member(mentoring::Column::NewcomerId, reach, standing)?;
        Some(Condition::any().add(mentor).add(newcomer))
    }

    fn within(facts: &PairFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}

fn pairs(condition: Condition) -> SelectStatement {
    mentoring::Entity::find()
        .select_only()
        .column(mentoring::Column::Id)
        .filter(condition)
        .into_query()
}

/// What hangs on a pair follows it.
macro_rules! of_pairs {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::MentoringRead;
            type Facts = PairFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let condition = mentoring::Entity::condition(reach, standing)?;
                Some(Condition::all().add($table::Column::MentoringId.in_subquery(pairs(condition))))
            }

            fn within(facts: &PairFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

of_pairs!(mentoring_goal, mentoring_ticket, mentoring_check_in);
