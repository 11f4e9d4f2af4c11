//! What the reaches mean for rules and what hangs on them.
//!
//! `OWN` are the rules that give awards to the staff, or did, with the versions that do or did; `ALL` has drafts and simulations too.
//! What batches of a simulation came to isn't scoped, for nobody but the worker reads these rows.

use entity::enums::Reach;
use entity::{incentive_rule, incentive_rule_version, incentive_simulation};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing};

/// A rule with what decides who may see it.
#[derive(Clone, Debug)]
pub struct RuleFacts {
    /// The rule.
    pub rule: incentive_rule::Model,
    /// Its versions.
    pub versions: Vec<incentive_rule_version::Model>,
}

impl Scoped for incentive_rule::Entity {
    const READ: Permission = Permission::IncentiveRuleRead;
    type Facts = RuleFacts;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => {
                let given = incentive_rule_version::Entity::find()
                    .select_only()
                    .column(incentive_rule_version::Column::RuleId)
                    .filter(incentive_rule_version::Column::ActiveFrom.is_not_null())
                    .into_query();
                Some(Condition::all().add(incentive_rule::Column::Id.in_subquery(given)))
            }
            _ => None,
        }
    }

    fn within(facts: &RuleFacts, reach: Reach, _: &Standing) -> bool {
        let given = |version: &incentive_rule_version::Model| {
            version.rule_id == facts.rule.id && version.active_from.is_some()
        };
        match reach {
            Reach::All => true,
            Reach::Own => facts.versions.iter().any(given),
            _ => false,
        }
    }
}

impl Scoped for incentive_rule_version::Entity {
    const READ: Permission = Permission::IncentiveRuleRead;
    type Facts = incentive_rule_version::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => {
                Some(Condition::all().add(incentive_rule_version::Column::ActiveFrom.is_not_null()))
            }
            _ => None,
        }
    }

    fn within(version: &incentive_rule_version::Model, reach: Reach, _: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => version.active_from.is_some(),
            _ => false,
        }
    }
}

impl Scoped for incentive_simulation::Entity {
    const READ: Permission = Permission::IncentiveRuleRead;
    type Facts = incentive_simulation::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &incentive_simulation::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
