//! What the reaches mean for runs, awards and the ledger.
//!
//! Runs, payouts and locks are whole: who may read one may read all. Awards and what hangs on them follow their member; those of
//! others are pay, and take `member.pay.read` as well. Nobody has awards of a run that is still being worked out or was sent back.

use entity::enums::{IncentiveRunState, Reach};
use entity::{
    assignment, incentive_award, incentive_correction, incentive_lock, incentive_payout,
    incentive_question, incentive_run, incentive_transaction,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{is_placed_in, of_member};

/// Tables of which whoever may read one row may read all.
macro_rules! whole {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::IncentiveRunRead;
            type Facts = $table::Model;

            fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
                (reach == Reach::All).then(Condition::all)
            }

            fn within(_: &$table::Model, reach: Reach, _: &Standing) -> bool {
                reach == Reach::All
            }
        })*
    };
}

whole!(incentive_run, incentive_payout, incentive_lock);

/// Something of a member with what decides who may see it.
#[derive(Clone, Debug)]
pub struct OwnedFacts {
    /// The member.
    pub member: Uuid,
    /// All assignments of the member.
    pub assignments: Vec<assignment::Model>,
}

impl OwnedFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => standing.member_id == Some(self.member),
            _ => is_placed_in(&self.assignments, reach, standing),
        }
    }
}

/// An award with what decides who may see it.
#[derive(Clone, Debug)]
pub struct AwardFacts {
    /// Whose it is.
    pub of: OwnedFacts,
    /// How far its run is.
    pub state: IncentiveRunState,
}

/// Are the awards of such a run told?
const fn is_told(state: IncentiveRunState) -> bool {
    matches!(
        state,
        IncentiveRunState::Calculated | IncentiveRunState::Approved
    )
}

impl Scoped for incentive_award::Entity {
    const READ: Permission = Permission::IncentiveAwardRead;
    const ALSO: Option<Permission> = Some(Permission::MemberPayRead);
    type Facts = AwardFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(incentive_award::Column::MemberId, reach, standing)
    }

    fn within(facts: &AwardFacts, reach: Reach, standing: &Standing) -> bool {
        is_told(facts.state) && facts.of.within(reach, standing)
    }

    fn kept_from(_: &Standing) -> Option<Condition> {
        use IncentiveRunState::{Approved, Calculated};
        let untold = incentive_run::Entity::find()
            .select_only()
            .column(incentive_run::Column::Id)
            .filter(incentive_run::Column::State.is_not_in([Calculated, Approved]))
            .into_query();
        let within = incentive_award::Column::RunId.in_subquery(untold);
        Some(Condition::all().add(within))
    }
}

/// What follows its member.
macro_rules! of_members {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::IncentiveAwardRead;
            const ALSO: Option<Permission> = Some(Permission::MemberPayRead);
            type Facts = OwnedFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                of_member($table::Column::MemberId, reach, standing)
            }

            fn within(facts: &OwnedFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

of_members!(
    incentive_transaction,
    incentive_correction,
    incentive_question
);
