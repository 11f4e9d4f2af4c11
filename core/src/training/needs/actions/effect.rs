//! Measuring what a session brought (培训效果评估).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use entity::enums::{TrainingAttendance, TrainingSessionState};
use entity::training_session;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::metrics::figures::{Daily, Many, Metric, daily_of_members};
use crate::metrics::rules::definition::Direction;
use crate::metrics::rules::period::Period;
use crate::organisation::{self, today};
use crate::settings;
use crate::training::needs::rules::effect::{Effect, Pair, Terms, effect as measure};
use crate::training::store as training;

/// A measurement.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The days before.
    pub before: Period,
    /// The days after.
    pub after: Period,
    /// The answer.
    pub effect: Effect,
    /// The fewest people of a group.
    pub least_people: usize,
    /// The fewest cases of a member on each side.
    pub least_cases: i64,
}

/// What a session that was held brought, by a metric; none when there is no such session within reach.
///
/// # Errors
/// Refusal of permission; `BAD_INPUT` when there is no such metric.
pub async fn effect(
    app: &App,
    call: &Call,
    session_id: Uuid,
    metric_key: &str,
) -> Result<Option<Measured>> {
    let permission = Permission::TrainingEffectRead;
    call.viewer.require(permission)?;
    let db = app.db.reader();
    let Some(session) =
        find::<training_session::Entity>(db, &call.viewer, permission, session_id).await?
    else {
        return Ok(None);
    };
    let metric = Metric::find(db, &app.counter.sources, metric_key).await?;
    let suits = |metric: &Metric| {
        metric.is_about_members() && metric.defined.definition.direction != Direction::Neutral
    };
    let Some(metric) = metric.filter(suits) else {
        return Err(ApiError::bad_input(
            "metricKey",
            "there is no metric with this key that is about members and has a good side; `metricDefinitions` lists them",
            "没有该键的指标，或该指标不针对成员、没有优劣方向；可在 metrics 中查询",
        )
        .into());
    };
    let figures = settings::read_all(db).await?;
    let least = figures
        .get(&settings::NEEDS_EFFECT_LEAST_PEOPLE)?
        .max(figures.get(&settings::METRICS_MINIMUM_GROUP)?);
    let least_cases = figures.get(&settings::NEEDS_LEAST_CASES)?;
    let days = Days::new(u64::try_from(figures.get(&settings::NEEDS_EFFECT_DAYS)?).unwrap_or(60));
    let (before, after) = around(app, &session, days);
    let terms = Terms {
        least_people: usize::try_from(least).unwrap_or(usize::MAX),
        less_is_better: metric.defined.definition.direction == Direction::Down,
    };
    let answer = |effect| {
        Some(Measured {
            before,
            after,
            effect,
            least_people: terms.least_people,
            least_cases,
        })
    };
    if session.state != TrainingSessionState::Held || after.to > today(call) {
        return Ok(answer(Effect::TooEarly));
    }
    let (attended, others) = groups(app, &session, before, after).await?;
    let wish = Many {
        metric: &metric,
        period: Period {
            from: before.from,
            to: after.to,
        },
        members: attended.union(&others).copied().collect(),
    };
    let read = daily_of_members(db, std::slice::from_ref(&wish)).await?;
    let read = read.into_iter().next().unwrap_or_default();
    let pairs = |members: &BTreeSet<Uuid>| pairs(&read, members, (before, after), least_cases);
    Ok(answer(measure(&pairs(&attended), &pairs(&others), terms)))
}

/// As many days before a session as after it.
fn around(app: &App, session: &training_session::Model, days: Days) -> (Period, Period) {
    let local = |at: chrono::DateTime<chrono::Utc>| -> NaiveDate {
        at.with_timezone(&app.config.time_zone()).date_naive()
    };
    let begin = local(session.starts_at);
    let end = local(session.ends_at);
    let end = end.succ_opt().unwrap_or(end);
    let before = Period {
        from: begin.checked_sub_days(days).unwrap_or(begin),
        to: begin,
    };
    let after = Period {
        from: end,
        to: end.checked_add_days(days).unwrap_or(end),
    };
    (before, after)
}

/// Those who attended, and those who had their home in the same teams all the time and attended no session of the course.
async fn groups(
    app: &App,
    session: &training_session::Model,
    before: Period,
    after: Period,
) -> Result<(BTreeSet<Uuid>, BTreeSet<Uuid>)> {
    let db = app.db.reader();
    let came: BTreeSet<Uuid> = training::enrolments_of(db, session.id)
        .await?
        .into_iter()
        .filter(|row| {
            let there = [TrainingAttendance::Present, TrainingAttendance::Part];
            row.attendance.is_some_and(|how| there.contains(&how))
        })
        .map(|row| row.member_id)
        .collect();
    let last = after.to.pred_opt().unwrap_or(after.to);
    let homes = organisation::homes(db, came.iter().copied()).await?;
    let team_of = |homes: &[organisation::Home], day: NaiveDate| {
        homes.iter().find(|home| home.holds_on(day))?.team
    };
    let stayed = |homes: &[organisation::Home]| {
        let first = team_of(homes, before.from)?;
        (team_of(homes, last) == Some(first)).then_some(first)
    };
    let mut attended = BTreeSet::new();
    let mut teams = BTreeSet::new();
    for member in came {
        if let Some(team) = homes.get(&member).and_then(|homes| stayed(homes)) {
            attended.insert(member);
            teams.insert(team);
        }
    }
    let teams: Vec<Uuid> = teams.into_iter().collect();
    let there = organisation::at_home_in(db, &teams).await?;
    let homes = organisation::homes(db, there.iter().copied()).await?;
    let learnt = training::attended_by(db, &there).await?;
    let others = there
        .into_iter()
        .filter(|member| !attended.contains(member))
        .filter(|member| {
            let sessions = learnt.get(&(*member, session.course_id));
            sessions.is_none_or(|all| {
                all.iter()
                    .all(|one| one.attendance == TrainingAttendance::Absent)
            })
        })
        .filter(|member| {
            let team = homes.get(member).and_then(|homes| stayed(homes));
            team.is_some_and(|team| teams.contains(&team))
        })
        .collect();
    Ok((attended, others))
}

fn pairs(
    read: &BTreeMap<Uuid, Daily<'_>>,
    members: &BTreeSet<Uuid>,
    (before, after): (Period, Period),
    least_cases: i64,
) -> Vec<Pair> {
    members
        .iter()
        .filter_map(|member| {
            let daily = read.get(member)?;
            let figure = |period: Period| {
                let enough = daily.cases(period) >= least_cases;
                daily.figure(period).filter(|_| enough)
            };
            Some(Pair {
                before: figure(before)?.0,
                after: figure(after)?.0,
            })
        })
        .collect()
}
