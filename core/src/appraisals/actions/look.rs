//! Looking at the figures of many appraisals at once: as they stand now, or as they were frozen.

use std::collections::{BTreeSet, HashMap};

use entity::{appraisal, appraisal_cycle, member};
use uuid::Uuid;

use crate::access::{Permission, Viewer, by_ids};
use crate::appraisals::gather::{Figures, figures, metrics_of, snapshot_of};
use crate::appraisals::rules::content::{Content, Measure};
use crate::appraisals::rules::inputs::Inputs;
use crate::appraisals::rules::scoring::on_curve;
use crate::appraisals::store;
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::{Error, Result};
use crate::metrics::Sources;

/// A figure of an appraisal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The section's key.
    pub section: String,
    /// The metric's key.
    pub metric: String,
    /// Its weight among the items of the section.
    pub weight: i32,
    /// The figure; none where there is nothing to compute it from, or while it is paused.
    pub value: Option<Decimal>,
    /// What it is worth, in percent.
    pub percent: Option<Decimal>,
    /// Does it wait for a decision about a dispute?
    pub paused: bool,
    /// Is it frozen?
    pub frozen: bool,
}

/// The figures of an appraisal with the cycle, whose period they are about.
#[derive(Clone, Debug)]
pub struct Look {
    /// The cycle.
    pub cycle: appraisal_cycle::Model,
    /// The snapshot that the figures come from; none while nothing is frozen.
    pub snapshot: Option<Uuid>,
    /// The figures in the order of the template.
    pub figures: Vec<Figure>,
}

/// The figures of these appraisals, by their ids. Those whose figures the viewer may not have are left out: they are for the
/// member, the reviewer, and whoever may have figures of that member anyway.
///
/// # Errors
/// When the database fails.
pub async fn look(
    db: &Db,
    sources: &Sources,
    viewer: &Viewer,
    appraisals: &[appraisal::Model],
) -> Result<HashMap<Uuid, Look>> {
    let db = db.reader();
    let members: Vec<Uuid> = appraisals.iter().map(|row| row.member_id).collect();
    let permission = Permission::MetricMemberRead;
    let shown = by_ids::<member::Entity>(db, viewer, permission, &members).await?;
    let me = viewer.standing.member_id;
    let may = |row: &&appraisal::Model| {
        let involved = me.is_some() && (me == Some(row.member_id) || me == row.reviewer_id);
        involved || shown.contains_key(&row.member_id)
    };
    let rows: Vec<&appraisal::Model> = appraisals.iter().filter(may).collect();
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let versions = rows.iter().map(|row| row.version_id).collect();
    let contents = store::content_of(db, versions).await?;
    let cycles: BTreeSet<Uuid> = rows.iter().map(|row| row.cycle_id).collect();
    let cycles = store::cycles_by_id(db, &cycles).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let parts = store::parts_of(db, &ids).await?;
    let mut live: HashMap<Uuid, Figures> = HashMap::new();
    for cycle in cycles.values() {
        let of = rows
            .iter()
            .filter(|row| row.cycle_id == cycle.id && row.inputs.is_none());
        let (mut keys, mut members) = (BTreeSet::new(), Vec::new());
        for row in of {
            keys.extend(
                contents
                    .get(&row.version_id)
                    .into_iter()
                    .flat_map(metrics_of),
            );
            members.push(row.member_id);
        }
        if !members.is_empty() {
            let read = figures(db, sources, cycle, cycle.snapshot_id, &keys, &members).await?;
            live.insert(cycle.id, read);
        }
    }
    let none = BTreeSet::new();
    let mut looks = HashMap::with_capacity(rows.len());
    for row in rows {
        let (content, cycle) = contents
            .get(&row.version_id)
            .zip(cycles.get(&row.cycle_id))
            .ok_or_else(|| Error::internal("an appraisal without its template or cycle"))?;
        let known = match &row.inputs {
            Some(inputs) => Known::Frozen(serde_json::from_value(inputs.clone())?),
            None => Known::Live(live.get(&row.cycle_id), row.member_id),
        };
        let paused = parts.get(&row.id).map_or(&none, |parts| &parts.paused);
        let look = Look {
            cycle: cycle.clone(),
            snapshot: snapshot_of(row, cycle),
            figures: told(content, &known, paused),
        };
        looks.insert(row.id, look);
    }
    Ok(looks)
}

/// Where figures are taken from.
enum Known<'f> {
    Frozen(Inputs),
    Live(Option<&'f Figures>, Uuid),
}

impl Known<'_> {
    fn figure(&self, metric: &str) -> Option<Decimal> {
        match self {
            Self::Frozen(inputs) => inputs.metrics.get(metric).copied().flatten(),
            Self::Live(figures, member) => {
                let key = (*member, metric.to_owned());
                figures.and_then(|figures| figures.get(&key))?.value
            }
        }
    }
}

fn told(content: &Content, known: &Known<'_>, paused: &BTreeSet<String>) -> Vec<Figure> {
    let frozen = matches!(known, Known::Frozen(_));
    let mut told = Vec::new();
    for section in &content.sections {
        let Measure::Metrics { items } = &section.measure else {
            continue;
        };
        told.extend(items.iter().map(|item| {
            let paused = paused.contains(&item.metric);
            let value = known.figure(&item.metric).filter(|_| !paused);
            Figure {
                section: section.key.clone(),
                metric: item.metric.clone(),
                weight: item.weight,
                value,
                percent: value.and_then(|value| on_curve(&item.anchors, value)),
                paused,
                frozen,
            }
        }));
    }
    told
}
