use chrono::TimeDelta;
use entity::enums::{CreditRole, CreditSource, FollowUpState, HandoverState, SurveyState};
use entity::{survey, survey_answer, survey_follow_up, ticket_credit, ticket_handover};
use uuid::Uuid;

use super::{Data, Table, key, start};

impl Data {
    /// A survey of a ticket, sent yesterday; `answer` is the rating, if there is one.
    pub fn survey(&mut self, ticket_id: Uuid, answer: Option<i32>) -> Uuid {
        let n = self.surveys.len() + 1;
        let id = key(Table::Survey, n);
        let of = self
            .tickets
            .iter()
            .find(|row| row.id == ticket_id)
            .expect("the ticket stands before its survey");
        let sent_at = start() - TimeDelta::days(1);
        self.surveys.push(survey::Model {
            id,
            ticket_id,
            customer_id: of.customer_id,
            contact_id: of.contact_id,
            round: 0,
            state: if answer.is_some() {
                SurveyState::Answered
            } else {
                SurveyState::Open
            },
            sent_at,
            expires_at: sent_at + TimeDelta::days(14),
            version: 1,
            created_at: sent_at,
            updated_at: sent_at,
        });
        if let Some(rating) = answer {
            self.survey_answers.push(survey_answer::Model {
                id: key(Table::SurveyAnswer, n),
                survey_id: id,
                ticket_id,
                rating,
                response: Some(rating),
                attitude: None,
                solution: None,
                comment: Some("In my own words. 评语".to_owned()),
                answered_at: sent_at + TimeDelta::hours(1),
            });
        }
        id
    }

    /// What is done about a low rating, by a member.
    pub fn follow_up(&mut self, survey_id: Uuid, member_id: Uuid) -> Uuid {
        let id = key(Table::FollowUp, self.follow_ups.len() + 1);
        let of = self
            .surveys
            .iter()
            .find(|row| row.id == survey_id)
            .expect("the survey stands before its follow-up");
        self.follow_ups.push(survey_follow_up::Model {
            id,
            survey_id,
            ticket_id: of.ticket_id,
            member_id: Some(member_id),
            state: FollowUpState::Open,
            due_at: start() + TimeDelta::days(1),
            result: None,
            closed_by: None,
            closed_at: None,
            version: 1,
            created_at: start() - TimeDelta::hours(23),
            updated_at: start() - TimeDelta::hours(23),
        });
        id
    }

    /// An open offer to hand over a ticket.
    pub fn handover(&mut self, ticket_id: Uuid, from: Uuid, to: Uuid) -> Uuid {
        let id = key(Table::Handover, self.handovers.len() + 1);
        self.handovers.push(ticket_handover::Model {
            id,
            ticket_id,
            from_member_id: Some(from),
            to_member_id: to,
            state: HandoverState::Offered,
            reason: "On leave next week. 下周休假".to_owned(),
            offered_by: Uuid::nil(),
            answer: None,
            answered_at: None,
            version: 1,
            created_at: start() - TimeDelta::hours(2),
            updated_at: start() - TimeDelta::hours(2),
        });
        id
    }

    /// The shares of a ticket's first resolution, the owner's first.
    pub fn credit(&mut self, ticket_id: Uuid, shares: &[(Uuid, i32)]) {
        for (place, (member_id, share)) in shares.iter().enumerate() {
            self.credits.push(ticket_credit::Model {
                id: key(Table::Credit, self.credits.len() + 1),
                ticket_id,
                round: 0,
                member_id: *member_id,
                role: if place == 0 {
                    CreditRole::Owner
                } else {
                    CreditRole::Contributor
                },
                share: *share,
                source: CreditSource::Rule,
                reason: None,
                recorded_by: None,
                recorded_at: start() - TimeDelta::days(1),
                replaced_at: None,
            });
        }
    }
}
