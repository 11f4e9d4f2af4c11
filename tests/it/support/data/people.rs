use aftercare::organisation::competencies::competency_id;
use entity::enums::{
    ProbationOutcome, ProbationState, RotationState, StaffQuestionKind, StaffSurveyState,
    TalentEvidenceKind, TalentReadiness, TalentState,
};
use entity::{
    competency_assessment, competency_profile, competency_want, probation, probation_review,
    rotation, staff_survey_cell, staff_survey_invitation, staff_survey_question,
    staff_survey_round, staff_survey_tally, talent_evidence, talent_proposal,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Table, days_ago, key, long_ago, start, write};

/// What people can do, how they begin, where they go next, how they are.
#[derive(Clone, Debug, Default)]
pub struct PeopleRows {
    pub profiles: Vec<competency_profile::Model>,
    pub wants: Vec<competency_want::Model>,
    pub assessments: Vec<competency_assessment::Model>,
    pub probations: Vec<probation::Model>,
    pub reviews: Vec<probation_review::Model>,
    pub rotations: Vec<rotation::Model>,
    pub rounds: Vec<staff_survey_round::Model>,
    pub questions: Vec<staff_survey_question::Model>,
    pub cells: Vec<staff_survey_cell::Model>,
    pub tallies: Vec<staff_survey_tally::Model>,
    pub invitations: Vec<staff_survey_invitation::Model>,
    pub proposals: Vec<talent_proposal::Model>,
    pub evidence: Vec<talent_evidence::Model>,
}

