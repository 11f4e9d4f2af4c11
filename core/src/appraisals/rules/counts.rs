//! What of the appraisals of a time counts for it, where incentives ask (取数口径).

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use entity::enums::AppraisalRhythm as Rhythm;
use uuid::Uuid;

/// A critical behaviour, as one appraisal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The incident.
    pub id: Uuid,
    /// The appraisal.
    pub appraisal: Uuid,
    /// Who behaved like that.
    pub member: Uuid,
    /// The key of the behaviour.
    pub behaviour: String,
    /// When it happened.
    pub day: NaiveDate,
    /// On which ticket.
    pub ticket: Option<Uuid>,
}

/// How well an appraisal of a rhythm speaks for these days; the larger the better. Best is the rhythm of a period as long as
/// they are, then the longest of the shorter ones, then the shortest of the longer ones.
#[must_use]
pub fn fit(rhythm: Rhythm, (from, to): (NaiveDate, NaiveDate)) -> usize {
    use Rhythm::{Monthly, Quarterly, Yearly};
    let best_last = match (to - from).num_days() {
        ..=31 => [Yearly, Quarterly, Monthly],
        32..=92 => [Yearly, Monthly, Quarterly],
        _ => [Monthly, Quarterly, Yearly],
    };
    let place = best_last.iter().position(|one| *one == rhythm);
    place.unwrap_or_default()
}

/// Every behaviour once, by member and by id: what several appraisals have of the same behaviour, day and ticket is the same, and
/// counts as often as in the one that has it most often.
#[must_use]
pub fn once(recorded: Vec<Recorded>) -> HashMap<Uuid, Vec<Uuid>> {
    let mut same: BTreeMap<_, BTreeMap<Uuid, Vec<Uuid>>> = BTreeMap::new();
    for one in recorded {
        let what = (one.member, one.behaviour, one.day, one.ticket);
        let appraisals = same.entry(what).or_default();
        appraisals.entry(one.appraisal).or_default().push(one.id);
    }
    let mut counted: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for ((member, ..), appraisals) in same {
        // The first of those that have as many.
        let most = appraisals
            .into_values()
            .min_by_key(|ids| Reverse(ids.len()));
        let ids = counted.entry(member).or_default();
        ids.extend(most.unwrap_or_default());
        ids.sort_unstable();
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_time_takes_its_own_rhythm_then_the_longest_within_it() {
        use Rhythm::{Monthly, Quarterly, Yearly};
        for (from, to, best) in [
            ("2026-02-01", "2026-03-01", [Monthly, Quarterly, Yearly]),
            ("2026-12-01", "2027-01-01", [Monthly, Quarterly, Yearly]),
            ("2026-01-01", "2026-04-01", [Quarterly, Monthly, Yearly]),
            ("2026-07-01", "2026-10-01", [Quarterly, Monthly, Yearly]),
            ("2026-01-01", "2027-01-01", [Yearly, Quarterly, Monthly]),
        ] {
            let days = (day(from), day(to));
            let mut all = [Monthly, Quarterly, Yearly];
            all.sort_by_key(|rhythm| Reverse(fit(*rhythm, days)));
            assert_eq!(all, best, "{from} to {to}");
        }
    }

    fn hung_up(id: u128, appraisal: u128) -> Recorded {
        Recorded {
            id: Uuid::from_u128(id),
            appraisal: Uuid::from_u128(appraisal),
            member: Uuid::from_u128(1),
            behaviour: "hang_up".to_owned(),
            day: day("2026-11-12"),
            ticket: Some(Uuid::from_u128(7)),
        }
    }

    #[test]
    fn what_two_appraisals_have_counts_once() {
        let other = || hung_up(2, 11);
        let rude = Recorded {
            behaviour: "rudeness".to_owned(),
            ..other()
        };
        let later = Recorded {
            day: day("2026-11-13"),
            ..other()
        };
        let elsewhere = Recorded {
            ticket: None,
            ..other()
        };
        for (case, more, expected) in [
            ("nothing else", vec![], vec![1]),
            ("the same", vec![other()], vec![1]),
            ("another behaviour", vec![rude], vec![1, 2]),
            ("another day", vec![later], vec![1, 2]),
            ("another ticket", vec![elsewhere], vec![1, 2]),
            ("twice in one", vec![hung_up(2, 10)], vec![1, 2]),
            (
                "more in the other",
                vec![other(), hung_up(3, 11)],
                vec![2, 3],
            ),
        ] {
            let all = more.into_iter().chain([hung_up(1, 10)]).collect();
            let expected: Vec<Uuid> = expected.into_iter().map(Uuid::from_u128).collect();
            assert_eq!(once(all)[&Uuid::from_u128(1)], expected, "{case}");
        }
        assert!(once(Vec::new()).is_empty());
    }
}
