//! What the organisation's rows choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Family of positions that share duties and measures (岗位族).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum JobFamily {
    /// Takes enquiries and complaints and follows them up (客服).
    #[sea_orm(string_value = "service_desk")]
    ServiceDesk,
    /// Finds causes and solutions from afar (技术支持).
    #[sea_orm(string_value = "technical_support")]
    TechnicalSupport,
    /// Works at the customer's site (现场服务).
    #[sea_orm(string_value = "field_service")]
    FieldService,
    /// Plans people, parts and visits (协调调度).
    #[sea_orm(string_value = "coordination")]
    Coordination,
    /// Leads a team or a department (管理).
    #[sea_orm(string_value = "management")]
    Management,
    /// Serves the service teams: training, HR, quality (支持职能).
    #[sea_orm(string_value = "support_function")]
    SupportFunction,
}

/// In which line of the matrix a member is placed (矩阵任职).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AssignmentKind {
    /// The department the member belongs to (职能归属).
    #[sea_orm(string_value = "home")]
    Home,
    /// A project team the member works in (项目).
    #[sea_orm(string_value = "project")]
    Project,
    /// A region the member serves (区域).
    #[sea_orm(string_value = "regional")]
    Regional,
}

/// Why a member is away (请假类型).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// Annual leave (年假).
    #[sea_orm(string_value = "annual")]
    Annual,
    /// Illness (病假).
    #[sea_orm(string_value = "sick")]
    Sick,
    /// A private matter (事假).
    #[sea_orm(string_value = "personal")]
    Personal,
    /// Time off for extra work (调休).
    #[sea_orm(string_value = "compensatory")]
    Compensatory,
    /// Training (培训).
    #[sea_orm(string_value = "training")]
    Training,
    /// A business trip (出差).
    #[sea_orm(string_value = "business_trip")]
    BusinessTrip,
}

/// What has become of a request for leave (审批状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum LeaveState {
    /// Asked for (待审批).
    #[sea_orm(string_value = "requested")]
    Requested,
    /// Granted (已批准).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// Refused (已驳回).
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// Taken back (已撤销).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}
