//! What the rules of a run give, batch by batch, from frozen figures: the same whenever it is asked (逐批计算).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use entity::incentive_run;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{late_of, rules_of, span_of};
use crate::customers::Late;
use crate::error::{Error, Result};
use crate::incentives::gather;
use crate::incentives::rules::award::{Award, Outcome};
use crate::incentives::rules::catalogue::Catalogue;
use crate::incentives::rules::content::{Split, Trigger};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{self, Member, Outcomes, Record, Surroundings, Team};
use crate::incentives::rules::trace::Span;
use crate::incentives::runs::rules::lacks::Lacks;
use crate::metrics::counting::Counter;
use crate::metrics::rules::at::At;
use crate::metrics::snapshots;

/// How many members or records are evaluated at once.
const BATCH: u64 = 500;
/// How many teams are.
const TEAMS: usize = 100;

/// What is evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "camelCase")]
pub enum Part {
    /// Members, for what a period gives.
    Members,
    /// Teams, for what is split within them.
    Teams,
    /// Records of a source.
    Records {
        /// Which one, among [`gather::SOURCES`].
        source: usize,
    },
}

/// Where a batch begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Of what.
    pub part: Part,
    /// After which one.
    pub after: Option<Uuid>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            part: Part::Members,
            after: None,
        }
    }
}

impl Cursor {
    /// Where the next part begins; none after the last one.
    fn onward(&self) -> Option<Self> {
        let next = match self.part {
            Part::Members => Part::Teams,
            Part::Teams => Part::Records { source: 0 },
            Part::Records { source } => Part::Records { source: source + 1 },
        };
        let over = matches!(next, Part::Records { source } if source >= gather::SOURCES.len());
        (!over).then_some(Self {
            part: next,
            after: None,
        })
    }
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What the rules give.
    pub awards: Vec<Award>,
    /// By rule: what was lacking.
    pub lacks: BTreeMap<Uuid, Lacks>,
    /// How many members, teams or records were evaluated.
    pub evaluated: usize,
    /// Where the next one begins; none when there is nothing more.
    pub next: Option<Cursor>,
}

/// A run, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Replay {
    span: Span,
    at: At,
    late: Option<Late>,
    catalogue: Catalogue,
    rules: Vec<Rule>,
    facts: BTreeSet<String>,
    around: Surroundings,
}

/// Makes a run ready, from its frozen figures.
///
/// # Errors
/// When the database fails, or one of its rules can't be read any more.
pub async fn replay(
    connection: &impl ConnectionTrait,
    counter: &Counter,
    run: &incentive_run::Model,
) -> Result<Replay> {
    let snapshot = run
        .snapshot_id
        .ok_or_else(|| Error::internal("a run without frozen figures"))?;
    let at = At::Frozen(Arc::new(snapshots::frozen(connection, snapshot).await?));
    let (catalogue, rules) = rules_of(connection, counter, run).await?;
    let facts: BTreeSet<String> = rules
        .iter()
        .flat_map(|rule| rule.facts().iter().cloned())
        .collect();
    let span = span_of(run);
    let around = gather::surroundings(connection, &counter.sources, span, &at, &facts).await?;
    Ok(Replay {
        span,
        at,
        late: late_of(run)?,
        catalogue,
        rules,
        facts,
        around,
    })
}

impl Replay {
    /// Its rules.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What its rules know.
    #[must_use]
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The batch that begins at a cursor. Parts for which there is no rule are passed over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn batch(
        &self,
        connection: &impl ConnectionTrait,
        counter: &Counter,
        cursor: &Cursor,
    ) -> Result<Batch> {
        let (outcomes, evaluated, last) = match cursor.part {
            _ if !self.has_rules_for(&cursor.part) => (Vec::new(), 0, None),
            Part::Members => self.members(connection, counter, cursor.after).await?,
            Part::Teams => self.teams(connection, cursor.after).await?,
            Part::Records { source } => {
                self.records(connection, counter, (source, cursor.after))
                    .await?
            }
        };
        let next = match last {
            Some(last) => Some(Cursor {
                part: cursor.part.clone(),
                after: Some(last),
            }),
            None => cursor.onward(),
        };
        Ok(Batch {
            lacks: lacks(&self.rules, &outcomes),
            awards: awards(outcomes),
            evaluated,
            next,
        })
    }

