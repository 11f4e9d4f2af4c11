//! What the reaches mean for processes: whoever may see one may see all.

use entity::enums::Reach;
use entity::{process_step, process_template, process_version};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::ProcessRead;
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

whole!(process_template, process_version, process_step);
