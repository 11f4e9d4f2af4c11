//! Good processes and bad ones.

use std::collections::BTreeSet;

use entity::enums::TicketStage::{self, Analysis, Execution, Feedback, Intake, Solution};

use super::required::Required;
use super::steps::Step;
use super::validity::{Names, STEPS_MAX, problems};

fn step(code: &str, stage: TicketStage, next: &[&str]) -> Step {
    Step {
        code: code.to_owned(),
        stage,
        name: code.to_owned(),
        name_zh: "步骤".to_owned(),
        guideline: "Do it.".to_owned(),
        guideline_zh: "执行。".to_owned(),
        owner_role: "agent".to_owned(),
        limit_seconds: Some(3_600),
        required: Vec::new(),
        next: next.iter().map(|code| (*code).to_owned()).collect(),
    }
}

/// A small good process.
pub fn process() -> Vec<Step> {
    vec![
        step("register", Intake, &["diagnose"]),
        step("diagnose", Analysis, &["plan", "inspect"]),
        step("inspect", Analysis, &["plan", "diagnose"]),
        step("plan", Solution, &["repair"]),
        step("repair", Execution, &["report", "plan", "diagnose"]),
        step("report", Feedback, &["repair"]),
    ]
}

fn names() -> Names {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Names {
        roles: set(&["agent", "engineer"]),
        fields: set(&["serial"]),
    }
}

/// The problems as (step, field).
fn found(steps: &[Step]) -> BTreeSet<(String, &'static str)> {
    problems(steps, &names())
        .into_iter()
        .map(|problem| (problem.step.unwrap_or_default(), problem.field))
        .collect()
}

#[test]
fn a_good_process_has_no_problem() {
    assert_eq!(problems(&process(), &names()), []);
}

/// What is changed in the good process, and where that is told.
#[test]
fn every_problem_names_step_and_field() {
    type Spoil = fn(&mut Vec<Step>);
    type Case = (&'static str, Spoil, &'static [(&'static str, &'static str)]);
    let cases: [Case; 15] = [
        ("no step", |steps| steps.clear(), &[("", "steps")]),
        (
            "a code twice",
            |steps| steps.insert(2, step("diagnose", Analysis, &["plan"])),
            &[("diagnose", "code")],
        ),
        (
            "a stage without a step",
            |steps| {
                steps.retain(|step| step.code != "plan");
                steps[1].next = vec!["inspect".to_owned()];
                steps[2].next = vec!["diagnose".to_owned()];
                steps[3].next = vec!["report".to_owned()];
            },
            &[
                ("", "stage"),
                ("register", "next"),
                ("diagnose", "next"),
                ("inspect", "next"),
                ("repair", "next"),
                ("report", "next"),
            ],
        ),
        (
            "the stages out of order",
            |steps| steps.swap(1, 3),
            &[("inspect", "stage")],
        ),
        (
            "a follower that isn't there",
            |steps| steps[0].next.push("polish".to_owned()),
            &[("register", "next")],
        ),
        (
            "itself as follower",
            |steps| steps[0].next.push("register".to_owned()),
            &[("register", "next")],
        ),
        (
            "a stage skipped",
            |steps| steps[0].next.push("plan".to_owned()),
            &[("register", "next")],
        ),
        (
            "a step that nothing leads to",
            |steps| steps[1].next = vec!["plan".to_owned()],
            &[("inspect", "next")],
        ),
        (
            "a step without a way on",
            |steps| steps[2].next.clear(),
            &[("inspect", "next")],
        ),
        (
            "a circle without a way out",
            |steps| steps[3].next = vec!["diagnose".to_owned()],
            &[
                ("register", "next"),
                ("diagnose", "next"),
                ("inspect", "next"),
                ("plan", "next"),
                ("repair", "next"),
                ("report", "next"),
            ],
        ),
        (
            "a role that isn't there",
            |steps| steps[4].owner_role = "wizard".to_owned(),
            &[("repair", "ownerRole")],
        ),
        (
            "less than a minute",
            |steps| steps[4].limit_seconds = Some(59),
            &[("repair", "limitSeconds")],
        ),
        (
            "more than a year",
            |steps| steps[4].limit_seconds = Some(365 * 24 * 3_600 + 1),
            &[("repair", "limitSeconds")],
        ),
        (
            "a custom field that isn't there",
            |steps| {
                steps[4].required = vec![
                    Required::Field("colour".to_owned()),
                    Required::Field("serial".to_owned()),
                ]
            },
            &[("repair", "requiredFields")],
        ),
        (
            "no guideline",
            |steps| steps[4].guideline = " ".to_owned(),
            &[("repair", "guideline")],
        ),
    ];
    for (what, spoil, expected) in cases {
        let mut steps = process();
        spoil(&mut steps);
        let expected: BTreeSet<_> = expected
            .iter()
            .map(|(step, field)| ((*step).to_owned(), *field))
            .collect();
        let all = found(&steps);
        assert!(
            expected.is_subset(&all) && !all.is_empty(),
            "{what}: {all:?}"
        );
        // Nothing is told of steps that have nothing to do with it.
        let steps_told: BTreeSet<&String> = all.iter().map(|(step, _)| step).collect();
        assert!(
            expected.len() > 1 || steps_told.len() == 1,
            "{what}: {all:?}"
        );
    }
}

#[test]
fn back_to_any_earlier_stage_is_fine_and_no_limit_too() {
    let mut steps = process();
    steps[5].next.push("register".to_owned());
    steps[4].limit_seconds = None;
    steps[4].required = vec![Required::Assignee, Required::Solution];
    assert_eq!(problems(&steps, &names()), []);
}

#[test]
fn forty_steps_are_enough() {
    let mut steps = process();
    while steps.len() < STEPS_MAX {
        let code = format!("more_{}", steps.len());
        steps[0].next.push(code.clone());
        steps.insert(1, step(&code, Intake, &["diagnose"]));
    }
    assert_eq!(problems(&steps, &names()), []);
    steps[0].next.push("last_straw".to_owned());
    steps.insert(1, step("last_straw", Intake, &["diagnose"]));
    assert_eq!(found(&steps), BTreeSet::from([(String::new(), "steps")]));
}
