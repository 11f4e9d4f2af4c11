//! What is written into the ledger of hours, so that it comes to what it should be without any entry being changed.

use uuid::Uuid;

/// An entry about one attendance or one study, as far as the sum goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The entry.
    pub id: Uuid,
    /// Its minutes, below nought when they were taken away.
    pub minutes: i32,
}

/// The entry to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Booking {
    /// Nothing was written before: these minutes.
    First(i32),
    /// The first entry is put right by these minutes.
    Correction {
        /// The first entry.
        of: Uuid,
        /// More or fewer.
        minutes: i32,
    },
    /// The first entry, with what was corrected since, is taken back as a whole.
    Reversal {
        /// The first entry.
        of: Uuid,
        /// As many as are left, below nought.
        minutes: i32,
    },
}

/// The minutes that entries come to.
#[must_use]
pub fn sum(booked: &[Booked]) -> i32 {
    booked.iter().map(|entry| entry.minutes).sum()
}

/// The entry that brings what is booked, the earliest first, to the minutes that are wanted; none when it comes to them
/// already.
#[must_use]
pub fn settle(booked: &[Booked], wanted: i32) -> Option<Booking> {
    let now = sum(booked);
    if now == wanted {
        return None;
    }
    Some(match booked.first() {
        None => Booking::First(wanted),
        Some(first) if wanted == 0 => Booking::Reversal {
            of: first.id,
            minutes: -now,
        },
        Some(first) => Booking::Correction {
            of: first.id,
            minutes: wanted - now,
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn booked(entries: &[i32]) -> Vec<Booked> {
        (1..)
            .zip(entries)
            .map(|(n, minutes)| Booked {
                id: Uuid::from_u128(n),
                minutes: *minutes,
            })
            .collect()
    }

    #[test]
    fn entries_by_what_was_booked_and_what_is_wanted() {
        let of = Uuid::from_u128(1);
        for (entries, wanted, expected) in [
            (&[][..], 90, Some(Booking::First(90))),
            (&[], 0, None),
            (&[90], 90, None),
            (&[90], 30, Some(Booking::Correction { of, minutes: -60 })),
            (
                &[90, -60],
                90,
                Some(Booking::Correction { of, minutes: 60 }),
            ),
            (&[90, -60], 0, Some(Booking::Reversal { of, minutes: -30 })),
            (
                &[90, -90],
                45,
                Some(Booking::Correction { of, minutes: 45 }),
            ),
        ] {
            assert_eq!(
                settle(&booked(entries), wanted),
                expected,
                "{entries:?} to {wanted}"
            );
        }
    }

    proptest! {
        /// Whatever is wanted one after another: the ledger comes to it, every later entry names the first, and none is nought.
        #[test]
        fn the_ledger_comes_to_what_is_wanted(wants in prop::collection::vec(0_i32..600, 1..20)) {
            let mut entries: Vec<Booked> = Vec::new();
            for wanted in wants {
                if let Some(booking) = settle(&entries, wanted) {
                    let (of, minutes) = match booking {
                        Booking::First(minutes) => (None, minutes),
                        Booking::Correction { of, minutes } | Booking::Reversal { of, minutes } => (Some(of), minutes),
                    };
                    prop_assert_ne!(minutes, 0);
                    prop_assert_eq!(of, entries.first().map(|first| first.id));
                    entries.push(Booked { id: Uuid::from_u128(entries.len() as u128 + 1), minutes });
                }
                prop_assert_eq!(sum(&entries), wanted);
            }
        }
    }
}
