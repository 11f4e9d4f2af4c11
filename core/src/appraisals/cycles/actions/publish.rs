//! Publishing and closing a cycle (公布、结束考核).

use entity::appraisal_cycle;
use serde_json::json;
use uuid::Uuid;

use super::common::{after, refused, to_run, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::Step;
use crate::appraisals::appeals;
use crate::appraisals::consequences::facts::announce;
use crate::appraisals::cycles::rules::missed;
use crate::appraisals::cycles::store;
use crate::appraisals::rules::calibration::spread;
use crate::appraisals::rules::stages;
use crate::appraisals::store::content_of;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::work::Work;

/// Lets members see their results, and returns the cycle's id.
///
/// # Errors
/// User errors while results are missing or blocked, a band has more than its share, or the last days of members are over;
/// refusals of permission, reach, stage and version.
pub async fn cycle_publish(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, stages::Step::Publish)?;
    let mut checks = Checks::default();
    let unfinished = store::unfinished(work.tx(), before.id).await?;
    checks.ensure(
        unfinished == 0,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                format!("{unfinished} results are missing or wait for something; `progress` says for what."),
                format!("有 {unfinished} 项结果缺失或待处理，原因请查看 progress。"),
            )
        },
    );
    crowded(&work, &mut checks, before.id).await?;
    let last = (before.acknowledge_until, before.appeal_until);
    for text in missed(before.from_day, last, today(call)) {
        checks.add(UserErrorCode::RuleViolated, "input.id", text);
    }
    checks.done()?;
    let row = appraisal_cycle::Model {
        stage,
        published_at: before.published_at.or(Some(call.at)),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, "appraisal.cycle.publish", json!({}));
    announce(&mut work, step.id).await?;
    work.commit().await?;
    Ok(step.id)
}

/// Bands with more than their share, by template: they have to be calibrated first.
async fn crowded(work: &Work<'_>, checks: &mut Checks, cycle: Uuid) -> Result<()> {
    let scores = store::scores_of(work.tx(), cycle).await?;
    let contents = content_of(work.tx(), scores.keys().copied().collect()).await?;
    for (version, scores) in &scores {
        let Some(content) = contents.get(version) else {
            continue;
        };
        for (band, share) in content.bands.iter().zip(spread(content, scores)) {
            // Without numbers: who runs a cycle may be appraised in it, and a difference would tell their own band.
            let within = share.over() == 0;
            checks.ensure(within, UserErrorCode::RuleViolated, "input.id", || {
                let (name, name_zh) = (&band.name, &band.name_zh);
                Text::new(
                    format!("{name}: this band has more than its share; calibrate it first."),
                    format!("{name_zh}：该等级人数超过上限，请先校准。"),
                )
            });
        }
    }
    Ok(())
}

/// Ends a cycle, and returns its id.
///
/// # Errors
/// User errors while an appeal waits or can still be filed; refusals of permission, reach, stage and version.
pub async fn cycle_close(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, stages::Step::Close)?;
    if today(call) <= before.appeal_until {
        let text = Text::new(
            format!("Members can appeal until {}.", before.appeal_until),
            format!("申诉截止日为 {}，期满后方可结束。", before.appeal_until),
        );
        return Err(refused("input.id", text).into());
    }
    let filed = appeals::store::filed_in(work.tx(), before.id).await?;
    if filed > 0 {
        let text = Text::new(
            format!("{filed} appeals wait for a decision; decide them first."),
            format!("有 {filed} 项申诉待裁定，请先裁定。"),
        );
        return Err(refused("input.id", text).into());
    }
    let row = appraisal_cycle::Model {
        stage,
        closed_at: Some(call.at),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, step.id, "appraisal.cycle.close", json!({}));
    work.commit().await?;
    Ok(step.id)
}
