//! The courses of a learning path (学习路径课程).

use sea_orm::entity::prelude::*;

/// A row of `training_path_courses`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_path_courses")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The path.
    pub path_id: Uuid,
    /// The course.
    pub course_id: Uuid,
    /// Its place in the path, from 1.
    pub place: i32,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
