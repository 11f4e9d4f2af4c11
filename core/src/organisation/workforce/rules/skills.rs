//! How well a member can do what on a day, with certificates considered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use entity::{certificate, member_certificate, member_skill};
use uuid::Uuid;

use crate::organisation::rules::holds_on;

/// The lowest level of a skill: a beginner.
pub const LOWEST: i32 = 1;
/// The highest level of a skill: an expert.
pub const HIGHEST: i32 = 5;

/// A certificate that a member holds, with what it certifies.
pub type Held = (member_certificate::Model, certificate::Model);

/// What a member can do on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ability {
    /// The levels that count.
    pub counts: BTreeMap<Uuid, u8>,
    /// The levels that would count if no certificate of this member had run out or been taken away, where that is more
    /// than what counts.
    pub lapsed: BTreeMap<Uuid, u8>,
    /// The first day on which the level that counts is no longer certified: the latest end of the certificates behind
    /// a skill. Skills without a certificate, or with one for ever, aren't here.
    pub certified_until: BTreeMap<Uuid, NaiveDate>,
}

/// Is a certificate valid on a day? Its end and the day on which it was taken away no longer count.
#[must_use]
pub fn is_valid(row: &member_certificate::Model, day: NaiveDate) -> bool {
    holds_on(row.issued_on, row.expires_on, day) && row.revoked_on.is_none_or(|end| day < end)
}

/// What one member can do on a day: the greatest of what is recorded and what valid certificates grant. A skill among
/// `needing` counts only while a valid certificate for it is held, whatever level that one grants.
#[must_use]
pub fn ability(
    recorded: &[&member_skill::Model],
    certificates: &[&Held],
    needing: &BTreeSet<Uuid>,
    day: NaiveDate,
) -> Ability {
    let mut skills: BTreeMap<Uuid, Evidence> = BTreeMap::new();
    for row in recorded {
        if holds_on(row.valid_from, row.valid_to, day) {
            let evidence = skills.entry(row.skill_id).or_default();
            evidence.recorded = evidence.recorded.max(level(row.level));
        }
    }
    for (row, kind) in certificates {
        let Some(skill) = kind.skill_id else { continue };
        if row.issued_on > day {
            continue;
        }
        let evidence = skills.entry(skill).or_default();
        let granted = kind.level.map_or(0, level);
        evidence.once = evidence.once.max(granted);
        if is_valid(row, day) {
            evidence.granted = evidence.granted.max(granted);
            evidence.certify_until(row.expires_on);
        }
    }
    let mut ability = Ability::default();
    for (skill, evidence) in skills {
        let counts = if needing.contains(&skill) && !evidence.certified {
            0
        } else {
            evidence.recorded.max(evidence.granted)
        };
        let could = evidence.recorded.max(evidence.once);
        if counts > 0 {
            ability.counts.insert(skill, counts);
        }
        if could > counts {
            ability.lapsed.insert(skill, could);
        }
        if let (true, Some(until)) = (counts > 0, evidence.until) {
            ability.certified_until.insert(skill, until);
        }
    }
    ability
}

/// The day on which a certificate that is valid for so many months runs out; none when it is valid for ever. The last
/// day of a month stays one: a certificate of the 31st of January that is valid for a month runs out on the 28th or
/// 29th of February.
#[must_use]
pub fn runs_out(issued_on: NaiveDate, months_valid: Option<i32>) -> Option<NaiveDate> {
    let months = u32::try_from(months_valid?).ok()?;
    issued_on.checked_add_months(Months::new(months))
}

/// What speaks for one skill.
#[derive(Default)]
struct Evidence {
    recorded: u8,
    granted: u8,
    once: u8,
    certified: bool,
    until: Option<NaiveDate>,
}

impl Evidence {
    /// The latest end counts; one for ever is later than any.
    fn certify_until(&mut self, end: Option<NaiveDate>) {
        self.until = match (self.certified, self.until, end) {
            (false, _, end) => end,
            (true, Some(known), Some(end)) => Some(known.max(end)),
            (true, _, _) => None,
        };
        self.certified = true;
    }
}

/// The table holds levels as wider numbers than are ever in it.
fn level(stored: i32) -> u8 {
    u8::try_from(stored.clamp(0, HIGHEST)).unwrap_or(0)
}

#[cfg(test)]
#[path = "skills_tests.rs"]
mod tests;
