//! Everything that results follow from, for many appraisals at once: figures from the register, what was said and recorded.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use entity::enums::{AppraisalFeedbackSource, Dimension};
use entity::{appraisal, appraisal_cycle};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::feedback::said_of;
use super::rules::content::{Content, Measure};
use super::rules::inputs::{Inputs, Voices};
use super::rules::voices::together;
use super::store::{content_of, parts_of};
use crate::decimal::{Decimal, SCALE};
use crate::error::{Error, Result};
use crate::metrics::figures::{Ask, Metric, Part, figures as read};
use crate::metrics::rules::at::At;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::metrics::{Sources, snapshots};
use crate::organisation::competencies::store::fits;
use crate::organisation::positions_of;

/// The metric by which customers are heard: the ratings of the member's own tickets.
pub const CUSTOMERS_VOICE: &str = "satisfaction";

/// A member's figure of a metric in the period of a cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberFigure {
    /// The figure; none where there is nothing to compute it from.
    pub value: Option<Decimal>,
    /// How many facts are behind it, in ten-thousandths; none for derived metrics.
    pub weight: Option<i64>,
}

/// Figures by member and metric.
pub type Figures = HashMap<(Uuid, String), MemberFigure>;

/// The metrics that a content asks for, customers' ratings among them where it asks for customers' feedback.
#[must_use]
pub fn metrics_of(content: &Content) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for section in &content.sections {
        match &section.measure {
            Measure::Metrics { items } => {
                keys.extend(items.iter().map(|item| item.metric.clone()));
            }
            Measure::Feedback { sources, .. } => {
                let customers = |source| source == AppraisalFeedbackSource::Customer;
                if sources.iter().any(|side| customers(side.source)) {
                    keys.insert(CUSTOMERS_VOICE.to_owned());
                }
            }
            Measure::Plan | Measure::Criteria { .. } | Measure::Competencies => {}
        }
    }
    keys
}

/// The snapshot that the figures of an appraisal come from: that of its cycle, or the one that was made anew for it alone.
#[must_use]
pub fn snapshot_of(row: &appraisal::Model, cycle: &appraisal_cycle::Model) -> Option<Uuid> {
    row.snapshot_id.or(cycle.snapshot_id)
}

/// The members' figures of these metrics in the period of a cycle: as they were frozen in a snapshot, or as they stand now where
/// there is none. A number of statements that depends on the metrics only.
///
/// # Errors
/// When the database fails.
pub async fn figures(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    cycle: &appraisal_cycle::Model,
    snapshot: Option<Uuid>,
    keys: &BTreeSet<String>,
    members: &[Uuid],
) -> Result<Figures> {
    let at = match snapshot {
        Some(id) => At::Frozen(Arc::new(snapshots::frozen(connection, id).await?)),
        None => At::Now,
    };
    let ask = Ask {
        period: Period {
            from: cycle.from_day,
            to: cycle.until_day,
        },
        granularity: Granularity::Total,
        by: Some(By::Dimension(Dimension::Member)),
        part: Part {
            members: members.to_vec(),
            ..Part::default()
        },
        at,
    };
    let mut found = Figures::new();
    for key in keys {
        let Some(metric) = Metric::find_at(connection, sources, key, &ask.at).await? else {
            continue;
        };
        for group in read(connection, &metric, &ask).await? {
            if let Ok(member) = group.key.parse() {
                let figure = MemberFigure {
                    value: group.whole.value,
                    weight: group.whole.weight,
                };
                found.insert((member, key.clone()), figure);
            }
        }
    }
    Ok(found)
}

/// What customers said of a member, by the ratings of the member's own tickets: every question gets their mean.
#[must_use]
pub fn customer_voices(content: &Content, rating: MemberFigure) -> Option<Voices> {
    let questions = content.sections.iter().find_map(|one| match &one.measure {
        Measure::Feedback { questions, .. } => Some(questions),
        _ => None,
    })?;
    let value = rating.value?;
    let answers = rating.weight.unwrap_or(0) / SCALE;
    Some(Voices {
        answers: u32::try_from(answers).unwrap_or(0),
        means: questions
            .iter()
            .map(|question| (question.key.clone(), value))
            .collect(),
    })
}

