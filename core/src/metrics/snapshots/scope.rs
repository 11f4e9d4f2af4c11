//! What is frozen says nothing about anybody by itself: whoever may see any figures may know that they were frozen. Whose
//! figures can be read from it is decided when they are asked for.

use entity::enums::Reach;
use entity::metric_snapshot;
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for metric_snapshot::Entity {
    const READ: Permission = Permission::MetricRead;
    type Facts = metric_snapshot::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &metric_snapshot::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}
