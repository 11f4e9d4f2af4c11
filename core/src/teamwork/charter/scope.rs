//! What the reaches mean for proposals and rules: one sees what concerns oneself; with a wider reach what concerns the
//! teams within it. A draft is its proposer's.

use std::collections::BTreeSet;

use entity::enums::{CircleKind, Reach, RuleProposalState};
use entity::{rule_comment, rule_proposal, team_rule, team_rule_version};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};
use crate::organisation::circles::Circle;

/// The columns of a table that name its circle.
struct Columns<C> {
    circle: C,
    department: C,
    team: C,
}

fn ids(set: &BTreeSet<Uuid>) -> Vec<Uuid> {
    set.iter().copied().collect()
}

/// The teams of a reach that isn't about oneself.
fn teams(reach: Reach, standing: &Standing) -> Option<&BTreeSet<Uuid>> {
    match reach {
        Reach::Team => Some(&standing.teams),
        Reach::TeamTree => Some(&standing.team_tree),
        Reach::Department => Some(&standing.department_teams),
        Reach::Region => Some(&standing.region_teams),
        Reach::Own | Reach::All | Reach::Organisation => None,
    }
}

/// Rows that concern somebody of this standing.
fn concerning<C: ColumnTrait>(columns: &Columns<C>, standing: &Standing) -> Option<Condition> {
    standing.member_id?;
    Some(
        Condition::any()
            .add(columns.circle.eq(CircleKind::Company))
            .add(columns.department.is_in(ids(&standing.departments)))
            .add(columns.team.is_in(ids(&standing.team_line))),
    )
}

/// Rows that concern the teams, and the departments, of a reach.
fn within<C: ColumnTrait>(
    columns: &Columns<C>,
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    let mut any = Condition::any().add(columns.team.is_in(ids(teams(reach, standing)?)));
    if reach == Reach::Department {
        any = any.add(columns.department.is_in(ids(&standing.departments)));
    }
    Some(any)
}

/// The same as a plain predicate.
fn is_within(circle: Circle, reach: Reach, standing: &Standing) -> bool {
    match circle {
        Circle::Team(id) => teams(reach, standing).is_some_and(|set| set.contains(&id)),
        Circle::Department(id) => reach == Reach::Department && standing.departments.contains(&id),
        Circle::Company => false,
    }
}

/// Does a permission of the viewer reach this circle?
#[must_use]
pub fn reaches(viewer: &Viewer, permission: Permission, circle: Circle) -> bool {
    viewer
        .grants
        .reaches(permission)
        .any(|reach| reach == Reach::All || is_within(circle, reach, &viewer.standing))
}

const fn proposal_columns() -> Columns<rule_proposal::Column> {
    Columns {
        circle: rule_proposal::Column::Circle,
        department: rule_proposal::Column::DepartmentId,
        team: rule_proposal::Column::TeamId,
    }
}

const fn rule_columns() -> Columns<team_rule::Column> {
    Columns {
        circle: team_rule::Column::Circle,
        department: team_rule::Column::DepartmentId,
        team: team_rule::Column::TeamId,
    }
}

/// The circle of a proposal.
#[must_use]
pub fn circle_of(row: &rule_proposal::Model) -> Circle {
    Circle::of(row.circle, row.department_id, row.team_id)
}

/// The circle of a rule.
#[must_use]
pub fn circle_of_rule(row: &team_rule::Model) -> Circle {
    Circle::of(row.circle, row.department_id, row.team_id)
}

fn shown() -> Condition {
    Condition::all().add(rule_proposal::Column::State.ne(RuleProposalState::Draft))
}

impl Scoped for rule_proposal::Entity {
    const READ: Permission = Permission::TeamRuleRead;
    type Facts = rule_proposal::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => standing
                .member_id
                .map(|me| Condition::all().add(rule_proposal::Column::ProposerId.eq(me))),
            _ => Some(shown().add(within(&proposal_columns(), reach, standing)?)),
        }
    }

    fn within(row: &rule_proposal::Model, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => standing.member_id == Some(row.proposer_id),
            _ => {
                row.state != RuleProposalState::Draft && is_within(circle_of(row), reach, standing)
            }
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let mine = concerning(&proposal_columns(), standing)?;
        (permission == Self::READ).then(|| shown().add(mine))
    }
}

/// What is lent of proposals to whoever holds the permission to read with reach `OWN`, as a plain predicate.
#[must_use]
pub fn lends(row: &rule_proposal::Model, standing: &Standing) -> bool {
    row.state != RuleProposalState::Draft && circle_of(row).has(standing)
}

impl Scoped for team_rule::Entity {
    const READ: Permission = Permission::TeamRuleRead;
    type Facts = team_rule::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => concerning(&rule_columns(), standing),
            _ => within(&rule_columns(), reach, standing),
        }
    }

    fn within(row: &team_rule::Model, reach: Reach, standing: &Standing) -> bool {
        let circle = circle_of_rule(row);
        match reach {
            Reach::All => true,
            Reach::Own => circle.has(standing),
            _ => is_within(circle, reach, standing),
        }
    }
}

/// The versions of a rule follow it.
impl Scoped for team_rule_version::Entity {
    const READ: Permission = Permission::TeamRuleRead;
    type Facts = team_rule::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let rules = team_rule::Entity::find()
            .select_only()
            .column(team_rule::Column::Id)
            .filter(team_rule::Entity::condition(reach, standing)?)
            .into_query();
        Some(Condition::all().add(team_rule_version::Column::RuleId.in_subquery(rules)))
    }

    fn within(rule: &team_rule::Model, reach: Reach, standing: &Standing) -> bool {
        team_rule::Entity::within(rule, reach, standing)
    }
}

/// Comments follow their proposal.
impl Scoped for rule_comment::Entity {
    const READ: Permission = Permission::TeamRuleRead;
    type Facts = rule_proposal::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        Some(of_proposals(rule_proposal::Entity::condition(
            reach, standing,
        )?))
    }

    fn within(row: &rule_proposal::Model, reach: Reach, standing: &Standing) -> bool {
        rule_proposal::Entity::within(row, reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        rule_proposal::Entity::lent(permission, standing).map(of_proposals)
    }
}

fn of_proposals(condition: Condition) -> Condition {
    let proposals = rule_proposal::Entity::find()
        .select_only()
        .column(rule_proposal::Column::Id)
        .filter(condition)
        .into_query();
    Condition::all().add(rule_comment::Column::ProposalId.in_subquery(proposals))
}
