//! What is told of an exam and of steps.

use async_graphql::InputObject;
use entity::{certificate, exam, exam_question, member};

use crate::graphql::{DateTime, Decimal, Id};
use crate::training::exams::actions::{Content, ExamRevise, PeopleChange, Role, Step};
use crate::training::exams::graphql::enums::{ExamPartialCredit, ExamPublication, QuestionKind};
use crate::training::exams::rules::paper::Cell;

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident of $table:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// Which one. 标识
                id: Id<$table::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
            }

            impl From<$name> for Step {
                fn from(input: $name) -> Self {
                    Self { id: input.id.uuid, expected_version: input.expected_version }
                }
            }
        )*
    };
}

steps! {
    /// Which question comes into use. 启用题目
    ExamQuestionActivateInput of exam_question;
    /// Which question is no longer drawn. 停用题目
    ExamQuestionRetireInput of exam_question;
    /// Which draft comes on. 启用考试
    ExamActivateInput of exam;
    /// Of which exam the questions are frozen anew. 更新题池
    ExamPoolRefreshInput of exam;
    /// Of which exam the results are published. 发布成绩
    ExamPublishInput of exam;
}

/// Which exam is closed, and why. 结束考试
#[derive(Clone, InputObject)]
pub struct ExamCloseInput {
    /// Which one. 标识
    id: Id<exam::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why before its window is over, 1 to 2000 characters. 原因
    pub reason: String,
}

impl ExamCloseInput {
    /// The step.
    pub fn step(&self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// So many questions of one sort on a paper. 组卷项
#[derive(Clone, InputObject)]
pub struct ExamCellInput {
    /// The topic. 知识点
    topic: String,
    /// How hard, 1 to 5; any when absent. 难度
    difficulty: Option<i32>,
    /// How they are answered; in any way when absent. 题型
    kind: Option<QuestionKind>,
    /// How many, 1 to 200. 题数
    count: i32,
    /// For how many points each. 每题分值
    points: Decimal,
}

/// What an exam is. 考试内容
#[derive(Clone, InputObject)]
pub struct ExamContentInput {
    /// Short code, unique; it stays. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// Its name in Chinese, 1 to 200 characters. 中文名称
    title_zh: String,
    /// What it is about, at most 2000 characters. 说明
    description: Option<String>,
    /// 1 to 40 cells; at most 200 questions together. 组卷蓝图
    blueprint: Vec<ExamCellInput>,
    /// What a partly right multiple choice gets. 多选题计分方式
    #[graphql(default_with = "ExamPartialCredit::None")]
    partial_credit: ExamPartialCredit,
    /// The hundredths of a question's points that a wrong answer costs, 0 to 100. 答错扣分比例
    #[graphql(default = 0)]
    penalty_percent: i32,
    /// Passed from so many hundredths of the points on, 1 to 100. 合格线
    #[graphql(default = 60)]
    pass_percent: i32,
    /// How long an attempt may take, 1 to 1440 minutes. 限时（分钟）
    time_limit_minutes: i32,
    /// How many attempts, 1 to 20. 允许次数
    #[graphql(default = 1)]
    attempts_allowed: i32,
    /// How many hours after an attempt the next one may begin, 0 to 8760. 间隔（小时）
    #[graphql(default = 0)]
    wait_hours: i32,
    /// From when attempts may begin. 开放时间
    opens_at: DateTime,
    /// When every attempt has to be over, within two years. 截止时间
    closes_at: DateTime,
    /// Do questions come in another order on each paper? 题目乱序
    #[graphql(default = true)]
    shuffle_questions: bool,
    /// Do options? 选项乱序
    #[graphql(default = true)]
    shuffle_options: bool,
    /// When results are published. 成绩发布方式
    #[graphql(default_with = "ExamPublication::Closed")]
    publication: ExamPublication,
    /// Are right answers shown once it is closed? 结束后是否公布答案
    #[graphql(default = true)]
    reveal: bool,
    /// Two assessors who differ by more than these hundredths call a third, 0 to 100. 双评误差阈值
    #[graphql(default = 20)]
    third_percent: i32,
    /// May everybody sit it? 是否全员可参加
    #[graphql(default = false)]
    open_to_all: bool,
    /// The certificate that passing grants. 授予的证书
    certificate_id: Option<Id<certificate::Entity>>,
    /// Who runs it. 负责人
    owner_id: Id<member::Entity>,
}

impl ExamContentInput {
    fn plain(self) -> Content {
        let cell = |cell: ExamCellInput| Cell {
            topic: cell.topic.trim().to_owned(),
            difficulty: cell.difficulty,
            kind: cell.kind.map(Into::into),
            count: u32::try_from(cell.count).unwrap_or(0),
            points: cell.points.0.0,
        };
        Content {
            code: self.code,
            title: self.title,
            title_zh: self.title_zh,
            description: self.description,
            blueprint: self.blueprint.into_iter().map(cell).collect(),
            partial_credit: self.partial_credit.into(),
            penalty_percent: self.penalty_percent,
            pass_percent: self.pass_percent,
            time_limit_minutes: self.time_limit_minutes,
            attempts_allowed: self.attempts_allowed,
            wait_hours: self.wait_hours,
            opens_at: self.opens_at.0,
            closes_at: self.closes_at.0,
            shuffle_questions: self.shuffle_questions,
            shuffle_options: self.shuffle_options,
            publication: self.publication.into(),
            reveal: self.reveal,
            third_percent: self.third_percent,
            open_to_all: self.open_to_all,
            certificate_id: self.certificate_id.map(|id| id.uuid),
            owner_id: self.owner_id.uuid,
        }
    }
}

/// An exam to make. 新建考试
#[derive(Clone, InputObject)]
pub struct ExamCreateInput {
    /// What it is. 内容
    exam: ExamContentInput,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ExamCreateInput {
    /// The plain order.
    pub fn plain(self) -> Content {
        self.exam.plain()
    }
}

/// The draft of an exam as it is to be: all of it. 修改考试草稿
#[derive(Clone, InputObject)]
pub struct ExamReviseInput {
    /// The exam. 考试
    id: Id<exam::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is to be. 内容
    exam: ExamContentInput,
}

impl ExamReviseInput {
    /// The plain order.
    pub fn plain(self) -> ExamRevise {
        ExamRevise {
            id: self.id.uuid,
            expected_version: self.expected_version,
            content: self.exam.plain(),
        }
    }
}

macro_rules! people {
    ($($(#[$doc:meta])* $name:ident as $role:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, InputObject)]
            pub struct $name {
                /// The exam. 考试
                id: Id<exam::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
                /// Who comes, at most 200. 新增人员
                add: Option<Vec<Id<member::Entity>>>,
                /// Who goes, at most 200. 移除人员
                remove: Option<Vec<Id<member::Entity>>>,
            }

            impl From<$name> for PeopleChange {
                fn from(input: $name) -> Self {
                    let keys = |ids: Option<Vec<Id<member::Entity>>>| {
                        ids.unwrap_or_default().into_iter().map(|id| id.uuid).collect()
                    };
                    Self {
                        step: Step { id: input.id.uuid, expected_version: input.expected_version },
                        role: Role::$role,
                        add: keys(input.add),
                        remove: keys(input.remove),
                    }
                }
            }
        )*
    };
}

people! {
    /// Who is to sit an exam. 安排应考人员
    ExamCandidatesChangeInput as Candidate;
    /// Who marks an exam. 安排阅卷人
    ExamAssessorsChangeInput as Assessor;
}
