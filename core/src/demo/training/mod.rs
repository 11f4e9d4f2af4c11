//! The demo company's training: a catalogue, a year of sessions with who came, what was learnt elsewhere, and the ledger of
//! hours that follows from both. A few sessions lie ahead: one is full and has a waiting list.

mod sessions;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use entity::enums::{TrainingHoursKind, TrainingStudyState};
use entity::{
    training_course, training_enrolment, training_feedback, training_hour, training_path,
    training_path_course, training_session, training_session_trainer, training_study,
    training_target,
};
use serde_json::json;
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago, opening_day};
use super::organisation::Organisation;
use super::people::People;
use super::random::Chance;
use super::text::courses::{COURSES, PATHS, STUDIES};
use super::workforce::{SITE_SAFETY, Workforce};
use crate::training::actions::Material;

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Training {
    /// The catalogue.
    pub courses: Vec<training_course::Model>,
    /// Learning paths.
    pub paths: Vec<training_path::Model>,
    /// Which courses they are made of.
    pub path_courses: Vec<training_path_course::Model>,
    /// Sessions.
    pub sessions: Vec<training_session::Model>,
    /// Who gives them.
    pub trainers: Vec<training_session_trainer::Model>,
    /// Who takes part, or waits.
    pub enrolments: Vec<training_enrolment::Model>,
    /// What was said of them.
    pub feedbacks: Vec<training_feedback::Model>,
    /// What was learnt elsewhere.
    pub studies: Vec<training_study::Model>,
    /// The ledger.
    pub hours: Vec<training_hour::Model>,
    /// Targets that differ from the usual one.
    pub targets: Vec<training_target::Model>,
}

/// Somebody who signs for things: user and name.
#[derive(Clone, Debug)]
struct Signer {
    id: Uuid,
    name: String,
}

/// What the rows are made of.
struct Maker<'c> {
    seed: u64,
    today: NaiveDate,
    as_of: DateTime<Utc>,
    organisation: &'c Organisation,
    people: &'c People,
    /// The members who can give sessions, by their places.
    teachers: Vec<usize>,
    runner: Signer,
    /// What attending the course about safety on site grants.
    site_safety: Option<Uuid>,
}

