use entity::enums::TrainingProposalState;
use entity::{training_proposal, training_proposal_member};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Table, key, start, write};

/// Proposals with those for whom they are.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    pub proposals: Vec<training_proposal::Model>,
    pub members: Vec<training_proposal_member::Model>,
}

impl Proposals {
    /// Writes everything; courses and members must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.proposals).await;
        write(tx, &self.members).await;
    }

    /// Course 1, which session 1 is of, is proposed for the agent and the mover.
    pub fn small() -> Self {
        let mut rows = Self::default();
        let evidence = json!([{ "kind": "low_rating", "subject": "satisfaction", "team": null, "value": null, "threshold": 35_000, "cases": 9, "people": 2 }]);
        rows.proposals.push(training_proposal::Model {
            id: key(Table::Proposal, 1),
            course_id: key(Table::Course, 1),
            purpose: "Better ratings. 提升评分".to_owned(),
            priority: 2,
            evidence,
            state: TrainingProposalState::Proposed,
            session_id: None,
            reason: None,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            created_by: Uuid::nil(),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        for (n, member) in [(1, 2), (2, 5)] {
            rows.members.push(training_proposal_member::Model {
                id: key(Table::ProposalMember, n),
                proposal_id: key(Table::Proposal, 1),
                member_id: key(Table::Member, member),
            });
        }
        rows
    }
}
