//! Filters and orderings of proposals and rules, and what hangs from what.

use entity::enums::{RuleProposalKind, RuleProposalState};
use entity::{department, rule_comment, rule_proposal, team, team_rule, team_rule_version};
use sea_orm::{ColumnTrait, Condition};

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, TextMatches};
use crate::db::keyset::Sort;

/// Which proposals.
#[derive(Clone, Debug, Default)]
pub struct ProposalFilter {
    /// How far they are.
    pub state: Option<Matches<RuleProposalState>>,
    /// What they are for.
    pub kind: Option<Matches<RuleProposalKind>>,
    /// For which team.
    pub team_id: Option<IdMatches>,
    /// For which department.
    pub department_id: Option<IdMatches>,
    /// About which rule.
    pub rule_id: Option<IdMatches>,
    /// One's own, or those of others.
    pub mine: Option<bool>,
}

/// How proposals are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProposalOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
    /// The vote that ends first.
    VotingUntilAsc,
}

impl Listed for rule_proposal::Entity {
    type Filter = ProposalFilter;
    type Order = ProposalOrder;

    fn matching(filter: &ProposalFilter, viewer: &Viewer) -> Condition {
        use rule_proposal::Column::{DepartmentId, Kind, ProposerId, RuleId, State, TeamId};
        let me = viewer.standing.member_id.unwrap_or_default();
        Condition::all()
            .add_option(filter.state.as_ref().map(|it| it.on(State)))
            .add_option(filter.kind.as_ref().map(|it| it.on(Kind)))
            .add_option(
                filter
                    .team_id
                    .as_ref()
                    .map(|it| compare_reference::<team::Entity>(it, TeamId, viewer)),
            )
            .add_option(
                filter
                    .department_id
                    .as_ref()
                    .map(|it| compare_reference::<department::Entity>(it, DepartmentId, viewer)),
            )
            .add_option(
                filter
                    .rule_id
                    .as_ref()
                    .map(|it| compare_reference::<team_rule::Entity>(it, RuleId, viewer)),
            )
            .add_option(filter.mine.map(|mine| {
                if mine {
                    ProposerId.eq(me)
                } else {
                    ProposerId.ne(me)
                }
            }))
    }

    fn sorts(order: ProposalOrder) -> Vec<Sort<rule_proposal::Column>> {
        use rule_proposal::Column::{CreatedAt, Id, VotingUntil};
        match order {
            ProposalOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
            ProposalOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            ProposalOrder::VotingUntilAsc => {
                vec![Sort::ascending(VotingUntil), Sort::ascending(Id)]
            }
        }
    }
}

/// Which rules.
#[derive(Clone, Debug, Default)]
pub struct RuleFilter {
    /// What they are called.
    pub title: Option<TextMatches>,
    /// For which team.
    pub team_id: Option<IdMatches>,
    /// For which department.
    pub department_id: Option<IdMatches>,
    /// Repealed, now or from a later day on, or not.
    pub repealed: Option<bool>,
}

/// How rules are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleOrder {
    /// By title.
    #[default]
    TitleAsc,
    /// The latest first.
    CreatedAtDesc,
}

impl Listed for team_rule::Entity {
    type Filter = RuleFilter;
    type Order = RuleOrder;

    fn matching(filter: &RuleFilter, viewer: &Viewer) -> Condition {
        use team_rule::Column::{DepartmentId, RepealedFrom, TeamId, Title};
        Condition::all()
            .add_option(filter.title.as_ref().map(|it| it.on(Title)))
            .add_option(
                filter
                    .team_id
                    .as_ref()
                    .map(|it| compare_reference::<team::Entity>(it, TeamId, viewer)),
            )
            .add_option(
                filter
                    .department_id
                    .as_ref()
                    .map(|it| compare_reference::<department::Entity>(it, DepartmentId, viewer)),
            )
            .add_option(filter.repealed.map(|repealed| {
                if repealed {
                    RepealedFrom.is_not_null()
                } else {
                    RepealedFrom.is_null()
                }
            }))
    }

    fn sorts(order: RuleOrder) -> Vec<Sort<team_rule::Column>> {
        use team_rule::Column::{CreatedAt, Id, Title};
        match order {
            RuleOrder::TitleAsc => vec![Sort::ascending(Title), Sort::ascending(Id)],
            RuleOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// The versions of a rule, the latest first.
pub struct RulesVersions;

impl Link for RulesVersions {
    type Child = team_rule_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            team_rule_version::Column::Id,
            team_rule_version::Column::RuleId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::descending(team_rule_version::Column::Number)]
    }
}

/// What is said about a proposal, in the order of time.
pub struct ProposalsComments;

impl Link for ProposalsComments {
    type Child = rule_comment::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (rule_comment::Column::Id, rule_comment::Column::ProposalId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(rule_comment::Column::CreatedAt),
            Sort::ascending(rule_comment::Column::Id),
        ]
    }
}
