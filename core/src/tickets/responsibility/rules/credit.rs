//! The rule of shares: how much of a resolved ticket is whose.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::CreditRole;
use uuid::Uuid;

use crate::error::{Text, UserError, UserErrorCode};

/// A whole ticket, in hundredths of a percent.
pub const WHOLE: i32 = 10_000;

/// How much somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Who.
    pub member: Uuid,
    /// Points of recorded work; what gives how many stands in [`super::work`].
    pub points: u32,
}

/// Somebody's part of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Who.
    pub member: Uuid,
    /// As what.
    pub role: CreditRole,
    /// In hundredths of a percent.
    pub share: i32,
}

/// The shares of a ticket: the owner's percentage, and the rest among the others by their points. When nobody else
/// worked on it, the owner has it all; without an owner those who worked share it all; without anybody there are none.
///
/// The shares are [`WHOLE`] together: what rounding leaves over goes to the largest remainders, among equals to more
/// points, then to the older member. The owner comes first, then the largest share.
#[must_use]
pub fn shares(owner: Option<Uuid>, work: &[Work], owner_percent: i32) -> Vec<Share> {
    let mut others: BTreeMap<Uuid, u64> = BTreeMap::new();
    for one in work
        .iter()
        .filter(|one| Some(one.member) != owner && one.points > 0)
    {
        *others.entry(one.member).or_default() += u64::from(one.points);
    }
    let owners = match (owner, others.is_empty()) {
        (None, _) => 0,
        (Some(_), true) => WHOLE,
        (Some(_), false) => owner_percent.clamp(0, 100) * 100,
    };
    let mut shares: Vec<Share> = divide(WHOLE - owners, &others)
        .into_iter()
        .map(|(member, share)| Share {
            member,
            role: CreditRole::Contributor,
            share,
        })
        .collect();
    shares.sort_by_key(|share| (-share.share, share.member));
    if let Some(member) = owner {
        let share = Share {
            member,
            role: CreditRole::Owner,
            share: owners,
        };
        shares.insert(0, share);
    }
    shares.retain(|share| share.share > 0);
    shares
}

/// Divides a whole by points, with the method of the largest remainder.
fn divide(whole: i32, points: &BTreeMap<Uuid, u64>) -> Vec<(Uuid, i32)> {
    let total: u128 = points.values().map(|points| u128::from(*points)).sum();
    let Some(whole) = u128::try_from(whole).ok().filter(|_| total > 0) else {
        return Vec::new();
    };
    let mut parts: Vec<(Uuid, u128, u128, u64)> = points
        .iter()
        .map(|(member, points)| {
            let exact = whole * u128::from(*points);
            (*member, exact / total, exact % total, *points)
        })
        .collect();
    let given: u128 = parts.iter().map(|part| part.1).sum();
    let left = usize::try_from(whole - given).unwrap_or(0);
    parts.sort_by_key(|(member, _, remainder, points)| {
        (
            std::cmp::Reverse(*remainder),
            std::cmp::Reverse(*points),
            *member,
        )
    });
    for part in parts.iter_mut().take(left) {
        part.1 += 1;
    }
    parts
        .into_iter()
        .map(|(member, share, ..)| (member, i32::try_from(share).unwrap_or(0)))
        .collect()
}

/// What somebody wants the shares to be, in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Who.
    pub member: Uuid,
    /// How much.
    pub percent: i32,
}

/// Holds shares that a person sets against the rules: each member once, 1 to 100 percent each, 100 together, and nobody
/// gives more to themselves than they have.
///
/// # Errors
/// Names what is wrong and how to mend it.
pub fn set(
    wanted: &[Wanted],
    owner: Option<Uuid>,
    present: &[Share],
    setter: Option<Uuid>,
) -> Result<Vec<Share>, UserError> {
    let wrong = |en: String, zh: String| {
        UserError::new(UserErrorCode::Invalid, "input.shares", Text::new(en, zh))
    };
    let members: BTreeSet<Uuid> = wanted.iter().map(|one| one.member).collect();
    if members.len() != wanted.len() {
        return Err(wrong(
            "Name each member once.".to_owned(),
            "每位成员只能出现一次。".to_owned(),
        ));
    }
    if let Some(one) = wanted.iter().find(|one| !(1..=100).contains(&one.percent)) {
        let percent = one.percent;
        return Err(wrong(
            format!(
                "{percent} percent is no share; leave out who gets nothing, and give the others 1 to 100."
            ),
            format!("份额 {percent}% 无效；不计分的成员请勿列出，其余须为 1 至 100。"),
        ));
    }
    let total: i32 = wanted.iter().map(|one| one.percent).sum();
    if total != 100 {
        return Err(wrong(
            format!("The shares are {total} percent together; make them 100."),
            format!("份额合计为 {total}%，须为 100%。"),
        ));
    }
    let has = |member| {
        present
            .iter()
            .find(|share| share.member == member)
            .map_or(0, |share| share.share)
    };
    if let Some(setter) = setter
        && let Some(mine) = wanted.iter().find(|one| one.member == setter)
        && mine.percent * 100 > has(setter)
    {
        return Err(UserError::new(
            UserErrorCode::RuleViolated,
            "input.shares",
            Text::new(
                "Nobody raises their own share; ask somebody else to set it.",
                "不能调高本人的份额，请由他人调整。",
            ),
        ));
    }
    let mut shares: Vec<Share> = wanted
        .iter()
        .map(|one| Share {
            member: one.member,
            role: if Some(one.member) == owner {
                CreditRole::Owner
            } else {
                CreditRole::Contributor
            },
            share: one.percent * 100,
        })
        .collect();
    shares.sort_by_key(|share| (share.role != CreditRole::Owner, -share.share, share.member));
    Ok(shares)
}

#[cfg(test)]
#[path = "credit_tests.rs"]
mod tests;
