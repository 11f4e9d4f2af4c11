//! For whom something holds, as clients write it.

use async_graphql::OneofObject;
use entity::{department, team};

use crate::graphql::Id;
use crate::organisation::circles::Circle;

/// For whom something holds; exactly one. 适用范围
#[derive(Clone, Copy, OneofObject)]
pub enum CircleInput {
    /// The members of a team and of all teams below it. 团队及下级
    TeamId(Id<team::Entity>),
    /// The members of a department and of its teams. 部门
    DepartmentId(Id<department::Entity>),
    /// Everybody who works here, whatever the value. 全公司
    Company(bool),
}

impl From<CircleInput> for Circle {
    fn from(input: CircleInput) -> Self {
        match input {
            CircleInput::Company(_) => Self::Company,
            CircleInput::DepartmentId(id) => Self::Department(id.uuid),
            CircleInput::TeamId(id) => Self::Team(id.uuid),
        }
    }
}
