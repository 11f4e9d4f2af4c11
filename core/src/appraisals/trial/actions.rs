//! Computing a past cycle by another version of a template (模板试算).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{AppraisalStage, Reach};
use entity::{appraisal_cycle, appraisal_template, appraisal_template_version};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::access::{Call, Permission, Scoped, find};
use crate::appraisals::calibration::actions::named;
use crate::appraisals::rules::calibration::{Moves, Placed, Share, moves, spread};
use crate::appraisals::rules::content::{Content, faults};
use crate::appraisals::rules::inputs::Inputs;
use crate::appraisals::rules::scoring::{Obstacle, Outcome, score};
use crate::appraisals::rules::words::obstacle;
use crate::appraisals::store::content_of;
use crate::audit::{self, note_read};
use crate::db::Db;
use crate::decimal::Decimal;
use crate::error::{ApiError, Error, Result, Text};

/// A result by the version that was used, and by the one that is tried.
type Both = (Uuid, Placed, Option<Placed>);

/// What a version would make of a cycle.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How many appraisals were looked at.
    pub looked_at: usize,
    /// What moves between bands, with what stays.
    pub between: Vec<((String, String), usize)>,
    /// Whose result would lie in another band.
    pub moved: Vec<Moved>,
    /// Whose result can't be computed.
    pub unknown: Vec<Unknown>,
    /// How the results are spread by the versions that were used.
    pub before: Vec<(Text, Share)>,
    /// How they would be spread.
    pub after: Vec<(Text, Share)>,
}

/// A result that would lie in another band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The appraisal.
    pub appraisal: Uuid,
    /// Whose.
    pub member: Uuid,
    /// The score and band by the version that was used.
    pub before: Placed,
    /// The same by the one that is tried.
    pub after: Placed,
}

/// A result that can't be computed.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The appraisal.
    pub appraisal: Uuid,
    /// Whose.
    pub member: Uuid,
    /// Why not.
    pub reasons: Vec<Text>,
}

/// Computes the appraisals of a past cycle by a version, draft or published, of a template for their family; none when there is no
/// such cycle or version for this viewer.
///
/// # Errors
/// `FORBIDDEN` unless all appraisals may be read; `BAD_INPUT` when nothing was frozen yet, the version isn't whole, or they are too
/// many.
pub async fn trial(db: &Db, call: &Call, (cycle, version): (Uuid, Uuid)) -> Result<Option<Trial>> {
    let viewer = &call.viewer;
    let manage = Permission::AppraisalTemplateManage;
    viewer.require(manage)?;
    let read = Permission::AppraisalRead;
    if !viewer.grants.covers(read, Reach::All) {
        return Err(viewer.reach_too_small(read).into());
    }
    let reader = db.reader();
    let seen = <appraisal_cycle::Entity as Scoped>::READ;
    let row = find::<appraisal_cycle::Entity>(reader, viewer, seen, cycle).await?;
    let tried = find::<appraisal_template_version::Entity>(reader, viewer, manage, version).await?;
    let (Some(row), Some(tried)) = (row, tried) else {
        return Ok(None);
    };
    let template = tried.template_id;
    let template = find::<appraisal_template::Entity>(reader, viewer, manage, template)
        .await?
        .ok_or_else(|| Error::internal("a version without its template"))?;
    if !has_frozen(row.stage) {
        let error = ApiError::bad_input(
            "cycleId",
            "nothing is frozen yet; take a cycle in calibration or later",
            "该周期尚未结算，请选择已进入校准或之后阶段的周期",
        );
        return Err(error.into());
    }
    let content: Content = serde_json::from_value(tried.content)?;
    if let Some(fault) = faults(&content).first() {
        let error = ApiError::bad_input(
            "versionId",
            format!("{}: {}", fault.path, fault.text.en),
            format!("{}：{}", fault.path, fault.text.zh),
        );
        return Err(error.into());
    }
    let versions = store::versions_for(reader, (row.id, template.family)).await?;
    let frozen = store::frozen(reader, viewer, row.id, &versions).await?;
    let contents = content_of(reader, versions).await?;
    let entry = audit::Entry {
        action: "appraisal.template.trial",
        entity_type: "appraisal_cycle",
        entity_id: Some(row.id),
        detail: json!({ "version": version, "results": frozen.len() }),
    };
    note_read(db, call, entry).await?;
    Ok(Some(computed(&content, &contents, frozen)?))
}

const fn has_frozen(stage: AppraisalStage) -> bool {
    use AppraisalStage::{Calibration, Closed, Published};
    matches!(stage, Calibration | Published | Closed)
}

