//! How many people so many customers need, and how customers would be shared evenly.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::error::Text;

/// The figures that the advice goes by; each is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// A dedicated member from so many customers on.
    pub dedicated_from: i64,
    /// That member is freed of basic information work from so many on.
    pub relieved_from: i64,
    /// About so many customers a member.
    pub per_member: i64,
    /// Two members from so many customers on.
    pub pair_from: i64,
    /// Four members at least, and a manager, from so many customers on.
    pub large_from: i64,
    /// A manager from so many members on.
    pub manager_from: i64,
}

/// The fewest members at a large number of customers.
const LARGE: i64 = 4;

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// The members who look after customers or could, with how many they have.
    pub members: BTreeMap<Uuid, i64>,
    /// Customers of members who aren't there any more, by member.
    pub left_behind: BTreeMap<Uuid, i64>,
    /// Customers that nobody looks after.
    pub unowned: i64,
    /// How many lead it.
    pub managers: i64,
}

impl Desk {
    /// All its customers.
    #[must_use]
    pub fn customers(&self) -> i64 {
        let owned: i64 = self.members.values().chain(self.left_behind.values()).sum();
        owned + self.unowned
    }
}

/// Are there too few, too many, or as many as needed?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Too few.
    Missing,
    /// As many as needed.
    Fits,
    /// More than needed.
    Idle,
}

/// Who gives customers away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Giver {
    /// Nobody looks after them.
    Nobody,
    /// A member who isn't there any more.
    Gone(Uuid),
    /// A member with more than the others.
    Member(Uuid),
}

/// Who takes customers over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taker {
    /// A member.
    Member(Uuid),
    /// A member who is yet to come: the first, the second ...
    New(usize),
}

/// So many customers from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    /// From whom.
    pub from: Giver,
    /// To whom.
    pub to: Taker,
    /// How many.
    pub customers: i64,
}

/// What is advised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Members that are there.
    pub present: i64,
    /// Members that are needed.
    pub proposed: i64,
    /// Managers that are needed; none or one.
    pub managers: i64,
    /// What follows.
    pub verdict: Verdict,
    /// Why, in words.
    pub reasons: Vec<Text>,
    /// How customers would be shared evenly.
    pub handovers: Vec<Handover>,
}

/// How many members so many customers need.
#[must_use]
pub fn headcount(customers: i64, by: &Thresholds) -> i64 {
    let per_member = by.per_member.max(1);
    let shared = (customers + per_member / 2) / per_member;
    if customers < by.dedicated_from {
        0
    } else if customers < by.pair_from {
        1
    } else if customers < by.large_from {
        shared.max(2)
    } else {
        shared.max(LARGE)
    }
}

/// The advice for a desk.
#[must_use]
pub fn advise(desk: &Desk, by: &Thresholds) -> Advice {
    let customers = desk.customers();
    let present = i64::try_from(desk.members.len()).unwrap_or(i64::MAX);
    let proposed = headcount(customers, by);
    let managed = customers >= by.large_from || proposed >= by.manager_from;
    let managers = i64::from(managed);
    let missing = proposed > present || managers > desk.managers;
    // Below the first threshold they are looked after beside other work, which says nothing about whoever does it.
    let idle = present > proposed.max(1) && proposed > 0;
    Advice {
        present,
        proposed,
        managers,
        verdict: match (missing, idle) {
            (true, _) => Verdict::Missing,
            (false, true) => Verdict::Idle,
            (false, false) => Verdict::Fits,
        },
        reasons: reasons(desk, by, (present, proposed, managers)),
        handovers: share(desk, proposed),
    }
}

