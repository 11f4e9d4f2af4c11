//! What tickets and their parts choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a ticket is about (工单类型).
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
pub enum TicketKind {
    /// A question (咨询).
    #[sea_orm(string_value = "consultation")]
    Consultation,
    /// A complaint (投诉).
    #[sea_orm(string_value = "complaint")]
    Complaint,
    /// Help from afar with a technical matter (技术支持).
    #[sea_orm(string_value = "technical_support")]
    TechnicalSupport,
    /// A fault to be repaired (故障维修).
    #[sea_orm(string_value = "fault_repair")]
    FaultRepair,
    /// A return or an exchange (退换货).
    #[sea_orm(string_value = "return_exchange")]
    ReturnExchange,
    /// Work at the customer's site (上门服务).
    #[sea_orm(string_value = "on_site_service")]
    OnSiteService,
    /// An upgrade or recall of many units (升级活动).
    #[sea_orm(string_value = "upgrade_campaign")]
    UpgradeCampaign,
}

/// How far the work on a ticket has come (处理阶段), in the order of the process.
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
pub enum TicketStage {
    /// Taken down and understood (受理).
    #[sea_orm(string_value = "intake")]
    Intake,
    /// Its cause is sought (分析).
    #[sea_orm(string_value = "analysis")]
    Analysis,
    /// A solution is chosen (方案).
    #[sea_orm(string_value = "solution")]
    Solution,
    /// The solution is carried out (执行).
    #[sea_orm(string_value = "execution")]
    Execution,
    /// The customer is asked whether it helped (回访).
    #[sea_orm(string_value = "feedback")]
    Feedback,
}

/// Whether work on a ticket goes on, waits or is over (工单状态).
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
pub enum TicketState {
    /// Work goes on (处理中).
    #[sea_orm(string_value = "open")]
    Open,
    /// Waits for the customer (待客户).
    #[sea_orm(string_value = "pending_customer")]
    PendingCustomer,
    /// Waits for parts (待备件).
    #[sea_orm(string_value = "pending_parts")]
    PendingParts,
    /// Put on hold by us (挂起).
    #[sea_orm(string_value = "on_hold")]
    OnHold,
    /// Done (已关闭).
    #[sea_orm(string_value = "closed")]
    Closed,
    /// Ended without being done (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// How urgent a ticket is (优先级). Kept as a number, so that the database sorts it.
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
#[sea_orm(rs_type = "i32", db_type = "Integer")]
#[serde(rename_all = "snake_case")]
pub enum TicketPriority {
    /// Can wait (低).
    #[sea_orm(num_value = 1)]
    Low,
    /// In its turn (中).
    #[sea_orm(num_value = 2)]
    Normal,
    /// Before others (高).
    #[sea_orm(num_value = 3)]
    High,
    /// At once (紧急).
    #[sea_orm(num_value = 4)]
    Urgent,
}

/// By which way a ticket came in (来源渠道).
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
pub enum Channel {
    /// By telephone (电话).
    #[sea_orm(string_value = "phone")]
    Phone,
    /// By e-mail (邮件).
    #[sea_orm(string_value = "email")]
    Email,
    /// On the web site (网站).
    #[sea_orm(string_value = "web")]
    Web,
    /// In a chat (在线客服).
    #[sea_orm(string_value = "chat")]
    Chat,
    /// On social media (社交媒体).
    #[sea_orm(string_value = "social")]
    Social,
    /// By WeChat (微信).
    #[sea_orm(string_value = "wechat")]
    Wechat,
    /// From another system (接口).
    #[sea_orm(string_value = "api")]
    Api,
}

/// Who may read a comment (评论可见性).
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
pub enum CommentVisibility {
    /// Everyone who sees the ticket, also customer and partner (公开).
    #[sea_orm(string_value = "public")]
    Public,
    /// Staff only (内部).
    #[sea_orm(string_value = "internal")]
    Internal,
}
