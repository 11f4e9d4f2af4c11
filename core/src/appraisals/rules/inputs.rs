//! Everything that a result follows from, as it was when figures were frozen (考核数据).

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::AppraisalFeedbackSource as Source;
use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// Everything that a result follows from: raw, so that another version of the template can be tried on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Inputs {
    /// The member's figure of each metric; absent or none where there is none.
    pub metrics: BTreeMap<String, Option<Decimal>>,
    /// Metrics whose figure waits for a dispute about a record.
    pub paused: BTreeSet<String>,
    /// The items of the work plan.
    pub plan: Vec<Planned>,
    /// How far each criterion is met, in percent, as the reviewer sees it.
    pub criteria: BTreeMap<String, Decimal>,
    /// What was said from each side.
    pub feedback: BTreeMap<Source, Voices>,
    /// How far the competencies fit the position, in percent.
    pub competencies: Option<Decimal>,
    /// How often each behaviour was recorded.
    pub incidents: BTreeMap<String, u32>,
}

/// An item of the work plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// What was to be done.
    pub title: String,
    /// Its weight among the items.
    pub weight: i32,
    /// How far it is done, in percent.
    pub percent: Option<Decimal>,
}

/// What was said from a side, put together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voices {
    /// How many said something.
    pub answers: u32,
    /// The mean rating of each question, 1 to 5.
    pub means: BTreeMap<String, Decimal>,
}
