//! Plans are for those who make them.

use entity::enums::Reach;
use entity::{reorganisation, reorganisation_change};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::OrganisationManage;
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

whole!(reorganisation, reorganisation_change);
