//! What is told of contests.

use async_graphql::InputObject;
use entity::{contest, contest_entrant, contest_round, exam, member};

use crate::graphql::{Decimal, Id};
use crate::training::contests::actions::{
    ConflictDeclare, Content, ContestRevise, Enter, JudgesChange, RoundPlan, ScoreGive, Seen,
};
use crate::training::contests::rules::prizes::Prize;
use crate::training::contests::rules::scoring::Criterion;

/// What judges look at. 评分标准
#[derive(Clone, InputObject)]
pub struct ContestCriterionInput {
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// 中文名称, 1 to 200 characters.
    name_zh: String,
    /// The most points, more than nought and at most 1000. 满分
    max_points: Decimal,
    /// How much it weighs beside the others, 1 to 1000. 权重
    #[graphql(default = 1)]
    weight: i32,
}

/// A round as it is planned. 轮次
#[derive(Clone, InputObject)]
pub struct ContestRoundInput {
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// 中文名称, 1 to 200 characters.
    title_zh: String,
    /// The exam whose published results are its scores; judged when absent. 考试
    exam_id: Option<Id<exam::Entity>>,
    /// What judges score by: 1 to 20, none with an exam. 评分标准
    #[graphql(default)]
    criteria: Vec<ContestCriterionInput>,
    /// So many of the highest and as many of the lowest scores are left out, 0 to 5. 去掉最高、最低分的个数
    #[graphql(default = 0)]
    drop_each: i32,
    /// Only when there are at least so many scores, 1 to 50. 去分所需的最少评分数
    #[graphql(default = 5)]
    drop_from: i32,
    /// Of so many judges at least each entrant needs a score, 1 to 20. 最少评委数
    #[graphql(default = 3)]
    least_judges: i32,
    /// So many come into the next round, by place: ties do together. Absent in the last round. 晋级人数
    advance: Option<i32>,
}

/// A prize for places. 奖项
#[derive(Clone, InputObject)]
pub struct ContestPrizeInput {
    /// The first place that gets it. 起始名次
    from_rank: i32,
    /// The last one. 结束名次
    to_rank: i32,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// 中文名称, 1 to 200 characters.
    name_zh: String,
}

/// What a contest is. 竞赛内容
#[derive(Clone, InputObject)]
pub struct ContestContentInput {
    /// Short code, unique; it stays. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    title: String,
    /// 中文名称, 1 to 200 characters.
    title_zh: String,
    /// What it is about, at most 2000 characters. 说明
    description: Option<String>,
    /// Who runs it. 负责人
    owner_id: Id<member::Entity>,
    /// 1 to 10 rounds, in their order. 轮次
    rounds: Vec<ContestRoundInput>,
    /// What ranks get, at most 30. 奖项
    #[graphql(default)]
    prizes: Vec<ContestPrizeInput>,
}

impl ContestContentInput {
    fn plain(self) -> Content {
        let criterion = |one: ContestCriterionInput| Criterion {
            name: one.name,
            name_zh: one.name_zh,
            max_points: one.max_points.0.0,
            weight: one.weight.into(),
        };
        let round = |one: ContestRoundInput| RoundPlan {
            title: one.title,
            title_zh: one.title_zh,
            exam_id: one.exam_id.map(|id| id.uuid),
            criteria: one.criteria.into_iter().map(criterion).collect(),
            drop_each: one.drop_each,
            drop_from: one.drop_from,
            least_judges: one.least_judges,
            advance: one.advance,
        };
        let prize = |one: ContestPrizeInput| Prize {
            from_rank: one.from_rank,
            to_rank: one.to_rank,
            name: one.name,
            name_zh: one.name_zh,
        };
        Content {
            code: self.code,
            title: self.title,
            title_zh: self.title_zh,
            description: self.description,
            owner_id: self.owner_id.uuid,
            rounds: self.rounds.into_iter().map(round).collect(),
            prizes: self.prizes.into_iter().map(prize).collect(),
        }
    }
}

/// A contest to make. 新建竞赛
#[derive(Clone, InputObject)]
pub struct ContestCreateInput {
    /// What it is. 内容
    contest: ContestContentInput,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContestCreateInput {
    /// The plain order.
    pub fn plain(self) -> Content {
        self.contest.plain()
    }
}

/// The draft of a contest as it is to be: all of it. 修改竞赛草稿
#[derive(Clone, InputObject)]
pub struct ContestReviseInput {
    /// The contest. 竞赛
    id: Id<contest::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is to be. 内容
    contest: ContestContentInput,
}

impl ContestReviseInput {
    /// The plain order.
    pub fn plain(self) -> ContestRevise {
        ContestRevise {
            seen: Seen {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            content: self.contest.plain(),
        }
    }
}

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

