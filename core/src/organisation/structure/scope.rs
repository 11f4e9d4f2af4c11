//! Where teams stood and what things were called is for whoever sees the structure.

use entity::enums::Reach;
use entity::{structure_name, team_place};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

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

whole!(structure_name, team_place);
