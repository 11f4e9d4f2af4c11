//! Votes and rules among what members have to do.

use chrono::Days;
use entity::enums::RuleBallotKind;
use entity::enums::RuleProposalState;
use entity::{member, rule_ballot, rule_elector, rule_proposal};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::notes::outstanding;
use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::settings;
use crate::tasks::{Asked, Due, Found, Task, TaskKind, TaskSource};

/// Votes that members have not yet cast. That somebody else hasn't voted in secret is told to nobody: with the figures it
/// could say how the others did.
#[derive(Clone, Copy, Debug, Default)]
pub struct VoteTasks;

impl TaskSource for VoteTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Vote
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let proposals =
                visible::<rule_proposal::Entity>(asked.viewer, Permission::TeamRuleRead)
                    .filter(rule_proposal::Column::State.eq(RuleProposalState::Voting))
                    .filter(rule_proposal::Column::VotingUntil.gt(asked.at))
                    .order_by_asc(rule_proposal::Column::VotingUntil)
                    .all(db)
                    .await?;
            let reached = visible::<member::Entity>(asked.viewer, Permission::TeamRuleManage)
                .select_only()
                .column(member::Column::Id)
                .into_query();
            let secret = proposals
                .iter()
                .filter(|row| row.ballot == RuleBallotKind::Secret)
                .map(|row| row.id);
            let of_others = Condition::all()
                .add(rule_elector::Column::MemberId.in_subquery(reached))
                .add(rule_elector::Column::ProposalId.is_not_in(secret));
            let mine = asked
                .viewer
                .standing
                .member_id
                .map(|me| rule_elector::Column::MemberId.eq(me));
            let voted = rule_ballot::Entity::find()
                .select_only()
                .column(rule_ballot::Column::Id)
                .filter(
                    Expr::col((rule_ballot::Entity, rule_ballot::Column::ProposalId))
                        .equals((rule_elector::Entity, rule_elector::Column::ProposalId)),
                )
                .filter(
                    Expr::col((rule_ballot::Entity, rule_ballot::Column::MemberId))
                        .equals((rule_elector::Entity, rule_elector::Column::MemberId)),
                )
                .into_query();
            let waiting: Vec<(Uuid, Uuid)> = rule_elector::Entity::find()
                .select_only()
                .column(rule_elector::Column::ProposalId)
                .column(rule_elector::Column::MemberId)
                .filter(rule_elector::Column::ProposalId.is_in(proposals.iter().map(|row| row.id)))
                .filter(rule_elector::Column::MemberId.is_in(asked.members.iter().copied()))
                .filter(Condition::any().add(of_others).add_option(mine))
                .filter(Expr::exists(voted).not())
                .into_tuple()
                .all(db)
                .await?;
            let task = |(proposal, member): (Uuid, Uuid)| {
                let row = proposals.iter().find(|row| row.id == proposal)?;
                Some(Task {
                    kind: TaskKind::Vote,
                    member,
                    title: Text::new(
                        format!("Vote: {}", row.title),
                        format!("表决：{}", row.title),
                    ),
                    due: row.voting_until.map(Due::At),
                    table: "rule_proposal",
                    id: row.id,
                })
            };
            let tasks = waiting.into_iter().filter_map(task).collect();
            Ok(Found::all(tasks, asked.zone))
        })
    }
}

/// Rules of which members have not yet taken note: one's own, and those of the members whom the permission to manage rules
/// reaches.
#[derive(Clone, Copy, Debug, Default)]
pub struct AcknowledgementTasks;

impl TaskSource for AcknowledgementTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::RuleAcknowledgement
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        Box::pin(async move {
            let days = settings::read(db, &settings::RULE_ACKNOWLEDGE_DAYS).await?;
            let days = Days::new(u64::try_from(days).unwrap_or(0));
            let all = outstanding(db, asked.viewer, None, Some(asked.members), asked.today());
            let mut tasks = Vec::new();
            for one in all.await? {
                let adopted = one
                    .version
                    .created_at
                    .with_timezone(&asked.zone)
                    .date_naive();
                let title = &one.version.title;
                let title = Text::new(
                    format!("Take note of the rule: {title}"),
                    format!("确认已阅管理规则：{title}"),
                );
                tasks.extend(one.members.iter().map(|member| Task {
                    kind: TaskKind::RuleAcknowledgement,
                    member: *member,
                    title: title.clone(),
                    due: adopted.checked_add_days(days).map(Due::Day),
                    table: "team_rule",
                    id: one.rule.id,
                }));
            }
            Ok(Found::all(tasks, asked.zone))
        })
    }
}