fn reasons(
    desk: &Desk,
    by: &Thresholds,
    (present, proposed, managers): (i64, i64, i64),
) -> Vec<Text> {
    let customers = desk.customers();
    let mut reasons = Vec::new();
    let mut say = |en: String, zh: String| reasons.push(Text::new(en, zh));
    if customers < by.dedicated_from {
        let from = by.dedicated_from;
        say(
            format!("{customers} customers: a dedicated member only from {from} on."),
            format!("客户 {customers} 家：达到 {from} 家方设专人。"),
        );
    } else if customers < by.relieved_from {
        let from = by.dedicated_from;
        say(
            format!("{customers} customers: a dedicated member, as there are {from} or more."),
            format!("客户 {customers} 家：达到 {from} 家，须设专人。"),
        );
    } else if customers < by.pair_from {
        let from = by.relieved_from;
        say(
            format!(
                "{customers} customers: one member, freed of basic information work from {from} on."
            ),
            format!("客户 {customers} 家：设 1 人；达到 {from} 家，不再承担基础信息工作。"),
        );
    } else if customers < by.large_from {
        let each = by.per_member;
        say(
            format!("{customers} customers at about {each} a member: {proposed} members."),
            format!("客户 {customers} 家，每人约 {each} 家：须 {proposed} 人。"),
        );
    } else {
        let (from, each) = (by.large_from, by.per_member);
        say(
            format!(
                "{customers} customers, {from} or more: {proposed} members at about {each} each, and a manager."
            ),
            format!(
                "客户 {customers} 家，达到 {from} 家：须 {proposed} 人（每人约 {each} 家）并设主管。"
            ),
        );
    }
    if managers > desk.managers {
        let from = by.manager_from;
        say(
            format!(
                "A manager is missing: needed from {from} members on, or at {} customers.",
                by.large_from
            ),
            format!(
                "缺少主管：满 {from} 人或达到 {} 家客户时须设主管。",
                by.large_from
            ),
        );
    }
    if proposed > present {
        let short = proposed - present;
        say(
            format!("{short} more are needed."),
            format!("尚缺 {short} 人。"),
        );
    } else if present > proposed && proposed > 0 {
        let free = present - proposed;
        say(
            format!("{free} could help elsewhere."),
            format!("可调剂 {free} 人支援其他小组。"),
        );
    }
    let gone: i64 = desk.left_behind.values().sum();
    if gone > 0 {
        say(
            format!("{gone} customers still belong to members who aren't there any more."),
            format!("{gone} 家客户仍归属已离开的成员。"),
        );
    }
    if desk.unowned > 0 {
        let unowned = desk.unowned;
        say(
            format!("Nobody looks after {unowned} customers."),
            format!("{unowned} 家客户无人负责。"),
        );
    }
    reasons
}

/// The handovers after which no two members differ by more than one customer, with as few customers moved as can be.
fn share(desk: &Desk, proposed: i64) -> Vec<Handover> {
    let mut holders: Vec<(Taker, i64)> = desk
        .members
        .iter()
        .map(|(id, has)| (Taker::Member(*id), *has))
        .collect();
    let wanted = usize::try_from(proposed).unwrap_or(0);
    for new in 1..=wanted.saturating_sub(holders.len()) {
        holders.push((Taker::New(new), 0));
    }
    let Ok(count) = i64::try_from(holders.len()) else {
        return Vec::new();
    };
    if count == 0 {
        return Vec::new();
    }
    // Whoever has most keeps the odd one, so that it needn't move.
    holders.sort_by_key(|(taker, has)| (std::cmp::Reverse(*has), *taker));
    let (each, odd) = (desk.customers() / count, desk.customers() % count);
    let mut givers: Vec<(Giver, i64)> = Vec::new();
    let mut takers: Vec<(Taker, i64)> = Vec::new();
    for (place, (holder, has)) in (0_i64..).zip(&holders) {
        let target = each + i64::from(place < odd);
        match *holder {
            Taker::Member(id) if *has > target => givers.push((Giver::Member(id), has - target)),
            _ if *has < target => takers.push((*holder, target - has)),
            _ => {}
        }
    }
    givers.extend(
        desk.left_behind
            .iter()
            .map(|(id, has)| (Giver::Gone(*id), *has)),
    );
    givers.push((Giver::Nobody, desk.unowned));
    givers.sort();
    let mut handovers = Vec::new();
    let mut givers = givers.into_iter().filter(|(_, has)| *has > 0);
    let mut giver = givers.next();
    for (to, mut needs) in takers {
        while needs > 0 {
            let Some((from, has)) = giver.as_mut() else {
                return handovers;
            };
            let customers = needs.min(*has);
            handovers.push(Handover {
                from: *from,
                to,
                customers,
            });
            needs -= customers;
            *has -= customers;
            if *has == 0 {
                giver = givers.next();
            }
        }
    }
    handovers
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
