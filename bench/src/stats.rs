//! Figures: percentiles of latencies, ratios between two contestants, and the order in which rounds are driven.

use std::time::Duration;

/// The latency below which `share` of the requests stay, by the nearest-rank method; zero for none at all.
#[must_use]
pub fn percentile(sorted_micros: &[u32], share: f64) -> Duration {
    let rank = (share * sorted_micros.len() as f64).ceil() as usize;
    let place = rank.clamp(1, sorted_micros.len().max(1)) - 1;
    Duration::from_micros(sorted_micros.get(place).copied().unwrap_or(0).into())
}

/// The middle of some values, the mean of the middle two for an even number; `None` for none at all.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => Some(sorted[half]),
        _ => Some(f64::midpoint(sorted[half - 1], sorted[half])),
    }
}

/// How many times the baseline's rate the server reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The middle of the rounds.
    pub median: f64,
    /// The worst round.
    pub lowest: f64,
    /// The best round.
    pub highest: f64,
}

impl Ratio {
    /// Of rates measured in pairs, round by round: what disturbs the machine for a while disturbs both of a pair.
    #[must_use]
    pub fn of_rounds(pairs: &[(f64, f64)]) -> Option<Self> {
        let ratios: Vec<f64> = pairs
            .iter()
            .filter(|(_, baseline)| *baseline > 0.0)
            .map(|(server, baseline)| server / baseline)
            .collect();
        Some(Self {
            median: median(&ratios)?,
            lowest: ratios.iter().copied().fold(f64::INFINITY, f64::min),
            highest: ratios.iter().copied().fold(0.0, f64::max),
        })
    }
}

/// Which contestant is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Contestant {
    /// Aftercare.
    Server,
    /// The hand-written one.
    Baseline,
}

/// The order of so many rounds: one after the other, and who goes first changes, so that neither always finds the
/// caches as the other left them.
#[must_use]
pub fn interleaved(rounds: usize) -> Vec<Contestant> {
    (0..rounds)
        .flat_map(|round| {
            let pair = [Contestant::Server, Contestant::Baseline];
            if round % 2 == 0 {
                pair
            } else {
                [pair[1], pair[0]]
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(share: f64, of: &[u32]) -> u128 {
        percentile(of, share).as_micros()
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!(micros(0.5, &hundred), 50);
        assert_eq!(micros(0.99, &hundred), 99);
        assert_eq!(micros(1.0, &hundred), 100);
        assert_eq!(micros(0.0, &hundred), 1);
        assert_eq!(micros(0.99, &[7]), 7);
        assert_eq!(micros(0.5, &[3, 9]), 3);
        assert_eq!(micros(0.5, &[]), 0);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn a_ratio_is_of_pairs() {
        let ratio = Ratio::of_rounds(&[(50.0, 100.0), (80.0, 100.0), (60.0, 100.0), (1.0, 0.0)]);
        let expected = Ratio {
            median: 0.6,
            lowest: 0.5,
            highest: 0.8,
        };
        assert_eq!(ratio, Some(expected));
        assert_eq!(Ratio::of_rounds(&[]), None);
    }

    #[test]
    fn rounds_alternate() {
        use Contestant::{Baseline, Server};
        assert_eq!(
            interleaved(3),
            [Server, Baseline, Baseline, Server, Server, Baseline]
        );
        assert_eq!(interleaved(0), []);
    }
}
