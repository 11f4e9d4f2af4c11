//! Proposals follow the member, for whoever leads or looks after members; never for the member.

use entity::enums::Reach;
use entity::{talent_evidence, talent_proposal};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{MemberFacts, of_member};

fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
    standing.member_id != Some(facts.member.id)
        && reach != Reach::Own
        && facts.within(reach, standing)
}

fn proposals(condition: Condition) -> SelectStatement {
    talent_proposal::Entity::find()
        .select_only()
        .column(talent_proposal::Column::Id)
        .filter(condition)
        .into_query()
}

impl Scoped for talent_proposal::Entity {
    const READ: Permission = Permission::TalentRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::Own {
            return None;
        }
        let rows = of_member(talent_proposal::Column::MemberId, reach, standing)?;
        let others = standing
            .member_id
            .map(|me| talent_proposal::Column::MemberId.ne(me));
        Some(Condition::all().add(rows).add_option(others))
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        within(facts, reach, standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let me = standing.member_id?;
        Some(Condition::all().add(talent_proposal::Column::MemberId.eq(me)))
    }
}

impl Scoped for talent_evidence::Entity {
    const READ: Permission = Permission::TalentRead;
    type Facts = MemberFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let rows = talent_proposal::Entity::condition(reach, standing)?;
        let within = talent_evidence::Column::ProposalId.in_subquery(proposals(rows));
        Some(Condition::all().add(within))
    }

    fn within(facts: &MemberFacts, reach: Reach, standing: &Standing) -> bool {
        within(facts, reach, standing)
    }

    fn kept_from(standing: &Standing) -> Option<Condition> {
        let mine = talent_proposal::Entity::kept_from(standing)?;
        let about = talent_evidence::Column::ProposalId.in_subquery(proposals(mine));
        Some(Condition::all().add(about))
    }
}
