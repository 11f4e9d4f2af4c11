//! Courses that can be taught (培训课程).

use sea_orm::entity::prelude::*;

use crate::enums::{TrainingAudience, TrainingKind, TrainingSubject};

/// A row of `training_courses`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_courses")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is about.
    pub subject: TrainingSubject,
    /// How it is held.
    pub kind: TrainingKind,
    /// For whom it is.
    pub audience: TrainingAudience,
    /// How long it takes, and what attending it counts.
    pub minutes: i32,
    /// What is learnt.
    pub description: String,
    /// 中文说明.
    pub description_zh: Option<String>,
    /// What there is to read: a list of title with link or text.
    #[sea_orm(column_type = "JsonBinary")]
    pub materials: Json,
    /// The certificate that attending it in full grants.
    pub certificate_id: Option<Uuid>,
    /// Since when it isn't taught any more.
    pub retired_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
