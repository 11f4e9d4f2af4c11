//! Calendars are read as a whole or not at all.

use entity::enums::Reach;
use entity::{calendar, calendar_version};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::CalendarRead;
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

whole!(calendar, calendar_version);
