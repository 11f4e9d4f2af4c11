//! The catalogue and the profiles are for whoever sees the structure; assessments follow the member.

use entity::enums::Reach;
use entity::{competency, competency_assessment, competency_profile, competency_want};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::scope::{MemberFacts, of_member};

macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::OrganisationRead;
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

whole!(competency, competency_profile, competency_want);

impl Scoped for competency_assessment::Entity {
    const READ: Permission = Permission::CompetencyRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(competency_assessment::Column::MemberId, reach, standing)
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}
