//! One version of a calendar; it never changes, so that clocks can be explained by it (日历版本).

use sea_orm::entity::prelude::*;

/// A row of `calendar_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The calendar.
    pub calendar_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// IANA name, such as `Asia/Shanghai`.
    pub time_zone: String,
    /// The windows of each weekday.
    #[sea_orm(column_type = "JsonBinary")]
    pub weekly: Json,
    /// Holidays, swapped working days and other special days.
    #[sea_orm(column_type = "JsonBinary")]
    pub days: Json,
    /// What changed.
    pub note: Option<String>,
    /// The user who made it.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The calendar.
    #[sea_orm(
        belongs_to = "super::calendar::Entity",
        from = "Column::CalendarId",
        to = "super::calendar::Column::Id"
    )]
    Calendar,
}

impl Related<super::calendar::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Calendar.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
