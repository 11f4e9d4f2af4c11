//! Templates, versions, steps and what stands against publishing.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use entity::{process_step, process_template, process_version, user};

use super::loaders::{NamesOf, PublishedOf};
use crate::graphql::children::{page_of, rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, DateTime, Id, PageArgs};
use crate::identity::graphql::User;
use crate::tickets::graphql::{TicketKind, TicketStage};
use crate::tickets::processes::rules::steps::{Step, next_of, required_of};
use crate::tickets::processes::rules::validity::problems;
use crate::tickets::processes::store::{TemplatesVersions, VersionsSteps};

/// How far a version of a process has come. 流程版本状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::ProcessState")]
pub enum ProcessState {
    /// Being written; no ticket follows it. 草稿
    Draft,
    /// New tickets follow it. 已发布
    Published,
    /// Only tickets that began under it follow it. 已停用
    Retired,
}

/// The process of one kind of ticket. 标准流程模板
pub struct ProcessTemplate(pub process_template::Model);

/// The process of one kind of ticket. 标准流程模板
#[Object]
impl ProcessTemplate {
    /// The template's id, `process_...`. 标识
    pub async fn id(&self) -> Id<process_template::Entity> {
        Id::new(self.0.id)
    }

    /// Short name, unique. 代码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The kind of ticket that follows it. 工单类型
    async fn kind(&self) -> TicketKind {
        self.0.kind.into()
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The version that new tickets follow; null when none is published. 已发布的版本
    async fn published(&self, ctx: &Context<'_>) -> Result<Option<ProcessVersion>> {
        let found = ctx
            .loads()
            .load_one(PublishedOf(self.0.id))
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(found.map(ProcessVersion))
    }

    /// All versions, the newest first. 全部版本
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<ProcessVersion>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(ctx.call())?;
        let listing = page_of::<TemplatesVersions>(ctx, self.0.id, page).await;
        let listing = listing.on_field(ctx.call())?;
        Ok(Some(Connection::from_listing(listing, ProcessVersion)))
    }

    /// Counts up with every change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One version of a process; what is published never changes. 流程版本
pub struct ProcessVersion(pub process_version::Model);

/// One version of a process; what is published never changes. 流程版本
#[Object]
impl ProcessVersion {
    /// The version's id, `procversion_...`. 标识
    pub async fn id(&self) -> Id<process_version::Entity> {
        Id::new(self.0.id)
    }

    /// Its template. 所属模板
    async fn template(&self, ctx: &Context<'_>) -> Result<Option<ProcessTemplate>> {
        let row = ctx
            .row::<process_template::Entity>(self.0.template_id)
            .await;
        Ok(row.on_field(ctx.call())?.map(ProcessTemplate))
    }

    /// Counts up from 1 within the template. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Draft, published or retired. 状态
    async fn state(&self) -> ProcessState {
        self.0.state.into()
    }

    /// What changed. 变更说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Its steps, in order. 步骤
    async fn steps(&self, ctx: &Context<'_>) -> Result<Option<Vec<ProcessStep>>> {
        let rows = rows_of::<VersionsSteps>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(ProcessStep).collect()))
    }

    /// What stands against publishing it as it is now: empty when nothing does. 发布前须解决的问题
    async fn problems(&self, ctx: &Context<'_>) -> Result<Option<Vec<ProcessProblem>>> {
        let template = ctx
            .row::<process_template::Entity>(self.0.template_id)
            .await
            .on_field(ctx.call())?;
        let Some(template) = template else {
            return Ok(None);
        };
        let names = ctx
            .loads()
            .load_one(NamesOf(template.kind))
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        let rows = rows_of::<VersionsSteps>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let steps: Vec<Step> = rows.iter().map(Step::from).collect();
        let found = problems(&steps, &names.unwrap_or_default());
        let locale = ctx.call().locale;
        let shown = found.into_iter().map(|problem| ProcessProblem {
            step: problem.step,
            field: problem.field.to_owned(),
            message: problem.text.in_locale(locale).to_owned(),
        });
        Ok(Some(shown.collect()))
    }

    /// Who made it; null for what came with the product. 创建人
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        account(ctx, self.0.created_by).await
    }

    /// Who published it. 发布人
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        account(ctx, self.0.published_by).await
    }

    /// When it was published. 发布时间
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// When it was retired. 停用时间
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

async fn account(ctx: &Context<'_>, id: Option<uuid::Uuid>) -> Result<Option<User>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let row = ctx.row::<user::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(User))
}

/// One step of a version. 流程步骤
pub struct ProcessStep(pub process_step::Model);

/// One step of a version. 流程步骤
#[Object]
impl ProcessStep {
    /// The step's id, `step_...`. 标识
    pub async fn id(&self) -> Id<process_step::Entity> {
        Id::new(self.0.id)
    }

    /// Names the step within its version. 步骤代码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its place, from 1. 顺序
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// The stage that it belongs to. 所属阶段
    async fn stage(&self) -> TicketStage {
        self.0.stage.into()
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What to do, in English. 英文操作指引
    async fn guideline(&self) -> &str {
        &self.0.guideline
    }

    /// What to do, in Chinese. 中文操作指引
    async fn guideline_zh(&self) -> &str {
        &self.0.guideline_zh
    }

    /// The key of the role whose duty it is, such as `engineer`. 责任角色
    async fn owner_role(&self) -> &str {
        &self.0.owner_role
    }

    /// Working time that it may take, in seconds; null for no limit. 时限（工作时间，秒）
    async fn limit_seconds(&self) -> Option<i64> {
        self.0.limit_seconds
    }

    /// What must be filled before a ticket leaves it forward: `subject`, `description`, `contact`, `unit`, `product`,
    /// `team`, `assignee`, `solution`, or `field:` with the code of a custom field. 必填项
    async fn required_fields(&self) -> Vec<String> {
        required_of(&self.0)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Codes of the steps that may follow, the usual one first. 后续步骤
    async fn next(&self) -> Vec<String> {
        next_of(&self.0)
    }
}

/// Something that stands against publishing a version. 发布问题
#[derive(SimpleObject)]
pub struct ProcessProblem {
    /// The code of the step; null when it is about the whole. 步骤代码
    step: Option<String>,
    /// The field of the step, such as `ownerRole`. 字段
    field: String,
    /// What is wrong and the way out, in the language of the request. 说明
    message: String,
}
