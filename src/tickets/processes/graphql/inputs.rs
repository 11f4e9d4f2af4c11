//! What clients write about processes.

use async_graphql::{Enum, InputObject};
use entity::{process_template, process_version, ticket};

use crate::graphql::Id;
use crate::graphql::filters::StringFilter;
use crate::tickets::graphql::{TicketKind, TicketKindFilter, TicketStage};
use crate::tickets::processes::rules::form::TypedStep;
use crate::tickets::processes::{actions, store};

/// Which process templates. 流程模板筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProcessTemplateFilter {
    /// The kind of ticket. 工单类型
    kind: Option<TicketKindFilter>,
    /// The code. 代码
    code: Option<StringFilter>,
    /// The name in either language. 名称
    name: Option<StringFilter>,
}

impl From<ProcessTemplateFilter> for store::Filter {
    fn from(filter: ProcessTemplateFilter) -> Self {
        Self {
            kind: filter.kind.map(Into::into),
            code: filter.code.map(Into::into),
            name: filter.name.map(Into::into),
        }
    }
}

/// In which order process templates come. 流程模板排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ProcessTemplateOrder {
    /// By code. 按代码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按代码降序
    CodeDesc,
    /// The newest first. 最新创建的在前
    CreatedAtDesc,
}

impl From<ProcessTemplateOrder> for store::Order {
    fn from(order: ProcessTemplateOrder) -> Self {
        match order {
            ProcessTemplateOrder::CodeAsc => Self::CodeAsc,
            ProcessTemplateOrder::CodeDesc => Self::CodeDesc,
            ProcessTemplateOrder::CreatedAtDesc => Self::CreatedAtDesc,
        }
    }
}

/// A process to be written for a kind of ticket. 新建流程模板
#[derive(InputObject)]
pub struct ProcessTemplateCreateInput {
    /// Short name, unique: 2 to 50 of a-z, 0-9 and _. 代码
    code: String,
    /// The kind of ticket. 工单类型
    kind: TicketKind,
    /// Name in English, at most 100 characters. 英文名称
    name: String,
    /// Name in Chinese; the English one when it is missing. 中文名称
    name_zh: Option<String>,
    /// Repeating the mutation with the same key within 24 hours gives the same template. 幂等键
    idempotency_key: Option<String>,
}

impl From<ProcessTemplateCreateInput> for actions::TemplateCreate {
    fn from(input: ProcessTemplateCreateInput) -> Self {
        Self {
            code: input.code,
            kind: input.kind.into(),
            name: input.name,
            name_zh: input.name_zh,
            idempotency_key: input.idempotency_key,
        }
    }
}

/// A new draft of a process, empty or copied. 新建流程草稿
#[derive(InputObject)]
pub struct ProcessDraftCreateInput {
    /// The template. 流程模板
    template_id: Id<process_template::Entity>,
    /// The version whose steps are copied, of this template or another one; without steps when absent. 复制自
    copy_of_id: Option<Id<process_version::Entity>>,
    /// What is to change, at most 1,000 characters. 变更说明
    note: Option<String>,
    /// Repeating the mutation with the same key within 24 hours gives the same draft. 幂等键
    idempotency_key: Option<String>,
}

impl From<ProcessDraftCreateInput> for actions::DraftCreate {
    fn from(input: ProcessDraftCreateInput) -> Self {
        Self {
            template_id: input.template_id.uuid,
            copy_of_id: input.copy_of_id.map(|id| id.uuid),
            note: input.note,
            idempotency_key: input.idempotency_key,
        }
    }
}

/// One step of a process. 流程步骤
#[derive(InputObject)]
pub struct ProcessStepInput {
    /// Names the step within its version: 2 to 50 of a-z, 0-9 and _. 步骤代码
    code: String,
    /// The stage that it belongs to; steps stand in the order of the stages. 所属阶段
    stage: TicketStage,
    /// Name in English, at most 100 characters. 英文名称
    name: String,
    /// Name in Chinese; the English one when it is missing. 中文名称
    name_zh: Option<String>,
    /// What to do, in English, at most 4,000 characters. 英文操作指引
    guideline: String,
    /// What to do, in Chinese; the English one when it is missing. 中文操作指引
    guideline_zh: Option<String>,
    /// The key of the role whose duty it is, such as `engineer`. 责任角色
    owner_role: String,
    /// Working time that it may take, 60 to 31,536,000 seconds; no limit when absent. 时限（秒）
    limit_seconds: Option<i64>,
    /// What must be filled before a ticket leaves it forward; see `ProcessStep.requiredFields`. 必填项
    #[graphql(default)]
    required_fields: Vec<String>,
    /// Codes of the steps that may follow, the usual one first. 后续步骤
    #[graphql(default)]
    next: Vec<String>,
}

impl From<ProcessStepInput> for TypedStep {
    fn from(input: ProcessStepInput) -> Self {
        Self {
            code: input.code,
            stage: input.stage.into(),
            name: input.name,
            name_zh: input.name_zh,
            guideline: input.guideline,
            guideline_zh: input.guideline_zh,
            owner_role: input.owner_role,
            limit_seconds: input.limit_seconds,
            required: input.required_fields,
            next: input.next,
        }
    }
}

/// All steps of a draft. 编写流程草稿
#[derive(InputObject)]
pub struct ProcessDraftWriteInput {
    /// The draft. 流程版本
    id: Id<process_version::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// What changes; left as it is when absent. 变更说明
    note: Option<String>,
    /// All steps in order, at most 40; they replace those that were there. 全部步骤
    steps: Vec<ProcessStepInput>,
}

impl From<ProcessDraftWriteInput> for actions::DraftWrite {
    fn from(input: ProcessDraftWriteInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            note: input.note,
            steps: input.steps.into_iter().map(Into::into).collect(),
        }
    }
}

/// Which version is put into force. 发布流程
#[derive(InputObject)]
pub struct ProcessPublishInput {
    /// The draft. 流程版本
    id: Id<process_version::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

impl From<ProcessPublishInput> for actions::Put {
    fn from(input: ProcessPublishInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
        }
    }
}

/// Which version is put out of force. 停用流程
#[derive(InputObject)]
pub struct ProcessRetireInput {
    /// The published version. 流程版本
    id: Id<process_version::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

impl From<ProcessRetireInput> for actions::Put {
    fn from(input: ProcessRetireInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
        }
    }
}

/// To which step a ticket goes. 进入流程步骤
#[derive(InputObject)]
pub struct TicketStepEnterInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The code of the step, one of `Ticket.process.allowedSteps`. 步骤代码
    step: String,
    /// Why; needed on the way back; for staff only. 原因
    reason: Option<String>,
}

impl From<TicketStepEnterInput> for crate::tickets::actions::EnterStep {
    fn from(input: TicketStepEnterInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            step: input.step,
            reason: input.reason,
        }
    }
}
