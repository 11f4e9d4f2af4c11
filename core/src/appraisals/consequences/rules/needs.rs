//! What results are weak in, and how much of that is told (能力短板).

use uuid::Uuid;

use crate::appraisals::rules::content::{Content, Measure, Section};
use crate::appraisals::rules::scoring::Outcome;
use crate::appraisals::rules::words::{Names, item_name, remarks};
use crate::decimal::Decimal;
use crate::error::Text;

/// Something that members are measured by, the same for all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The version of the template.
    pub version: Uuid,
    /// The section's key.
    pub section: String,
    /// The item's key; none for the work plan, whose items are each member's own.
    pub item: Option<String>,
}

/// The items of a result with what each is worth, in percent; those that nothing is known of are left out.
#[must_use]
pub fn items(version: Uuid, content: &Content, outcome: &Outcome) -> Vec<(Item, Decimal)> {
    let mut found = Vec::new();
    for line in &outcome.sections {
        let Some(section) = section_of(content, &line.key) else {
            continue;
        };
        let item = |item: Option<&str>| Item {
            version,
            section: line.key.clone(),
            item: item.map(str::to_owned),
        };
        if section.measure == Measure::Plan {
            found.extend(line.percent.map(|percent| (item(None), percent)));
            continue;
        }
        for one in &line.items {
            found.extend(one.percent.map(|percent| (item(Some(&one.key)), percent)));
        }
    }
    found
}

/// What a result is weak in, each once, with what it is worth, in percent.
#[must_use]
pub fn weak(version: Uuid, content: &Content, outcome: &Outcome) -> Vec<(Item, Decimal)> {
    let mut found: Vec<(Item, Decimal)> = Vec::new();
    for remark in remarks(content, outcome, &|_| None).weaknesses {
        let Some(section) = section_of(content, &remark.section) else {
            continue;
        };
        let own = section.measure == Measure::Plan;
        let item = Item {
            version,
            section: remark.section,
            item: (!own).then_some(remark.item),
        };
        match found.iter_mut().find(|(known, _)| *known == item) {
            Some((_, percent)) => *percent = (*percent).min(remark.percent),
            None => found.push((item, remark.percent)),
        }
    }
    found
}

/// What an item is called.
#[must_use]
pub fn called(content: &Content, item: &Item, names: Names<'_>) -> Text {
    match (section_of(content, &item.section), &item.item) {
        (Some(section), Some(item)) => item_name(section, item, names),
        (Some(section), None) => Text::new(section.name.clone(), section.name_zh.clone()),
        (None, _) => Text::new(item.section.clone(), item.section.clone()),
    }
}

fn section_of<'c>(content: &'c Content, key: &str) -> Option<&'c Section> {
    content.sections.iter().find(|section| section.key == key)
}

/// How many members beyond reach are weak in something, as far as it may be told: when they are enough, and when those who aren't
/// weak in it are enough too, for where all are weak each one is known.
#[must_use]
pub const fn beyond(weak: usize, measured: usize, least: usize) -> Option<usize> {
    if weak >= least && measured.saturating_sub(weak) >= least {
        Some(weak)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::rules::inputs::{Inputs, Planned};
    use crate::appraisals::rules::scoring::score;
    use crate::appraisals::templates::shipped::shipped;
    use crate::decimal::SCALE;

    #[test]
    fn few_weak_ones_and_few_others_are_both_withheld() {
        for (weak, measured, told) in [
            (0, 10, None),
            (2, 10, None),
            (3, 10, Some(3)),
            (7, 10, Some(7)),
            (8, 10, None),
            (10, 10, None),
        ] {
            assert_eq!(beyond(weak, measured, 3), told, "{weak} of {measured}");
        }
    }

    #[test]
    fn what_is_in_a_plan_stays_the_members_own() {
        let shipped = shipped().expect("a readable file");
        let content = &shipped[0].content;
        let percent = |percent: i64| Some(Decimal(percent * SCALE));
        let planned = |title: &str, worth| Planned {
            title: title.to_owned(),
            weight: 1,
            percent: percent(worth),
        };
        let mut inputs = Inputs {
            plan: vec![
                planned("Settle the case of Mr Li", 20),
                planned("Tidy up", 40),
            ],
            ..Inputs::default()
        };
        for section in &content.sections {
            if let Measure::Criteria { items } = &section.measure {
                for item in items {
                    inputs
                        .criteria
                        .insert(item.key.clone(), Decimal(50 * SCALE));
                }
            }
        }
        let outcome = score(content, &inputs).expect("a score");
        let weak = weak(Uuid::nil(), content, &outcome);
        let keys: Vec<_> = weak
            .iter()
            .map(|(item, percent)| {
                (
                    item.section.as_str(),
                    item.item.as_deref(),
                    percent.0 / SCALE,
                )
            })
            .collect();
        assert_eq!(keys[0], ("plan", None, 20));
        assert_eq!(
            keys.iter()
                .filter(|(section, ..)| *section == "plan")
                .count(),
            1
        );
        assert!(keys.contains(&("routine", Some("diagnosis"), 50)));
        let items = items(Uuid::nil(), content, &outcome);
        assert!(items.contains(&(weak[0].0.clone(), Decimal(30 * SCALE))));
    }
}
