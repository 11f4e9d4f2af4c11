//! The value of a custom field on a ticket (字段值).

use sea_orm::entity::prelude::*;

/// A row of `ticket_field_values`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_field_values")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The field.
    pub field_id: Uuid,
    /// A text, or the code of a choice.
    pub text_value: Option<String>,
    /// A number, in ten-thousandths.
    pub number_value: Option<i64>,
    /// A day.
    pub date_value: Option<Date>,
    /// Yes or no.
    pub flag_value: Option<bool>,
    /// When it was last set.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The ticket.
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
    /// The field.
    #[sea_orm(
        belongs_to = "super::custom_field::Entity",
        from = "Column::FieldId",
        to = "super::custom_field::Column::Id"
    )]
    Field,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl Related<super::custom_field::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Field.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
