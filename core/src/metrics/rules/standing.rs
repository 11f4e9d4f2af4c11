//! Metrics that stand on one another: who stands on whom, and whose sums are there.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{Body, Definition, Unit};
use super::expression::{self, Problem};

/// The definitions in use, by key.
pub type Metrics = BTreeMap<String, Definition>;

/// What a metric stands on directly.
#[must_use]
pub fn inputs(definition: &Definition) -> &[String] {
    match &definition.body {
        Body::Facts(_) => &[],
        Body::Derived(derived) => &derived.inputs,
    }
}

/// The metrics that stand directly on this one.
#[must_use]
pub fn dependants<'m>(metrics: &'m Metrics, key: &str) -> Vec<&'m str> {
    let stands = |definition| inputs(definition).iter().any(|input| input == key);
    metrics
        .iter()
        .filter(|(_, definition)| stands(definition))
        .map(|(other, _)| other.as_str())
        .collect()
}

/// The way by which `from` stands on `key`, both ends included; none when it doesn't.
#[must_use]
pub fn way<'m>(metrics: &'m Metrics, from: &'m str, key: &str) -> Option<Vec<&'m str>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![vec![from]];
    while let Some(way) = open.pop() {
        let Some(last) = way.last().copied() else {
            continue;
        };
        if last == key {
            return Some(way);
        }
        if seen.insert(last) {
            let next = metrics.get(last).map_or(&[][..], inputs);
            open.extend(
                next.iter()
                    .map(|input| [&way[..], &[input.as_str()]].concat()),
            );
        }
    }
    None
}

/// The first derived metric whose expression doesn't fit the others any more.
#[must_use]
pub fn misfit(metrics: &Metrics) -> Option<(&str, Vec<Problem>)> {
    let known = |key: &str| -> Option<Unit> { metrics.get(key).map(|definition| definition.unit) };
    metrics
        .iter()
        .find_map(|(key, definition)| match &definition.body {
            Body::Facts(_) => None,
            Body::Derived(derived) => expression::check(&derived.expression, &known)
                .err()
                .map(|problems| (key.as_str(), problems)),
        })
}

/// Can a metric be asked for: are its own sums complete, or those of all that it stands on? `counted` names the metrics
/// from facts whose sums are.
#[must_use]
pub fn is_ready(metrics: &Metrics, counted: &BTreeSet<String>, key: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![key];
    while let Some(key) = open.pop() {
        if !seen.insert(key) {
            continue;
        }
        match metrics.get(key).map(|definition| &definition.body) {
            None => return false,
            Some(Body::Facts(_)) if !counted.contains(key) => return false,
            Some(Body::Facts(_)) => {}
            Some(Body::Derived(derived)) => open.extend(derived.inputs.iter().map(String::as_str)),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::rules::checking::tests::{derived, facts};

    fn metrics() -> Metrics {
        let percent = Unit::Percent;
        [
            ("base", facts(Unit::Count)),
            ("other", facts(Unit::Count)),
            (
                "share",
                derived(percent, "base / other * 100", &["base", "other"]),
            ),
            ("rest", derived(percent, "100 - share", &["share"])),
        ]
        .map(|(key, definition)| (key.to_owned(), definition))
        .into()
    }

    #[test]
    fn it_is_known_who_stands_on_whom() {
        let metrics = metrics();
        assert_eq!(dependants(&metrics, "base"), ["share"]);
        assert_eq!(dependants(&metrics, "rest"), [""; 0]);
        assert_eq!(
            way(&metrics, "rest", "base"),
            Some(vec!["rest", "share", "base"])
        );
        assert_eq!(way(&metrics, "rest", "rest"), Some(vec!["rest"]));
        assert_eq!(way(&metrics, "base", "rest"), None);
    }

    #[test]
    fn a_derived_metric_is_ready_with_all_that_it_stands_on() {
        let metrics = metrics();
        let mut counted = BTreeSet::from(["base".to_owned()]);
        for (key, ready) in [
            ("base", true),
            ("other", false),
            ("rest", false),
            ("none", false),
        ] {
            assert_eq!(is_ready(&metrics, &counted, key), ready, "{key}");
        }
        counted.insert("other".to_owned());
        assert!(is_ready(&metrics, &counted, "rest"));
    }

    #[test]
    fn what_no_longer_fits_is_found() {
        let mut metrics = metrics();
        assert_eq!(misfit(&metrics), None);
        metrics.insert("share".to_owned(), facts(Unit::Seconds));
        metrics.insert(
            "sum".to_owned(),
            derived(Unit::Number, "share + base", &["base", "share"]),
        );
        let (key, problems) = misfit(&metrics).expect("seconds and a number of things");
        assert_eq!((key, problems[0].offset), ("sum", 6));
        metrics.remove("share");
        assert_eq!(misfit(&metrics).map(|(key, _)| key), Some("rest"));
    }
}
