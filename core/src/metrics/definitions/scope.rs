//! Definitions say nothing about anybody: whoever may see any figures may see how they are computed.

use entity::enums::Reach;
use entity::{metric, metric_version};
use sea_orm::Condition;

use crate::access::{Permission, Scoped, Standing};

impl Scoped for metric::Entity {
    const READ: Permission = Permission::MetricRead;
    type Facts = metric::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &metric::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}

impl Scoped for metric_version::Entity {
    const READ: Permission = Permission::MetricRead;
    type Facts = metric_version::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &metric_version::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}