impl Training {
    /// Generates it as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
        accounts: &Accounts,
        workforce: &Workforce,
    ) -> Self {
        let user = &accounts.users[accounts.demo("trainer.demo")];
        let holders = |code: &str| -> Vec<usize> {
            (0..people.members.len())
                .filter(|place| {
                    people.members[*place].left_on.is_none()
                        && people.seat_of(*place).position == code
                })
                .collect()
        };
        let maker = Maker {
            seed,
            today: day_of(as_of),
            as_of,
            organisation,
            people,
            teachers: holders("TRN"),
            site_safety: workforce
                .certificates
                .iter()
                .find(|row| row.code == SITE_SAFETY)
                .map(|row| row.id),
            runner: Signer {
                id: user.id,
                name: user.display_name.clone(),
            },
        };
        let mut rows = Self::default();
        rows.catalogue(&maker);
        rows.targets(&maker);
        rows.sessions(&maker);
        rows.studies(&maker);
        rows.hours.sort_by_key(|row| (row.booked_at, row.id));
        rows
    }

    fn catalogue(&mut self, maker: &Maker<'_>) {
        let at = at_hour(opening_day(maker.today), 9);
        for (place, text) in COURSES.iter().enumerate() {
            let materials = [Material {
                title: format!("{}（讲义）", text.name_zh),
                link: None,
                text: Some(text.reading.to_owned()),
            }];
            self.courses.push(training_course::Model {
                id: Chance::of(maker.seed, "course", place as u64).id(at),
                code: text.code.to_owned(),
                name: text.name.to_owned(),
                name_zh: text.name_zh.to_owned(),
                subject: text.subject,
                kind: text.kind,
                audience: text.audience,
                minutes: text.minutes,
                description: text.about.to_owned(),
                description_zh: Some(text.about_zh.to_owned()),
                materials: json!(materials),
                certificate_id: maker.site_safety.filter(|_| text.code == "safety-el"),
                retired_at: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        for (place, (code, [name, name_zh], must, courses)) in PATHS.iter().enumerate() {
            let mut chance = Chance::of(maker.seed, "path", place as u64);
            let position = must.and_then(|(position, days)| {
                let id = maker.position(position)?;
                Some((id, days))
            });
            let path = training_path::Model {
                id: chance.id(at),
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                name_zh: (*name_zh).to_owned(),
                description: "入职后按顺序完成；完成一门即记入学时台账。".to_owned(),
                position_id: position.map(|(id, _)| id),
                days_limit: position.map(|(_, days)| days),
                mandatory_from: position.map(|_| days_ago(maker.today, 400)),
                retired_at: None,
                version: 1,
                created_at: at,
                updated_at: at,
            };
            for (place, code) in (1..).zip(*courses) {
                self.path_courses.push(training_path_course::Model {
                    id: chance.id(at),
                    path_id: path.id,
                    course_id: self.course(code).id,
                    place,
                });
            }
            self.paths.push(path);
        }
    }

    /// Engineers learn more than the usual forty hours, who manages less.
    fn targets(&mut self, maker: &Maker<'_>) {
        let at = at_hour(opening_day(maker.today), 10);
        let year = maker.today.year() - 1;
        for (position, hours) in [("TSE", 48), ("FSE", 48), ("DIR", 24)] {
            let Some(position_id) = maker.position(position) else {
                continue;
            };
            self.targets.push(training_target::Model {
                id: Chance::of(maker.seed, position, 40).id(at),
                position_id,
                year,
                minutes: hours * 60,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
    }

    /// Some learn elsewhere; the latest of it waits for a decision.
    fn studies(&mut self, maker: &Maker<'_>) {
        for (place, member) in maker.people.members.iter().enumerate() {
            let mut chance = Chance::of(maker.seed, "study", place as u64);
            let studied_on = days_ago(maker.today, 5 + chance.below(330) as u64);
            let submitted = at_hour(studied_on, 20) + TimeDelta::days(1);
            if member.left_on.is_some() || member.joined_on > studied_on || !chance.percent(35) {
                continue;
            }
            let (title, provider, minutes, proof) = chance.pick(&STUDIES);
            let decided = submitted + TimeDelta::days(chance.between(2, 12));
            let state = match (decided < maker.as_of, chance.percent(90)) {
                (false, _) => TrainingStudyState::Submitted,
                (true, true) => TrainingStudyState::Approved,
                (true, false) => TrainingStudyState::Rejected,
            };
            let is_decided = state != TrainingStudyState::Submitted;
            let study = training_study::Model {
                id: chance.id(submitted),
                member_id: member.id,
                title: title.to_owned(),
                provider: provider.to_owned(),
                minutes,
                studied_on,
                proof: Some(format!("{proof} {:06}", chance.between(1, 999_999))),
                proof_link: None,
                state,
                decided_by: is_decided.then_some(maker.runner.id),
                decided_by_name: is_decided.then(|| maker.runner.name.clone()),
                decided_at: is_decided.then_some(decided),
                decision_note: (state == TrainingStudyState::Rejected)
                    .then(|| "证明材料不清晰，请补充后重新提交。".to_owned()),
                version: if is_decided { 2 } else { 1 },
                created_at: submitted,
                updated_at: if is_decided { decided } else { submitted },
            };
            if state == TrainingStudyState::Approved {
                self.hours.push(training_hour::Model {
                    id: chance.id(decided),
                    member_id: member.id,
                    day: studied_on,
                    minutes,
                    kind: TrainingHoursKind::External,
                    enrolment_id: None,
                    study_id: Some(study.id),
                    corrects_id: None,
                    reason: None,
                    booked_by: Some(maker.runner.id),
                    booked_by_name: maker.runner.name.clone(),
                    booked_at: decided,
                });
            }
            self.studies.push(study);
        }
    }

    fn course(&self, code: &str) -> &training_course::Model {
        let place = COURSES.iter().position(|text| text.code == code);
        &self.courses[place.unwrap_or(0)]
    }
}

impl Maker<'_> {
    fn position(&self, code: &str) -> Option<Uuid> {
        let all = &self.organisation.positions;
        all.iter().find(|row| row.code == code).map(|row| row.id)
    }
}