impl PeopleRows {
    /// Writes everything; members, positions, certificates and attempts must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.profiles).await;
        write(tx, &self.wants).await;
        write(tx, &self.assessments).await;
        write(tx, &self.probations).await;
        write(tx, &self.reviews).await;
        write(tx, &self.rotations).await;
        write(tx, &self.rounds).await;
        write(tx, &self.questions).await;
        write(tx, &self.cells).await;
        write(tx, &self.tallies).await;
        write(tx, &self.invitations).await;
        write(tx, &self.proposals).await;
        write(tx, &self.evidence).await;
    }

    /// Team leads (position 3) need communication 4 and analysis 3. The agent has communication 3, as was seen ten days ago; the
    /// lead communication 5. The colleague is on probation, which was extended once and ends in ten days. A rotation of the
    /// agent to the claims team is planned. A survey of the staff was closed, in which six of the desk and five of the technicians
    /// answered. The agent is proposed and accepted as a team lead within a year; the lead is proposed for position 2.
    pub fn small() -> Self {
        let mut rows = Self::default();
        let member = |n| key(Table::Member, n);
        rows.profiles.push(competency_profile::Model {
            id: key(Table::CompetencyProfile, 1),
            position_id: key(Table::Position, 3),
            number: 1,
            valid_from: long_ago(),
            note: None,
            created_by: None,
            created_at: start(),
        });
        for (n, code, level) in [(1, "communication", 4), (2, "analysis", 3)] {
            rows.wants.push(competency_want::Model {
                id: key(Table::CompetencyWant, n),
                profile_id: key(Table::CompetencyProfile, 1),
                competency_id: competency_id(code),
                level,
            });
        }
        for (n, who, level) in [(1, 2, 3), (2, 1, 5)] {
            rows.assessments.push(competency_assessment::Model {
                id: key(Table::Assessment, n),
                member_id: member(who),
                competency_id: competency_id("communication"),
                level,
                evidence: "Calm with an angry caller.".to_owned(),
                assessed_on: days_ago(10),
                assessed_by: None,
                assessed_by_name: "Sun Min".to_owned(),
                created_at: start(),
            });
        }
        rows.probation(member(3));
        rows.rotations.push(rotation::Model {
            id: key(Table::Rotation, 1),
            member_id: member(2),
            team_id: key(Table::Team, 6),
            position_id: None,
            role: "claims".to_owned(),
            goal: "Learns how claims are settled.".to_owned(),
            starts_on: days_ago(-5),
            ends_on: days_ago(-65),
            state: RotationState::Planned,
            origin_id: None,
            assignment_id: None,
            finished_on: None,
            returned: None,
            result: None,
            created_by: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        rows.survey(&[(1, 2, 6), (2, 5, 5)]);
        rows.proposal(1, member(2), 3, TalentState::Accepted);
        rows.proposal(2, member(1), 2, TalentState::Proposed);
        rows
    }

    fn probation(&mut self, member_id: Uuid) {
        self.probations.push(probation::Model {
            id: key(Table::Probation, 1),
            member_id,
            starts_on: days_ago(110),
            planned_end: days_ago(-10),
            state: ProbationState::Running,
            ended_on: None,
            created_by: None,
            version: 2,
            created_at: start(),
            updated_at: start(),
        });
        self.reviews.push(probation_review::Model {
            id: key(Table::ProbationReview, 1),
            probation_id: key(Table::Probation, 1),
            member_id,
            outcome: ProbationOutcome::Extended,
            reason: "Was ill for a month.".to_owned(),
            effective_on: days_ago(20),
            new_end: Some(days_ago(-10)),
            reviewed_by: None,
            reviewed_by_name: "Wang Fang".to_owned(),
            created_at: start(),
        });
    }

    /// A closed round with a rating, which everybody answered with 4, and a choice, with its first option; so many people in
    /// each team of a department.
    fn survey(&mut self, cells: &[(usize, usize, i32)]) {
        let round_id = key(Table::StaffSurvey, 1);
        let all: i32 = cells.iter().map(|(_, _, people)| people).sum();
        self.rounds.push(staff_survey_round::Model {
            id: round_id,
            title: "How are you?".to_owned(),
            title_zh: "你好吗".to_owned(),
            state: StaffSurveyState::Closed,
            opened_on: Some(days_ago(40)),
            closes_on: days_ago(20),
            minimum: Some(5),
            invited: Some(all),
            created_by: key(Table::User, 1),
            version: 3,
            created_at: start(),
            updated_at: start(),
        });
        let kinds = [
            (1, StaffQuestionKind::Rating, json!([])),
            (
                2,
                StaffQuestionKind::Choice,
                json!([["Yes", "是"], ["No", "否"]]),
            ),
        ];
        for (place, kind, options) in kinds {
            self.questions.push(staff_survey_question::Model {
                id: key(
                    Table::StaffQuestion,
                    usize::try_from(place).expect("a place"),
                ),
                round_id,
                place,
                kind,
                text: "Do you like it here?".to_owned(),
                text_zh: "你喜欢这里吗".to_owned(),
                options,
            });
        }
        for (n, (department, team, people)) in (1..).zip(cells) {
            self.cells.push(staff_survey_cell::Model {
                id: key(Table::StaffCell, n),
                round_id,
                department_id: Some(key(Table::Department, *department)),
                team_id: Some(key(Table::Team, *team)),
                people: *people,
            });
            for (question, choices, chosen) in [(1, 5, 4), (2, 2, 1)] {
                for choice in 1..=choices {
                    self.tallies.push(staff_survey_tally::Model {
                        id: key(Table::StaffTally, self.tallies.len() + 1),
                        cell_id: key(Table::StaffCell, n),
                        question_id: key(Table::StaffQuestion, question),
                        choice,
                        people: if choice == chosen { *people } else { 0 },
                    });
                }
            }
        }
        for (n, who) in (1..).zip([1, 2, 3]) {
            self.invitations.push(staff_survey_invitation::Model {
                id: key(Table::StaffInvitation, n),
                round_id,
                member_id: key(Table::Member, who),
                cell_id: key(Table::StaffCell, 1),
                answered: true,
            });
        }
    }

    fn proposal(&mut self, n: usize, member_id: Uuid, position: usize, state: TalentState) {
        self.proposals.push(talent_proposal::Model {
            id: key(Table::Talent, n),
            member_id,
            position_id: key(Table::Position, position),
            readiness: TalentReadiness::WithinOneYear,
            reason: "Keeps calm and explains well.".to_owned(),
            state,
            proposed_by: None,
            proposed_by_name: "Sun Min".to_owned(),
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision_note: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        let piece = |place: i32, kind| talent_evidence::Model {
            id: key(
                Table::TalentEvidence,
                n * 10 + usize::try_from(place).expect("a place"),
            ),
            proposal_id: key(Table::Talent, n),
            place,
            kind,
            note: Some("Ask the customers.".to_owned()),
            assessment_id: None,
            certificate_id: None,
            attempt_id: None,
            hours_year: None,
        };
        self.evidence.push(talent_evidence::Model {
            assessment_id: Some(key(Table::Assessment, n)),
            ..piece(1, TalentEvidenceKind::Competency)
        });
        self.evidence.push(talent_evidence::Model {
            hours_year: Some(2026),
            ..piece(2, TalentEvidenceKind::TrainingHours)
        });
    }
}
