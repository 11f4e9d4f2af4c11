//! How the demo company's people get on: profiles and assessments, probations of newcomers, a planned rotation, the talent pipeline,
//! and two surveys of the staff, one that is over and one that can be answered now.

mod wording;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Months, NaiveDate, Utc};
use entity::enums::{
    AssignmentKind, ProbationOutcome, ProbationState, RotationState, StaffSurveyState,
    TalentEvidenceKind, TalentReadiness, TalentState,
};
use entity::{
    competency_assessment, competency_profile, competency_want, probation, probation_review,
    rotation, staff_survey_cell, staff_survey_invitation, staff_survey_question,
    staff_survey_round, staff_survey_tally, talent_evidence, talent_proposal,
};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago, opening_day};
use super::organisation::Organisation;
use super::people::People;
use super::random::Chance;
use crate::organisation::competencies::{SHIPPED, competency_id};
use crate::organisation::holds_on;
use crate::organisation::opinions::actions::choices;
use wording::{EVIDENCE, QUESTIONS, WANTS};

/// Assessments of a member with whom it begins; how many members are assessed.
const ASSESSED: usize = 60;
/// The least people that a part is shown with.
const MINIMUM: i32 = 5;

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Careers {
    /// What positions want.
    pub profiles: Vec<competency_profile::Model>,
    /// How much of what.
    pub wants: Vec<competency_want::Model>,
    /// What members were found to have.
    pub assessments: Vec<competency_assessment::Model>,
    /// Probations.
    pub probations: Vec<probation::Model>,
    /// What was decided about them.
    pub reviews: Vec<probation_review::Model>,
    /// Rotations.
    pub rotations: Vec<rotation::Model>,
    /// Surveys of the staff.
    pub rounds: Vec<staff_survey_round::Model>,
    /// Their questions.
    pub questions: Vec<staff_survey_question::Model>,
    /// Where people were asked.
    pub cells: Vec<staff_survey_cell::Model>,
    /// How often what was chosen.
    pub tallies: Vec<staff_survey_tally::Model>,
    /// Who was asked.
    pub invitations: Vec<staff_survey_invitation::Model>,
    /// Who could take over what.
    pub proposals: Vec<talent_proposal::Model>,
    /// By what.
    pub evidence: Vec<talent_evidence::Model>,
}

/// What the rows are made of.
struct Maker<'c> {
    seed: u64,
    today: NaiveDate,
    organisation: &'c Organisation,
    people: &'c People,
    hr: Uuid,
    lead: (Uuid, &'c str),
}

