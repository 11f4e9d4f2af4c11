//! Who sees tags: whoever may read the notes of any ticket sees all words.

use entity::enums::Reach;
use entity::tag;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for tag::Entity {
    const READ: Permission = Permission::TicketNoteRead;
    type Facts = tag::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &tag::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}
