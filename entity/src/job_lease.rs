//! Which process does a job that must run once across all of them (任务租约).

use sea_orm::entity::prelude::*;

/// A row of `job_leases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_leases")]
pub struct Model {
    /// The job.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The process that holds it.
    pub holder: Uuid,
    /// Until when; after that anybody may take it.
    pub until: DateTimeUtc,
    /// When the job last ran to its end.
    pub ran_at: Option<DateTimeUtc>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
