//! A critical bad behaviour, with its evidence (关键行为扣分).

use sea_orm::entity::prelude::*;

/// A row of `appraisal_incidents`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_incidents")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// The key of the behaviour in the template.
    pub behaviour: String,
    /// When it happened.
    pub day: Date,
    /// On which ticket.
    pub ticket_id: Option<Uuid>,
    /// What is known of it.
    pub evidence: String,
    /// The user who recorded it.
    pub recorded_by: Uuid,
    /// The name of that user at that time.
    pub recorded_by_name: String,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why.
    pub withdrawn_reason: Option<String>,
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
    /// The appraisal.
    #[sea_orm(
        belongs_to = "super::appraisal::Entity",
        from = "Column::AppraisalId",
        to = "super::appraisal::Column::Id"
    )]
    Appraisal,
    /// On which ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
}

impl Related<super::appraisal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Appraisal.def()
    }
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
