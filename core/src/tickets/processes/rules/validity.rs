//! What stands against publishing a version: every problem names its step and its field.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::TicketStage;

use super::required::Required;
use super::steps::Step;
use crate::error::Text;
use crate::tickets::rules::stages::{STAGES, place, stage_name};

/// The most steps of a version.
pub const STEPS_MAX: usize = 40;
/// The shortest time limit: a minute.
pub const LIMIT_MIN: i64 = 60;
/// The longest time limit: a year.
pub const LIMIT_MAX: i64 = 365 * 24 * 3_600;

/// Something that stands against publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The step; none when it is about the whole.
    pub step: Option<String>,
    /// The field of the step, or `steps`.
    pub field: &'static str,
    /// What is wrong and the way out.
    pub text: Text,
}

/// What the steps refer to outside of the version.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The keys of the roles that there are.
    pub roles: BTreeSet<String>,
    /// The codes of the custom fields that tickets of the kind have.
    pub fields: BTreeSet<String>,
}

/// Everything that stands against publishing these steps, in the order of the steps; what is about the whole comes first.
#[must_use]
pub fn problems(steps: &[Step], names: &Names) -> Vec<Problem> {
    let mut problems = whole(steps);
    let index: BTreeMap<&str, usize> = steps
        .iter()
        .enumerate()
        .rev()
        .map(|(at, step)| (step.code.as_str(), at))
        .collect();
    let from_first = closure(steps.len(), first(steps), |at| follow(steps, &index, at));
    let to_last = closure(steps.len(), last(steps), |at| lead(steps, &index, at));
    for (at, step) in steps.iter().enumerate() {
        let mut note = |field, en: String, zh: String| {
            problems.push(Problem {
                step: Some(step.code.clone()),
                field,
                text: Text::new(en, zh),
            });
        };
        if index.get(step.code.as_str()) != Some(&at) {
            note(
                "code",
                format!("Another step has the code `{}` already.", step.code),
                format!("步骤代码 {} 重复。", step.code),
            );
        }
        if at > 0 && place(steps[at - 1].stage) > place(step.stage) {
            note(
                "stage",
                format!(
                    "This step of {} stands after one of {}; write the steps in the order of the stages.",
                    stage_name(step.stage),
                    stage_name(steps[at - 1].stage)
                ),
                "步骤须按阶段先后排列。".to_owned(),
            );
        }
        for (field, en, zh) in own(step, names) {
            note(field, en, zh);
        }
        for (en, zh) in wrong_next(steps, &index, at) {
            note("next", en, zh);
        }
        if !from_first.contains(&at) {
            note(
                "next",
                "No way leads here from the first step; name it in the `next` of an earlier one."
                    .to_owned(),
                "从首个步骤无法到达此步骤；请将其列入某个前置步骤的后续步骤。".to_owned(),
            );
        }
        if !to_last.contains(&at) {
            note(
                "next",
                "From here no way leads to FEEDBACK; name a step that goes on.".to_owned(),
                "从此步骤无法到达“结果反馈”阶段；请补充后续步骤。".to_owned(),
            );
        }
    }
    problems
}

/// How many steps, and does every stage have one?
fn whole(steps: &[Step]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut note = |field, en: String, zh: String| {
        problems.push(Problem {
            step: None,
            field,
            text: Text::new(en, zh),
        });
    };
    if !(1..=STEPS_MAX).contains(&steps.len()) {
        note(
            "steps",
            format!(
                "A process has 1 to {STEPS_MAX} steps; this one has {}.",
                steps.len()
            ),
            format!(
                "流程须有 1 至 {STEPS_MAX} 个步骤，当前为 {} 个。",
                steps.len()
            ),
        );
    }
    for stage in STAGES {
        if !steps.is_empty() && !steps.iter().any(|step| step.stage == stage) {
            note(
                "stage",
                format!(
                    "The stage {} has no step; each of the five needs one.",
                    stage_name(stage)
                ),
                format!(
                    "阶段 {} 没有步骤；五个阶段均须至少一个步骤。",
                    stage_name(stage)
                ),
            );
        }
    }
    problems
}