fn computed(
    content: &Content,
    contents: &HashMap<Uuid, Content>,
    frozen: Vec<store::Frozen>,
) -> Result<Trial> {
    let looked_at = frozen.len();
    let mut results: Vec<Both> = Vec::new();
    let mut members: HashMap<Uuid, Uuid> = HashMap::new();
    let mut unknown: Vec<Unknown> = Vec::new();
    let mut used: BTreeSet<Uuid> = BTreeSet::new();
    for (appraisal, member, version, inputs) in frozen {
        members.insert(appraisal, member);
        let mut cannot = |reasons: Vec<Text>| {
            unknown.push(Unknown {
                appraisal,
                member,
                reasons,
            });
        };
        let (Some(inputs), Some(own)) = (inputs, contents.get(&version)) else {
            cannot(vec![Text::new("Nothing was frozen.", "未冻结考核数据。")]);
            continue;
        };
        let inputs: Inputs = serde_json::from_value(inputs)?;
        let before = match score(own, &inputs) {
            Ok(outcome) => placed(outcome),
            Err(obstacles) => {
                cannot(said(own, &obstacles));
                continue;
            }
        };
        used.insert(version);
        let after = match score(content, &inputs) {
            Ok(outcome) => Some(placed(outcome)),
            Err(obstacles) => {
                cannot(said(content, &obstacles));
                None
            }
        };
        results.push((appraisal, before, after));
    }
    let scores = |placed: &dyn Fn(&Both) -> Option<Decimal>| {
        let scores: Vec<Decimal> = results.iter().filter_map(placed).collect();
        scores
    };
    // A cycle has one version for a family.
    let own = used.first().and_then(|version| contents.get(version));
    let before = own.map(|own| named(own, spread(own, &scores(&|(_, before, _)| Some(before.0)))));
    let after = scores(&|(_, _, after)| Some(after.as_ref()?.0));
    let Moves { between, moved, .. } = moves(&results);
    let by_id: BTreeMap<Uuid, &Both> = results.iter().map(|result| (result.0, result)).collect();
    let moved = moved.into_keys().filter_map(|appraisal| {
        let (_, before, after) = by_id.get(&appraisal)?;
        Some(Moved {
            appraisal,
            member: *members.get(&appraisal)?,
            before: before.clone(),
            after: after.clone()?,
        })
    });
    Ok(Trial {
        looked_at,
        between: between.into_iter().collect(),
        moved: moved.collect(),
        unknown,
        before: before.unwrap_or_default(),
        after: named(content, spread(content, &after)),
    })
}

fn placed(outcome: Outcome) -> Placed {
    (outcome.score, outcome.band)
}

fn said(content: &Content, obstacles: &[Obstacle]) -> Vec<Text> {
    let said = obstacles.iter().map(|one| obstacle(content, one));
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::rules::content::{Anchor, Measure, MetricItem, Missing, Section};
    use crate::appraisals::rules::inputs::Planned;
    use crate::appraisals::templates::shipped::shipped;
    use crate::decimal::SCALE;

    fn inputs(content: &Content, percent: i64) -> serde_json::Value {
        let judged = Decimal(percent * SCALE);
        let mut inputs = Inputs {
            plan: vec![Planned {
                title: "Revise the articles".to_owned(),
                weight: 1,
                percent: Some(judged),
            }],
            ..Inputs::default()
        };
        for section in &content.sections {
            if let Measure::Criteria { items } = &section.measure {
                let keys = items.iter().map(|item| item.key.clone());
                inputs.criteria.extend(keys.map(|key| (key, judged)));
            }
        }
        serde_json::to_value(inputs).expect("JSON")
    }

    #[test]
    fn moves_follow_from_what_was_frozen_and_gaps_are_told() {
        let own = shipped().expect("a readable file").remove(0).content;
        let [version, one, other, third] = [1, 2, 3, 4].map(Uuid::from_u128);
        let contents = HashMap::from([(version, own.clone())]);
        let frozen = || {
            vec![
                (one, one, version, Some(inputs(&own, 92))),
                (other, other, version, Some(inputs(&own, 85))),
                (third, third, version, None),
            ]
        };
        let same = computed(&own, &contents, frozen()).expect("computed");
        assert_eq!((same.looked_at, same.moved.len()), (3, 0));
        assert_eq!(same.unknown[0].appraisal, third);
        assert_eq!(same.before, same.after);
        let mut stricter = own.clone();
        stricter.bands[0].from = Decimal(95 * SCALE);
        let moved = computed(&stricter, &contents, frozen()).expect("computed");
        assert_eq!(moved.moved.len(), 1);
        assert_eq!(moved.moved[0].appraisal, one);
        assert_eq!(moved.moved[0].before.1, "excellent");
        assert_eq!(moved.moved[0].after.1, "good");
        assert_eq!((moved.before[0].1.count, moved.after[0].1.count), (1, 0));
        // A figure that nobody froze is missing, as its section says.
        let mut further = own.clone();
        further.sections.push(Section {
            key: "more".to_owned(),
            name: "More".to_owned(),
            name_zh: "更多".to_owned(),
            weight: 10,
            missing: Missing::Block,
            measure: Measure::Metrics {
                items: vec![MetricItem {
                    metric: "tickets_resolved".to_owned(),
                    weight: 1,
                    anchors: vec![Anchor {
                        value: Decimal(0),
                        percent: Decimal(0),
                    }],
                }],
            },
        });
        let gaps = computed(&further, &contents, frozen()).expect("computed");
        assert_eq!(gaps.unknown.len(), 3);
        assert!(gaps.unknown[0].reasons[0].en.contains("tickets_resolved"));
        assert!(gaps.after.iter().all(|(_, share)| share.count == 0));
    }
}
