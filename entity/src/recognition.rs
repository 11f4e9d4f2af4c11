//! A member who recognises a colleague (同事认可).

use sea_orm::entity::prelude::*;

use crate::enums::RecognitionValue;

/// A row of `recognitions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recognitions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which member gives it.
    pub giver_id: Uuid,
    /// Which member gets it.
    pub receiver_id: Uuid,
    /// On which day.
    pub day: Date,
    /// For what.
    pub value: RecognitionValue,
    /// In the giver's words.
    pub message: String,
    /// The ticket that it is about.
    pub ticket_id: Option<Uuid>,
    /// When the giver took it back.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who gives it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::GiverId",
        to = "super::member::Column::Id"
    )]
    Giver,
    /// Who gets it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::ReceiverId",
        to = "super::member::Column::Id"
    )]
    Receiver,
    /// The ticket that it is about.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
}

impl ActiveModelBehavior for ActiveModel {}
