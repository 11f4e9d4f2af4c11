//! A step as the rules see it.

use entity::enums::TicketStage;
use entity::process_step;
use serde_json::Value;

use super::required::Required;

/// One step of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Names the step within its version.
    pub code: String,
    /// The stage that it belongs to.
    pub stage: TicketStage,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What to do, in English.
    pub guideline: String,
    /// 操作指引.
    pub guideline_zh: String,
    /// The key of the role whose duty it is.
    pub owner_role: String,
    /// Working time that it may take; none for no limit.
    pub limit_seconds: Option<i64>,
    /// What must be filled before it is left forward.
    pub required: Vec<Required>,
    /// Codes of the steps that may follow, the usual one first.
    pub next: Vec<String>,
}

impl From<&process_step::Model> for Step {
    fn from(row: &process_step::Model) -> Self {
        Self {
            code: row.code.clone(),
            stage: row.stage,
            name: row.name.clone(),
            name_zh: row.name_zh.clone(),
            guideline: row.guideline.clone(),
            guideline_zh: row.guideline_zh.clone(),
            owner_role: row.owner_role.clone(),
            limit_seconds: row.limit_seconds,
            required: required_of(row),
            next: next_of(row),
        }
    }
}

/// What a stored step requires.
#[must_use]
pub fn required_of(row: &process_step::Model) -> Vec<Required> {
    texts(&row.required_fields)
        .filter_map(Required::parse)
        .collect()
}

/// The codes that may follow a stored step.
#[must_use]
pub fn next_of(row: &process_step::Model) -> Vec<String> {
    texts(&row.next).map(str::to_owned).collect()
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}
