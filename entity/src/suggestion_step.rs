//! What was done with a suggestion (处理记录).

use sea_orm::entity::prelude::*;

use crate::enums::SuggestionStepKind;

/// A row of `suggestion_steps`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestion_steps")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The suggestion.
    pub suggestion_id: Uuid,
    /// What.
    pub kind: SuggestionStepKind,
    /// In words.
    pub note: Option<String>,
    /// Which member; none where the submitter stays unnamed.
    pub actor_id: Option<Uuid>,
    /// The name of that time.
    pub actor_name: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
