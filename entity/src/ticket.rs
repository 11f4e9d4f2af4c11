//! Tickets: all requests of customers, from question to repair (工单).

use sea_orm::entity::prelude::*;

use crate::enums::{
    ActorKind, Channel, Province, SlaStanding, TicketKind, TicketPriority, TicketStage, TicketState,
};

/// A row of `tickets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Number for people, unique.
    #[sea_orm(unique)]
    pub number: i64,
    /// What it is about.
    pub kind: TicketKind,
    /// The matter in one line.
    pub subject: String,
    /// The matter in full.
    pub description: String,
    /// How far the work has come.
    pub stage: TicketStage,
    /// Whether work goes on, waits or is over.
    pub state: TicketState,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// By which way it came in.
    pub channel: Channel,
    /// The customer.
    pub customer_id: Uuid,
    /// Whom to talk to.
    pub contact_id: Option<Uuid>,
    /// The partner who takes part in it.
    pub partner_id: Option<Uuid>,
    /// The unit it is about.
    pub unit_id: Option<Uuid>,
    /// The product it is about.
    pub product_id: Option<Uuid>,
    /// Where it is to be served.
    pub province: Province,
    /// The team that has it.
    pub team_id: Option<Uuid>,
    /// The member who answers for it to the customer.
    pub owner_id: Option<Uuid>,
    /// The member who works on it.
    pub assignee_id: Option<Uuid>,
    /// The user or API client that made it.
    pub created_by: Uuid,
    /// What `created_by` is.
    pub created_by_kind: ActorKind,
    /// When the present stage began.
    pub stage_entered_at: DateTimeUtc,
    /// When the solution was carried out.
    pub resolved_at: Option<DateTimeUtc>,
    /// When it was closed or cancelled.
    pub closed_at: Option<DateTimeUtc>,
    /// The version of the process that it follows; none when there was none as it was opened.
    pub process_version_id: Option<Uuid>,
    /// The present step of the process.
    pub step_id: Option<Uuid>,
    /// The ticket that it was merged into.
    pub merged_into_id: Option<Uuid>,
    /// When the customer got the first answer from a person.
    pub first_responded_at: Option<DateTimeUtc>,
    /// When a preliminary solution was given.
    pub solution_proposed_at: Option<DateTimeUtc>,
    /// How it stands by its clocks; none without clocks.
    pub sla_standing: Option<SlaStanding>,
    /// The earliest due time of its running clocks.
    pub due_at: Option<DateTimeUtc>,
    /// The earliest time at which a running clock calls for a warning.
    pub warn_at: Option<DateTimeUtc>,
    /// When a clock was first seen to have missed its target; the worker and every action look.
    pub breached_at: Option<DateTimeUtc>,
    /// How often it was opened again.
    pub reopened: i32,
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
    /// The customer.
    #[sea_orm(
        belongs_to = "super::customer::Entity",
        from = "Column::CustomerId",
        to = "super::customer::Column::Id"
    )]
    Customer,
    /// Whom to talk to.
    #[sea_orm(
        belongs_to = "super::contact::Entity",
        from = "Column::ContactId",
        to = "super::contact::Column::Id"
    )]
    Contact,
    /// The partner who takes part in it.
    #[sea_orm(
        belongs_to = "super::partner::Entity",
        from = "Column::PartnerId",
        to = "super::partner::Column::Id"
    )]
    Partner,
    /// The unit it is about.
    #[sea_orm(
        belongs_to = "super::unit::Entity",
        from = "Column::UnitId",
        to = "super::unit::Column::Id"
    )]
    Unit,
    /// The product it is about.
    #[sea_orm(
        belongs_to = "super::product::Entity",
        from = "Column::ProductId",
        to = "super::product::Column::Id"
    )]
    Product,
    /// The team that has it.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// The member who answers for it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
    /// The member who works on it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::AssigneeId",
        to = "super::member::Column::Id"
    )]
    Assignee,
}

impl Related<super::customer::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Customer.def()
    }
}

impl Related<super::contact::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contact.def()
    }
}

impl Related<super::partner::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Partner.def()
    }
}

impl Related<super::unit::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Unit.def()
    }
}

impl Related<super::product::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Product.def()
    }
}

impl Related<super::team::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Team.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
