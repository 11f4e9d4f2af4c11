//! What domains know of single members: appraisals, behaviours, exams, contests, goals, recognition, suggestions, money (成员事实).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{ContractKind, GoalBound};
use entity::{
    appraisal, appraisal_incident, contest_award, contract_payment, exam_attempt, goal,
    recognition, suggestion,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{KnownOf, by_member, put};
use crate::appraisals::store::{incidents_of_members, outcomes};
use crate::customers::{Collected, collected_by};
use crate::error::Result;
use crate::ids::{Node, encode};
use crate::incentives::honours::store::received;
use crate::incentives::rules::trace::Span;
use crate::incentives::rules::value::{FactValue, Money, Number, Value};
use crate::metrics::Sources;
use crate::metrics::goals::so_far;
use crate::metrics::goals::store::{Ended, ended};
use crate::settings::{self, COMPANY_CURRENCY};
use crate::teamwork::suggestions::adopted_of;
use crate::training::contests::won_by;
use crate::training::exams::told_between;

/// Of whom, when and as of when.
pub(super) struct About<'a> {
    pub(super) span: Span,
    pub(super) times: (DateTime<Utc>, DateTime<Utc>),
    pub(super) known_at: DateTime<Utc>,
    /// The day up to which goals that are still pursued count; none where only those count that have ended.
    pub(super) so_far: Option<NaiveDate>,
    pub(super) sources: &'a Sources,
    pub(super) members: &'a [Uuid],
    pub(super) facts: &'a BTreeSet<String>,
}

impl About<'_> {
    fn any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.facts.contains(*key))
    }

    const fn days(&self) -> (NaiveDate, NaiveDate) {
        (self.span.from, self.span.to)
    }

    fn until(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.times.0, self.times.1.min(self.known_at))
    }
}

/// Adds what is known and was asked for.
pub(super) async fn add(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    appraised(connection, about, known).await?;
    behaved(connection, about, known).await?;
    examined(connection, about, known).await?;
    ranked(connection, about, known).await?;
    pursued(connection, about, known).await?;
    recognised(connection, about, known).await?;
    suggested(connection, about, known).await?;
    collected(connection, about, known).await
}

fn number(number: i64) -> Value {
    Value::Number(Number::whole(number).unwrap_or_default())
}

fn behind<E: Node>(value: Value, ids: impl IntoIterator<Item = Uuid>) -> FactValue {
    FactValue::behind(
        value,
        ids.into_iter().map(|id| encode(E::PREFIX, id)).collect(),
    )
}

async fn appraised(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["appraisal.score", "appraisal.band"]) {
        return Ok(());
    }
    let found = outcomes(connection, about.members, about.days(), about.known_at).await?;
    for (member, outcome) in found {
        let of = |value| behind::<appraisal::Entity>(value, [outcome.appraisal_id]);
        let score = of(Value::Number(outcome.score.into()));
        put(known, member, "appraisal.score", score);
        let band = of(Value::Text(outcome.band.clone()));
        put(known, member, "appraisal.band", band);
    }
    Ok(())
}

async fn behaved(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["incident.count"]) {
        return Ok(());
    }
    let mut found =
        incidents_of_members(connection, about.members, about.days(), about.known_at).await?;
    for member in about.members {
        let ids = found.remove(member).unwrap_or_default();
        let count = number(i64::try_from(ids.len()).unwrap_or(i64::MAX));
        put(
            known,
            *member,
            "incident.count",
            behind::<appraisal_incident::Entity>(count, ids),
        );
    }
    Ok(())
}

