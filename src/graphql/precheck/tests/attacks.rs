//! Documents that are small to send and large to work on.

use std::time::Instant;

use super::*;

/// Fragments that spread the next one twice, down to a field: a thousand bytes that would be 2^28 selections.
fn fragment_bomb() -> String {
    let mut text = "{...A}".to_owned();
    for level in b'A'..=b'Z' {
        let (own, next) = (char::from(level), char::from(level + 1));
        let next = if next == '[' {
            "a".to_owned()
        } else {
            next.to_string()
        };
        text += &format!("fragment {own} on Query{{...{next} ...{next}}}");
    }
    text + "fragment a on Query{version}"
}

#[test]
fn attacks_are_refused_by_name() {
    let aliases: String = (0..600).map(|at| format!("a{at}:version ")).collect();
    let nested = "{a".repeat(4_000);
    let brackets = format!(
        "query ($x: {}Int{}) {{ a }}",
        "[".repeat(3_000),
        "]".repeat(3_000)
    );
    for (text, limit) in [
        (fragment_bomb(), Limit::Selections),
        (format!("{{ {aliases} }}"), Limit::Aliases),
        (nested, Limit::DocumentNesting),
        (brackets, Limit::DocumentNesting),
        ("a ".repeat(5_001), Limit::DocumentCharacters),
        (
            format!("{{ {} }}", "a ".repeat(1_999)),
            Limit::DocumentTokens,
        ),
    ] {
        let refusals = precheck().read(&text).unwrap_err();
        assert!(refusals.iter().any(|refusal| matches!(refusal, Refusal::Exceeded { limit: found, .. } if *found == limit)), "{limit:?}: {refusals:?}");
    }
}

/// `cargo test --lib attacks::how_long -- --ignored --nocapture` shows how long a refusal takes, and how much
/// of it is the parser's.
#[test]
#[ignore = "a measurement, not a check"]
fn how_long_a_refusal_takes() {
    fn best(run: impl Fn()) -> std::time::Duration {
        let once = || {
            let start = Instant::now();
            run();
            start.elapsed()
        };
        (0..200).map(|_| once()).min().unwrap_or_default()
    }
    let precheck = precheck();
    let aliases: String = (0..600).map(|at| format!("a{at}:version ")).collect();
    for (name, text) in [
        ("fragment bomb", fragment_bomb()),
        ("600 aliases", format!("{{{aliases}}}")),
        ("nesting", "{a".repeat(4_000)),
    ] {
        let whole = best(|| assert!(precheck.read(&text).is_err()));
        let scan = best(|| drop(scan::scan(&text, precheck.limits())));
        let measured = parse_query(&text)
            .ok()
            .map(|parsed| best(|| drop(bounds::bounds(&parsed, precheck.limits()))));
        eprintln!(
            "{name}: {} bytes refused in {whole:?}; scanned in {scan:?}, measured in {measured:?}",
            text.len()
        );
    }
}
