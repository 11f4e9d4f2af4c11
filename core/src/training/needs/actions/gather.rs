//! What is known of members in each respect: a fixed number of statements for all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate, TimeDelta};
use entity::enums::TrainingNeedKind;
use entity::member;
use uuid::Uuid;

use crate::access::{Call, Permission, by_ids};
use crate::app::App;
use crate::error::Result;
use crate::metrics::figures::{Many, Metric, daily_of_members};
use crate::metrics::rules::period::Period;
use crate::organisation::{self, workforce};
use crate::settings::{self, Figures};
use crate::training::exams;
use crate::training::needs::rules::finding::{Known, Thresholds};

/// The metrics that tell of needs.
const METRICS: [(&str, TrainingNeedKind); 3] = [
    ("satisfaction", TrainingNeedKind::LowRating),
    ("reopen_rate", TrainingNeedKind::Reopened),
    ("appraisal_score", TrainingNeedKind::Appraisal),
];

/// What is known.
pub(super) struct Gathered {
    /// Of everybody: for teams.
    pub all: Vec<Known>,
    /// Of those whose results and figures the viewer may see: for members.
    pub shown: Vec<Known>,
}

/// The thresholds as they are set.
pub(super) fn thresholds(figures: &Figures) -> Result<Thresholds> {
    let percent = |value: i64| value * 10_000;
    Ok(Thresholds {
        topic_percent: percent(figures.get(&settings::NEEDS_TOPIC_PERCENT)?),
        rating: figures.get(&settings::NEEDS_RATING_HUNDREDTHS)? * 100,
        reopen_percent: percent(figures.get(&settings::NEEDS_REOPEN_PERCENT)?),
        appraisal_points: percent(figures.get(&settings::NEEDS_APPRAISAL_POINTS)?),
        least_cases: figures.get(&settings::NEEDS_LEAST_CASES)?,
        least_people: usize::try_from(figures.get(&settings::METRICS_MINIMUM_GROUP)?)
            .unwrap_or(usize::MAX),
    })
}

/// Collects what is known of these members.
pub(super) async fn gather(
    app: &App,
    call: &Call,
    figures: &Figures,
    members: &[member::Model],
    today: NaiveDate,
) -> Result<Gathered> {
    let db = app.db.reader();
    let ids: Vec<Uuid> = members.iter().map(|row| row.id).collect();
    let homes = organisation::homes(db, ids.iter().copied()).await?;
    let team = |member: Uuid| {
        let homes = homes.get(&member)?;
        homes.iter().find(|home| home.holds_on(today))?.team
    };
    let days = figures.get(&settings::NEEDS_WINDOW_DAYS)?;
    let back = Days::new(u64::try_from(days).unwrap_or(90));
    let since = today.checked_sub_days(back).unwrap_or(today);

    let mut exam: BTreeMap<(Uuid, String), Known> = BTreeMap::new();
    let began = call.at - TimeDelta::days(days);
    for answer in exams::answers_since(db, &ids, began).await? {
        let known = exam
            .entry((answer.member, answer.topic.clone()))
            .or_insert_with(|| Known {
                kind: TrainingNeedKind::ExamTopic,
                subject: answer.topic.clone(),
                member: answer.member,
                team: team(answer.member),
                total: 0,
                cases: 0,
                records: Vec::new(),
            });
        known.total += answer.percent;
        known.cases += 1;
        if !known.records.contains(&answer.attempt) {
            known.records.push(answer.attempt);
        }
    }

    let mut figured = Vec::new();
    let keys: BTreeSet<&str> = METRICS.iter().map(|(key, _)| *key).collect();
    let metrics = Metric::find_each(db, &app.counter.sources, &keys).await?;
    let period = Period {
        from: since,
        to: today,
    };
    let there: Vec<(&Metric, TrainingNeedKind)> = METRICS
        .iter()
        .filter_map(|(key, kind)| Some((metrics.get(*key)?, *kind)))
        .collect();
    let wishes: Vec<Many<'_>> = there
        .iter()
        .map(|&(metric, _)| Many {
            metric,
            period,
            members: ids.clone(),
        })
        .collect();
    let read = daily_of_members(db, &wishes).await?;
    for ((metric, kind), days) in there.into_iter().zip(read) {
        for (member, daily) in days {
            let cases = daily.cases(period);
            if let Some(value) = daily.figure(period).filter(|_| cases > 0) {
                figured.push(Known {
                    kind,
                    subject: metric.defined.metric.key.clone(),
                    member,
                    team: team(member),
                    total: value.0.saturating_mul(cases),
                    cases,
                    records: Vec::new(),
                });
            }
        }
    }

    let warning = figures.get(&settings::CERTIFICATE_WARNING_DAYS)?;
    let ahead = Days::new(u64::try_from(warning).unwrap_or(60));
    let until = today.checked_add_days(ahead).unwrap_or(today);
    let certificates: Vec<Known> = workforce::running_out(db, &ids, until)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(Known {
                kind: TrainingNeedKind::Certificate,
                subject: row.certificate_id.to_string(),
                member: row.member_id,
                team: team(row.member_id),
                total: (row.expires_on? - today).num_days(),
                cases: 1,
                records: vec![row.id],
            })
        })
        .collect();

    let all: Vec<Known> = exam
        .into_values()
        .chain(figured)
        .chain(certificates)
        .collect();
    let shown = shown(app, call, &ids, &all).await?;
    Ok(Gathered { all, shown })
}

/// What of it the viewer may see of single members, by what each respect follows from.
async fn shown(app: &App, call: &Call, ids: &[Uuid], all: &[Known]) -> Result<Vec<Known>> {
    let db = app.db.reader();
    let mut reached: HashMap<Permission, HashMap<Uuid, member::Model>> = HashMap::new();
    for permission in [
        Permission::ExamResultRead,
        Permission::MetricMemberRead,
        Permission::AppraisalRead,
        Permission::MemberRead,
    ] {
        let seen = by_ids::<member::Entity>(db, &call.viewer, permission, ids).await?;
        reached.insert(permission, seen);
    }
    let may = |one: &&Known| {
        let needed: &[Permission] = match one.kind {
            TrainingNeedKind::ExamTopic => &[Permission::ExamResultRead],
            TrainingNeedKind::LowRating | TrainingNeedKind::Reopened => {
                &[Permission::MetricMemberRead]
            }
            TrainingNeedKind::Appraisal => {
                &[Permission::MetricMemberRead, Permission::AppraisalRead]
            }
            TrainingNeedKind::Certificate | TrainingNeedKind::Hours => &[Permission::MemberRead],
        };
        needed.iter().all(|permission| {
            let seen = reached.get(permission);
            seen.is_some_and(|seen| seen.contains_key(&one.member))
        })
    };
    Ok(all.iter().filter(may).cloned().collect())
}
