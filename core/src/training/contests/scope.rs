//! What the reaches mean for contests.
//!
//! `OWN` of a contest is that one runs or made it; with `contest.read` come all that aren't drafts. `OWN` of a score is that one
//! gave it, runs the contest, or got it and the contest is published; of a result that one runs or judges the contest, or
//! takes part in it and it is published.

use std::collections::BTreeSet;

use entity::enums::{ContestState, Reach};
use entity::{
    contest, contest_award, contest_conflict, contest_entrant, contest_judge, contest_result,
    contest_round, contest_score,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing, Viewer};

/// A contest with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ContestFacts {
    /// The contest.
    pub contest: contest::Model,
    /// Those who judge it.
    pub judges: BTreeSet<Uuid>,
    /// The members who take part.
    pub entrants: BTreeSet<Uuid>,
}

/// A score with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ScoreFacts {
    /// The contest.
    pub contest: contest::Model,
    /// The judge.
    pub judge: Uuid,
    /// The member whom it is about.
    pub about: Uuid,
}

/// Does somebody of this standing run the contest?
#[must_use]
pub fn runs(contest: &contest::Model, standing: &Standing) -> bool {
    standing.member_id == Some(contest.owner_id)
        || standing.principal_id == Some(contest.created_by)
}

/// May the viewer run this contest, as its own or as one of all?
#[must_use]
pub fn manages(viewer: &Viewer, contest: &contest::Model) -> bool {
    viewer
        .grants
        .reaches(Permission::ContestManage)
        .any(|reach| match reach {
            Reach::All => true,
            Reach::Own => runs(contest, &viewer.standing),
            _ => false,
        })
}

fn run_by(standing: &Standing) -> Condition {
    Condition::any()
        .add_option(standing.member_id.map(|me| contest::Column::OwnerId.eq(me)))
        .add_option(
            standing
                .principal_id
                .map(|me| contest::Column::CreatedBy.eq(me)),
        )
}

fn contests(condition: Condition) -> SelectStatement {
    contest::Entity::find()
        .select_only()
        .column(contest::Column::Id)
        .filter(condition)
        .into_query()
}

fn judged_by(me: Uuid) -> SelectStatement {
    contest_judge::Entity::find()
        .select_only()
        .column(contest_judge::Column::ContestId)
        .filter(contest_judge::Column::MemberId.eq(me))
        .into_query()
}

fn entered_by(me: Uuid) -> SelectStatement {
    contest_entrant::Entity::find()
        .select_only()
        .column(contest_entrant::Column::ContestId)
        .filter(contest_entrant::Column::MemberId.eq(me))
        .into_query()
}

impl Scoped for contest::Entity {
    const READ: Permission = Permission::ContestRead;
    type Facts = ContestFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => Some(run_by(standing)).filter(|mine| !mine.is_empty()),
            _ => None,
        }
    }

    fn within(facts: &ContestFacts, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => runs(&facts.contest, standing),
            _ => false,
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let lends = permission == Self::READ && standing.member_id.is_some();
        lends.then(|| Condition::all().add(contest::Column::State.ne(ContestState::Draft)))
    }
}

/// What is lent of contests to whoever holds a permission with reach `OWN`, as a plain predicate.
#[must_use]
pub fn lends(facts: &ContestFacts, permission: Permission, standing: &Standing) -> bool {
    permission == Permission::ContestRead
        && standing.member_id.is_some()
        && facts.contest.state != ContestState::Draft
}

/// What hangs on a contest follows it.
macro_rules! of_contests {
    ($($table:ident under $permission:ident;)*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
            type Facts = ContestFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let condition = contest::Entity::condition(reach, standing)?;
                Some(Condition::all().add($table::Column::ContestId.in_subquery(contests(condition))))
            }

            fn within(facts: &ContestFacts, reach: Reach, standing: &Standing) -> bool {
                contest::Entity::within(facts, reach, standing)
            }

            fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
                let condition = contest::Entity::lent(permission, standing)?;
                Some(Condition::all().add($table::Column::ContestId.in_subquery(contests(condition))))
            }
        })*
    };
}

of_contests! {
    contest_round under ContestRead;
    contest_entrant under ContestRead;
    contest_judge under ContestRead;
    contest_award under ContestRead;
    contest_conflict under ContestManage;
}

impl Scoped for contest_result::Entity {
    const READ: Permission = Permission::ContestResultRead;
    type Facts = ContestFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use contest::Column::{Id, State};
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => {
                let taken_part = |me| {
                    Condition::all()
                        .add(State.eq(ContestState::Published))
                        .add(Id.in_subquery(entered_by(me)))
                };
                let mine = run_by(standing)
                    .add_option(standing.member_id.map(|me| Id.in_subquery(judged_by(me))))
                    .add_option(standing.member_id.map(taken_part));
                (!mine.is_empty()).then(|| {
                    Condition::all()
                        .add(contest_result::Column::ContestId.in_subquery(contests(mine)))
                })
            }
            _ => None,
        }
    }

    fn within(facts: &ContestFacts, reach: Reach, standing: &Standing) -> bool {
        let published = facts.contest.state == ContestState::Published;
        match reach {
            Reach::All => true,
            Reach::Own => {
                let concerns = |me: Uuid| {
                    facts.judges.contains(&me) || (published && facts.entrants.contains(&me))
                };
                runs(&facts.contest, standing) || standing.member_id.is_some_and(concerns)
            }
            _ => false,
        }
    }
}

impl Scoped for contest_score::Entity {
    const READ: Permission = Permission::ContestResultRead;
    type Facts = ScoreFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use contest_score::Column::{EntrantId, JudgeId, RoundId};
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => {
                let mine = run_by(standing);
                let run = (!mine.is_empty()).then(|| {
                    let rounds = contest_round::Entity::find()
                        .select_only()
                        .column(contest_round::Column::Id)
                        .filter(contest_round::Column::ContestId.in_subquery(contests(mine)))
                        .into_query();
                    RoundId.in_subquery(rounds)
                });
                let got = |me: Uuid| {
                    let published =
                        Condition::all().add(contest::Column::State.eq(ContestState::Published));
                    let entries = contest_entrant::Entity::find()
                        .select_only()
                        .column(contest_entrant::Column::Id)
                        .filter(contest_entrant::Column::MemberId.eq(me))
                        .filter(contest_entrant::Column::ContestId.in_subquery(contests(published)))
                        .into_query();
                    EntrantId.in_subquery(entries)
                };
                Some(
                    Condition::any()
                        .add_option(run)
                        .add_option(standing.member_id.map(|me| JudgeId.eq(me)))
                        .add_option(standing.member_id.map(got)),
                )
                .filter(|rows| !rows.is_empty())
            }
            _ => None,
        }
    }

    fn within(facts: &ScoreFacts, reach: Reach, standing: &Standing) -> bool {
        let published = facts.contest.state == ContestState::Published;
        match reach {
            Reach::All => true,
            Reach::Own => {
                let concerns = |me: Uuid| facts.judge == me || (published && facts.about == me);
                runs(&facts.contest, standing) || standing.member_id.is_some_and(concerns)
            }
            _ => false,
        }
    }
}
