//! What is expected of positions is for whoever sees the structure.

use entity::enums::Reach;
use entity::position_version;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for position_version::Entity {
    const READ: Permission = Permission::OrganisationRead;
    type Facts = position_version::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &position_version::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