    fn has_rules_for(&self, part: &Part) -> bool {
        self.rules.iter().any(|rule| {
            let content = rule.content();
            match (part, &content.trigger) {
                (Part::Members, Trigger::PerPeriod) => content.split.is_none(),
                (Part::Teams, Trigger::PerPeriod) => content.split == Some(Split::Equal),
                (Part::Records { source }, Trigger::PerRecord { source: of }) => {
                    gather::SOURCES.get(*source) == Some(&of.as_str())
                }
                _ => false,
            }
        })
    }

    async fn members(
        &self,
        connection: &impl ConnectionTrait,
        counter: &Counter,
        after: Option<Uuid>,
    ) -> Result<(Outcomes, usize, Option<Uuid>)> {
        let sources = &counter.sources;
        let members = gather::members(
            connection,
            sources,
            self.span,
            &self.at,
            &self.facts,
            after,
            BATCH,
        )
        .await?;
        let last = members.last().map(|member| member.person.id);
        let outcomes = run::members(&self.rules, self.span, &self.around, &members);
        Ok((outcomes, members.len(), last))
    }

    async fn teams(
        &self,
        connection: &impl ConnectionTrait,
        after: Option<Uuid>,
    ) -> Result<(Outcomes, usize, Option<Uuid>)> {
        let teams: Vec<Team> = gather::teams(connection, self.span)
            .await?
            .into_iter()
            .filter(|team| after.is_none_or(|after| after < team.id))
            .take(TEAMS)
            .collect();
        let last = teams.last().map(|team| team.id);
        let outcomes = run::teams(&self.rules, self.span, &self.around, &teams);
        Ok((outcomes, teams.len(), last))
    }

    async fn records(
        &self,
        connection: &impl ConnectionTrait,
        counter: &Counter,
        (source, after): (usize, Option<Uuid>),
    ) -> Result<(Outcomes, usize, Option<Uuid>)> {
        let name = gather::SOURCES.get(source).copied().unwrap_or_default();
        let sources = &counter.sources;
        let (records, last) = gather::records_with_late(
            connection,
            sources,
            name,
            self.span,
            (&self.at, self.late),
            (after, BATCH),
        )
        .await?;
        let people = self.credited(connection, counter, &records).await?;
        let outcomes = run::records(&self.rules, self.span, &self.around, &people, &records);
        Ok((outcomes, records.len(), last))
    }

    /// Whom these records credit.
    async fn credited(
        &self,
        connection: &impl ConnectionTrait,
        counter: &Counter,
        records: &[Record],
    ) -> Result<BTreeMap<Uuid, Member>> {
        let ids: BTreeSet<Uuid> = records
            .iter()
            .flat_map(|record| record.credits.iter().map(|credit| credit.member))
            .collect();
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let members = gather::members_by_id(
            connection,
            &counter.sources,
            self.span,
            &self.at,
            &self.facts,
            &ids,
        )
        .await?;
        Ok(members
            .into_iter()
            .map(|member| (member.person.id, member))
            .collect())
    }
}

/// What was lacking for the rules, by rule.
fn lacks(rules: &[Rule], outcomes: &Outcomes) -> BTreeMap<Uuid, Lacks> {
    let mut lacks: BTreeMap<Uuid, Lacks> = BTreeMap::new();
    for (place, outcome) in outcomes {
        if let Outcome::Nothing(trace) = outcome
            && let (Some(rule), Some(nothing)) = (rules.get(*place), &trace.nothing)
        {
            let of = lacks.entry(rule.reference().rule).or_default();
            of.note(nothing);
        }
    }
    lacks.retain(|_, lacks| !lacks.is_empty());
    lacks
}

fn awards(outcomes: Outcomes) -> Vec<Award> {
    outcomes
        .into_iter()
        .flat_map(|(_, outcome)| match outcome {
            Outcome::Awards(awards) => awards,
            Outcome::Nothing(_) => Vec::new(),
        })
        .collect()
}
