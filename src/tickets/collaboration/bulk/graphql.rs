//! Bulk actions as clients see them.

use async_graphql::{
    Context, Enum, InputObject, MaybeUndefined, Object, OneofObject, Result, SimpleObject,
};
use entity::{member, team, ticket};

use super::{Bulk, Do, Row};
use crate::access::{Call, Entry, Permission, Rule};
use crate::error::{Error, ErrorCode};
use crate::graphql::errors::{to_field_error, user_errors};
use crate::graphql::{Ask, Id, Outcome, UserErrorView};
use crate::tickets::collaboration::bulk;
use crate::tickets::collaboration::tags::Named;
use crate::tickets::graphql::{Ticket, TicketPriority, TicketStage, TicketState};

/// For staff; what is done to each ticket then needs its own permission, row by row.
const STAFF: Rule = Rule::Needs(Permission::TicketNoteRead);

/// Who may have which field of bulk actions.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Mutation",
        rule: STAFF,
        fields: &["ticketBulk"],
    },
    Entry {
        type_name: "TicketBulkPayload",
        rule: STAFF,
        fields: &["results", "userErrors"],
    },
    Entry {
        type_name: "TicketBulkResult",
        rule: STAFF,
        fields: &["error", "id", "ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketBulkError",
        rule: STAFF,
        fields: &["code", "currentVersion", "message"],
    },
];

/// One ticket of a bulk action. 批量操作中的一张工单
#[derive(InputObject)]
pub struct TicketBulkRow {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at; watching doesn't look at it. 版本号
    expected_version: i32,
}

/// Who gets the tickets. 批量分派
#[derive(InputObject)]
pub struct TicketBulkAssign {
    /// The team; left as it is when absent. 团队
    team_id: Option<Id<team::Entity>>,
    /// The member; left as it is when absent, taken back into the queue when null. 处理人
    assignee_id: MaybeUndefined<Id<member::Entity>>,
}

/// To which stage the tickets go. 批量推进阶段
#[derive(InputObject)]
pub struct TicketBulkAdvance {
    /// The next stage, or an earlier one with a reason. 目标阶段
    to: TicketStage,
    /// Why; needed on the way back; for staff only. 原因
    reason: Option<String>,
}

/// For what the tickets wait. 批量挂起
#[derive(InputObject)]
pub struct TicketBulkHold {
    /// `PENDING_CUSTOMER`, `PENDING_PARTS` or `ON_HOLD`. 等待状态
    state: TicketState,
    /// Why; for staff only. 原因
    reason: Option<String>,
}

/// The tickets are done. 批量关闭
#[derive(InputObject)]
pub struct TicketBulkClose {
    /// A remark for staff. 备注
    reason: Option<String>,
}

/// The tickets are given up. 批量取消
#[derive(InputObject)]
pub struct TicketBulkCancel {
    /// Why; for staff only. 原因
    reason: String,
}

/// How urgent the tickets are to be, and why. 批量调整优先级
#[derive(InputObject)]
pub struct TicketBulkPriority {
    /// How urgent. 优先级
    priority: TicketPriority,
    /// Why; for staff only. 原因
    reason: String,
}

/// Which tags go on the tickets, or off them. 批量标签
#[derive(InputObject)]
pub struct TicketBulkTags {
    /// The tags, each by its id or its word, 1 to 30. 标签（ID 或名称）
    #[graphql(validator(min_items = 1, max_items = 30))]
    tags: Vec<String>,
}

