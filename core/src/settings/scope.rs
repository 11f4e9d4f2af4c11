//! Settings are read as a whole or not at all.

use entity::enums::Reach;
use entity::setting::{Entity, Model};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for Entity {
    const READ: Permission = Permission::SettingRead;
    type Facts = Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
