//! Rotations follow the member.

use entity::enums::Reach;
use entity::rotation;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::scope::{MemberFacts, of_member};

impl Scoped for rotation::Entity {
    const READ: Permission = Permission::RotationRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(rotation::Column::MemberId, reach, standing)
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}
