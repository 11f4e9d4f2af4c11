//! The two curves that forecasts need.

/// What leaves 2.5 % of a normal curve above it.
pub const Z: f64 = 1.959_963_985;

/// What leaves 2.5 % of Student's curve with so many degrees of freedom above it: the fewer, the wider a forecast.
///
/// Cornish and Fisher's expansion, Abramowitz and Stegun 26.7.5; to three decimals from six degrees on.
#[must_use]
pub fn student(degrees: f64) -> f64 {
    let v = degrees.max(1.0);
    let power = |n: i32| Z.powi(n);
    let first = (power(3) + Z) / 4.0;
    let second = (5.0 * power(5) + 16.0 * power(3) + 3.0 * Z) / 96.0;
    let third = (3.0 * power(7) + 19.0 * power(5) + 17.0 * power(3) - 15.0 * Z) / 384.0;
    let fourth =
        (79.0 * power(9) + 776.0 * power(7) + 1482.0 * power(5) - 1920.0 * power(3) - 945.0 * Z)
            / 92_160.0;
    Z + first / v + second / v.powi(2) + third / v.powi(3) + fourth / v.powi(4)
}

/// Which part of a normal curve lies below `z`: Abramowitz and Stegun 26.2.17, to seven decimals.
#[must_use]
pub fn normal(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let series = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let above = density * series;
    if z < 0.0 { above } else { 1.0 - above }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curves_are_those_of_the_tables() {
        for (degrees, table) in [(6.0, 2.447), (10.0, 2.228), (30.0, 2.042), (1e9, 1.960)] {
            assert!((student(degrees) - table).abs() < 0.001, "{degrees}");
        }
        for (z, table) in [(0.0, 0.5), (1.0, 0.8413), (-1.0, 0.1587), (1.96, 0.975)] {
            assert!((normal(z) - table).abs() < 0.0001, "{z}");
        }
        assert_eq!((normal(-1e9), normal(1e9)), (0.0, 1.0));
    }
}
