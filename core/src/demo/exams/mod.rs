//! The demo company's question bank, and three exams: one that is over, one that is marked by people and grants a certificate,
//! and one that everybody can sit now. Papers are drawn and marked by the same rules as real ones.

mod plans;

use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use entity::enums::{
    ExamAttemptState, ExamHandIn, ExamMarkKind, ExamPartialCredit, ExamState, QuestionState,
};
use entity::{
    exam, exam_assessor, exam_attempt, exam_candidate, exam_item, exam_mark, exam_pool,
    exam_question, exam_question_version, member_certificate,
};
use serde_json::json;
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago, opening_day};
use super::people::People;
use super::random::Chance;
use super::text::questions::{BANK, Line};
use super::workforce::Workforce;
use crate::decimal::SCALE;
use crate::training::exams::rules::grading::{Scoring, grade, share};
use crate::training::exams::rules::paper::{Cell, Entry, Shuffle, draw};
use crate::training::exams::rules::result::outcome;
use plans::{BASIC, CHARGING, Plan, SAFETY, answered, made};

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Exams {
    /// The bank.
    pub questions: Vec<exam_question::Model>,
    /// What its questions ask.
    pub versions: Vec<exam_question_version::Model>,
    /// The exams.
    pub exams: Vec<exam::Model>,
    /// Their frozen questions.
    pub pools: Vec<exam_pool::Model>,
    /// Who is to sit.
    pub candidates: Vec<exam_candidate::Model>,
    /// Who marks.
    pub assessors: Vec<exam_assessor::Model>,
    /// What was granted by passing.
    pub granted: Vec<member_certificate::Model>,
    /// The attempts.
    pub attempts: Vec<exam_attempt::Model>,
    /// Their papers.
    pub items: Vec<exam_item::Model>,
    /// The marks.
    pub marks: Vec<exam_mark::Model>,
}

/// What the rows are made of.
struct Maker<'c> {
    seed: u64,
    today: NaiveDate,
    as_of: DateTime<Utc>,
    people: &'c People,
    workforce: &'c Workforce,
    trainer: Uuid,
    runner: Uuid,
}

