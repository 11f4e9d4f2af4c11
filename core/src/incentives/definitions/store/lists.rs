//! Rules, versions and simulations in lists.

use chrono::{DateTime, Utc};
use entity::enums::{
    IncentiveKind, IncentiveMethod, IncentivePeriod, IncentiveRuleState, IncentiveSimulationState,
};
use entity::{incentive_rule, incentive_rule_version, incentive_simulation};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, reach_of};
use crate::db::filter::{Matches, RangeMatches, TextMatches};
use crate::db::keyset::Sort;

/// Which rules. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RuleFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// What they are called.
    pub name: Option<TextMatches>,
    /// What they are called in Chinese.
    pub name_zh: Option<TextMatches>,
    /// What they give.
    pub kind: Option<Matches<IncentiveKind>>,
    /// By which method they work.
    pub method: Option<Matches<IncentiveMethod>>,
    /// For which time they give.
    pub period: Option<Matches<IncentivePeriod>>,
    /// With a version in such a state, as the viewer sees it.
    pub state: Option<Matches<IncentiveRuleState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, from the end.
    CodeDesc,
    /// The latest first.
    CreatedAtDesc,
}

impl Listed for incentive_rule::Entity {
    type Filter = RuleFilter;
    type Order = RuleOrder;

    fn matching(filter: &RuleFilter, viewer: &Viewer) -> Condition {
        use incentive_rule::Column::{Code, Id, Kind, Method, Name, NameZh, Period};
        let with_state = |is: &Matches<IncentiveRuleState>| {
            let read = <incentive_rule_version::Entity as crate::access::Scoped>::READ;
            let versions = incentive_rule_version::Entity::find()
                .select_only()
                .column(incentive_rule_version::Column::RuleId)
                .filter(reach_of::<incentive_rule_version::Entity>(viewer, read))
                .filter(is.on(incentive_rule_version::Column::State))
                .into_query();
            Condition::all().add(Id.in_subquery(versions))
        };
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Code)))
            .add_option(filter.name.as_ref().map(|is| is.on(Name)))
            .add_option(filter.name_zh.as_ref().map(|is| is.on(NameZh)))
            .add_option(filter.kind.as_ref().map(|is| is.on(Kind)))
            .add_option(filter.method.as_ref().map(|is| is.on(Method)))
            .add_option(filter.period.as_ref().map(|is| is.on(Period)))
            .add_option(filter.state.as_ref().map(with_state))
    }

    fn sorts(order: RuleOrder) -> Vec<Sort<incentive_rule::Column>> {
        use incentive_rule::Column::{Code, CreatedAt, Id};
        match order {
            RuleOrder::CodeAsc => vec![Sort::ascending(Code), Sort::ascending(Id)],
            RuleOrder::CodeDesc => vec![Sort::descending(Code), Sort::descending(Id)],
            RuleOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// The versions of a rule, the latest first.
pub struct RulesVersions;

impl Link for RulesVersions {
    type Child = incentive_rule_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        use incentive_rule_version::Column::{Id, RuleId};
        (Id, RuleId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        use incentive_rule_version::Column::{Id, Number};
        vec![Sort::descending(Number), Sort::descending(Id)]
    }
}

/// Which simulations. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct SimulationFilter {
    /// How far they are.
    pub state: Option<Matches<IncentiveSimulationState>>,
    /// For which time the rules give that are tried.
    pub period: Option<Matches<IncentivePeriod>>,
    /// When they were asked for.
    pub created_at: Option<RangeMatches<DateTime<Utc>>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SimulationOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

impl Listed for incentive_simulation::Entity {
    type Filter = SimulationFilter;
    type Order = SimulationOrder;

    fn matching(filter: &SimulationFilter, _: &Viewer) -> Condition {
        use incentive_simulation::Column::{CreatedAt, Period, State};
        Condition::all()
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.period.as_ref().map(|is| is.on(Period)))
            .add_option(filter.created_at.as_ref().map(|is| is.on(CreatedAt)))
    }

    fn sorts(order: SimulationOrder) -> Vec<Sort<incentive_simulation::Column>> {
        use incentive_simulation::Column::{CreatedAt, Id};
        match order {
            SimulationOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
            SimulationOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        }
    }
}
