//! A member for whom a training is proposed (建议参训人员).

use sea_orm::entity::prelude::*;

/// A row of `training_proposal_members`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_proposal_members")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The proposal.
    pub proposal_id: Uuid,
    /// The member.
    pub member_id: Uuid,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The proposal.
    #[sea_orm(
        belongs_to = "super::training_proposal::Entity",
        from = "Column::ProposalId",
        to = "super::training_proposal::Column::Id"
    )]
    Proposal,
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