/// What is wrong with a step by itself.
fn own(step: &Step, names: &Names) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    for (field, text) in [
        ("code", &step.code),
        ("name", &step.name),
        ("nameZh", &step.name_zh),
        ("guideline", &step.guideline),
        ("guidelineZh", &step.guideline_zh),
    ] {
        if text.trim().is_empty() {
            found.push((
                field,
                "This can't be empty.".to_owned(),
                "此项不能为空。".to_owned(),
            ));
        }
    }
    if !names.roles.contains(&step.owner_role) {
        found.push((
            "ownerRole",
            format!(
                "There is no role `{}`; name one by its key, such as `agent`.",
                step.owner_role
            ),
            format!(
                "角色 {} 不存在；请填写角色标识，例如 agent。",
                step.owner_role
            ),
        ));
    }
    if step
        .limit_seconds
        .is_some_and(|limit| !(LIMIT_MIN..=LIMIT_MAX).contains(&limit))
    {
        found.push((
            "limitSeconds",
            "A time limit is a minute to a year, or nothing for no limit.".to_owned(),
            "时限须为一分钟至一年；不填表示不限时。".to_owned(),
        ));
    }
    for required in &step.required {
        if let Required::Field(code) = required
            && !names.fields.contains(code)
        {
            found.push((
                "requiredFields",
                format!("Tickets of this kind have no custom field `{code}`."),
                format!("此类工单没有自定义字段 {code}。"),
            ));
        }
    }
    found
}

/// Followers that don't exist, or that skip a stage.
fn wrong_next(steps: &[Step], index: &BTreeMap<&str, usize>, at: usize) -> Vec<(String, String)> {
    let step = &steps[at];
    let mut found = Vec::new();
    for code in &step.next {
        match index.get(code.as_str()) {
            None => found.push((
                format!("There is no step `{code}` to follow."),
                format!("后续步骤 {code} 不存在。"),
            )),
            Some(follower) if *follower == at => found.push((
                "A step can't follow itself.".to_owned(),
                "步骤不能以自身为后续步骤。".to_owned(),
            )),
            Some(follower) if skips(step.stage, steps[*follower].stage) => found.push((
                format!(
                    "`{code}` belongs to {}, and from {} only the next stage can be entered, or an earlier one.",
                    stage_name(steps[*follower].stage),
                    stage_name(step.stage)
                ),
                format!("后续步骤 {code} 跨越了阶段；只能进入同一阶段、下一阶段或退回先前阶段。"),
            )),
            Some(_) => {}
        }
    }
    found
}

fn skips(from: TicketStage, to: TicketStage) -> bool {
    place(to) > place(from) + 1
}

fn first(steps: &[Step]) -> Vec<usize> {
    if steps.is_empty() { vec![] } else { vec![0] }
}

fn last(steps: &[Step]) -> Vec<usize> {
    let at_the_end = |(at, step): (usize, &Step)| (step.stage == STAGES[4]).then_some(at);
    steps.iter().enumerate().filter_map(at_the_end).collect()
}

/// The steps that follow one.
fn follow(steps: &[Step], index: &BTreeMap<&str, usize>, at: usize) -> Vec<usize> {
    steps[at]
        .next
        .iter()
        .filter_map(|code| index.get(code.as_str()).copied())
        .collect()
}

/// The steps that lead to one.
fn lead(steps: &[Step], index: &BTreeMap<&str, usize>, at: usize) -> Vec<usize> {
    (0..steps.len())
        .filter(|from| follow(steps, index, *from).contains(&at))
        .collect()
}

/// What can be reached from some steps.
fn closure(
    count: usize,
    from: Vec<usize>,
    neighbours: impl Fn(usize) -> Vec<usize>,
) -> BTreeSet<usize> {
    let mut reached: BTreeSet<usize> = from.iter().copied().collect();
    let mut open = from;
    while let Some(at) = open.pop() {
        for neighbour in neighbours(at) {
            if neighbour < count && reached.insert(neighbour) {
                open.push(neighbour);
            }
        }
    }
    reached
}
