//! Courses, learning paths and targets of hours.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{certificate, position, training_course, training_path};

use super::{TrainingMaterialInput, ids, materials};
use crate::graphql::{Date, Id, change};
use crate::training::actions;
use crate::training::graphql::enums::{TrainingAudience, TrainingKind, TrainingSubject};

/// A course to make. 新建课程
#[derive(InputObject)]
pub struct TrainingCourseCreateInput {
    /// Its code, unique: small letters, digits and `_`, `-`, `.`. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// Its name in Chinese, 1 to 200 characters. 中文名称
    name_zh: String,
    /// What it is about. 主题
    subject: TrainingSubject,
    /// How it is held. 形式
    kind: TrainingKind,
    /// For whom; members when nothing is said. 对象
    audience: Option<TrainingAudience>,
    /// How long it takes, 1 to 60,000 minutes. 时长（分钟）
    minutes: i32,
    /// What is learnt, 1 to 4,000 characters. 内容
    description: String,
    /// The same in Chinese. 中文内容
    description_zh: Option<String>,
    /// What there is to read, at most 30. 资料
    materials: Option<Vec<TrainingMaterialInput>>,
    /// The certificate that attending a session of it in full grants. 全程出勤授予的证书
    certificate_id: Option<Id<certificate::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingCourseCreateInput {
    /// The plain order.
    pub fn plain(self) -> actions::CourseCreate {
        actions::CourseCreate {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            subject: self.subject.into(),
            kind: self.kind.into(),
            audience: self
                .audience
                .map_or(entity::enums::TrainingAudience::Staff, Into::into),
            minutes: self.minutes,
            description: self.description,
            description_zh: self.description_zh,
            materials: materials(self.materials.unwrap_or_default()),
            certificate_id: self.certificate_id.map(|id| id.uuid),
        }
    }
}

/// What changes about a course: what is absent stays. 修改课程
#[derive(InputObject)]
pub struct TrainingCourseUpdateInput {
    /// The course. 课程
    id: Id<training_course::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is called. 名称
    name: MaybeUndefined<String>,
    /// Its name in Chinese. 中文名称
    name_zh: MaybeUndefined<String>,
    /// How long it takes; sessions that are planned keep what they have. 时长（分钟）
    minutes: MaybeUndefined<i32>,
    /// What is learnt. 内容
    description: MaybeUndefined<String>,
    /// The same in Chinese; null takes it away. 中文内容
    description_zh: MaybeUndefined<String>,
    /// What there is to read, all of it; null takes it away. 资料
    materials: MaybeUndefined<Vec<TrainingMaterialInput>>,
    /// The certificate that attending a session of it in full grants from now on; null for none. 全程出勤授予的证书
    certificate_id: MaybeUndefined<Id<certificate::Entity>>,
    /// It isn't taught any more, or again. 是否停用
    retired: Option<bool>,
}

impl TrainingCourseUpdateInput {
    /// The plain order.
    pub fn plain(self) -> actions::CourseUpdate {
        actions::CourseUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            name: change(self.name),
            name_zh: change(self.name_zh),
            minutes: change(self.minutes),
            description: change(self.description),
            description_zh: change(self.description_zh),
            materials: change(self.materials).map(materials),
            certificate_id: change(self.certificate_id).map(|id| id.uuid),
            retired: self.retired,
        }
    }
}

/// Who must do a path, and within what time. 必修要求
#[derive(InputObject)]
pub struct TrainingMandatoryInput {
    /// The holders of this position. 岗位
    position_id: Id<position::Entity>,
    /// Within so many days after they came to it, 1 to 1,096. 期限（天）
    days: i32,
    /// Nobody's time began before this day. 起始日期
    from: Date,
}

impl TrainingMandatoryInput {
    fn plain(self) -> actions::Mandatory {
        actions::Mandatory {
            position_id: self.position_id.uuid,
            days: self.days,
            from: self.from.0,
        }
    }
}

/// A learning path to make. 新建学习路径
#[derive(InputObject)]
pub struct TrainingPathCreateInput {
    /// Its code, unique. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// Its name in Chinese, 1 to 200 characters. 中文名称
    name_zh: String,
    /// What it is for, 1 to 4,000 characters. 说明
    description: String,
    /// Who must do it; nobody when absent. 必修要求
    mandatory: Option<TrainingMandatoryInput>,
    /// Its courses in their order, 1 to 50. 课程
    course_ids: Vec<Id<training_course::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingPathCreateInput {
    /// The plain order.
    pub fn plain(self) -> actions::PathCreate {
        actions::PathCreate {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            description: self.description,
            mandatory: self.mandatory.map(TrainingMandatoryInput::plain),
            courses: ids(self.course_ids),
        }
    }
}

/// What changes about a learning path: what is absent stays. 修改学习路径
#[derive(InputObject)]
pub struct TrainingPathUpdateInput {
    /// The path. 学习路径
    id: Id<training_path::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is called. 名称
    name: MaybeUndefined<String>,
    /// Its name in Chinese. 中文名称
    name_zh: MaybeUndefined<String>,
    /// What it is for. 说明
    description: MaybeUndefined<String>,
    /// Who must do it; null when nobody must any more. 必修要求
    mandatory: MaybeUndefined<TrainingMandatoryInput>,
    /// Its courses in their order, all of them. 课程
    course_ids: MaybeUndefined<Vec<Id<training_course::Entity>>>,
    /// It isn't used any more, or again. 是否停用
    retired: Option<bool>,
}

impl TrainingPathUpdateInput {
    /// The plain order.
    pub fn plain(self) -> actions::PathUpdate {
        actions::PathUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            name: change(self.name),
            name_zh: change(self.name_zh),
            description: change(self.description),
            mandatory: change(self.mandatory).map(TrainingMandatoryInput::plain),
            courses: change(self.course_ids).map(ids),
            retired: self.retired,
        }
    }
}

/// A target to set. 设定学时目标
#[derive(InputObject)]
pub struct TrainingTargetSetInput {
    /// The position. 岗位
    position_id: Id<position::Entity>,
    /// From which year on, 2000 to 2100, until another one is set. 起始年份
    year: i32,
    /// How many minutes a year, 0 to 120,000. 年度学时（分钟）
    minutes: i32,
    /// The version of the target of that year as you saw it, when there is one. 期望版本
    expected_version: Option<i32>,
}

impl TrainingTargetSetInput {
    /// The plain order.
    pub fn plain(self) -> actions::TargetSet {
        actions::TargetSet {
            position_id: self.position_id.uuid,
            year: self.year,
            minutes: self.minutes,
            expected_version: self.expected_version,
        }
    }
}
