//! Where a ticket may go: by its process, or by the stage machine alone.

use std::collections::BTreeSet;

use entity::enums::TicketStage;
use entity::{process_step, ticket};

use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::tickets::collaboration::fields;
use crate::tickets::processes::rules::required::{self, Required};
use crate::tickets::processes::rules::steps::{Step, required_of};
use crate::tickets::processes::rules::walk;
use crate::tickets::processes::store;
use crate::tickets::rules::stages;
use crate::work::Work;

/// What somebody wants of a ticket.
#[derive(Clone, Debug)]
pub enum Goal {
    /// To be in a stage.
    Stage(TicketStage),
    /// To be in a step of its process, by the step's code.
    Step(String),
}

/// Where it goes.
#[derive(Clone, Debug)]
pub struct Way {
    /// The stage it will be in.
    pub stage: TicketStage,
    /// The step it will be in; none without a process.
    pub step: Option<process_step::Model>,
}

/// Decides where a ticket goes. Leaving a step forward needs what the step requires.
///
/// # Errors
/// User errors when the stages or the process don't lead there, when a way back has no reason, and for each thing that
/// is still missing.
pub async fn way(
    work: &Work<'_>,
    was: &ticket::Model,
    goal: &Goal,
    reason: Option<&str>,
) -> Result<Way> {
    if let Goal::Stage(to) = goal {
        stages::check_stage(was.stage, *to, reason)?;
    }
    let Some((rows, present)) = present(work, was).await? else {
        return match goal {
            Goal::Stage(stage) => Ok(Way {
                stage: *stage,
                step: None,
            }),
            Goal::Step(_) => Err(without_process().into()),
        };
    };
    let steps: Vec<Step> = rows.iter().map(Step::from).collect();
    let target = match goal {
        Goal::Stage(stage) => walk::towards(&steps, present, *stage)?,
        Goal::Step(code) => walk::into(&steps, present, code.trim(), reason)?,
    };
    if steps[target].stage != was.stage {
        stages::check_stage(was.stage, steps[target].stage, reason)?;
    }
    if walk::is_forward(present, target) {
        check_required(work, was, &rows[present]).await?;
    }
    Ok(Way {
        stage: steps[target].stage,
        step: Some(rows[target].clone()),
    })
}

/// Refuses to end a ticket well while its present step still misses something.
///
/// # Errors
/// A user error for each thing that is missing.
pub async fn check_leaving(work: &Work<'_>, was: &ticket::Model) -> Result<()> {
    match present(work, was).await? {
        Some((rows, present)) => check_required(work, was, &rows[present]).await,
        None => Ok(()),
    }
}

/// The steps of the ticket's process and its place among them.
async fn present(
    work: &Work<'_>,
    was: &ticket::Model,
) -> Result<Option<(Vec<process_step::Model>, usize)>> {
    let (Some(version), Some(step)) = (was.process_version_id, was.step_id) else {
        return Ok(None);
    };
    let rows = store::steps(work.tx(), version).await?;
    let present = rows
        .iter()
        .position(|row| row.id == step)
        .ok_or_else(|| Error::internal("a ticket in a step of another version"))?;
    Ok(Some((rows, present)))
}

async fn check_required(
    work: &Work<'_>,
    was: &ticket::Model,
    step: &process_step::Model,
) -> Result<()> {
    let wanted = required_of(step);
    let custom = wanted
        .iter()
        .any(|required| matches!(required, Required::Field(_)));
    let filled = if custom {
        fields::filled(work.tx(), was.id).await?
    } else {
        BTreeSet::new()
    };
    let missing = required::missing(was, &filled, &wanted);
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::User(required::mistakes(&step.code, &missing)))
}

fn without_process() -> UserError {
    let text = Text::new(
        "This ticket follows no process; move it by ticketAdvance.",
        "该工单没有标准流程；请使用 ticketAdvance 推进阶段。",
    );
    UserError::new(UserErrorCode::WrongState, "input.step", text)
}
