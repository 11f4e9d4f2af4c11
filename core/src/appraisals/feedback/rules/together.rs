//! Who has worked with whom (协作关系): whom one could ask about a member.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

/// On how many tickets members worked together, by both of them.
pub type Shared = BTreeMap<Uuid, BTreeMap<Uuid, u32>>;

/// Counts the tickets that members share, from who worked on which one.
#[must_use]
pub fn shared(worked: impl IntoIterator<Item = (Uuid, Uuid)>) -> Shared {
    let mut tickets: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (ticket, member) in worked {
        tickets.entry(ticket).or_default().insert(member);
    }
    let mut shared = Shared::new();
    for people in tickets.values() {
        for one in people {
            for other in people.iter().filter(|other| *other != one) {
                let with = shared.entry(*one).or_default();
                *with.entry(*other).or_default() += 1;
            }
        }
    }
    shared
}

/// Whom one could ask about a member, with how much they worked together: a ticket counts one, and so does the team.
#[must_use]
pub fn candidates(
    member: Uuid,
    colleagues: &BTreeSet<Uuid>,
    shared: &Shared,
) -> BTreeMap<Uuid, u32> {
    let mut found: BTreeMap<Uuid, u32> = shared.get(&member).cloned().unwrap_or_default();
    for colleague in colleagues.iter().filter(|one| **one != member) {
        *found.entry(*colleague).or_default() += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_and_the_team_bring_people_together() {
        let id = Uuid::from_u128;
        // Tickets 91 and 92; of one's own shares in both only the other is counted.
        let worked = [
            (id(91), id(1)),
            (id(91), id(2)),
            (id(91), id(1)),
            (id(92), id(1)),
            (id(92), id(2)),
            (id(92), id(3)),
        ];
        let shared = shared(worked);
        let team = BTreeSet::from([id(1), id(2), id(4)]);
        let found = candidates(id(1), &team, &shared);
        assert_eq!(found, BTreeMap::from([(id(2), 3), (id(3), 1), (id(4), 1)]));
        assert!(candidates(id(9), &BTreeSet::from([id(9)]), &shared).is_empty());
    }
}
