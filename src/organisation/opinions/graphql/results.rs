//! What the staff answered, put together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::StaffQuestionKind as Kind;
use entity::{department, staff_survey_question, team};
use uuid::Uuid;

use super::types::{StaffSurvey, StaffSurveyQuestion, options};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Decimal};
use crate::organisation::graphql::{Department, Team};
use crate::organisation::opinions::actions::choices;
use crate::organisation::opinions::rules::{Part, rated, shown};
use crate::organisation::opinions::store::Counted;

/// What the staff answered in a closed round, put together; the same for everybody who may read it. 员工调查结果
pub struct StaffSurveyResults {
    round: entity::staff_survey_round::Model,
    questions: Arc<Vec<staff_survey_question::Model>>,
    counted: Arc<Counted>,
    parts: BTreeMap<Part, i32>,
}

impl StaffSurveyResults {
    /// Puts together what was counted.
    pub fn of(
        round: entity::staff_survey_round::Model,
        questions: Vec<staff_survey_question::Model>,
        counted: Counted,
    ) -> Self {
        let parts = shown(&counted.cells, round.minimum.unwrap_or(i32::MAX));
        Self {
            round,
            questions: Arc::new(questions),
            counted: Arc::new(counted),
            parts,
        }
    }
}

/// What the staff answered in a closed round, put together; the same for everybody who may read it. 员工调查结果
#[Object]
impl StaffSurveyResults {
    /// The round. 调查轮次
    async fn survey(&self) -> StaffSurvey {
        StaffSurvey(self.round.clone())
    }

    /// How many answered; null when they were too few to show anything. 填写人数
    async fn people(&self) -> Option<i32> {
        self.parts.get(&Part::Company).copied()
    }

    /// The company first, then departments and teams as they were when the round opened: those that are large enough, and
    /// whose rest in the part above is. 各部分结果
    async fn parts(&self) -> Vec<StaffSurveyPart> {
        let part = |(part, people): (&Part, &i32)| StaffSurveyPart {
            part: *part,
            people: *people,
            questions: Arc::clone(&self.questions),
            counted: Arc::clone(&self.counted),
        };
        self.parts.iter().map(part).collect()
    }

    /// Are some departments or teams withheld because they, or what would be left beside them, are too few? 是否有因人数过少而不显示的部分
    async fn has_withheld(&self) -> bool {
        let answered = self.counted.cells.iter().filter(|cell| cell.people > 0);
        let all: BTreeSet<Part> = answered
            .flat_map(|cell| {
                let department = cell.department.map(Part::Department);
                department.into_iter().chain(cell.team.map(Part::Team))
            })
            .collect();
        all.iter().any(|part| !self.parts.contains_key(part))
    }
}

/// What a part of the company answered. 部分结果
pub struct StaffSurveyPart {
    part: Part,
    people: i32,
    questions: Arc<Vec<staff_survey_question::Model>>,
    counted: Arc<Counted>,
}

/// What a part of the company answered. 部分结果
#[Object]
impl StaffSurveyPart {
    /// The department; null for the company and for teams. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Part::Department(id) = self.part else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The team; null for the company and for departments. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Part::Team(id) = self.part else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await.on_field(ctx.call())?;
        Ok(row.map(Team))
    }

    /// How many answered. 填写人数
    async fn people(&self) -> i32 {
        self.people
    }

    /// What they answered, question by question. 各题结果
    async fn answers(&self) -> Vec<StaffSurveyAnswers> {
        let within: BTreeSet<Uuid> = self
            .counted
            .cells
            .iter()
            .filter(|cell| cell.is_of(self.part))
            .map(|cell| cell.id)
            .collect();
        let mut counts: BTreeMap<(Uuid, i32), i64> = BTreeMap::new();
        for (cell, question, choice, people) in &self.counted.tallies {
            if within.contains(cell) {
                *counts.entry((*question, *choice)).or_default() += i64::from(*people);
            }
        }
        let of = |question: &staff_survey_question::Model| StaffSurveyAnswers {
            counts: (1..=choices(question))
                .map(|choice| {
                    let people = counts.get(&(question.id, choice)).copied();
                    (choice, people.unwrap_or_default())
                })
                .collect(),
            question: question.clone(),
        };
        self.questions.iter().map(of).collect()
    }
}

/// What was answered to a question. 单题结果
pub struct StaffSurveyAnswers {
    question: staff_survey_question::Model,
    counts: BTreeMap<i32, i64>,
}

/// What was answered to a question. 单题结果
#[Object]
impl StaffSurveyAnswers {
    /// The question. 题目
    async fn question(&self) -> StaffSurveyQuestion {
        StaffSurveyQuestion(self.question.clone())
    }

    /// The mean of the ratings; null for choices. 平均分
    async fn mean(&self) -> Option<Decimal> {
        let rating = self.question.kind == Kind::Rating;
        let rated = rating.then(|| rated(&self.counts)).flatten();
        rated.map(|rated| Decimal(rated.mean))
    }

    /// How many of a hundred gave 4 or 5; null for choices. 满意率（%）
    async fn satisfied(&self) -> Option<Decimal> {
        let rating = self.question.kind == Kind::Rating;
        let rated = rating.then(|| rated(&self.counts)).flatten();
        rated.map(|rated| Decimal(rated.satisfied))
    }

    /// How often what was chosen, in order. 选择分布
    async fn counts(&self) -> Vec<StaffSurveyCount> {
        let options = options(&self.question);
        let counts = self.counts.iter();
        counts
            .map(|(choice, people)| StaffSurveyCount {
                choice: *choice,
                people: *people,
                option: options.iter().find(|one| one.choice == *choice).cloned(),
            })
            .collect()
    }
}

/// How often something was chosen. 选择次数
#[derive(SimpleObject)]
pub struct StaffSurveyCount {
    /// The rating, or the place of the option. 评分或选项序号
    choice: i32,
    /// The option; null for ratings. 选项
    option: Option<super::types::StaffSurveyOption>,
    /// How many chose it. 人数
    people: i64,
}
