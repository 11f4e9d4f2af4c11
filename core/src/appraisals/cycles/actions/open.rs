//! Opening a cycle: its population is fixed, and self-assessments begin (启动考核).

use std::collections::BTreeSet;

use entity::{appraisal, appraisal_absence, appraisal_cycle};
use serde_json::json;
use uuid::Uuid;

use super::common::{after, refused, to_run, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::Step;
use crate::appraisals::cycles::population::{Candidate, candidates, reviewers};
use crate::appraisals::cycles::store;
use crate::appraisals::feedback::actions::ask_members;
use crate::appraisals::rules::population::Verdict;
use crate::appraisals::rules::stages;
use crate::appraisals::{self, templates};
use crate::db::new_id;
use crate::error::{Error, Result, Text};
use crate::organisation::{Employed, today};
use crate::work::Work;

/// Opens a cycle and returns its id: everybody who takes part has an appraisal with a reviewer, where there is one; everybody
/// else who worked here an absence with its cause.
///
/// # Errors
/// User errors when a template isn't used any more or nobody takes part; refusals of permission, reach, stage and version.
pub async fn cycle_open(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::AppraisalManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, step).await?;
    let stage = after(&before, stages::Step::Open)?;
    let families = store::templates_of(work.tx(), before.id).await?;
    let versions: Vec<Uuid> = families.values().copied().collect();
    let usable = templates::store::usable(work.tx(), &versions).await?;
    if usable.keys().copied().collect::<BTreeSet<_>>() != versions.iter().copied().collect() {
        let text = Text::new(
            "A template of this cycle was retired; choose another one.",
            "所选模板已停用，请重新选择。",
        );
        return Err(refused("input.id", text).into());
    }
    let everybody = candidates(work.tx(), app.counter.zone, &before, &families).await?;
    let taking: Vec<Employed> = everybody
        .iter()
        .filter(|one| matches!(one.verdict, Verdict::In { .. }))
        .map(|one| one.employed)
        .collect();
    if taking.is_empty() {
        let text = Text::new(
            "Nobody takes part by this rule; `appraisalCyclePreview` says why.",
            "按该范围无人参评，原因请查看 appraisalCyclePreview。",
        );
        return Err(refused("input.id", text).into());
    }
    let leads = reviewers(work.tx(), &before, today(call), &taking).await?;
    let (mut appraisals, mut absences) = (Vec::new(), Vec::new());
    for one in everybody {
        match one.verdict {
            Verdict::In { family, .. } => {
                let version = families.get(&family);
                let version =
                    version.ok_or_else(|| Error::internal("a family without its template"))?;
                let reviewer = leads.get(&one.employed.member);
                appraisals.push(appraisal(
                    call,
                    &before,
                    &one,
                    (*version, reviewer.copied()),
                ));
            }
            Verdict::Out { cause, days } => absences.push(appraisal_absence::Model {
                id: new_id(call.at),
                cycle_id: before.id,
                member_id: one.employed.member,
                cause,
                days,
                created_at: call.at,
            }),
        }
    }
    let unled = appraisals
        .iter()
        .filter(|row: &&appraisal::Model| row.reviewer_id.is_none())
        .count();
    let detail = json!({
        "appraisals": appraisals.len(), "absences": absences.len(), "withoutReviewer": unled,
    });
    appraisals::store::insert_all(work.tx(), appraisals.clone()).await?;
    ask_members(&work, &appraisals).await?;
    store::insert_absences(work.tx(), &absences).await?;
    let id = before.id;
    let row = appraisal_cycle::Model { stage, ..before };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.cycle.open", detail);
    work.commit().await?;
    Ok(id)
}

fn appraisal(
    call: &Call,
    cycle: &appraisal_cycle::Model,
    one: &Candidate,
    (version_id, reviewer_id): (Uuid, Option<Uuid>),
) -> appraisal::Model {
    let (team_id, department_id, days) = match one.verdict {
        Verdict::In {
            team,
            department,
            days,
            ..
        } => (team, department, days),
        Verdict::Out { days, .. } => (None, None, days),
    };
    appraisal::Model {
        id: new_id(call.at),
        cycle_id: cycle.id,
        member_id: one.employed.member,
        version_id,
        reviewer_id,
        team_id,
        department_id,
        days,
        plan_agreed_at: None,
        self_comment: None,
        self_submitted_at: None,
        review_comment: None,
        review_submitted_at: None,
        inputs: None,
        snapshot_id: None,
        result: 0,
        score: None,
        band: None,
        blocked: None,
        acknowledged_at: None,
        acknowledgement: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    }
}
