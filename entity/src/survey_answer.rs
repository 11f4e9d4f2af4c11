//! What the customer said (满意度评价).

use sea_orm::entity::prelude::*;

/// A row of `survey_answers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_answers")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The survey.
    #[sea_orm(unique)]
    pub survey_id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// 1 (bad) to 5 (good).
    pub rating: i32,
    /// How quick it was, 1 to 5.
    pub response: Option<i32>,
    /// How friendly it was, 1 to 5.
    pub attitude: Option<i32>,
    /// How good the solution was, 1 to 5.
    pub solution: Option<i32>,
    /// In the customer's words.
    pub comment: Option<String>,
    /// When.
    pub answered_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The survey.
    #[sea_orm(
        belongs_to = "super::survey::Entity",
        from = "Column::SurveyId",
        to = "super::survey::Column::Id"
    )]
    Survey,
    /// The ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
}

impl Related<super::survey::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Survey.def()
    }
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
