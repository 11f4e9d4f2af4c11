//! Templates in the schema.

use async_graphql::{Context, Object, Result};
use entity::enums::AppraisalVersionState as State;
use entity::{appraisal_template, appraisal_template_version};

use super::content::AppraisalContent;
use super::enums::AppraisalVersionState;
use crate::appraisals::rules::content::Content;
use crate::appraisals::templates::store::TemplatesVersions;
use crate::error::Error;
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::JobFamily;

/// A kind of appraisal for a job family. 考核模板
pub struct AppraisalTemplate(pub appraisal_template::Model);

/// A kind of appraisal for a job family. 考核模板
#[Object]
impl AppraisalTemplate {
    /// Its id, `appraisaltemplate_...`. 标识
    pub async fn id(&self) -> Id<appraisal_template::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 中文名称.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// For positions of which family. 岗位族
    async fn family(&self) -> JobFamily {
        self.0.family.into()
    }

    /// Since when it can't be chosen for cycles any more. 停用时间
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(Into::into)
    }

    /// All versions, the latest first. 全部版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<AppraisalTemplateVersion>> {
        let rows = rows_of::<TemplatesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(AppraisalTemplateVersion).collect())
    }

    /// The version that was published last; null before there is one. 当前版本
    async fn current(&self, ctx: &Context<'_>) -> Result<Option<AppraisalTemplateVersion>> {
        let rows = rows_of::<TemplatesVersions>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let published = rows.into_iter().find(|row| row.state == State::Published);
        Ok(published.map(AppraisalTemplateVersion))
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

/// What is appraised, and how it counts; it never changes once published. 考核模板版本
pub struct AppraisalTemplateVersion(pub appraisal_template_version::Model);

/// What is appraised, and how it counts; it never changes once published. 考核模板版本
#[Object]
impl AppraisalTemplateVersion {
    /// Its id, `appraisalversion_...`. 标识
    async fn id(&self) -> Id<appraisal_template_version::Entity> {
        Id::new(self.0.id)
    }

    /// Of which template. 模板
    async fn template(&self, ctx: &Context<'_>) -> Result<Option<AppraisalTemplate>> {
        let row = ctx.row::<appraisal_template::Entity>(self.0.template_id);
        Ok(row.await.on_field(ctx.call())?.map(AppraisalTemplate))
    }

    /// Counts the versions from 1. 版本序号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Draft or published. 状态
    async fn state(&self) -> AppraisalVersionState {
        self.0.state.into()
    }

    /// What it says. 内容
    async fn content(&self, ctx: &Context<'_>) -> Result<AppraisalContent> {
        let content: crate::error::Result<Content> =
            serde_json::from_value(self.0.content.clone()).map_err(Error::from);
        Ok(content.on_field(ctx.call())?.into())
    }

    /// What is new. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was published. 发布时间
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// Who published it, as the account was called then. 发布人
    async fn published_by_name(&self) -> Option<&str> {
        self.0.published_by_name.as_deref()
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