async fn examined(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["exam.score", "exam.passed"]) {
        return Ok(());
    }
    let told = told_between(connection, about.members, about.until(), about.known_at).await?;
    let mut sat = by_member(told.into_iter().map(|one| (one.member_id, one)));
    let hundred = Number::whole(100).unwrap_or_default();
    for member in about.members {
        let all = sat.remove(member).unwrap_or_default();
        let passed: BTreeSet<Uuid> = all
            .iter()
            .filter(|one| one.passed)
            .map(|one| one.exam_id)
            .collect();
        let attempts = all
            .iter()
            .filter(|one| one.passed)
            .map(|one| one.attempt_id);
        let count = number(i64::try_from(passed.len()).unwrap_or(i64::MAX));
        put(
            known,
            *member,
            "exam.passed",
            behind::<exam_attempt::Entity>(count, attempts),
        );
        let best = all.iter().filter_map(|one| {
            let (points, most) = (Number::whole(one.points)?, Number::whole(one.max_points)?);
            Some((points.times(hundred)?.over(most)?, one.attempt_id))
        });
        if let Some((score, attempt)) = best.max() {
            let score = behind::<exam_attempt::Entity>(Value::Number(score), [attempt]);
            put(known, *member, "exam.score", score);
        }
    }
    Ok(())
}

async fn ranked(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["contest.rank"]) {
        return Ok(());
    }
    let won = won_by(connection, about.members, about.until()).await?;
    let won = by_member(won.into_iter().map(|one| (one.member_id, one)));
    for (member, all) in won {
        if let Some(best) = all.iter().min_by_key(|one| (one.rank, one.award_id)) {
            let rank = number(i64::from(best.rank));
            let rank = behind::<contest_award::Entity>(rank, [best.award_id]);
            put(known, member, "contest.rank", rank);
        }
    }
    Ok(())
}

async fn pursued(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["goal.target", "goal.actual", "goal.progress"]) {
        return Ok(());
    }
    let (members, days) = (about.members, about.days());
    let mut goals = ended(connection, Some(members), days, about.known_at).await?;
    if let Some(today) = about.so_far {
        goals.extend(so_far(connection, about.sources, members, days, today).await?);
    }
    for (member, goals) in by_member(goals.into_iter().map(|one| (one.of, one))) {
        let ids = || goals.iter().map(|one| one.goal_id);
        // Target and figure of several goals say nothing together; how far each was reached does.
        if let [one] = goals.as_slice() {
            let target = Value::Number(one.target.into());
            let target = behind::<goal::Entity>(target, ids());
            put(known, member, "goal.target", target);
            if let Some(result) = one.result {
                let actual = behind::<goal::Entity>(Value::Number(result.into()), ids());
                put(known, member, "goal.actual", actual);
            }
        }
        if let Some(progress) = mean(&goals) {
            let progress = behind::<goal::Entity>(Value::Number(progress), ids());
            put(known, member, "goal.progress", progress);
        }
    }
    Ok(())
}

/// How far the teams' goals were reached, by team.
pub(super) async fn teams_goals(
    connection: &impl ConnectionTrait,
    span: Span,
    known_at: DateTime<Utc>,
) -> Result<Vec<(Uuid, FactValue)>> {
    let goals = ended(connection, None, (span.from, span.to), known_at).await?;
    let teams = by_member(goals.into_iter().map(|one| (one.of, one)));
    let progress = |(team, goals): (Uuid, Vec<Ended>)| {
        let progress = Value::Number(mean(&goals)?);
        let ids = goals.iter().map(|one| one.goal_id);
        Some((team, behind::<goal::Entity>(progress, ids)))
    };
    Ok(teams.into_iter().filter_map(progress).collect())
}

/// The mean of how far goals were reached; none when one of them wasn't measured.
fn mean(goals: &[Ended]) -> Option<Number> {
    let mut sum = Number::ZERO;
    for goal in goals {
        sum = sum.plus(progress(goal)?)?;
    }
    sum.over(Number::whole(i64::try_from(goals.len()).ok()?)?)
}

/// How far a goal was reached, in percent: the figure by the target, or for a bound above the target by the figure, which makes
/// 200 from half of the target down, lest next to nothing counts without end and nought not at all.
fn progress(goal: &Ended) -> Option<Number> {
    let (target, actual) = (Number::from(goal.target), Number::from(goal.result?));
    let hundred = Number::whole(100)?;
    if target.is_zero() {
        // Nothing can be held against nought: there is only reached or not.
        return Some(if goal.achieved { hundred } else { Number::ZERO });
    }
    match goal.bound {
        GoalBound::AtLeast => actual.times(hundred)?.over(target),
        GoalBound::AtMost if actual <= target.over(Number::whole(2)?)? => Number::whole(200),
        GoalBound::AtMost => target.times(hundred)?.over(actual),
    }
}

