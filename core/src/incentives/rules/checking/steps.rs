//! Tiers that are empty, overlap, or can't be reached behind others.

use super::Fault;
use crate::decimal::Decimal;
use crate::incentives::rules::content::{RuleContent, TierPays};

/// The most tiers.
const MOST: usize = 12;

/// What is wrong with the tiers by themselves.
pub fn faults(content: &RuleContent) -> Vec<Fault> {
    let Some(tiers) = &content.tiers else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    if !(1..=MOST).contains(&tiers.steps.len()) {
        faults.push(Fault::at(
            "tiers.steps",
            format!("There are 1 to {MOST} tiers."),
            format!("须有 1 至 {MOST} 个阶梯。"),
        ));
    }
    // Where the one before ends; the second level is: it has no end.
    let mut before: Option<Option<Decimal>> = None;
    for (place, tier) in tiers.steps.iter().enumerate().take(MOST) {
        let path = format!("tiers.steps.{place}");
        let fault = match (before, tier.to) {
            (_, Some(to)) if to <= tier.from => Some(Fault::at(
                format!("{path}.to"),
                "This tier is empty: it ends where it begins or before.",
                "此阶梯为空：终点不大于起点。",
            )),
            (Some(None), _) => Some(Fault::at(
                format!("{path}.from"),
                "This tier is never reached: the one before has no end.",
                "此阶梯无法到达：前一阶梯没有终点。",
            )),
            (Some(Some(end)), _) if tier.from < end => Some(Fault::at(
                format!("{path}.from"),
                format!(
                    "This tier begins at {}, within the one before, which ends at {end}.",
                    tier.from
                ),
                format!(
                    "此阶梯起点 {} 落在前一阶梯内，前一阶梯终点为 {end}。",
                    tier.from
                ),
            )),
            _ => None,
        };
        faults.extend(fault);
        before = Some(tier.to);
        let (TierPays::Rate(pays) | TierPays::Each(pays) | TierPays::Amount(pays)) = tier.pays;
        if pays < Decimal(0) {
            faults.push(Fault::at(
                format!("{path}.pays"),
                "A tier brings nothing or something, never less than nothing.",
                "阶梯的比例或金额不得为负。",
            ));
        }
    }
    faults
}