/// Everything that the results of these appraisals of a cycle follow from, by appraisal. A number of statements that depends on the
/// templates and snapshots only.
///
/// # Errors
/// When the database fails.
pub async fn inputs(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    cycle: &appraisal_cycle::Model,
    appraisals: &[appraisal::Model],
) -> Result<HashMap<Uuid, Inputs>> {
    let contents = content_of(
        connection,
        appraisals.iter().map(|row| row.version_id).collect(),
    )
    .await?;
    let keys: BTreeSet<String> = contents.values().flat_map(metrics_of).collect();
    let members: Vec<Uuid> = appraisals.iter().map(|row| row.member_id).collect();
    let ids: Vec<Uuid> = appraisals.iter().map(|row| row.id).collect();
    let mut by_snapshot: BTreeMap<Option<Uuid>, Vec<Uuid>> = BTreeMap::new();
    for row in appraisals {
        let of = by_snapshot.entry(snapshot_of(row, cycle)).or_default();
        of.push(row.member_id);
    }
    // A member has one appraisal in a cycle.
    let mut figures_found = Figures::new();
    for (snapshot, members) in &by_snapshot {
        let read = figures(connection, sources, cycle, *snapshot, &keys, members).await?;
        figures_found.extend(read);
    }
    let mut parts = parts_of(connection, &ids).await?;
    let said = said_of(connection, &ids).await?;
    let fits = fits_of(connection, cycle, &members).await?;
    let mut found = HashMap::with_capacity(appraisals.len());
    for row in appraisals {
        let content = contents
            .get(&row.version_id)
            .ok_or_else(|| Error::internal("an appraisal without its template"))?;
        let parts = parts.remove(&row.id).unwrap_or_default();
        let figure = |key: &String| figures_found.get(&(row.member_id, key.clone())).copied();
        let metrics: BTreeMap<String, Option<Decimal>> = metrics_of(content)
            .into_iter()
            .map(|key| {
                let value = figure(&key).and_then(|figure| figure.value);
                (key, value)
            })
            .collect();
        let mut feedback = together(said.get(&row.id).map_or(&[], Vec::as_slice));
        let rating = figure(&CUSTOMERS_VOICE.to_owned()).unwrap_or_default();
        if let Some(voices) = customer_voices(content, rating) {
            feedback.insert(AppraisalFeedbackSource::Customer, voices);
        }
        let inputs = Inputs {
            metrics,
            paused: parts.paused,
            plan: parts.plan,
            criteria: parts.criteria,
            feedback,
            competencies: fits.get(&row.member_id).copied(),
            incidents: parts.incidents,
        };
        found.insert(row.id, inputs);
    }
    Ok(found)
}

/// How far members fit the position that they held at the end of the period, in percent.
async fn fits_of(
    connection: &impl ConnectionTrait,
    cycle: &appraisal_cycle::Model,
    members: &[Uuid],
) -> Result<HashMap<Uuid, Decimal>> {
    let last = cycle.until_day.pred_opt().unwrap_or(cycle.until_day);
    let held = positions_of(connection, members).await?;
    let home = |(member, positions): (&Uuid, &Vec<crate::organisation::HeldPosition>)| {
        let holds = |to: Option<chrono::NaiveDate>| to.is_none_or(|to| last < to);
        let mut homes = positions.iter().filter(|one| one.home && one.from <= last);
        let position = homes.rfind(|one| holds(one.to))?.position;
        Some((*member, position))
    };
    let wanted: Vec<(Uuid, Uuid)> = held.iter().filter_map(home).collect();
    let fits = fits(connection, &wanted, last).await?;
    let percent =
        |((member, _), percent): ((Uuid, Uuid), i32)| (member, Decimal(i64::from(percent) * SCALE));
    Ok(fits.into_iter().map(percent).collect())
}
