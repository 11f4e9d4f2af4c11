//! Courses, learning paths and targets in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    certificate, position, training_course, training_path, training_path_course, training_target,
};

use super::enums::{TrainingAudience, TrainingKind, TrainingSubject};
use crate::graphql::children::rows_of;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Position;
use crate::organisation::workforce::graphql::Certificate;
use crate::training::actions::Material;
use crate::training::store::PathsCourses;

/// Something to read for a course. 学习资料
#[derive(SimpleObject)]
pub struct TrainingMaterial {
    /// What it is called. 标题
    title: String,
    /// Where it is. 链接
    link: Option<String>,
    /// What it says. 文字
    text: Option<String>,
}

/// Something that can be taught. 培训课程
pub struct TrainingCourse(pub training_course::Model);

/// Something that can be taught. 培训课程
#[Object]
impl TrainingCourse {
    /// Its id, `course_...`. 标识
    pub async fn id(&self) -> Id<training_course::Entity> {
        Id::new(self.0.id)
    }

    /// Its code. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What it is about. 主题
    async fn subject(&self) -> TrainingSubject {
        self.0.subject.into()
    }

    /// How it is held. 形式
    async fn kind(&self) -> TrainingKind {
        self.0.kind.into()
    }

    /// For whom it is. 对象
    async fn audience(&self) -> TrainingAudience {
        self.0.audience.into()
    }

    /// How long it takes, in minutes. 时长（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// What is learnt. 内容
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What is learnt, in Chinese. 中文内容
    async fn description_zh(&self) -> Option<&str> {
        self.0.description_zh.as_deref()
    }

    /// What there is to read. 资料
    async fn materials(&self) -> Vec<TrainingMaterial> {
        let list: Vec<Material> =
            serde_json::from_value(self.0.materials.clone()).unwrap_or_default();
        list.into_iter()
            .map(|one| TrainingMaterial {
                title: one.title,
                link: one.link,
                text: one.text,
            })
            .collect()
    }

    /// The certificate that attending a session of it in full grants. 全程出勤授予的证书
    async fn certificate(&self, ctx: &Context<'_>) -> Result<Option<Certificate>> {
        let Some(id) = self.0.certificate_id else {
            return Ok(None);
        };
        let row = ctx.row::<certificate::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Certificate))
    }

    /// Since when it isn't taught any more. 停用时间
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Courses in an order, for the holders of a position mandatory within some time, or for whoever likes. 学习路径
pub struct TrainingPath(pub training_path::Model);

/// Courses in an order, for the holders of a position mandatory within some time, or for whoever likes. 学习路径
#[Object]
impl TrainingPath {
    /// Its id, `path_...`. 标识
    async fn id(&self) -> Id<training_path::Entity> {
        Id::new(self.0.id)
    }

    /// Its code. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What it is for. 说明
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The position whose holders must do it; null when nobody must. 必修岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let Some(id) = self.0.position_id else {
            return Ok(None);
        };
        let row = ctx.row::<position::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// Within how many days after they came to the position. 期限（天）
    async fn days_limit(&self) -> Option<i32> {
        self.0.days_limit
    }

    /// Nobody's time began before this day. 必修起始日期
    async fn mandatory_from(&self) -> Option<Date> {
        self.0.mandatory_from.map(Into::into)
    }

    /// Its courses in their order. 课程
    async fn courses(&self, ctx: &Context<'_>) -> Result<Option<Vec<TrainingCourse>>> {
        let rows: Vec<training_path_course::Model> = rows_of::<PathsCourses>(ctx, self.0.id)
            .await
            .on_field(ctx.call())?;
        let courses = rows
            .iter()
            .map(|row| ctx.row::<training_course::Entity>(row.course_id));
        let courses = futures_util::future::try_join_all(courses).await;
        let courses = courses.on_field(ctx.call())?;
        Ok(Some(
            courses.into_iter().flatten().map(TrainingCourse).collect(),
        ))
    }

    /// Since when it isn't used any more. 停用时间
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// How much the holders of a position learn in a year, from a year on until another one is set. 学时目标
pub struct TrainingTarget(pub training_target::Model);

/// How much the holders of a position learn in a year, from a year on until another one is set. 学时目标
#[Object]
impl TrainingTarget {
    /// Its id, `target_...`. 标识
    async fn id(&self) -> Id<training_target::Entity> {
        Id::new(self.0.id)
    }

    /// The position. 岗位
    async fn position(&self, ctx: &Context<'_>) -> Result<Option<Position>> {
        let row = ctx.row::<position::Entity>(self.0.position_id).await;
        Ok(row.on_field(ctx.call())?.map(Position))
    }

    /// From which year on. 起始年份
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// How many minutes a year. 年度学时（分钟）
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}