/// What is done to each ticket: exactly one of these. 批量操作内容（只能选择一项）
#[derive(OneofObject)]
pub enum TicketBulkAction {
    /// Give them to a team, a member or both; needs `ticket.assign`. 分派
    Assign(TicketBulkAssign),
    /// Move them to a stage; needs `ticket.advance`. 推进阶段
    Advance(TicketBulkAdvance),
    /// Let them wait; needs `ticket.advance`. 挂起
    Hold(TicketBulkHold),
    /// Go on with them; needs `ticket.advance`; true. 恢复（填 true）
    Resume(bool),
    /// Close them; needs `ticket.close`. 关闭
    Close(TicketBulkClose),
    /// Give them up; needs `ticket.close`. 取消
    Cancel(TicketBulkCancel),
    /// Make them more or less urgent; needs `ticket.edit`. 调整优先级
    PrioritySet(TicketBulkPriority),
    /// Put tags on them; needs `ticket.edit`. 添加标签
    TagAdd(TicketBulkTags),
    /// Take tags off them; needs `ticket.edit`. 移除标签
    TagRemove(TicketBulkTags),
    /// Watch them yourself; true. 关注（填 true）
    Watch(bool),
}

/// The same action on many tickets. 批量操作
#[derive(InputObject)]
pub struct TicketBulkInput {
    /// The tickets, 1 to 50, each once; the results come in this order. 工单列表
    tickets: Vec<TicketBulkRow>,
    /// What is done to each of them. 操作内容
    #[graphql(name = "do")]
    action: TicketBulkAction,
    /// Repeating the mutation with the same key within 24 hours does no row twice. 幂等键
    idempotency_key: Option<String>,
}

/// Why a row was refused as a whole. 行错误代码
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TicketBulkErrorCode {
    /// Nobody is signed in any more. 未登录
    Unauthenticated,
    /// A permission is missing, or reaches not so far. 无权限
    Forbidden,
    /// There is no such ticket for you. 工单不存在
    NotFound,
    /// The row can't be understood. 输入有误
    BadInput,
    /// Somebody else changed the ticket first. 版本冲突
    Conflict,
    /// It would cost too much. 超出开销上限
    CostExceeded,
    /// Too many requests. 请求过于频繁
    RateLimited,
    /// Our fault; the log has the cause under the request id. 内部错误
    Internal,
}

impl From<ErrorCode> for TicketBulkErrorCode {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::Unauthenticated => Self::Unauthenticated,
            ErrorCode::Forbidden => Self::Forbidden,
            ErrorCode::NotFound => Self::NotFound,
            // A row has no document of its own.
            ErrorCode::BadInput
            | ErrorCode::PersistedQueryNotFound
            | ErrorCode::PersistedQueryNotSupported => Self::BadInput,
            ErrorCode::Conflict => Self::Conflict,
            ErrorCode::CostExceeded => Self::CostExceeded,
            ErrorCode::RateLimited => Self::RateLimited,
            ErrorCode::Internal => Self::Internal,
        }
    }
}

/// Why a row was refused as a whole. 行错误
#[derive(SimpleObject)]
pub struct TicketBulkError {
    /// For programs. 错误代码
    code: TicketBulkErrorCode,
    /// For people, in the language of the request. 说明
    message: String,
    /// The version to read again, after a conflict. 当前版本号
    current_version: Option<i32>,
}

/// What became of one ticket. 单行结果
#[derive(SimpleObject)]
pub struct TicketBulkResult {
    /// The ticket's id, as given. 工单 ID
    id: Id<ticket::Entity>,
    /// The changed ticket; null when this row was refused. 已变更的工单
    ticket: Option<Ticket>,
    /// Mistakes that a person can mend; empty when it was done. 可修正的错误
    user_errors: Vec<UserErrorView>,
    /// Why the row was refused as a whole; null when it was done or has `userErrors`. 行错误
    error: Option<TicketBulkError>,
}

/// What the mutation did. 操作结果
#[derive(SimpleObject)]
pub struct TicketBulkPayload {
    /// A result for each ticket, in the order given; null when the request was refused as a whole. 各行结果
    results: Option<Vec<TicketBulkResult>>,
    /// Mistakes of the request as a whole; those of a ticket stand in its result. 可修正的错误
    user_errors: Vec<UserErrorView>,
}

/// The mutation of bulk actions.
#[derive(Default)]
pub struct BulkMutation;

