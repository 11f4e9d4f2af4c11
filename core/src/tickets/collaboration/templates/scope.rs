//! Who sees templates: staff who read the notes of any ticket; they are the same for all.

use entity::enums::Reach;
use entity::reply_template;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};
use crate::db::filter::whole;

impl Scoped for reply_template::Entity {
    const READ: Permission = Permission::TicketNoteRead;
    type Facts = reply_template::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(|| whole(Condition::all()))
    }

    fn within(_: &reply_template::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}
