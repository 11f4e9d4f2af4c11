//! Totals made coarse, so that nobody's amount follows from them (汇总取整).
//!
//! Rounded to the step of its largest amount, a total moves by half a step at most for any one member: whoever takes two totals
//! from each other until one member is left is off by as much as that member gets.

/// Is a single amount more than half of a sum? Then the sum tells it well enough to be kept back.
#[must_use]
pub fn dominated(largest: i64, sum: i64) -> bool {
    i128::from(largest) * 2 > i128::from(sum).abs()
}

/// The least of 1, 2, 5, 10, 20, 50 ... that is at least twice an amount: that amount moves a sum by half a step at most.
#[must_use]
pub fn step(largest: i64) -> i64 {
    let twice = largest.saturating_mul(2);
    (0..18)
        .flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i64.pow(zeros)))
        .find(|step| *step >= twice)
        .unwrap_or(i64::MAX)
}

/// The multiple of a step that is nearest, halves up.
#[must_use]
pub fn round(sum: i64, step: i64) -> i64 {
    let (sum, step) = (i128::from(sum), i128::from(step));
    let near = (sum * 2 + step).div_euclid(step * 2) * step;
    i64::try_from(near).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_by_the_largest_amount_in_them() {
        for (largest, expected) in [
            (0, 1),
            (1, 2),
            (2, 5),
            (100, 200),
            (101, 500),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(step(largest), expected, "{largest}");
        }
        for (sum, to) in [
            (0, 0),
            (99, 0),
            (100, 200),
            (299, 200),
            (-99, 0),
            (-101, -200),
        ] {
            assert_eq!(round(sum, 200), to, "{sum}");
        }
    }

    #[test]
    fn who_gets_more_than_half_is_most_of_it() {
        for (largest, sum, most) in [(5, 10, false), (6, 10, true), (6, -10, true), (0, 0, false)] {
            assert_eq!(dominated(largest, sum), most, "{largest} of {sum}");
        }
    }
}