impl Careers {
    /// Generates them as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
        accounts: &Accounts,
    ) -> Self {
        let user = |login: &str| &accounts.users[accounts.demo(login)];
        let lead = user("lead.demo");
        let maker = Maker {
            seed,
            today: day_of(as_of),
            organisation,
            people,
            hr: user("hr.demo").id,
            lead: (lead.id, &lead.display_name),
        };
        let mut rows = Self::default();
        rows.profiles(&maker);
        rows.assess(&maker);
        rows.probations(&maker);
        let agent = user("agent.demo").member_id;
        rows.rotate(&maker, agent);
        rows.propose(&maker);
        rows.survey(
            &maker,
            0,
            days_ago(maker.today, 100),
            StaffSurveyState::Closed,
        );
        rows.survey(&maker, 1, days_ago(maker.today, 3), StaffSurveyState::Open);
        rows
    }

    fn profiles(&mut self, maker: &Maker<'_>) {
        let opened = opening_day(maker.today);
        let at = at_hour(opened, 9);
        for (index, position) in (0_u64..).zip(&maker.organisation.positions) {
            let id = Chance::of(maker.seed, "competency profile", index).id(at);
            self.profiles.push(competency_profile::Model {
                id,
                position_id: position.id,
                number: 1,
                valid_from: opened,
                note: None,
                created_by: None,
                created_at: at,
            });
            let wants = WANTS.iter().find(|(family, _)| *family == position.family);
            let mut chance = Chance::of(maker.seed, "competency want", index);
            for (shipped, level) in SHIPPED
                .iter()
                .zip(wants.map_or([3; 6], |(_, levels)| *levels))
            {
                self.wants.push(competency_want::Model {
                    id: chance.id(at),
                    profile_id: id,
                    competency_id: competency_id(shipped[0]),
                    level,
                });
            }
        }
    }

    /// The members who are longest here, half a year ago and by the three competencies that count most in the first place.
    fn assess(&mut self, maker: &Maker<'_>) {
        let here = maker
            .people
            .members
            .iter()
            .filter(|row| row.left_on.is_none());
        for (index, member) in (0_u64..).zip(here.take(ASSESSED)) {
            let mut chance = Chance::of(maker.seed, "competency assessment", index);
            for (shipped, evidence) in SHIPPED.iter().zip(EVIDENCE) {
                let back = u64::try_from(chance.between(20, 200)).unwrap_or(20);
                let day = days_ago(maker.today, back).max(member.joined_on);
                let at = at_hour(day, 15);
                self.assessments.push(competency_assessment::Model {
                    id: chance.id(at),
                    member_id: member.id,
                    competency_id: competency_id(shipped[0]),
                    level: chance.weighted(&[(2, 2), (3, 4), (4, 3), (5, 1)]),
                    evidence: evidence.to_owned(),
                    assessed_on: day,
                    assessed_by: Some(maker.lead.0),
                    assessed_by_name: maker.lead.1.to_owned(),
                    created_at: at,
                });
            }
        }
    }

    /// Whoever joined within a year had a probation of three months; that of the newest was extended to six.
    fn probations(&mut self, maker: &Maker<'_>) {
        let since = days_ago(maker.today, 365);
        let here = maker.people.members.iter();
        let newcomers = here.filter(|row| row.left_on.is_none() && row.joined_on > since);
        let newest = newcomers.clone().max_by_key(|row| (row.joined_on, row.id));
        let newest = newest.map(|row| row.id);
        for (index, member) in (0_u64..).zip(newcomers) {
            let mut chance = Chance::of(maker.seed, "probation", index);
            let end = |months| {
                let end = member.joined_on.checked_add_months(Months::new(months));
                end.unwrap_or(member.joined_on)
            };
            let begun = at_hour(member.joined_on, 9);
            let extended = newest == Some(member.id);
            let planned_end = end(if extended { 6 } else { 3 });
            let over = planned_end <= maker.today;
            let id = chance.id(begun);
            let mut review = |outcome, day: NaiveDate, new_end| {
                let at = at_hour(day, 14);
                probation_review::Model {
                    id: chance.id(at),
                    probation_id: id,
                    member_id: member.id,
                    outcome,
                    reason: match outcome {
                        ProbationOutcome::Confirmed => {
                            "Works alone and asks when needed. 能独立处理工单，遇疑难会主动求助。"
                        }
                        _ => "Needs more time with the products. 产品知识尚需时间。",
                    }
                    .to_owned(),
                    effective_on: day,
                    new_end,
                    reviewed_by: Some(maker.lead.0),
                    reviewed_by_name: maker.lead.1.to_owned(),
                    created_at: at,
                }
            };
            let mut reviews = Vec::new();
            if extended && end(3) <= maker.today {
                reviews.push(review(ProbationOutcome::Extended, end(3), Some(end(6))));
            }
            if over {
                reviews.push(review(ProbationOutcome::Confirmed, planned_end, None));
            }
            let known = reviews.last().map_or(begun, |review| review.created_at);
            self.probations.push(probation::Model {
                id,
                member_id: member.id,
                starts_on: member.joined_on,
                planned_end: if extended && reviews.is_empty() {
                    end(3)
                } else {
                    planned_end
                },
                state: if over {
                    ProbationState::Confirmed
                } else {
                    ProbationState::Running
                },
                ended_on: over.then_some(planned_end),
                created_by: Some(maker.hr),
                version: i32::try_from(reviews.len()).unwrap_or(0) + 1,
                created_at: begun,
                updated_at: known,
            });
            self.reviews.append(&mut reviews);
        }
    }

    /// The demo agent is to spend two months with complaints; nobody is placed by that yet.
    fn rotate(&mut self, maker: &Maker<'_>, agent: Option<Uuid>) {
        let team = maker
            .organisation
            .teams
            .iter()
            .find(|team| team.code == "CS-CARE");
        let (Some(member_id), Some(team)) = (agent, team) else {
            return;
        };
        let month = |months| {
            let next = maker.today.checked_add_months(Months::new(months));
            next.unwrap_or(maker.today)
        };
        let at = at_hour(days_ago(maker.today, 2), 11);
        self.rotations.push(rotation::Model {
            id: Chance::of(maker.seed, "rotation", 0).id(at),
            member_id,
            team_id: team.id,
            position_id: Some(maker.organisation.position("CSC").id),
            role: "投诉处理（轮岗）".to_owned(),
            goal: "Settles complaints alone after two months. 两个月后能独立处理投诉。".to_owned(),
            starts_on: month(1),
            ends_on: month(3),
            state: RotationState::Planned,
            origin_id: None,
            assignment_id: None,
            finished_on: None,
            returned: None,
            result: None,
            created_by: Some(maker.hr),
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }

    /// Of every fifth member who was assessed it is said when the member could lead a team.
    fn propose(&mut self, maker: &Maker<'_>) {
        let position_id = maker.organisation.position("CSL").id;
        let mut assessed: Vec<Uuid> = Vec::new();
        for row in &self.assessments {
            if assessed.last() != Some(&row.member_id) {
                assessed.push(row.member_id);
            }
        }
        let readiness = [
            TalentReadiness::ReadyNow,
            TalentReadiness::WithinOneYear,
            TalentReadiness::OneToTwoYears,
            TalentReadiness::NotYet,
        ];
        for (index, member_id) in (0_u64..).zip(assessed.into_iter().step_by(5)) {
            let at = at_hour(days_ago(maker.today, 15), 10);
            let mut chance = Chance::of(maker.seed, "talent proposal", index);
            let id = chance.id(at);
            let decided = index % 3 != 2;
            self.proposals.push(talent_proposal::Model {
                id,
                member_id,
                position_id,
                readiness: chance.pick(&readiness),
                reason: "Colleagues ask her first. 同事遇到问题首先请教。".to_owned(),
                state: if decided {
                    TalentState::Accepted
                } else {
                    TalentState::Proposed
                },
                proposed_by: Some(maker.lead.0),
                proposed_by_name: maker.lead.1.to_owned(),
                decided_by: decided.then_some(maker.hr),
                decided_by_name: decided.then(|| "HR".to_owned()),
                decided_at: decided.then_some(at),
                decision_note: None,
                version: 1 + i32::from(decided),
                created_at: at,
                updated_at: at,
            });
            let piece = |place, kind, id| talent_evidence::Model {
                id,
                proposal_id: self.proposals.last().map_or(Uuid::nil(), |row| row.id),
                place,
                kind,
                note: None,
                assessment_id: None,
                certificate_id: None,
                attempt_id: None,
                hours_year: None,
            };
            let assessment = self
                .assessments
                .iter()
                .find(|row| row.member_id == member_id);
            let pieces = [
                talent_evidence::Model {
                    assessment_id: assessment.map(|row| row.id),
                    ..piece(1, TalentEvidenceKind::Competency, chance.id(at))
                },
                talent_evidence::Model {
                    note: Some("Has stood in for the lead twice. 两次代理组长。".to_owned()),
                    ..piece(2, TalentEvidenceKind::Other, chance.id(at))
                },
            ];
            self.evidence.extend(pieces);
        }
    }

    /// A survey that was opened on a day: one that is over was answered by some four of five.
    fn survey(
        &mut self,
        maker: &Maker<'_>,
        index: u64,
        opened: NaiveDate,
        state: StaffSurveyState,
    ) {
        let at = at_hour(opened, 9);
        let mut chance = Chance::of(maker.seed, "staff survey", index);
        let round_id = chance.id(at);
        let closed = state == StaffSurveyState::Closed;
        let questions: Vec<staff_survey_question::Model> = (1..)
            .zip(QUESTIONS)
            .map(
                |(place, (kind, text, text_zh, options))| staff_survey_question::Model {
                    id: chance.id(at),
                    round_id,
                    place,
                    kind,
                    text: text.to_owned(),
                    text_zh: text_zh.to_owned(),
                    options: serde_json::json!(options),
                },
            )
            .collect();
        let departments: BTreeMap<Uuid, Uuid> = maker
            .organisation
            .teams
            .iter()
            .map(|team| (team.id, team.department_id))
            .collect();
        let mut homes: BTreeMap<(Option<Uuid>, Option<Uuid>), BTreeSet<Uuid>> = BTreeMap::new();
        for row in &maker.people.assignments {
            if row.kind == AssignmentKind::Home && holds_on(row.valid_from, row.valid_to, opened) {
                let of_team = row.team_id.and_then(|team| departments.get(&team).copied());
                let place = (of_team.or(row.department_id), row.team_id);
                homes.entry(place).or_default().insert(row.member_id);
            }
        }
        let mut invited = 0;
        for ((department_id, team_id), members) in homes {
            let cell_id = chance.id(at);
            let mut counts: BTreeMap<(Uuid, i32), i32> = BTreeMap::new();
            let mut people = 0;
            for member_id in members {
                let answered = closed && chance.percent(80);
                invited += 1;
                people += i32::from(answered);
                self.invitations.push(staff_survey_invitation::Model {
                    id: chance.id(at),
                    round_id,
                    member_id,
                    cell_id,
                    answered,
                });
                for question in questions.iter().filter(|_| answered) {
                    let choice = match choices(question) {
                        5 => chance.weighted(&[(1, 1), (2, 2), (3, 5), (4, 8), (5, 4)]),
                        most => i32::try_from(chance.between(1, most.into())).unwrap_or(1),
                    };
                    *counts.entry((question.id, choice)).or_default() += 1;
                }
            }
            self.cells.push(staff_survey_cell::Model {
                id: cell_id,
                round_id,
                department_id,
                team_id,
                people,
            });
            for question in &questions {
                for choice in 1..=choices(question) {
                    self.tallies.push(staff_survey_tally::Model {
                        id: chance.id(at),
                        cell_id,
                        question_id: question.id,
                        choice,
                        people: counts.get(&(question.id, choice)).copied().unwrap_or(0),
                    });
                }
            }
        }
        self.questions.extend(questions);
        let closes_on = opened + chrono::TimeDelta::days(21);
        self.rounds.push(staff_survey_round::Model {
            id: round_id,
            title: if closed {
                "How we work together"
            } else {
                "How we work together, again"
            }
            .to_owned(),
            title_zh: if closed {
                "团队协作与工作状态调查"
            } else {
                "团队协作与工作状态调查（第二轮）"
            }
            .to_owned(),
            state,
            opened_on: Some(opened),
            closes_on,
            minimum: Some(MINIMUM),
            invited: Some(invited),
            created_by: maker.hr,
            version: if closed { 3 } else { 2 },
            created_at: at,
            updated_at: if closed { at_hour(closes_on, 9) } else { at },
        });
    }
}
