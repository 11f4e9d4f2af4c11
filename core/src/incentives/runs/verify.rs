//! Computing again what was awarded (复核): each award from its trace alone, the whole run from the records, and the ledger from what
//! stands behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{incentive_award, incentive_run};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use super::finding::{About, Difference, Finding};
use super::rules::keys;
use super::store::{self, Checked, Light};
use super::work::{Behind, Cursor, Replay, Rest, behind, misbooked, replay, settled_of, unfounded};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::incentives::rules::award::Award;
use crate::incentives::rules::recompute::recompute;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::settle::Pending;
use crate::incentives::rules::trace::Trace;
use crate::metrics::counting::Counter;

/// Awards that are read at once.
const PAGE: u64 = 1_000;

/// What was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many runs.
    pub runs: usize,
    /// How many awards.
    pub awards: usize,
    /// Everything that differs, run by run.
    pub findings: Vec<Finding>,
}

/// A part that was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// A run.
    Run {
        /// The first day of its period.
        from: NaiveDate,
        /// The first day after it.
        until: NaiveDate,
        /// How many awards it has.
        awards: usize,
        /// How many differences there are.
        differences: usize,
    },
    /// What stands behind the entries of the whole ledger.
    Ledger {
        /// How many differences there are.
        differences: usize,
    },
}

/// Verifies all runs that are worked out and the whole ledger, or one run and what is booked of it.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db, counter: &Counter, only: Option<Uuid>) -> Result<Verdict> {
    verify_by_parts(db, counter, only, |_| {}).await
}

/// The same, run by run and page by page; `tell` hears of each part when it is done.
///
/// # Errors
/// When the database fails.
pub async fn verify_by_parts(
    db: &Db,
    counter: &Counter,
    only: Option<Uuid>,
    mut tell: impl FnMut(Verified),
) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    let behind = behind(db.reader()).await?;
    for id in store::runs_to_verify(db.reader(), only).await? {
        let run = store::run(db.reader(), id).await?;
        let again = again(db.reader(), counter, &run).await?;
        let mut found = Verifier {
            run: &run,
            replay: again.as_ref(),
            behind: &behind,
            findings: Vec::new(),
        };
        if again.is_none() {
            found.findings.push(Finding {
                about: About::Run(id),
                difference: Difference::Unreadable,
            });
        }
        let awards = found.traces(db.reader()).await?;
        if usize::try_from(run.awards).ok() != Some(awards) {
            found.findings.push(Finding {
                about: About::Run(id),
                difference: Difference::Count,
            });
        }
        if let Some(replay) = &again {
            found.records(db.reader(), counter, replay).await?;
        }
        tell(Verified::Run {
            from: run.from_day,
            until: run.until_day,
            awards,
            differences: found.findings.len(),
        });
        verdict.awards += awards;
        verdict.runs += 1;
        verdict.findings.append(&mut found.findings);
    }
    if only.is_none() {
        let found = unfounded(db.reader()).await?;
        let entries = found.entries.into_iter().map(About::Entry);
        let all = entries.chain(found.payouts.into_iter().map(About::Payout));
        let before = verdict.findings.len();
        verdict.findings.extend(all.map(|about| Finding {
            about,
            difference: Difference::Ledger,
        }));
        tell(Verified::Ledger {
            differences: verdict.findings.len() - before,
        });
    }
    Ok(verdict)
}

