//! How a ticket walks through the steps of its version.

use entity::enums::TicketStage;

use super::steps::Step;
use crate::error::{Text, UserError, UserErrorCode};
use crate::tickets::rules::stages::stage_name;

/// The place of a code among the steps.
#[must_use]
pub fn at(steps: &[Step], code: &str) -> Option<usize> {
    steps.iter().position(|step| step.code == code)
}

/// The first step of a stage.
#[must_use]
pub fn first_of(steps: &[Step], stage: TicketStage) -> Option<usize> {
    steps.iter().position(|step| step.stage == stage)
}

/// The steps that may follow the present one, the usual one first.
#[must_use]
pub fn allowed(steps: &[Step], present: usize) -> Vec<usize> {
    steps
        .get(present)
        .into_iter()
        .flat_map(|step| &step.next)
        .filter_map(|code| at(steps, code))
        .collect()
}

/// Does a move go on, rather than back?
#[must_use]
pub const fn is_forward(from: usize, to: usize) -> bool {
    to > from
}

/// The step by which the present one leads into a stage: the first allowed one there.
///
/// # Errors
/// `WRONG_STATE` naming the steps that are allowed.
pub fn towards(steps: &[Step], present: usize, stage: TicketStage) -> Result<usize, UserError> {
    let allowed = allowed(steps, present);
    allowed
        .iter()
        .copied()
        .find(|step| steps[*step].stage == stage)
        .ok_or_else(|| {
            let named = named(steps, &allowed);
            let from = &steps[present].code;
            let text = Text::new(
                format!(
                    "The process leads from the step `{from}` to no step of {}; allowed are {named}. Enter one by ticketStepEnter.",
                    stage_name(stage)
                ),
                format!(
                    "按流程不能从步骤 {from} 进入阶段 {}；可进入的步骤：{named}（使用 ticketStepEnter）。",
                    stage_name(stage)
                ),
            );
            UserError::new(UserErrorCode::WrongState, "input.to", text)
        })
}

/// The step with that code, if it may follow the present one. Going back needs a reason.
///
/// # Errors
/// `NOT_FOUND` when the process has no such step, `WRONG_STATE` naming the steps that are allowed, `BLANK` without a
/// reason on the way back.
pub fn into(
    steps: &[Step],
    present: usize,
    code: &str,
    reason: Option<&str>,
) -> Result<usize, UserError> {
    let allowed = allowed(steps, present);
    let named = || named(steps, &allowed);
    let Some(target) = at(steps, code) else {
        let text = Text::new(
            format!(
                "The process of this ticket has no such step; allowed are {}.",
                named()
            ),
            format!("该工单的流程没有此步骤；可进入的步骤：{}。", named()),
        );
        return Err(UserError::new(UserErrorCode::NotFound, "input.step", text));
    };
    if !allowed.contains(&target) {
        let from = &steps[present].code;
        let text = Text::new(
            format!(
                "From the step `{from}` the ticket can't go to `{code}`; allowed are {}.",
                named()
            ),
            format!(
                "步骤 {from} 之后不能进入 {code}；可进入的步骤：{}。",
                named()
            ),
        );
        return Err(UserError::new(
            UserErrorCode::WrongState,
            "input.step",
            text,
        ));
    }
    if !is_forward(present, target) && reason.is_none_or(|reason| reason.trim().is_empty()) {
        let text = Text::new(
            "Say why the ticket goes back to an earlier step.",
            "请说明退回先前步骤的原因。",
        );
        return Err(UserError::new(UserErrorCode::Blank, "input.reason", text));
    }
    Ok(target)
}

fn named(steps: &[Step], places: &[usize]) -> String {
    if places.is_empty() {
        return "none · 无".to_owned();
    }
    let names: Vec<String> = places
        .iter()
        .map(|place| {
            let step = &steps[*place];
            format!("{} ({})", step.code, stage_name(step.stage))
        })
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::processes::rules::validity_tests::process;

    #[test]
    fn a_ticket_goes_where_its_process_leads() {
        use UserErrorCode::{Blank, NotFound, WrongState};
        let steps = process();
        // register -> diagnose -> (plan | inspect -> plan) -> repair -> report, and back
        for (from, to, reason, expected) in [
            ("register", "diagnose", None, Ok("diagnose")),
            ("register", "plan", None, Err(WrongState)),
            ("diagnose", "inspect", None, Ok("inspect")),
            ("inspect", "diagnose", None, Err(Blank)),
            ("inspect", "diagnose", Some(" "), Err(Blank)),
            (
                "inspect",
                "diagnose",
                Some("the wrong unit"),
                Ok("diagnose"),
            ),
            ("repair", "register", Some("r"), Err(WrongState)),
            ("repair", "polish", None, Err(NotFound)),
            ("report", "repair", Some("it beeps again"), Ok("repair")),
        ] {
            let present = at(&steps, from).expect("a step");
            let found = into(&steps, present, to, reason);
            let found = found.as_ref().map(|to| steps[*to].code.as_str());
            assert_eq!(
                found.map_err(|error| error.code),
                expected,
                "{from} -> {to}"
            );
        }
    }

    #[test]
    fn a_stage_is_entered_by_its_first_allowed_step() {
        use TicketStage::{Analysis, Execution, Feedback, Solution};
        let steps = process();
        for (from, stage, expected) in [
            ("register", Analysis, Some("diagnose")),
            ("diagnose", Solution, Some("plan")),
            ("inspect", Solution, Some("plan")),
            ("repair", Feedback, Some("report")),
            ("repair", Analysis, Some("diagnose")),
            ("register", Execution, None),
            ("report", Analysis, None),
        ] {
            let present = at(&steps, from).expect("a step");
            let found = towards(&steps, present, stage).ok();
            let found = found.map(|to| steps[to].code.as_str());
            assert_eq!(found, expected, "{from} -> {stage:?}");
        }
    }
}
