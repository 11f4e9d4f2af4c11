//! How the demo company's people grow: pairs of mentor and newcomer, a contest that is over and one that members can enter, and
//! a course with a session that was held, so that its effect can be asked for, and a proposal to hold it again.

mod contests;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use entity::enums::{
    MentoringResult, MentoringState, TrainingAttendance, TrainingAudience, TrainingEnrolmentState,
    TrainingKind, TrainingNeedKind, TrainingProposalState, TrainingSessionState, TrainingSubject,
};
use entity::{
    contest, contest_award, contest_entrant, contest_judge, contest_result, contest_round,
    contest_score, mentoring, mentoring_check_in, mentoring_goal, training_course,
    training_enrolment, training_proposal, training_proposal_member, training_session,
};
use serde_json::json;
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago};
use super::people::People;
use super::random::Chance;
use crate::training::needs::actions::Evidence;

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Growth {
    /// Pairs of mentor and newcomer.
    pub pairs: Vec<mentoring::Model>,
    /// Their plans.
    pub goals: Vec<mentoring_goal::Model>,
    /// Their talks.
    pub check_ins: Vec<mentoring_check_in::Model>,
    /// Contests.
    pub contests: Vec<contest::Model>,
    /// Their rounds.
    pub rounds: Vec<contest_round::Model>,
    /// Who takes part.
    pub entrants: Vec<contest_entrant::Model>,
    /// Who judges.
    pub judges: Vec<contest_judge::Model>,
    /// What judges gave.
    pub scores: Vec<contest_score::Model>,
    /// What rounds came to.
    pub results: Vec<contest_result::Model>,
    /// Who won what.
    pub awards: Vec<contest_award::Model>,
    /// A course.
    pub courses: Vec<training_course::Model>,
    /// A session of it.
    pub sessions: Vec<training_session::Model>,
    /// Who was there.
    pub enrolments: Vec<training_enrolment::Model>,
    /// A proposal.
    pub proposals: Vec<training_proposal::Model>,
    /// For whom.
    pub proposed: Vec<training_proposal_member::Model>,
}

/// What a newcomer is to reach, and how many days after the first one.
const GOALS: [(&str, u64); 3] = [
    (
        "Takes calls with the mentor listening. 在导师旁听下独立接听。",
        14,
    ),
    (
        "Knows the ten most frequent cases by heart. 熟记十类高频问题。",
        45,
    ),
    ("Works to the team's standard. 达到团队平均水平。", 90),
];

/// What was said, with the mentor's rating.
const TALKS: [(&str, i32, u64); 3] = [
    (
        "First week: asks a lot, listens well. 第一周：勤问，善听。",
        3,
        7,
    ),
    (
        "Handles consultations alone, complaints still together. 咨询可独立处理，投诉仍需陪同。",
        4,
        35,
    ),
    ("Keeps calm on the telephone. 通话中情绪稳定。", 4, 70),
];

/// What the rows are made of.
struct Maker<'c> {
    seed: u64,
    today: NaiveDate,
    as_of: DateTime<Utc>,
    people: &'c People,
    runner: Uuid,
    user: Uuid,
    judges: Vec<Uuid>,
}

impl Growth {
    /// Generates them as of a time.
    #[must_use]
    pub fn generate(seed: u64, as_of: DateTime<Utc>, people: &People, accounts: &Accounts) -> Self {
        let user = |login: &str| &accounts.users[accounts.demo(login)];
        let member = |login: &str| user(login).member_id;
        let maker = Maker {
            seed,
            today: day_of(as_of),
            as_of,
            people,
            runner: member("trainer.demo").unwrap_or(people.members[0].id),
            user: user("trainer.demo").id,
            judges: [
                "manager.demo",
                "engineer.demo",
                "coordinator.demo",
                "hr.demo",
            ]
            .into_iter()
            .filter_map(member)
            .collect(),
        };
        let mut rows = Self::default();
        rows.mentoring(&maker);
        let here = maker.working(&["CSR", "CSC", "RCS"]);
        rows.contest_over(&maker, &here);
        rows.contest_open(&maker, &here);
        rows.training(&maker, &here);
        rows
    }

    /// Everybody who joined a team after its others is looked after by one of them.
    fn mentoring(&mut self, maker: &Maker<'_>) {
        let people = maker.people;
        let earliest = days_ago(maker.today, 800);
        for (place, row) in people.members.iter().enumerate() {
            let new = row.left_on.is_none()
                && row.joined_on > earliest
                && row.joined_on < days_ago(maker.today, 20);
            let seat = people.seat_of(place);
            let mentor = people.members.iter().enumerate().find(|(other, senior)| {
                *other != place
                    && senior.left_on.is_none()
                    && senior.joined_on < row.joined_on
                    && seat.team.is_some()
                    && people.seat_of(*other).team == seat.team
            });
            if let (true, Some((_, mentor))) = (new, mentor) {
                self.pair(maker, place as u64, mentor.id, row.id, row.joined_on);
            }
        }
    }

