//! All candidates in order: the best first, then those who can't have the ticket, each with the reason.

use std::collections::BTreeMap;

use entity::enums::Exclusion;
use uuid::Uuid;

use super::eligible::{Why, eligible};
use super::facts::{Candidate, Needs};
use super::score::{Points, Together, Weights, points};
use crate::error::Text;

/// What was found about a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// May have the ticket.
    Ranked {
        /// The place, from 1.
        rank: u32,
        /// The points.
        points: Points,
        /// Their weighted mean, 0 to 1000.
        total: u64,
    },
    /// Can't have it.
    Excluded(Why),
}

/// A candidate with what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The candidate, as known at that moment.
    pub candidate: Candidate,
    /// What was found.
    pub verdict: Verdict,
}

impl Judged {
    /// The place; none when excluded.
    #[must_use]
    pub const fn rank(&self) -> Option<u32> {
        match self.verdict {
            Verdict::Ranked { rank, .. } => Some(rank),
            Verdict::Excluded(_) => None,
        }
    }

    /// What stands against it.
    #[must_use]
    pub const fn why(&self) -> Option<&Why> {
        match &self.verdict {
            Verdict::Ranked { .. } => None,
            Verdict::Excluded(why) => Some(why),
        }
    }
}

/// Judges all candidates. Most points first; of equals the one who has waited longest for a ticket, who never got one
/// before all others; then by the member's number. In which order the candidates come makes no difference.
#[must_use]
pub fn judge(needs: &Needs, candidates: Vec<Candidate>, weights: Weights) -> Vec<Judged> {
    let (mut fit, mut unfit) = (Vec::new(), Vec::new());
    for candidate in candidates {
        match eligible(needs, &candidate) {
            Ok(()) => fit.push(candidate),
            Err(why) => unfit.push((candidate, why)),
        }
    }
    let together = Together::of(&fit);
    let mut ranked: Vec<(u64, Points, Candidate)> = fit
        .into_iter()
        .map(|candidate| {
            let points = points(needs, &candidate, together);
            (weights.total(points), points, candidate)
        })
        .collect();
    // An option without a value is smaller than any other, so who never got a ticket comes first.
    ranked.sort_by(|(one_total, _, one), (other_total, _, other)| {
        other_total
            .cmp(one_total)
            .then_with(|| one.last_assigned.cmp(&other.last_assigned))
            .then_with(|| one.number.cmp(&other.number))
            .then_with(|| one.member.cmp(&other.member))
    });
    unfit.sort_by(|(one, _), (other, _)| {
        one.number
            .cmp(&other.number)
            .then_with(|| one.member.cmp(&other.member))
    });
    let places = (1..).zip(ranked);
    places
        .map(|(rank, (total, points, candidate))| Judged {
            candidate,
            verdict: Verdict::Ranked {
                rank,
                points,
                total,
            },
        })
        .chain(unfit.into_iter().map(|(candidate, why)| Judged {
            candidate,
            verdict: Verdict::Excluded(why),
        }))
        .collect()
}

/// Who gets the ticket; none when nobody can have it.
#[must_use]
pub fn best(ranking: &[Judged]) -> Option<Uuid> {
    ranking
        .first()
        .filter(|first| first.rank() == Some(1))
        .map(|first| first.candidate.member)
}

/// The place of a member in the ranking.
#[must_use]
pub fn place_of(ranking: &[Judged], member: Uuid) -> Option<u32> {
    ranking
        .iter()
        .find(|judged| judged.candidate.member == member)
        .and_then(Judged::rank)
}

/// How many were excluded for each reason.
#[must_use]
pub fn count(exclusions: impl IntoIterator<Item = Exclusion>) -> BTreeMap<Exclusion, u32> {
    let mut counts = BTreeMap::new();
    for exclusion in exclusions {
        *counts.entry(exclusion).or_insert(0) += 1;
    }
    counts
}

/// That nobody could have the ticket, why, and the way out.
#[must_use]
pub fn nobody(needs: &Needs, counts: &BTreeMap<Exclusion, u32>) -> Text {
    if counts.is_empty() {
        return if needs.team.is_some() {
            Text::new(
                "Nobody could take it: its team has no members today. Give it to another team.",
                "无人可接单：该团队今日没有成员，请改派其他团队。",
            )
        } else {
            Text::new(
                "Nobody could take it: no region with its province has members today. Give it to a team.",
                "无人可接单：没有服务该省份的成员，请先分派到团队。",
            )
        };
    }
    let list = |zh: bool, separator: &str| {
        let parts: Vec<String> = counts
            .iter()
            .map(|(exclusion, count)| {
                let text = reason(*exclusion);
                if zh {
                    format!("{} {count} 人", text.zh)
                } else {
                    format!("{count} {}", text.en)
                }
            })
            .collect();
        parts.join(separator)
    };
    Text::new(
        format!(
            "Nobody could take it: {}. See the decision for each of them; give it to another team or name a member with a reason.",
            list(false, ", ")
        ),
        format!(
            "无人可接单：{}。详见派单决策；可改派其他团队，或指定成员并说明原因。",
            list(true, "，")
        ),
    )
}

/// A kind of reason, after a number of people.
fn reason(exclusion: Exclusion) -> Text {
    match exclusion {
        Exclusion::Team => Text::new("not in its team", "非本团队"),
        Exclusion::Region => Text::new("not serving its province", "不在服务区域"),
        Exclusion::Skill => Text::new("without the skill", "技能不足"),
        Exclusion::Certificate => Text::new("without a valid certificate", "证书无效"),
        Exclusion::Shift => Text::new("not on shift", "不在班"),
        Exclusion::Leave => Text::new("on leave", "请假"),
        Exclusion::Capacity => Text::new("at capacity", "已满负荷"),
    }
}