impl Exams {
    /// Generates them as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        people: &People,
        accounts: &Accounts,
        workforce: &Workforce,
    ) -> Self {
        let user = |login: &str| &accounts.users[accounts.demo(login)];
        let member = |login: &str| user(login).member_id;
        let runner = member("trainer.demo").or(member("manager.demo"));
        let maker = Maker {
            seed,
            today: day_of(as_of),
            as_of,
            people,
            workforce,
            trainer: user("trainer.demo").id,
            runner: runner.unwrap_or(people.members[0].id),
        };
        let mut rows = Self::default();
        rows.bank(&maker);
        let assessors: Vec<Uuid> = ["lead.demo", "manager.demo", "engineer.demo"]
            .into_iter()
            .filter_map(member)
            .collect();
        let sitting = |families: &[&str], count: usize| -> Vec<usize> {
            let here = |place: &usize| {
                let row = &people.members[*place];
                row.left_on.is_none()
                    && row.joined_on < days_ago(maker.today, 100)
                    && !assessors.contains(&row.id)
                    && row.id != maker.runner
                    && families.contains(&people.seat_of(*place).position)
            };
            (0..people.members.len()).filter(here).take(count).collect()
        };
        let basic = rows.exam(&maker, 0, &BASIC, &[]);
        for place in sitting(&["CSR", "CSC", "RCS"], 40) {
            rows.attempt(&maker, basic, (place, true), &[]);
        }
        let charging = rows.exam(&maker, 1, &CHARGING, &assessors);
        let engineers = sitting(&["TSE", "FSE", "FSS"], 12);
        for (turn, place) in engineers.into_iter().enumerate() {
            rows.candidate(&maker, charging, place);
            if turn < 6 {
                rows.attempt(&maker, charging, (place, turn < 3), &assessors);
            }
        }
        rows.exam(&maker, 2, &SAFETY, &[]);
        rows
    }

    fn bank(&mut self, maker: &Maker<'_>) {
        let at = at_hour(opening_day(maker.today), 9);
        for (place, line) in BANK.iter().enumerate() {
            let mut chance = Chance::of(maker.seed, "questions", place as u64);
            let (topic, difficulty, text, text_zh, right) = *line;
            let (kind, options, key) = made(right);
            let id = chance.id(at);
            self.questions.push(exam_question::Model {
                id,
                kind,
                topic: topic.to_owned(),
                difficulty,
                state: QuestionState::Active,
                current: 1,
                created_by: maker.trainer,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            self.versions.push(exam_question_version::Model {
                id: chance.id(at),
                question_id: id,
                number: 1,
                difficulty,
                text: text.to_owned(),
                text_zh: text_zh.to_owned(),
                options: json!(options),
                key: json!(key),
                explanation: None,
                note: None,
                created_by: maker.trainer,
                created_at: at,
            });
        }
    }

    fn exam(&mut self, maker: &Maker<'_>, place: u64, plan: &Plan, assessors: &[Uuid]) -> usize {
        let mut chance = Chance::of(maker.seed, "exam", place);
        let moment = |days: i64| at_hour(maker.today + TimeDelta::days(days), 9);
        let (opens_at, closes_at) = (moment(plan.window.0), moment(plan.window.1));
        let made = (opens_at - TimeDelta::days(7)).min(maker.as_of);
        let cells: Vec<Cell> = plan
            .cells
            .iter()
            .map(|(topic, kind, count, points)| Cell {
                topic: (*topic).to_owned(),
                difficulty: None,
                kind: *kind,
                count: *count,
                points: points * SCALE,
            })
            .collect();
        let certificate = plan.certificate.and_then(|code| {
            let all = &maker.workforce.certificates;
            all.iter().find(|row| row.code == code).map(|row| row.id)
        });
        let id = chance.id(made);
        self.exams.push(exam::Model {
            id,
            code: plan.code.to_owned(),
            title: plan.names.0.to_owned(),
            title_zh: plan.names.1.to_owned(),
            description: None,
            state: plan.state,
            blueprint: json!(cells),
            partial_credit: ExamPartialCredit::Proportional,
            penalty_percent: 0,
            pass_percent: 60,
            time_limit_minutes: 60,
            attempts_allowed: 2,
            wait_hours: 24,
            opens_at,
            closes_at,
            shuffle_questions: true,
            shuffle_options: true,
            publication: plan.publication,
            reveal: true,
            third_percent: 20,
            open_to_all: plan.open_to_all,
            certificate_id: certificate,
            owner_id: maker.runner,
            created_by: maker.trainer,
            pool: 1,
            activated_at: Some(made),
            closed_at: (plan.state == ExamState::Closed).then_some(closes_at),
            version: 1,
            created_at: made,
            updated_at: made,
        });
        let entries = self.entries(&cells);
        self.pools.push(exam_pool::Model {
            id: chance.id(made),
            exam_id: id,
            number: 1,
            entries: json!(entries),
            created_at: made,
        });
        for member_id in assessors {
            self.assessors.push(exam_assessor::Model {
                id: chance.id(made),
                exam_id: id,
                member_id: *member_id,
                created_at: made,
            });
        }
        self.exams.len() - 1
    }

    fn entries(&self, cells: &[Cell]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = BANK
            .iter()
            .zip(self.questions.iter().zip(&self.versions))
            .filter(|(line, _)| cells.iter().any(|cell| cell.topic == line.0))
            .map(|(line, (question, version))| {
                let (_, options, key) = made(line.4);
                Entry {
                    version: version.id,
                    topic: question.topic.clone(),
                    difficulty: version.difficulty,
                    kind: question.kind,
                    options: options.len(),
                    by_hand: key.is_by_hand(),
                }
            })
            .collect();
        entries.sort_by_key(|entry| entry.version);
        entries
    }

    fn candidate(&mut self, maker: &Maker<'_>, exam: usize, member: usize) {
        let row = &self.exams[exam];
        let at = row.created_at;
        self.candidates.push(exam_candidate::Model {
            id: Chance::of(maker.seed, "candidate", member as u64).id(at),
            exam_id: row.id,
            member_id: maker.people.members[member].id,
            created_at: at,
        });
    }

    /// One sitting: answered as well as the member knows, and marked if it is to be.
    fn attempt(
        &mut self,
        maker: &Maker<'_>,
        exam: usize,
        (member, marked): (usize, bool),
        assessors: &[Uuid],
    ) {
        let (exam, pool) = (self.exams[exam].clone(), self.pools[exam].clone());
        let mut chance = Chance::of(maker.seed, &exam.code, member as u64);
        let began = exam.opens_at
            + TimeDelta::days(chance.between(1, 15))
            + TimeDelta::minutes(chance.between(0, 300));
        let over = began + TimeDelta::minutes(chance.between(12, 55));
        let id = chance.id(began);
        let seed = i64::from_be_bytes(id.as_u64_pair().1.to_be_bytes());
        let entries: Vec<Entry> = serde_json::from_value(pool.entries).unwrap_or_default();
        let cells: Vec<Cell> = serde_json::from_value(exam.blueprint.clone()).unwrap_or_default();
        let shuffle = Shuffle {
            questions: true,
            options: true,
        };
        let Ok(paper) = draw(&cells, &entries, seed, shuffle) else {
            return;
        };
        let knows = usize::try_from(chance.between(45, 95)).unwrap_or(50);
        let scoring = Scoring {
            partial: exam.partial_credit,
            penalty_percent: exam.penalty_percent,
        };
        let (mut points, mut most) = (Vec::new(), 0);
        for (place, one) in paper.into_iter().enumerate() {
            let entry = &entries[one.entry];
            let line = self.line(entry.version);
            let (_, options, key) = made(line.4);
            let max_points = cells[one.cell].points;
            most += max_points;
            let answer = answered(&key, options.len(), chance.percent(knows), &mut chance);
            let item = chance.id(began);
            let by_rule = grade(&key, answer.as_ref(), max_points, scoring);
            let (awaits, got) = match by_rule {
                Some(got) => {
                    self.mark(&mut chance, (item, 0), (None, got), over);
                    (0, Some(got))
                }
                None if marked => {
                    let base = chance.between(5, 9);
                    let given = [base, base + chance.between(0, 1)];
                    let given = given.map(|tenths| share(max_points, tenths, 10));
                    for (slot, (assessor, points)) in assessors.iter().zip(given).enumerate() {
                        let slot = i32::try_from(slot).unwrap_or(0) + 1;
                        let at = over + TimeDelta::hours(20 + i64::from(slot));
                        self.mark(&mut chance, (item, slot), (Some(*assessor), points), at);
                    }
                    (0, Some(share(given[0] + given[1], 1, 2)))
                }
                None => (1, None),
            };
            points.push(got);
            self.items.push(exam_item::Model {
                id: item,
                attempt_id: id,
                position: i32::try_from(place).unwrap_or(0) + 1,
                version_id: entry.version,
                max_points,
                option_order: json!(one.options),
                sequence: i64::from(answer.is_some()),
                answered_at: answer.as_ref().map(|_| began + TimeDelta::minutes(5)),
                answer: answer.map(|answer| json!(answer)),
                by_hand: entry.by_hand,
                awaits,
                points: got,
            });
        }
        let points: Option<Vec<i64>> = points.into_iter().collect();
        let result = points.map(|points| outcome(&points, most, exam.pass_percent));
        let graded = over + TimeDelta::hours(if exam.certificate_id.is_some() { 24 } else { 0 });
        let published = exam.closed_at.unwrap_or(graded);
        let member_id = maker.people.members[member].id;
        let passed = result.is_some_and(|result| result.passed);
        let granted = exam.certificate_id.filter(|_| passed).map(|certificate| {
            let issued_on = day_of(published);
            let row = member_certificate::Model {
                id: chance.id(published),
                member_id,
                certificate_id: certificate,
                number: Some(format!("{}/1", exam.code)),
                issued_on,
                expires_on: issued_on.checked_add_months(Months::new(24)),
                revoked_on: None,
                warned_at: None,
                version: 1,
                created_at: published,
                updated_at: published,
            };
            self.granted.push(row.clone());
            row.id
        });
        self.attempts.push(exam_attempt::Model {
            id,
            exam_id: exam.id,
            member_id,
            number: 1,
            pool_id: pool.id,
            seed,
            state: if result.is_some() {
                ExamAttemptState::Graded
            } else {
                ExamAttemptState::HandedIn
            },
            started_at: began,
            deadline: began + TimeDelta::minutes(60),
            handed_in_at: Some(over),
            handed_in_by: Some(ExamHandIn::Member),
            max_points: most,
            points: result.map(|result| result.points),
            passed: result.map(|result| result.passed),
            graded_at: result.map(|_| graded),
            published_at: result.map(|_| published),
            granted_id: granted,
            version: 1,
            created_at: began,
            updated_at: over,
        });
    }

    fn line(&self, version: Uuid) -> &'static Line {
        let place = self.versions.iter().position(|row| row.id == version);
        &BANK[place.unwrap_or(0)]
    }

    fn mark(
        &mut self,
        chance: &mut Chance,
        (item_id, slot): (Uuid, i32),
        (assessor_id, points): (Option<Uuid>, i64),
        at: DateTime<Utc>,
    ) {
        self.marks.push(exam_mark::Model {
            id: chance.id(at),
            item_id,
            slot,
            kind: if slot == 0 {
                ExamMarkKind::Rule
            } else {
                ExamMarkKind::Assessor
            },
            assessor_id,
            points,
            criteria: None,
            comment: None,
            created_at: at,
        });
    }
}