    fn pair(
        &mut self,
        maker: &Maker<'_>,
        place: u64,
        mentor_id: Uuid,
        newcomer_id: Uuid,
        from: NaiveDate,
    ) {
        let mut chance = Chance::of(maker.seed, "mentoring", place);
        let after = |days: u64| from.checked_add_days(Days::new(days)).unwrap_or(from);
        let at = at_hour(from, 9);
        let over = after(100) < maker.today;
        let id = chance.id(at);
        self.pairs.push(mentoring::Model {
            id,
            mentor_id,
            newcomer_id,
            state: if over {
                MentoringState::Ended
            } else {
                MentoringState::Active
            },
            metric_key: "tickets_resolved".to_owned(),
            started_on: from,
            planned_end: after(100),
            ended_on: over.then(|| after(100)),
            result: over.then_some(MentoringResult::Reached),
            result_note: over.then(|| "Works alone. 可独立工作。".to_owned()),
            created_by: maker.user,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        for (goal, days) in GOALS {
            let due_on = after(days);
            let early = i64::try_from(days / 10).unwrap_or(1);
            let reached_on = due_on - TimeDelta::days(chance.between(0, early));
            let reached = reached_on < maker.today;
            self.goals.push(mentoring_goal::Model {
                id: chance.id(at),
                mentoring_id: id,
                goal: goal.to_owned(),
                due_on,
                reached_on: reached.then_some(reached_on),
                note: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        for (note, rating, days) in TALKS {
            let held_on = after(days);
            if held_on < maker.today {
                let at = at_hour(held_on, 17);
                self.check_ins.push(mentoring_check_in::Model {
                    id: chance.id(at),
                    mentoring_id: id,
                    held_on,
                    rating: Some(rating),
                    note: note.to_owned(),
                    written_by: maker.user,
                    written_by_name: "Mentor 导师".to_owned(),
                    created_at: at,
                });
            }
        }
    }

    /// Every other of the service staff attended the session.
    fn training(&mut self, maker: &Maker<'_>, here: &[Uuid]) {
        let mut chance = Chance::of(maker.seed, "growth course", 0);
        let starts_at = at_hour(days_ago(maker.today, 100), 14);
        let made = starts_at - TimeDelta::days(20);
        let course_id = chance.id(made);
        self.courses.push(training_course::Model {
            id: course_id,
            code: "calm.calls".to_owned(),
            name: "Calm on the telephone".to_owned(),
            name_zh: "通话中的情绪管理".to_owned(),
            subject: TrainingSubject::EmotionManagement,
            kind: TrainingKind::Course,
            audience: TrainingAudience::Staff,
            minutes: 120,
            description: "Staying calm when a customer isn't.".to_owned(),
            description_zh: Some("面对激动的客户如何保持冷静。".to_owned()),
            materials: json!([]),
            certificate_id: None,
            retired_at: None,
            version: 1,
            created_at: made,
            updated_at: made,
        });
        let session_id = chance.id(made);
        let ends_at = starts_at + TimeDelta::hours(2);
        self.sessions.push(training_session::Model {
            id: session_id,
            course_id,
            place: Some("培训室".to_owned()),
            link: None,
            guest_trainer: None,
            starts_at,
            ends_at,
            minutes: 120,
            capacity: 30,
            enrol_until: starts_at,
            state: TrainingSessionState::Held,
            reason: None,
            held_at: Some(ends_at),
            feedback_until: Some(ends_at + TimeDelta::days(14)),
            created_by: maker.user,
            version: 1,
            created_at: made,
            updated_at: ends_at,
        });
        for (turn, member) in (1..).zip(here.iter().step_by(2)) {
            self.enrolments.push(training_enrolment::Model {
                id: chance.id(made),
                session_id,
                member_id: *member,
                state: TrainingEnrolmentState::Enrolled,
                queued_at: made,
                turn,
                enrolled_by: maker.user,
                promoted_at: None,
                cancelled_at: None,
                attendance: Some(TrainingAttendance::Present),
                minutes: Some(120),
                granted_id: None,
                checked_in_at: Some(starts_at),
                version: 1,
                created_at: made,
                updated_at: ends_at,
            });
        }
        let at = at_hour(days_ago(maker.today, 3), 10).min(maker.as_of);
        let id = chance.id(at);
        let evidence = [Evidence {
            kind: TrainingNeedKind::LowRating,
            subject: "satisfaction".to_owned(),
            team: None,
            value: None,
            threshold: 35_000,
            cases: 24,
            people: 3,
        }];
        self.proposals.push(training_proposal::Model {
            id,
            course_id,
            purpose: "Ratings of three colleagues are low. 三名同事客户评分偏低。".to_owned(),
            priority: 2,
            evidence: json!(evidence),
            state: TrainingProposalState::Proposed,
            session_id: None,
            reason: None,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            created_by: maker.user,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        for member in here.iter().skip(1).step_by(2).take(3) {
            self.proposed.push(training_proposal_member::Model {
                id: chance.id(at),
                proposal_id: id,
                member_id: *member,
            });
        }
    }
}

impl Maker<'_> {
    /// The members who have worked for a while in one of these positions.
    fn working(&self, positions: &[&str]) -> Vec<Uuid> {
        let members = self.people.members.iter().enumerate();
        members
            .filter(|(place, row)| {
                row.left_on.is_none()
                    && row.joined_on < days_ago(self.today, 200)
                    && positions.contains(&self.people.seat_of(*place).position)
            })
            .map(|(_, row)| row.id)
            .collect()
    }
}
