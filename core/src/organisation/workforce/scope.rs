//! What the reaches mean for skills, certificates, shifts, leave and capacity: as SQL, and beside it as a plain predicate.

use entity::enums::Reach;
use entity::{
    certificate, leave, member_capacity, member_certificate, member_shift, member_skill, skill,
};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::scope::{MemberFacts, of_member};

/// Rows of a member follow that member.
macro_rules! of_members {
    ($($table:ident under $permission:ident;)*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
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

of_members! {
    member_skill under MemberRead;
    member_certificate under MemberRead;
    member_shift under MemberRead;
    member_capacity under MemberRead;
    leave under LeaveRead;
}

/// The catalogue: whoever may see one row may see all.
macro_rules! catalogue {
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

catalogue!(skill, certificate);
