//! What the reaches mean for proposals: `OWN` is whoever made it or is meant, the others hold a proposal when one of its members
//! is placed there.

use entity::enums::Reach;
use entity::{assignment, training_proposal, training_proposal_member};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{MemberFacts, is_placed_in, of_member};

/// A proposal with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ProposalFacts {
    /// Who made it.
    pub created_by: Uuid,
    /// The members with their assignments.
    pub members: Vec<(Uuid, Vec<assignment::Model>)>,
}

impl Scoped for training_proposal::Entity {
    const READ: Permission = Permission::TrainingNeedRead;
    type Facts = ProposalFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        let members = of_member(training_proposal_member::Column::MemberId, reach, standing);
        let meant = members.map(|members| {
            let keys = training_proposal_member::Entity::find()
                .select_only()
                .column(training_proposal_member::Column::ProposalId)
                .filter(members)
                .into_query();
            training_proposal::Column::Id.in_subquery(keys)
        });
        let made = standing
            .principal_id
            .filter(|_| reach == Reach::Own)
            .map(|me| training_proposal::Column::CreatedBy.eq(me));
        Some(Condition::any().add_option(meant).add_option(made)).filter(|rows| !rows.is_empty())
    }

    fn within(facts: &ProposalFacts, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => {
                standing.principal_id == Some(facts.created_by)
                    || facts
                        .members
                        .iter()
                        .any(|(member, _)| standing.member_id == Some(*member))
            }
            _ => facts
                .members
                .iter()
                .any(|(_, assignments)| is_placed_in(assignments, reach, standing)),
        }
    }
}

/// For whom it is proposed follows the member.
impl Scoped for training_proposal_member::Entity {
    const READ: Permission = Permission::TrainingNeedRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(training_proposal_member::Column::MemberId, reach, standing)
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}
