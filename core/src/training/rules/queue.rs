//! Who has a place in a session and who waits: fair by turn, and never more than there is room for.

use entity::enums::TrainingEnrolmentState;
use uuid::Uuid;

use TrainingEnrolmentState::{Enrolled, Waiting};

/// An enrolment, as far as the order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The enrolment.
    pub id: Uuid,
    /// What has become of it.
    pub state: TrainingEnrolmentState,
    /// Its turn: the lower one comes first.
    pub turn: i64,
}

fn count(places: &[Place], state: TrainingEnrolmentState) -> usize {
    places.iter().filter(|place| place.state == state).count()
}

/// What a new enrolment becomes: a place while there is one and nobody waits for it, else a wait.
#[must_use]
pub fn admit(capacity: usize, places: &[Place]) -> TrainingEnrolmentState {
    if count(places, Enrolled) < capacity && count(places, Waiting) == 0 {
        Enrolled
    } else {
        Waiting
    }
}

/// Who moves up: those who wait, in their turn, as long as there is room.
#[must_use]
pub fn promoted(capacity: usize, places: &[Place]) -> Vec<Uuid> {
    let room = capacity.saturating_sub(count(places, Enrolled));
    let mut waiting: Vec<&Place> = places
        .iter()
        .filter(|place| place.state == Waiting)
        .collect();
    waiting.sort_by_key(|place| place.turn);
    waiting.iter().take(room).map(|place| place.id).collect()
}

/// The turn of the next enrolment.
#[must_use]
pub fn next_turn(places: &[Place]) -> i64 {
    places.iter().map(|place| place.turn).max().unwrap_or(0) + 1
}

/// How many wait before this one; none when it doesn't wait.
#[must_use]
pub fn position(id: Uuid, places: &[Place]) -> Option<usize> {
    let mine = places
        .iter()
        .find(|place| place.id == id && place.state == Waiting)?;
    let before = places
        .iter()
        .filter(|place| place.state == Waiting && place.turn < mine.turn);
    Some(before.count() + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use TrainingEnrolmentState::Cancelled;

    fn place(turn: i64, state: TrainingEnrolmentState) -> Place {
        let id = Uuid::from_u128(u128::try_from(turn).expect("a turn"));
        Place { id, state, turn }
    }

    #[test]
    fn the_last_place_goes_once_and_the_first_in_the_queue_moves_up() {
        let mut places = vec![place(1, Enrolled)];
        assert_eq!(admit(2, &places), Enrolled);
        places.push(place(2, Enrolled));
        assert_eq!(admit(2, &places), Waiting);
        places.extend([place(4, Waiting), place(3, Waiting)]);
        assert_eq!(position(Uuid::from_u128(4), &places), Some(2));
        assert!(promoted(2, &places).is_empty());
        places[0].state = Cancelled;
        assert_eq!(promoted(2, &places), [Uuid::from_u128(3)]);
        assert_eq!(
            admit(2, &places),
            Waiting,
            "nobody overtakes those who wait"
        );
        assert_eq!(
            promoted(9, &places),
            [Uuid::from_u128(3), Uuid::from_u128(4)]
        );
        assert_eq!(next_turn(&places), 5);
        assert_eq!(position(Uuid::from_u128(2), &places), None);
    }

    #[derive(Clone, Copy, Debug)]
    enum Act {
        Enrol,
        Cancel(usize),
        Capacity(usize),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            3 => Just(Act::Enrol),
            2 => (0_usize..20).prop_map(Act::Cancel),
            1 => (1_usize..6).prop_map(Act::Capacity),
        ]
    }

    proptest! {
        /// Whatever people do: never too many places, nobody waits while there is room, and whoever has a place from the
        /// queue was before all who still wait.
        #[test]
        fn fair_and_never_overbooked(acts in prop::collection::vec(act(), 1..60)) {
            let (mut capacity, mut places) = (2_usize, Vec::<Place>::new());
            for act in acts {
                match act {
                    Act::Enrol => {
                        let state = admit(capacity, &places);
                        places.push(place(next_turn(&places), state));
                    }
                    Act::Cancel(n) => if let Some(place) = places.get_mut(n) { place.state = Cancelled },
                    // Capacity never falls below the places that are taken.
                    Act::Capacity(wanted) => capacity = wanted.max(count(&places, Enrolled)),
                }
                for id in promoted(capacity, &places) {
                    let up = places.iter_mut().find(|place| place.id == id).expect("a place");
                    up.state = Enrolled;
                }
                prop_assert!(count(&places, Enrolled) <= capacity);
                let waits = count(&places, Waiting) > 0;
                prop_assert!(!waits || count(&places, Enrolled) == capacity);
                let last_in = places.iter().filter(|place| place.state == Enrolled).map(|place| place.turn).max();
                let first_out = places.iter().filter(|place| place.state == Waiting).map(|place| place.turn).min();
                if let (Some(last), Some(first)) = (last_in, first_out) {
                    prop_assert!(last < first);
                }
            }
        }
    }
}
