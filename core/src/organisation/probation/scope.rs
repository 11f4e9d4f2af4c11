//! Probations and reviews follow the member.

use entity::enums::Reach;
use entity::{probation, probation_review};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::scope::{MemberFacts, of_member};

macro_rules! of_members {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::ProbationRead;
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

of_members!(probation, probation_review);
