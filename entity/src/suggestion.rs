//! What a member would do better (改进建议).

use sea_orm::entity::prelude::*;

use crate::enums::{SuggestionArea, SuggestionState};

/// A row of `suggestions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In a line.
    pub title: String,
    /// As a whole.
    pub body: String,
    /// What it is about.
    pub area: SuggestionArea,
    /// Which member submitted it.
    pub author_id: Uuid,
    /// Colleagues don't learn who submitted it.
    pub anonymous: bool,
    /// Which member looks after it.
    pub handler_id: Option<Uuid>,
    /// How far it is.
    pub state: SuggestionState,
    /// What came of it, or why it was declined.
    pub outcome: Option<String>,
    /// How many support it.
    pub supporters: i32,
    /// When it was declined, done or taken back.
    pub closed_at: Option<DateTimeUtc>,
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
