//! Rounds and their questions come to those who were invited once they are open, and to whoever sees them all. Cells, tallies and
//! invitations have no scope: there is no way to read them.

use std::collections::BTreeSet;

use entity::enums::{Reach, StaffSurveyState};
use entity::{staff_survey_invitation, staff_survey_question, staff_survey_round};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};

/// A round with what decides who may see it.
#[derive(Clone, Debug)]
pub struct RoundFacts {
    /// The round.
    pub round: staff_survey_round::Model,
    /// Who was invited.
    pub invited: BTreeSet<Uuid>,
}

impl RoundFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => {
                self.round.state != StaffSurveyState::Draft
                    && standing
                        .member_id
                        .is_some_and(|me| self.invited.contains(&me))
            }
            _ => false,
        }
    }
}

/// The rounds that a member is invited to; there are invitations only once a round is open.
fn invited_to(me: Uuid) -> SelectStatement {
    staff_survey_invitation::Entity::find()
        .select_only()
        .column(staff_survey_invitation::Column::RoundId)
        .filter(staff_survey_invitation::Column::MemberId.eq(me))
        .into_query()
}

macro_rules! of_rounds {
    ($($table:ident by $column:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::StaffSurveyRead;
            type Facts = RoundFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                match reach {
                    Reach::All => Some(Condition::all()),
                    Reach::Own => standing.member_id.map(|me| {
                        Condition::all().add($table::Column::$column.in_subquery(invited_to(me)))
                    }),
                    _ => None,
                }
            }

            fn within(facts: &RoundFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

of_rounds!(staff_survey_round by Id, staff_survey_question by RoundId);