/// A run, ready to be evaluated once more; none when it has no frozen figures, or one of its rules can't be computed any more.
async fn again(
    connection: &impl ConnectionTrait,
    counter: &Counter,
    run: &incentive_run::Model,
) -> Result<Option<Replay>> {
    if run.snapshot_id.is_none() {
        return Ok(None);
    }
    match replay(connection, counter, run).await {
        Ok(replay) => Ok(Some(replay)),
        Err(Error::User(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

struct Verifier<'v> {
    run: &'v incentive_run::Model,
    replay: Option<&'v Replay>,
    behind: &'v Behind,
    findings: Vec<Finding>,
}

impl Verifier<'_> {
    fn found(&mut self, award: Uuid, difference: Difference) {
        let run = self.run.id;
        self.findings.push(Finding {
            about: About::Award { run, award },
            difference,
        });
    }

    /// Each award from its trace, and what is booked of it; says how many there are.
    async fn traces(&mut self, connection: &impl ConnectionTrait) -> Result<usize> {
        let (mut after, mut count) = (None, 0);
        loop {
            let rows = store::awards_after(connection, self.run.id, after, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(count);
            };
            after = Some(last.id);
            count += rows.len();
            let differs = |row: &incentive_award::Model| {
                let difference = of_trace(row, self.replay?.rules())?;
                Some((row.id, difference))
            };
            let differ: Vec<(Uuid, Difference)> = rows.iter().filter_map(differs).collect();
            for (award, difference) in differ {
                self.found(award, difference);
            }
            self.booked(connection, &rows).await?;
        }
    }

    /// What is booked of awards, corrected and taken back.
    async fn booked(
        &mut self,
        connection: &impl ConnectionTrait,
        rows: &[incentive_award::Model],
    ) -> Result<()> {
        let wrong = misbooked(connection, self.run, rows, self.behind).await?;
        for award in wrong {
            self.found(award, Difference::Ledger);
        }
        Ok(())
    }

    /// The whole run from the records: the same awards with the same traces, and the same left of them together.
    async fn records(
        &mut self,
        connection: &impl ConnectionTrait,
        counter: &Counter,
        replay: &Replay,
    ) -> Result<()> {
        let mut lights: BTreeMap<Uuid, Light> = BTreeMap::new();
        let mut cursor = Some(Cursor::default());
        while let Some(at) = cursor {
            let batch = replay.batch(connection, counter, &at).await?;
            cursor = batch.next;
            let awards: BTreeMap<Uuid, Award> = batch
                .awards
                .into_iter()
                .map(|award| (keys::award(self.run.id, &award), award))
                .collect();
            let ids: Vec<Uuid> = awards.keys().copied().collect();
            let rows = store::awards_by_id(connection, &ids).await?;
            for (id, award) in awards {
                match rows.get(&id) {
                    None => self.found(id, Difference::Lacking),
                    Some(row) => {
                        let same = row.trace == serde_json::to_string(&award.trace)?
                            && row.reckoned == award.amount;
                        if !same {
                            self.found(id, Difference::Records);
                        }
                    }
                }
                let pending = Pending::from(&award);
                lights.insert(id, Light { id, pending });
            }
        }
        self.together(connection, replay, lights).await
    }

    async fn together(
        &mut self,
        connection: &impl ConnectionTrait,
        replay: &Replay,
        lights: BTreeMap<Uuid, Light>,
    ) -> Result<()> {
        let awards: Vec<Light> = lights.values().cloned().collect();
        let settled: BTreeMap<Uuid, Checked> = settled_of(self.run, replay.rules(), &awards)?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let mut after = None;
        loop {
            let rows = store::awards_after(connection, self.run.id, after, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = Some(last.id);
            for row in &rows {
                let Some(light) = lights.get(&row.id) else {
                    self.found(row.id, Difference::Surplus);
                    continue;
                };
                let same = match settled.get(&row.id) {
                    Some(left) => {
                        row.amount == left.amount && row.steps.as_ref() == Some(&left.steps)
                    }
                    None => row.amount == light.pending.amount && row.steps.is_none(),
                };
                if !same {
                    self.found(row.id, Difference::Settlement);
                }
            }
        }
    }
}

/// The whole trace of an award: what its rule gave, and what became of it together with others.
///
/// # Errors
/// When the row doesn't hold what it should.
pub fn trace_of(row: &incentive_award::Model) -> Result<Trace> {
    let mut trace: Trace = serde_json::from_str(&row.trace)?;
    if let Some(steps) = &row.steps {
        let rest: Rest = serde_json::from_str(steps)?;
        trace.steps.extend(rest.steps);
        trace.nothing = rest.nothing;
        trace.amount = row.amount;
    }
    Ok(trace)
}

/// What differs between an award and its trace.
fn of_trace(row: &incentive_award::Model, rules: &[Rule]) -> Option<Difference> {
    let Ok(trace) = trace_of(row) else {
        return Some(Difference::Unreadable);
    };
    let rule = rules.iter().find(|rule| {
        let reference = rule.reference();
        (reference.rule, reference.version) == (row.rule_id, row.version_id)
    });
    let Some(rule) = rule else {
        return Some(Difference::Unreadable);
    };
    let says = trace.amount == row.amount
        && trace.member == Some(row.member_id)
        && trace.rule == rule.reference()
        && row.currency == rule.content().currency;
    match recompute(rule, &trace) {
        Ok(amount) if amount == row.amount && says => None,
        Ok(_) => Some(Difference::Row),
        Err(_) => Some(Difference::Trace),
    }
}
