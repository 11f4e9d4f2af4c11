//! The tables, for the terminal and for `docs/performance.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::error::{Result, fail};
use crate::measure::{Measured, Pair};
use crate::stats::Ratio;
use crate::works::Work;

/// Tells the person at the terminal how far it is.
#[expect(clippy::print_stderr, reason = "this is what standard error is for")]
pub fn note(text: &str) {
    eprintln!("{text}");
}

/// Tells what was measured.
#[expect(clippy::print_stdout, reason = "this is what the program is for")]
pub fn say(text: &str) {
    println!("{text}");
}

/// The table of all works on one kind of database.
#[must_use]
pub fn works_table(pairs: &[Pair]) -> String {
    let mut table = String::from(
        "| work | connections | ratio to the baseline (rounds) | goal | requests/s | p50 | p99 | CPU a request: server + database | baseline: requests/s | p50 | p99 | CPU a request |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for pair in pairs {
        let goal = if pair.connections == 1 {
            String::new()
        } else {
            pair.work.goal().to_string()
        };
        let (server, baseline) = (&pair.server, &pair.baseline);
        let _ = writeln!(
            table,
            "| {} | {} | {} | {goal} | {} | {} | {} | {} | {} | {} | {} | {} |",
            pair.work.letter(),
            pair.connections,
            ratio(pair.ratio),
            rate(server.rate),
            millis(server.p50),
            millis(server.p99),
            cpu(server),
            rate(baseline.rate),
            millis(baseline.p50),
            millis(baseline.p99),
            cpu(baseline),
        );
    }
    table
}

/// What the letters mean.
#[must_use]
pub fn legend() -> String {
    let lines = Work::ALL.map(|work| format!("- **{}**: {}\n", work.letter(), work.description()));
    lines.concat()
}

fn ratio(ratio: Option<Ratio>) -> String {
    match ratio {
        None => "-".to_owned(),
        Some(ratio) if ratio.median >= 10.0 => {
            format!(
                "**{:.0}** ({:.0} to {:.0})",
                ratio.median, ratio.lowest, ratio.highest
            )
        }
        Some(ratio) => format!(
            "**{:.2}** ({:.2} to {:.2})",
            ratio.median, ratio.lowest, ratio.highest
        ),
    }
}

fn rate(rate: f64) -> String {
    if rate < 100.0 {
        format!("{rate:.1}")
    } else {
        thousands(rate)
    }
}

/// A whole number with its thousands apart.
#[must_use]
pub fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Milliseconds with as many places as mean something.
#[must_use]
pub fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1_000.0;
    match millis {
        0.0..10.0 => format!("{millis:.2} ms"),
        10.0..100.0 => format!("{millis:.1} ms"),
        _ => format!("{} ms", thousands(millis)),
    }
}

fn cpu(measured: &Measured) -> String {
    let micros = |time: Duration| thousands(time.as_secs_f64() * 1e6);
    match measured.database_cpu {
        Some(database) => format!("{} + {} us", micros(measured.cpu), micros(database)),
        None => format!("{} us", micros(measured.cpu)),
    }
}

/// Writes a section between its markers into a file.
///
/// # Errors
/// When the file lacks the markers.
pub fn write_section(file: &Path, name: &str, text: &str) -> Result<()> {
    let before = fs::read_to_string(file)?;
    fs::write(file, with_section(&before, name, text)?)?;
    Ok(())
}

fn with_section(document: &str, name: &str, text: &str) -> Result<String> {
    let (begin, end) = (
        format!("<!-- bench {name} -->\n"),
        format!("<!-- end of bench {name} -->"),
    );
    let missing = || fail(format!("there is no place for the section {name}"));
    let (head, rest) = document.split_once(&begin).ok_or_else(missing)?;
    let (_, tail) = rest.split_once(&end).ok_or_else(missing)?;
    Ok(format!("{head}{begin}\n{}\n\n{end}{tail}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_nothing_else() {
        let document = "before\n<!-- bench a -->\nold\n<!-- end of bench a -->\nafter\n";
        let written = with_section(document, "a", "new\n").expect("it has the markers");
        assert_eq!(
            written,
            "before\n<!-- bench a -->\n\nnew\n\n<!-- end of bench a -->\nafter\n"
        );
        assert_eq!(
            with_section(&written, "a", "new").expect("it still has them"),
            written
        );
        assert!(with_section(document, "b", "new").is_err());
    }

    #[test]
    fn figures_have_the_places_that_mean_something() {
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(thousands(123.0), "123");
        assert_eq!(millis(Duration::from_micros(1_234)), "1.23 ms");
        assert_eq!(millis(Duration::from_micros(45_678)), "45.7 ms");
        assert_eq!(millis(Duration::from_millis(1_500)), "1,500 ms");
        assert_eq!(rate(12.34), "12.3");
        assert_eq!(rate(12_345.6), "12,346");
    }

    #[test]
    fn a_ratio_shows_its_rounds() {
        let of = |median: f64| {
            Some(Ratio {
                median,
                lowest: median,
                highest: median,
            })
        };
        assert_eq!(ratio(of(0.751)), "**0.75** (0.75 to 0.75)");
        assert_eq!(ratio(of(62.4)), "**62** (62 to 62)");
        assert_eq!(ratio(None), "-");
    }
}