#[Object]
impl BulkMutation {
    /// Does the same to many tickets, each for itself: a result a row, and a row that fails stops no other. It costs as much
    /// as that many mutations. 批量操作工单
    async fn ticket_bulk(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tickets, and what is done to them.")] input: TicketBulkInput,
    ) -> Result<Option<TicketBulkPayload>> {
        let call = ctx.call();
        let rows: Vec<Row> = input.tickets.iter().map(Row::from).collect();
        let asked = Bulk {
            rows: rows.clone(),
            action: input.action.into(),
            idempotency_key: input.idempotency_key,
        };
        let done = bulk::bulk(ctx.app(), call, asked).await;
        let done = Outcome::from_result(call, done)?;
        let results = done.value.map(|results| {
            rows.iter()
                .zip(results)
                .map(|(row, result)| shown(call, row, result))
                .collect()
        });
        Ok(Some(TicketBulkPayload {
            results,
            user_errors: done.user_errors,
        }))
    }
}

impl From<&TicketBulkRow> for Row {
    fn from(row: &TicketBulkRow) -> Self {
        Self {
            id: row.id.uuid,
            expected_version: row.expected_version,
        }
    }
}

impl From<TicketBulkAction> for Do {
    fn from(action: TicketBulkAction) -> Self {
        match action {
            TicketBulkAction::Assign(assign) => Self::Assign {
                team_id: assign.team_id.map(|id| id.uuid),
                assignee_id: match assign.assignee_id {
                    MaybeUndefined::Undefined => None,
                    MaybeUndefined::Null => Some(None),
                    MaybeUndefined::Value(id) => Some(Some(id.uuid)),
                },
            },
            TicketBulkAction::Advance(advance) => Self::Advance {
                to: advance.to.into(),
                reason: advance.reason,
            },
            TicketBulkAction::Hold(hold) => Self::Hold {
                state: hold.state.into(),
                reason: hold.reason,
            },
            TicketBulkAction::Resume(_) => Self::Resume,
            TicketBulkAction::Close(close) => Self::Close {
                reason: close.reason,
            },
            TicketBulkAction::Cancel(cancel) => Self::Cancel {
                reason: cancel.reason,
            },
            TicketBulkAction::PrioritySet(set) => Self::SetPriority {
                priority: set.priority.into(),
                reason: set.reason,
            },
            TicketBulkAction::TagAdd(named) => Self::AddTags(named.into()),
            TicketBulkAction::TagRemove(named) => Self::RemoveTags(named.into()),
            TicketBulkAction::Watch(_) => Self::Watch,
        }
    }
}

impl From<TicketBulkTags> for Vec<Named> {
    fn from(tags: TicketBulkTags) -> Self {
        tags.tags.iter().map(|tag| Named::read(tag)).collect()
    }
}

/// One row's outcome. An internal cause goes to the log, as everywhere.
fn shown(call: &Call, row: &Row, result: crate::error::Result<ticket::Model>) -> TicketBulkResult {
    let mut shown = TicketBulkResult {
        id: Id::new(row.id),
        ticket: None,
        user_errors: Vec::new(),
        error: None,
    };
    match result {
        Ok(ticket) => shown.ticket = Some(Ticket(ticket)),
        Err(Error::User(mistakes)) => shown.user_errors = user_errors(call, &mistakes),
        Err(Error::Api(refusal)) => {
            let version = refusal.facts.get("currentVersion");
            shown.error = Some(TicketBulkError {
                code: refusal.code.into(),
                message: refusal.text.in_locale(call.locale).to_owned(),
                current_version: version
                    .and_then(serde_json::Value::as_i64)
                    .and_then(|version| i32::try_from(version).ok()),
            });
        }
        Err(cause) => {
            shown.error = Some(TicketBulkError {
                code: ErrorCode::Internal.into(),
                message: to_field_error(call, cause).message,
                current_version: None,
            });
        }
    }
    shown
}
