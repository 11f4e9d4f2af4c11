//! Task forces are for whoever sees the structure; who is in one is seen as members are.

use entity::enums::Reach;
use entity::task_force;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for task_force::Entity {
    const READ: Permission = Permission::OrganisationRead;
    type Facts = task_force::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &task_force::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
