use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{
    ExamAppealState, ExamAttemptState, ExamHandIn, ExamMarkKind, ExamPartialCredit,
    ExamPublication, ExamState, QuestionKind, QuestionState,
};
use entity::{
    exam, exam_appeal, exam_assessor, exam_attempt, exam_item, exam_mark, exam_pool, exam_question,
    exam_question_version,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Data, Table, key, start, write};

/// The bank, exams and attempts.
#[derive(Clone, Debug, Default)]
pub struct Exams {
    pub questions: Vec<exam_question::Model>,
    pub versions: Vec<exam_question_version::Model>,
    pub exams: Vec<exam::Model>,
    pub pools: Vec<exam_pool::Model>,
    pub assessors: Vec<exam_assessor::Model>,
    pub attempts: Vec<exam_attempt::Model>,
    pub items: Vec<exam_item::Model>,
    pub marks: Vec<exam_mark::Model>,
    pub appeals: Vec<exam_appeal::Model>,
}

impl Exams {
    pub(super) async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.questions).await;
        write(tx, &self.versions).await;
        write(tx, &self.exams).await;
        write(tx, &self.pools).await;
        write(tx, &self.assessors).await;
        write(tx, &self.attempts).await;
        write(tx, &self.items).await;
        write(tx, &self.marks).await;
        write(tx, &self.appeals).await;
    }
}

/// So many minutes after the tests begin.
pub fn minutes(n: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(n)
}

impl Data {
    /// A question in use.
    pub fn question(&mut self, n: usize, kind: QuestionKind, options: Value, right: Value) {
        self.exams.questions.push(exam_question::Model {
            id: key(Table::ExamQuestion, n),
            kind,
            topic: "array.care".to_owned(),
            difficulty: 2,
            state: QuestionState::Active,
            current: 1,
            created_by: key(Table::User, 6),
            version: 1,
            created_at: minutes(-90_000),
            updated_at: minutes(-90_000),
        });
        self.exams.versions.push(exam_question_version::Model {
            id: key(Table::ExamQuestionVersion, n),
            question_id: key(Table::ExamQuestion, n),
            number: 1,
            difficulty: 2,
            text: format!("Question {n}?"),
            text_zh: format!("题目{n}？"),
            options,
            key: right,
            explanation: Some("zinnober".to_owned()),
            note: None,
            created_by: key(Table::User, 6),
            created_at: minutes(-90_000),
        });
    }

    /// An exam that the manager runs, of ten points a question, for everybody, with its pool.
    pub fn exam(&mut self, n: usize, state: ExamState, questions: &[usize]) -> Uuid {
        let id = key(Table::Exam, n);
        let closed = state == ExamState::Closed;
        self.exams.exams.push(exam::Model {
            id,
            code: format!("exam-{n}"),
            title: format!("Exam {n}"),
            title_zh: format!("考试{n}"),
            description: None,
            state,
            blueprint: json!([{ "topic": "array.care", "difficulty": null, "kind": null, "count": questions.len(), "points": 100_000 }]),
            partial_credit: ExamPartialCredit::None,
            penalty_percent: 0,
            pass_percent: 60,
            time_limit_minutes: 30,
            attempts_allowed: 2,
            wait_hours: 0,
            opens_at: minutes(-80_000),
            closes_at: if closed { minutes(-1_000) } else { minutes(90_000) },
            shuffle_questions: true,
            shuffle_options: true,
            publication: ExamPublication::Closed,
            reveal: true,
            third_percent: 20,
            open_to_all: true,
            certificate_id: None,
            owner_id: key(Table::Member, 7),
            created_by: key(Table::User, 1),
            pool: 1,
            activated_at: Some(minutes(-80_000)),
            closed_at: closed.then(|| minutes(-1_000)),
            version: 1,
            created_at: minutes(-80_000),
            updated_at: minutes(-80_000),
        });
        let of = |n: &usize| {
            let question = &self.exams.questions[n - 1];
            let version = &self.exams.versions[n - 1];
            json!({
                "version": version.id, "topic": "array.care", "difficulty": 2, "kind": question.kind,
                "options": version.options.as_array().map_or(0, Vec::len),
                "by_hand": version.key["kind"] == "criteria" || version.key["groups"] == json!([]),
            })
        };
        let entries = questions.iter().map(of).collect();
        self.exams.pools.push(exam_pool::Model {
            id: key(Table::ExamPool, n),
            exam_id: id,
            number: 1,
            entries: Value::Array(entries),
            created_at: minutes(-80_000),
        });
        for member in [1, 4, 8] {
            let rows = &mut self.exams.assessors;
            rows.push(exam_assessor::Model {
                id: key(Table::ExamAssessor, rows.len() + 1),
                exam_id: id,
                member_id: key(Table::Member, member),
                created_at: minutes(-80_000),
            });
        }
        id
    }

    /// An attempt with one question, answered so: marked when points are given, else it waits for its first assessor.
    pub fn attempt(
        &mut self,
        n: usize,
        (exam, member): (usize, usize),
        question: usize,
        (answer, points): (Value, Option<i64>),
    ) {
        let (id, item) = (key(Table::ExamAttempt, n), key(Table::ExamItem, n));
        let began = minutes(-2_000 + n as i64);
        let over = began + TimeDelta::minutes(20);
        let published = points.map(|_| minutes(-1_000));
        self.exams.attempts.push(exam_attempt::Model {
            id,
            exam_id: key(Table::Exam, exam),
            member_id: key(Table::Member, member),
            number: 1,
            pool_id: key(Table::ExamPool, exam),
            seed: 7,
            state: if points.is_some() {
                ExamAttemptState::Graded
            } else {
                ExamAttemptState::HandedIn
            },
            started_at: began,
            deadline: began + TimeDelta::minutes(30),
            handed_in_at: Some(over),
            handed_in_by: Some(ExamHandIn::Member),
            max_points: 100_000,
            points,
            passed: points.map(|points| points >= 60_000),
            graded_at: published,
            published_at: published,
            granted_id: None,
            version: 1,
            created_at: began,
            updated_at: over,
        });
        let options = self.exams.versions[question - 1]
            .options
            .as_array()
            .map_or(0, Vec::len);
        self.exams.items.push(exam_item::Model {
            id: item,
            attempt_id: id,
            position: 1,
            version_id: key(Table::ExamQuestionVersion, question),
            max_points: 100_000,
            option_order: (0..options).collect(),
            answer: Some(answer),
            sequence: 1,
            answered_at: Some(began),
            by_hand: points.is_none(),
            awaits: i32::from(points.is_none()),
            points,
        });
        if let Some(points) = points {
            self.exams.marks.push(exam_mark::Model {
                id: key(Table::ExamMark, n),
                item_id: item,
                slot: 0,
                kind: ExamMarkKind::Rule,
                assessor_id: None,
                points,
                criteria: None,
                comment: None,
                created_at: over,
            });
        }
    }

    /// An appeal that waits.
    pub fn appeal(&mut self, n: usize, attempt: usize) {
        self.exams.appeals.push(exam_appeal::Model {
            id: key(Table::ExamAppeal, n),
            attempt_id: key(Table::ExamAttempt, attempt),
            item_id: Some(key(Table::ExamItem, attempt)),
            reason: "Both are right. 两项都对".to_owned(),
            state: ExamAppealState::Open,
            answer: None,
            decided_by: None,
            decided_at: None,
            version: 1,
            created_at: minutes(-900),
            updated_at: minutes(-900),
        });
    }
}
