//! Who is to sit an exam, and who marks it (安排应考人员和阅卷人).

use entity::enums::ExamState;
use entity::{exam, member};
use serde_json::json;
use uuid::Uuid;

use super::common::{Step, to_run, trace, wrong_state};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::exams::store;
use crate::work::{Work, expect_version};

/// What people are assigned as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// They sit it.
    Candidate,
    /// They mark it.
    Assessor,
}

/// Who comes and who goes.
#[derive(Clone, Debug)]
pub struct PeopleChange {
    /// The exam.
    pub step: Step,
    /// As what.
    pub role: Role,
    /// Who comes.
    pub add: Vec<Uuid>,
    /// Who goes.
    pub remove: Vec<Uuid>,
}

/// Changes who is assigned, and returns the exam's id.
///
/// # Errors
/// User errors when somebody can't be assigned; refusals of permission, reach and version.
pub async fn people_change(app: &App, call: &Call, input: &PeopleChange) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, input.step.id).await?;
    expect_version(seen.version, input.step.expected_version)?;
    if seen.state == ExamState::Closed && input.role == Role::Candidate {
        return Err(wrong_state("The exam is over.", "考试已结束。").into());
    }
    let tx = work.tx();
    let (held, others) = (
        store::candidates(tx, seen.id).await?,
        store::assessors(tx, seen.id).await?,
    );
    let (present, opposite) = match input.role {
        Role::Candidate => (&held, &others),
        Role::Assessor => (&others, &held),
    };
    let mut come = input.add.clone();
    come.sort_unstable();
    come.dedup();
    come.retain(|id| !present.contains(id));
    let gone: Vec<Uuid> = input
        .remove
        .iter()
        .copied()
        .filter(|id| present.contains(id) && !input.add.contains(id))
        .collect();
    let mut checks = Checks::default();
    checks.ensure(
        input.add.len() <= 200 && input.remove.len() <= 200,
        UserErrorCode::TooLong,
        "input.add",
        || Text::new("At most 200 at once.", "每次最多 200 人。"),
    );
    if input.add.len() <= 200 {
        let sat = store::who_sat(tx, seen.id, &come).await?;
        look_over(&work, &mut checks, (input.role, &come), (opposite, &sat)).await?;
        if input.role == Role::Assessor {
            enough(
                &mut checks,
                &seen,
                others.len() + come.len() - gone.len(),
                &gone,
            );
        }
    }
    checks.done()?;
    let tx = work.tx();
    let change = (&gone[..], &come[..]);
    match input.role {
        Role::Candidate => store::replace_candidates(tx, seen.id, change, call.at).await?,
        Role::Assessor => store::replace_assessors(tx, seen.id, change, call.at).await?,
    }
    let id = seen.id;
    store::save(tx, seen, call.at).await?;
    let action = match input.role {
        Role::Candidate => "exam.candidates.change",
        Role::Assessor => "exam.assessors.change",
    };
    trace(
        &mut work,
        ("exam", id),
        action,
        json!({ "added": come, "removed": gone }),
    );
    work.commit().await?;
    Ok(id)
}

/// Those who come are visible, and nobody both sits and marks.
async fn look_over(
    work: &Work<'_>,
    checks: &mut Checks,
    (role, come): (Role, &[Uuid]),
    (opposite, sat): (&[Uuid], &[Uuid]),
) -> Result<()> {
    let viewer = &work.call().viewer;
    for (place, id) in come.iter().enumerate() {
        let field = format!("input.add.{place}");
        let row = find::<member::Entity>(work.tx(), viewer, Permission::MemberRead, *id).await?;
        checks.found(&field, row);
        let both = opposite.contains(id) || (role == Role::Assessor && sat.contains(id));
        checks.ensure(!both, UserErrorCode::RuleViolated, &field, || {
            Text::new(
                "Nobody sits an exam and marks it: take the other part away first, or name somebody else.",
                "同一人不能既参加考试又阅卷，请先取消另一身份或指定他人。",
            )
        });
    }
    Ok(())
}

/// An exam that is on keeps three assessors, if it had so many.
fn enough(checks: &mut Checks, exam: &exam::Model, left: usize, gone: &[Uuid]) {
    let too_few = exam.state == ExamState::Active && !gone.is_empty() && left < 3;
    checks.ensure(!too_few, UserErrorCode::RuleViolated, "input.remove", || {
        Text::new(
            "An exam that is on keeps at least three assessors: name others in the same change.",
            "进行中的考试须保留至少三名阅卷人，请同时指定其他人。",
        )
    });
}
