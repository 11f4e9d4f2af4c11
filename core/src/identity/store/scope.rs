//! What the reaches mean for accounts: whoever may see or manage them has them all.

use entity::enums::Reach;
use entity::{api_client, user};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for user::Entity {
    const READ: Permission = Permission::UserRead;
    type Facts = user::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &user::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}

impl Scoped for api_client::Entity {
    const READ: Permission = Permission::UserRead;
    type Facts = api_client::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &api_client::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
