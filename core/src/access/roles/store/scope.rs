//! What the reaches mean for roles and gifts: all or nothing.

use entity::enums::Reach;
use entity::{role, role_assignment};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

macro_rules! all_or_nothing {
    ($($table:ident),*) => {$(
        impl Scoped for $table::Entity {
            const READ: Permission = Permission::RoleRead;
            type Facts = $table::Model;

            fn condition(_: Reach, _: &Standing) -> Option<Condition> {
                // `ALL` never comes here, and no narrower reach holds any of these rows.
                None
            }

            fn within(_: &Self::Facts, reach: Reach, _: &Standing) -> bool {
                reach == Reach::All
            }
        }
    )*};
}

all_or_nothing!(role, role_assignment);
