//! Who recognises each other again and again, and who gets most (认可模式): what to look into, not a judgement.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::store;
use crate::access::{Call, Permission};
use crate::db::Db;
use crate::error::{ApiError, Result};
use crate::incentives::rules::honours::{Concentration, Mutual, concentration, mutual};

/// The most days that are looked at together.
const LONGEST: i64 = 366;
/// The most recognitions that are looked at together.
const MOST: u64 = 50_000;
/// How often two recognise each other, each way, before they are named.
const LEAST: usize = 2;
/// The most pairs, and the most receivers, that are named.
const NAMED: usize = 50;

/// What recognitions of some days look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    /// How many there are.
    pub recognitions: usize,
    /// How many gave one.
    pub givers: usize,
    /// How many got one.
    pub receivers: usize,
    /// Those who recognise each other, most of all first.
    pub mutual: Vec<Mutual>,
    /// Those who got most, the first first.
    pub concentrated: Vec<Concentration>,
}

/// What recognitions within these days (the end excluded) look like; one statement.
///
/// # Errors
/// Refusal of permission; `BAD_INPUT` when the days or the recognitions are too many.
pub async fn patterns(
    db: &Db,
    call: &Call,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Patterns> {
    call.viewer.require(Permission::RecognitionReview)?;
    let days = until.signed_duration_since(from).num_days();
    if !(1..=LONGEST).contains(&days) {
        let error = ApiError::bad_input(
            "until",
            format!("`until` is 1 to {LONGEST} days after `from`"),
            format!("`until` 须晚于 `from` 1 至 {LONGEST} 天"),
        );
        return Err(error.into());
    }
    let given = store::given_in(db.reader(), (from, until), MOST + 1).await?;
    if given.len() as u64 > MOST {
        let error = ApiError::bad_input(
            "until",
            format!("there are more than {MOST} recognitions; ask for fewer days"),
            format!("认可超过 {MOST} 条，请缩短时间范围"),
        );
        return Err(error.into());
    }
    let distinct = |ids: &mut dyn Iterator<Item = Uuid>| ids.collect::<BTreeSet<_>>().len();
    let mut pairs = mutual(&given, LEAST);
    pairs.truncate(NAMED);
    Ok(Patterns {
        recognitions: given.len(),
        givers: distinct(&mut given.iter().map(|one| one.giver)),
        receivers: distinct(&mut given.iter().map(|one| one.receiver)),
        mutual: pairs,
        concentrated: concentration(&given, NAMED),
    })
}