            impl From<$name> for Seen {
                fn from(input: $name) -> Self {
                    Self { id: input.id.uuid, expected_version: input.expected_version }
                }
            }
        )*
    };
}

steps! {
    /// Which draft is opened. 开放报名
    ContestOpenInput of contest;
    /// Which contest is published. 公布成绩
    ContestPublishInput of contest;
    /// Which round begins. 开始轮次
    ContestRoundOpenInput of contest_round;
    /// Which round is closed. 结束轮次
    ContestRoundCloseInput of contest_round;
    /// Which entry is given up. 退赛
    ContestWithdrawInput of contest_entrant;
}

/// Which contest is called off, and why. 取消竞赛
#[derive(Clone, InputObject)]
pub struct ContestCancelInput {
    /// Which one. 竞赛
    id: Id<contest::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 2000 characters. 原因
    pub reason: String,
}

impl ContestCancelInput {
    /// The step.
    pub fn seen(&self) -> Seen {
        Seen {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}

/// Who takes part. 报名参赛
#[derive(Clone, InputObject)]
pub struct ContestEnterInput {
    /// The contest. 竞赛
    contest_id: Id<contest::Entity>,
    /// The member; yourself when absent. Others are entered by who runs it. 选手
    member_id: Option<Id<member::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContestEnterInput {
    /// The plain order.
    pub fn plain(&self) -> Enter {
        Enter {
            contest_id: self.contest_id.uuid,
            member_id: self.member_id.as_ref().map(|id| id.uuid),
        }
    }
}

/// Who judges. 安排评委
#[derive(Clone, InputObject)]
pub struct ContestJudgesChangeInput {
    /// The contest. 竞赛
    id: Id<contest::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Who comes, at most 200. 新增评委
    add: Option<Vec<Id<member::Entity>>>,
    /// Who goes, at most 200. 移除评委
    remove: Option<Vec<Id<member::Entity>>>,
}

impl ContestJudgesChangeInput {
    /// The plain order.
    pub fn plain(self) -> JudgesChange {
        let keys = |ids: Option<Vec<Id<member::Entity>>>| {
            ids.unwrap_or_default()
                .into_iter()
                .map(|id| id.uuid)
                .collect()
        };
        JudgesChange {
            seen: Seen {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            add: keys(self.add),
            remove: keys(self.remove),
        }
    }
}

/// Who doesn't judge whom. 登记回避
#[derive(Clone, InputObject)]
pub struct ContestConflictDeclareInput {
    /// The entrant. 选手
    entrant_id: Id<contest_entrant::Entity>,
    /// The judge; yourself when absent. Others are named by who runs the contest. 评委
    judge_id: Option<Id<member::Entity>>,
    /// Why, 1 to 2000 characters. 原因
    reason: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl ContestConflictDeclareInput {
    /// The plain order.
    pub fn plain(self) -> ConflictDeclare {
        ConflictDeclare {
            entrant_id: self.entrant_id.uuid,
            judge_id: self.judge_id.map(|id| id.uuid),
            reason: self.reason,
        }
    }
}

/// What a judge gives. 评委打分
#[derive(Clone, InputObject)]
pub struct ContestScoreGiveInput {
    /// The round; it is on, and judged. 轮次
    round_id: Id<contest_round::Entity>,
    /// The entrant. 选手
    entrant_id: Id<contest_entrant::Entity>,
    /// The points for each criterion, in their order. 各项得分
    points: Vec<Decimal>,
    /// What you say to it, at most 2000 characters. 评语
    comment: Option<String>,
    /// The version of your score that this replaces; absent for the first one. 期望版本
    expected_version: Option<i32>,
}

impl ContestScoreGiveInput {
    /// The plain order.
    pub fn plain(self) -> ScoreGive {
        ScoreGive {
            round_id: self.round_id.uuid,
            entrant_id: self.entrant_id.uuid,
            points: self.points.into_iter().map(|points| points.0.0).collect(),
            comment: self.comment,
            expected_version: self.expected_version,
        }
    }
}
