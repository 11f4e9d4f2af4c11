//! What a step must look like to be written down at all; whether the whole is a good process is told by
//! [`super::validity`].

use std::collections::BTreeSet;

use super::required::Required;
use super::steps::Step;
use super::validity::{LIMIT_MAX, LIMIT_MIN, STEPS_MAX};
use crate::check::Checks;
use crate::error::{Text, UserErrorCode};
use entity::enums::TicketStage;

/// The longest name, in characters.
pub const NAME_MAX: usize = 100;
/// The longest guideline, in characters.
pub const GUIDELINE_MAX: usize = 4_000;
/// The longest note on a version, in characters.
pub const NOTE_MAX: usize = 1_000;
/// The most required fields of a step.
const REQUIRED_MAX: usize = 20;

/// A step as somebody typed it.
#[derive(Clone, Debug)]
pub struct TypedStep {
    /// Names the step within its version.
    pub code: String,
    /// The stage that it belongs to.
    pub stage: TicketStage,
    /// Name in English.
    pub name: String,
    /// 中文名称; the English one when it is missing.
    pub name_zh: Option<String>,
    /// What to do, in English.
    pub guideline: String,
    /// 操作指引; the English one when it is missing.
    pub guideline_zh: Option<String>,
    /// The key of the role whose duty it is.
    pub owner_role: String,
    /// Working time that it may take.
    pub limit_seconds: Option<i64>,
    /// Names of what must be filled.
    pub required: Vec<String>,
    /// Codes of the steps that may follow.
    pub next: Vec<String>,
}

/// Reads the whole set of steps, noting every mistake at its place, such as `input.steps.2.code`.
pub fn read(typed: &[TypedStep], checks: &mut Checks) -> Vec<Step> {
    checks.ensure(
        typed.len() <= STEPS_MAX,
        UserErrorCode::TooLong,
        "input.steps",
        || {
            Text::new(
                format!("A process has at most {STEPS_MAX} steps."),
                format!("一个流程最多 {STEPS_MAX} 个步骤。"),
            )
        },
    );
    let mut codes = BTreeSet::new();
    let mut steps = Vec::with_capacity(typed.len().min(STEPS_MAX));
    for (place, step) in typed.iter().take(STEPS_MAX).enumerate() {
        let at = |field: &str| format!("input.steps.{place}.{field}");
        let code = code(&step.code, &at("code"), checks);
        checks.ensure(
            codes.insert(code.clone()),
            UserErrorCode::Taken,
            &at("code"),
            || {
                Text::new(
                    "Another step has this code already; codes are unique within a version.",
                    "步骤代码在同一版本内不能重复。",
                )
            },
        );
        let name = checks.text(&at("name"), &step.name, NAME_MAX);
        let guideline = checks.body(&at("guideline"), &step.guideline, GUIDELINE_MAX);
        steps.push(Step {
            code,
            stage: step.stage,
            name_zh: checks
                .optional_text(&at("nameZh"), step.name_zh.as_deref(), NAME_MAX)
                .unwrap_or_else(|| name.clone()),
            name,
            guideline_zh: checks
                .optional_body(
                    &at("guidelineZh"),
                    step.guideline_zh.as_deref(),
                    GUIDELINE_MAX,
                )
                .unwrap_or_else(|| guideline.clone()),
            guideline,
            owner_role: checks.text(&at("ownerRole"), &step.owner_role, 50),
            limit_seconds: limit(step.limit_seconds, &at("limitSeconds"), checks),
            required: required(&step.required, &at("requiredFields"), checks),
            next: next(&step.next, &at("next"), checks),
        });
    }
    steps
}

/// A code of a step or a template: 2 to 50 of `a-z`, `0-9` and `_`.
pub fn code(typed: &str, field: &str, checks: &mut Checks) -> String {
    let code = typed.trim();
    let formed = (2..=50).contains(&code.len())
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    checks.ensure(formed, UserErrorCode::Invalid, field, || {
        Text::new(
            "A code has 2 to 50 of a-z, 0-9 and _, and starts with a letter, such as `first_check`.",
            "代码由 2 至 50 个小写字母、数字或下划线组成，并以字母开头，例如 first_check。",
        )
    });
    code.to_owned()
}

fn limit(typed: Option<i64>, field: &str, checks: &mut Checks) -> Option<i64> {
    if let Some(seconds) = typed {
        checks.ensure(
            (LIMIT_MIN..=LIMIT_MAX).contains(&seconds),
            UserErrorCode::Invalid,
            field,
            || {
                Text::new(
                    "A time limit is 60 seconds to 31,536,000 (a year) of working time, or nothing for no limit.",
                    "时限须为 60 至 31,536,000 秒（一年）的工作时间；不填表示不限时。",
                )
            },
        );
    }
    typed
}

fn required(typed: &[String], field: &str, checks: &mut Checks) -> Vec<Required> {
    let mut found = Vec::new();
    for name in typed.iter().take(REQUIRED_MAX) {
        match Required::parse(name) {
            Some(required) if !found.contains(&required) => found.push(required),
            Some(_) => {}
            None => {
                let names = Required::names();
                checks.add(
                    UserErrorCode::Invalid,
                    field,
                    Text::new(
                        format!("`{}` can't be required; choose from {names}.", shown(name)),
                        format!("“{}”不能设为必填，可选：{names}。", shown(name)),
                    ),
                );
            }
        }
    }
    checks.ensure(
        typed.len() <= REQUIRED_MAX,
        UserErrorCode::TooLong,
        field,
        || {
            Text::new(
                format!("A step requires at most {REQUIRED_MAX} fields."),
                format!("一个步骤最多 {REQUIRED_MAX} 个必填项。"),
            )
        },
    );
    found
}

fn next(typed: &[String], field: &str, checks: &mut Checks) -> Vec<String> {
    checks.ensure(
        typed.len() <= STEPS_MAX,
        UserErrorCode::TooLong,
        field,
        || {
            Text::new(
                format!("At most {STEPS_MAX} steps can follow one."),
                format!("后续步骤最多 {STEPS_MAX} 个。"),
            )
        },
    );
    let mut found: Vec<String> = Vec::new();
    for name in typed.iter().take(STEPS_MAX) {
        let name = code(name, field, checks);
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// So much of a wrong name as fits into a message.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}
