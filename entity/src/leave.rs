//! A time in which a member is away (请假).

use sea_orm::entity::prelude::*;

use crate::enums::{LeaveKind, LeaveState};

/// A row of `leaves`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leaves")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// Why.
    pub kind: LeaveKind,
    /// From when.
    pub starts_at: DateTimeUtc,
    /// Until when, exclusive.
    pub ends_at: DateTimeUtc,
    /// What has become of the request.
    pub state: LeaveState,
    /// In the member's words.
    pub reason: Option<String>,
    /// The user who decided.
    pub decided_by: Option<Uuid>,
    /// That user's name, which stays when the account goes.
    pub decided_by_name: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTimeUtc>,
    /// In the words of who decided.
    pub decision_note: Option<String>,
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
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