/// How many of something each member has, with the records; nought is known too.
fn count<E: Node>(about: &About<'_>, known: &mut KnownOf, key: &str, found: Vec<(Uuid, Uuid)>) {
    let mut found = by_member(found);
    for member in about.members {
        let ids = found.remove(member).unwrap_or_default();
        let many = number(i64::try_from(ids.len()).unwrap_or(i64::MAX));
        put(known, *member, key, behind::<E>(many, ids));
    }
}

async fn recognised(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    let key = "recognition.received";
    if about.any(&[key]) {
        let found = received(connection, about.members, about.days(), about.known_at).await?;
        count::<recognition::Entity>(about, known, key, found);
    }
    Ok(())
}

async fn suggested(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    let key = "suggestion.adopted";
    if about.any(&[key]) {
        let found = adopted_of(connection, about.members, about.times, about.known_at).await?;
        count::<suggestion::Entity>(about, known, key, found);
    }
    Ok(())
}

async fn collected(
    connection: &impl ConnectionTrait,
    about: &About<'_>,
    known: &mut KnownOf,
) -> Result<()> {
    if !about.any(&["renewal.collected", "contract.collected"]) {
        return Ok(());
    }
    let currency = settings::read(connection, &COMPANY_CURRENCY).await?;
    let rows = collected_by(
        connection,
        about.members,
        about.days(),
        &currency,
        about.known_at,
    )
    .await?;
    let mut rows = by_member(rows.into_iter().map(|one| (one.member_id, one)));
    for member in about.members {
        let all = rows.remove(member).unwrap_or_default();
        for (key, kind) in [
            ("renewal.collected", ContractKind::Renewal),
            ("contract.collected", ContractKind::New),
        ] {
            let of: Vec<&Collected> = all.iter().filter(|one| one.contract_kind == kind).collect();
            let amount = of
                .iter()
                .fold(0_i64, |sum, one| sum.saturating_add(one.amount));
            let money = Value::Money(Money {
                amount,
                currency: currency.clone(),
            });
            let ids = of.iter().map(|one| one.payment_id);
            put(
                known,
                *member,
                key,
                behind::<contract_payment::Entity>(money, ids),
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;

    #[test]
    fn the_better_the_figure_the_further_a_goal_was_reached() {
        use GoalBound::{AtLeast, AtMost};
        let decimal = |text: &str| text.parse::<Decimal>().expect("a number");
        for (bound, target, figure, percent) in [
            (AtLeast, "40", "0", "0"),
            (AtLeast, "40", "30", "75"),
            (AtLeast, "40", "40", "100"),
            (AtLeast, "40", "100", "250"),
            (AtLeast, "0", "-1", "0"),
            (AtLeast, "0", "0", "100"),
            (AtLeast, "0", "5", "100"),
            (AtMost, "40", "400", "10"),
            (AtMost, "40", "50", "80"),
            (AtMost, "40", "40", "100"),
            (AtMost, "40", "32", "125"),
            (AtMost, "40", "20", "200"),
            (AtMost, "40", "0.0001", "200"),
            (AtMost, "40", "0", "200"),
            (AtMost, "40", "-5", "200"),
            (AtMost, "0", "1", "0"),
            (AtMost, "0", "0", "100"),
            (AtMost, "0", "-1", "100"),
        ] {
            let (target, figure) = (decimal(target), decimal(figure));
            let goal = Ended {
                goal_id: Uuid::nil(),
                of: Uuid::nil(),
                target,
                result: Some(figure),
                bound,
                achieved: match bound {
                    AtLeast => figure >= target,
                    AtMost => figure <= target,
                },
            };
            let percent = percent.parse().expect("a number");
            let case = format!("{bound:?} {target}: {figure}");
            assert_eq!(progress(&goal), Some(percent), "{case}");
        }
    }
}
