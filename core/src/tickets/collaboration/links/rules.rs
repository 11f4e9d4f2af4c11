//! How links are read from either side, and which are refused.

use std::collections::BTreeSet;

use entity::enums::LinkKind;
use serde::Serialize;
use uuid::Uuid;

use crate::error::{Text, UserError, UserErrorCode};

/// The most links of one ticket.
pub const MOST: usize = 100;
/// The most tickets in a line from parent to child.
pub const DEPTH: usize = 5;

/// What a ticket is to the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Relation {
    /// It says the same.
    DuplicateOf,
    /// The other one says the same.
    DuplicatedBy,
    /// They have to do with each other.
    RelatedTo,
    /// It contains the other one.
    ParentOf,
    /// It is contained in the other one.
    ChildOf,
}

impl Relation {
    /// The name as the API writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DuplicateOf => "DUPLICATE_OF",
            Self::DuplicatedBy => "DUPLICATED_BY",
            Self::RelatedTo => "RELATED_TO",
            Self::ParentOf => "PARENT_OF",
            Self::ChildOf => "CHILD_OF",
        }
    }

    /// The same from the other side.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::DuplicateOf => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::DuplicateOf,
            Self::RelatedTo => Self::RelatedTo,
            Self::ParentOf => Self::ChildOf,
            Self::ChildOf => Self::ParentOf,
        }
    }

    /// How it is kept: from, to and kind. What has no direction is kept in one.
    #[must_use]
    pub fn kept(self, this: Uuid, other: Uuid) -> (Uuid, Uuid, LinkKind) {
        match self {
            Self::DuplicateOf => (this, other, LinkKind::DuplicateOf),
            Self::DuplicatedBy => (other, this, LinkKind::DuplicateOf),
            Self::RelatedTo => (this.min(other), this.max(other), LinkKind::RelatedTo),
            Self::ParentOf => (this, other, LinkKind::ParentOf),
            Self::ChildOf => (other, this, LinkKind::ParentOf),
        }
    }

    /// What a kept link is to one of its two tickets.
    #[must_use]
    pub const fn seen(kind: LinkKind, from_this: bool) -> Self {
        match (kind, from_this) {
            (LinkKind::DuplicateOf, true) => Self::DuplicateOf,
            (LinkKind::DuplicateOf, false) => Self::DuplicatedBy,
            (LinkKind::RelatedTo, _) => Self::RelatedTo,
            (LinkKind::ParentOf, true) => Self::ParentOf,
            (LinkKind::ParentOf, false) => Self::ChildOf,
        }
    }
}

/// Are they two?
///
/// # Errors
/// `INVALID` when a ticket would be linked with itself.
pub fn check_two(this: Uuid, other: Uuid) -> Result<(), UserError> {
    if this != other {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::Invalid,
        "input.otherId",
        Text::new(
            "A ticket can't be linked with itself; name another one.",
            "工单不能与自身关联，请选择其他工单。",
        ),
    ))
}

/// Has each of them room for one more link?
///
/// # Errors
/// `TOO_LONG` with the way out.
pub fn check_count(links: usize) -> Result<(), UserError> {
    if links < MOST {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::TooLong,
        "input.otherId",
        Text::new(
            format!("One of the tickets has {MOST} links already; remove one first."),
            format!("其中一张工单的关联已达 {MOST} 个，请先移除部分关联。"),
        ),
    ))
}

/// May `child` come below the parent? `above` are the parent, its parents, theirs and so on, level by level; `below` are
/// the child, its children and so on.
///
/// # Errors
/// `RULE_VIOLATED` when it would close a circle or make the line too long.
pub fn check_family(
    above: &[BTreeSet<Uuid>],
    below: &[BTreeSet<Uuid>],
    child: Uuid,
) -> Result<(), UserError> {
    let refuse = |text| {
        Err(UserError::new(
            UserErrorCode::RuleViolated,
            "input.otherId",
            text,
        ))
    };
    if above.iter().any(|level| level.contains(&child)) {
        return refuse(Text::new(
            "This would close a circle: the child is above its parent already; link them as RELATED_TO.",
            "会形成循环：子工单已是其上级，请改用 RELATED_TO。",
        ));
    }
    if above.len() + below.len() > DEPTH {
        return refuse(Text::new(
            format!(
                "Parents and children would stand more than {DEPTH} deep; link to one further up, or as RELATED_TO."
            ),
            format!("父子层级将超过 {DEPTH} 层，请关联到更上层的工单或改用 RELATED_TO。"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Relation; 5] = [
        Relation::DuplicateOf,
        Relation::DuplicatedBy,
        Relation::RelatedTo,
        Relation::ParentOf,
        Relation::ChildOf,
    ];

    #[test]
    fn a_link_reads_right_from_either_side() {
        let (this, other) = (Uuid::from_u128(2), Uuid::from_u128(1));
        for relation in ALL {
            let (from, to, kind) = relation.kept(this, other);
            assert_eq!(Relation::seen(kind, from == this), relation);
            assert_eq!(Relation::seen(kind, from == other), relation.turned());
            assert_eq!(
                relation.turned().kept(other, this),
                (from, to, kind),
                "kept once"
            );
            assert_eq!(relation.turned().turned(), relation);
        }
    }

    fn line(ids: &[u128]) -> Vec<BTreeSet<Uuid>> {
        ids.iter()
            .map(|id| BTreeSet::from([Uuid::from_u128(*id)]))
            .collect()
    }

    #[test]
    fn a_line_of_five_is_the_longest_and_a_circle_is_none() {
        let child = |n| Uuid::from_u128(n);
        assert_eq!(check_family(&line(&[1]), &line(&[2]), child(2)), Ok(()));
        assert_eq!(
            check_family(&line(&[1, 5, 6]), &line(&[2, 7]), child(2)),
            Ok(())
        );
        assert!(check_family(&line(&[1, 5, 6]), &line(&[2, 7, 8]), child(2)).is_err());
        assert!(check_family(&line(&[1, 2]), &line(&[2, 1]), child(2)).is_err());
        assert!(check_family(&line(&[1]), &line(&[1]), child(1)).is_err());
    }

    proptest! {
        /// Links added one by one in any order, each allowed by the rule, never make a circle or a line that is too long.
        #[test]
        fn whatever_is_allowed_stays_a_family(wishes in prop::collection::vec((0_u128..8, 0_u128..8), 0..40)) {
            let mut edges: Vec<(Uuid, Uuid)> = Vec::new();
            let levels = |edges: &[(Uuid, Uuid)], start: Uuid, up: bool| {
                let mut levels = vec![BTreeSet::from([start])];
                while levels.len() <= DEPTH {
                    let last = &levels[levels.len() - 1];
                    let next: BTreeSet<Uuid> = edges.iter()
                        .filter(|(parent, child)| last.contains(if up { child } else { parent }))
                        .map(|(parent, child)| if up { *parent } else { *child })
                        .collect();
                    if next.is_empty() { break }
                    levels.push(next);
                }
                levels
            };
            for (parent, child) in wishes {
                let (parent, child) = (Uuid::from_u128(parent), Uuid::from_u128(child));
                let (above, below) = (levels(&edges, parent, true), levels(&edges, child, false));
                if check_family(&above, &below, child).is_ok() {
                    edges.push((parent, child));
                }
            }
            for n in 0..8 {
                prop_assert!(levels(&edges, Uuid::from_u128(n), false).len() <= DEPTH);
            }
        }
    }
}
