//! When a review can be handed in (评价完整性).

use std::collections::BTreeSet;

use super::content::{Content, Measure, Missing};
use crate::error::Text;

/// What the reviewer still has to say before the review can be handed in: everything in sections without which there is no
/// result.
#[must_use]
pub fn open(content: &Content, rated: &BTreeSet<&str>, plan: &[bool]) -> Vec<Text> {
    let mut open = Vec::new();
    let blocking = |one: &&super::content::Section| one.missing == Missing::Block;
    for section in content.sections.iter().filter(blocking) {
        match &section.measure {
            Measure::Criteria { items } => {
                let missing = items.iter().filter(|item| !rated.contains(&*item.key));
                open.extend(missing.map(|item| {
                    Text::new(
                        format!("{}: {} isn't judged yet.", section.name, item.name),
                        format!("{}：“{}”尚未评价。", section.name_zh, item.name_zh),
                    )
                }));
            }
            Measure::Plan if plan.is_empty() => open.push(Text::new(
                format!("{}: there is no plan yet; revise it.", section.name),
                format!("{}：尚无计划，请先修订计划。", section.name_zh),
            )),
            Measure::Plan if plan.contains(&false) => open.push(Text::new(
                format!("{}: not every item is judged yet.", section.name),
                format!("{}：尚有计划项未评价。", section.name_zh),
            )),
            Measure::Plan
            | Measure::Metrics { .. }
            | Measure::Feedback { .. }
            | Measure::Competencies => {}
        }
    }
    open
}

/// The keys of what the member and the reviewer judge.
pub fn criteria(content: &Content) -> impl Iterator<Item = &str> {
    content
        .sections
        .iter()
        .filter_map(|section| match &section.measure {
            Measure::Criteria { items } => Some(items),
            _ => None,
        })
        .flatten()
        .map(|item| item.key.as_str())
}

/// Has the content a work plan?
#[must_use]
pub fn has_plan(content: &Content) -> bool {
    let plan = |section: &super::content::Section| matches!(section.measure, Measure::Plan);
    content.sections.iter().any(plan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::templates::shipped::shipped;

    #[test]
    fn what_blocks_a_result_has_to_be_judged() {
        // Technical support: a plan and three criteria, both of which there is no result without.
        let content = shipped().expect("what ships").swap_remove(0).content;
        assert!(has_plan(&content));
        let all: Vec<&str> = criteria(&content).collect();
        assert_eq!(all, ["diagnosis", "records", "sharing"]);
        for (rated, plan, left) in [
            (0, vec![], 4),
            (2, vec![], 2),
            (3, vec![], 1),
            (3, vec![true, false], 1),
            (2, vec![true], 1),
            (3, vec![true, true], 0),
        ] {
            let rated: BTreeSet<&str> = all.iter().copied().take(rated).collect();
            assert_eq!(
                open(&content, &rated, &plan).len(),
                left,
                "{rated:?} {plan:?}"
            );
        }
        // The service desk has nothing that the reviewer must judge.
        let content = shipped().expect("what ships").swap_remove(2).content;
        assert!(!has_plan(&content));
        assert!(open(&content, &BTreeSet::new(), &[]).is_empty());
    }
}
