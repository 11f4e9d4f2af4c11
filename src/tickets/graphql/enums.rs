//! The tickets' enums as clients see them.

use async_graphql::Enum;

use crate::enum_filter;

/// What kind of request a ticket is. 工单类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TicketKind")]
pub enum TicketKind {
    /// A question. 咨询
    Consultation,
    /// A complaint. 投诉
    Complaint,
    /// Help with using or setting up the product. 技术支持
    TechnicalSupport,
    /// The product is broken. 故障维修
    FaultRepair,
    /// Return or exchange of goods. 退换货
    ReturnExchange,
    /// Somebody has to come. 现场服务
    OnSiteService,
    /// Part of an upgrade campaign. 升级活动
    UpgradeCampaign,
}

/// How far a ticket has come; stages follow each other in this order. 服务阶段
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::TicketStage")]
pub enum TicketStage {
    /// The request is taken in. 受理
    Intake,
    /// The cause is looked for. 分析
    Analysis,
    /// The solution is worked out. 方案制定
    Solution,
    /// The solution is carried out. 执行
    Execution,
    /// The result is told and confirmed. 结果反馈
    Feedback,
}

/// Is a ticket being worked on, waiting, or ended? 工单状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::TicketState")]
pub enum TicketState {
    /// Being worked on. 处理中
    Open,
    /// Waiting for the customer. 待客户回复
    PendingCustomer,
    /// Waiting for parts. 待配件
    PendingParts,
    /// Waiting for something else. 挂起
    OnHold,
    /// Done. 已关闭
    Closed,
    /// Given up. 已取消
    Cancelled,
}

/// How urgent a ticket is. 优先级
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::TicketPriority")]
pub enum TicketPriority {
    /// Can wait. 低
    Low,
    /// The usual. 普通
    Normal,
    /// Before the others. 高
    High,
    /// At once. 紧急
    Urgent,
}

/// How a request came in. 受理渠道
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::Channel")]
pub enum Channel {
    /// Telephone. 电话
    Phone,
    /// E-mail. 电子邮件
    Email,
    /// A web portal. 网页
    Web,
    /// Live chat. 在线聊天
    Chat,
    /// Social media. 社交媒体
    Social,
    /// WeChat. 微信
    Wechat,
    /// A partner's system. 合作伙伴接口
    Api,
}

/// For whom a comment is. 可见范围
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::CommentVisibility")]
pub enum CommentVisibility {
    /// For everybody who may see the ticket, partner and customer too. 公开
    Public,
    /// For staff with `ticket.note.read` only. 内部
    Internal,
}

enum_filter!(
    TicketKindFilter,
    TicketKind,
    entity::enums::TicketKind,
    "Compares the kind of a ticket. 工单类型条件"
);
enum_filter!(
    TicketStageFilter,
    TicketStage,
    entity::enums::TicketStage,
    "Compares the stage of a ticket. 阶段条件"
);
enum_filter!(
    TicketStateFilter,
    TicketState,
    entity::enums::TicketState,
    "Compares the state of a ticket. 状态条件"
);
enum_filter!(
    TicketPriorityFilter,
    TicketPriority,
    entity::enums::TicketPriority,
    "Compares the priority of a ticket. 优先级条件"
);
enum_filter!(
    ChannelFilter,
    Channel,
    entity::enums::Channel,
    "Compares the channel of a ticket. 渠道条件"
);

crate::leaf_enums!(
    TicketKind,
    TicketStage,
    TicketState,
    TicketPriority,
    Channel,
    CommentVisibility
);
