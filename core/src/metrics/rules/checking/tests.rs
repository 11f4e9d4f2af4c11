//! Tables of definitions that can be saved, and of those that can't.

use entity::enums::Attribution;

use super::*;
use crate::metrics::facts::Detail;
use crate::metrics::rules::definition::Missing;

/// A metric that counts.
pub fn facts(unit: Unit) -> Definition {
    Definition {
        unit,
        direction: Direction::Up,
        body: Body::Facts(base(Aggregate::Count, None)),
    }
}

/// A metric over others.
pub fn derived(unit: Unit, expression: &str, inputs: &[&str]) -> Definition {
    Definition {
        unit,
        direction: Direction::Up,
        body: Body::Derived(Derived {
            expression: expression.to_owned(),
            inputs: inputs.iter().map(|input| (*input).to_owned()).collect(),
        }),
    }
}

fn base(aggregate: Aggregate, measure: Option<&str>) -> Base {
    Base {
        source: "job.done".to_owned(),
        attribution: Attribution::Owner,
        aggregate,
        measure: measure.map(str::to_owned),
        at_least: None,
        kinds: Vec::new(),
        channels: Vec::new(),
        missing: Missing::Skip,
    }
}

fn source() -> Source {
    Source {
        key: "job.done",
        name: Text::new("Done", "完成"),
        meaning: Text::new("A job was done.", "完成一项工作。"),
        attributions: &[Attribution::Owner, Attribution::Shares],
        measures: &[
            Measure {
                key: "seconds",
                unit: MeasureUnit::Seconds,
            },
            Measure {
                key: "in_time",
                unit: MeasureUnit::YesNo,
            },
            Measure {
                key: "rating",
                unit: MeasureUnit::Points,
            },
            Measure {
                key: "visits",
                unit: MeasureUnit::Count,
            },
        ],
        detail: Detail::None,
    }
}

/// What comes of a definition from facts: the fields that are wrong.
fn fields(unit: Unit, base: Base) -> Vec<&'static str> {
    let source = source();
    let draft = Draft {
        unit,
        direction: Direction::Up,
        body: DraftBody::Facts(base),
    };
    let found = check(
        None,
        &draft,
        &|key| (key == source.key).then_some(&source),
        &Metrics::new(),
    );
    found
        .err()
        .into_iter()
        .flatten()
        .map(|flaw| flaw.field)
        .collect()
}

#[test]
fn what_is_counted_fits_its_source() {
    use Aggregate::{Count, Mean, Rate, Sum};
    for (aggregate, measure, at_least, unit, wrong) in [
        (Count, None, None, Unit::Count, &[][..]),
        (Count, None, None, Unit::Number, &[]),
        (Count, None, None, Unit::Percent, &["unit"]),
        (
            Count,
            Some("seconds"),
            None,
            Unit::Count,
            &["body.facts.measure"],
        ),
        (Mean, Some("seconds"), None, Unit::Seconds, &[]),
        (Mean, Some("rating"), None, Unit::Points, &[]),
        (
            Mean,
            Some("in_time"),
            None,
            Unit::Percent,
            &["body.facts.aggregate"],
        ),
        (Mean, None, None, Unit::Seconds, &["body.facts.measure"]),
        (
            Mean,
            Some("hours"),
            None,
            Unit::Seconds,
            &["body.facts.measure"],
        ),
        (
            Mean,
            Some("seconds"),
            Some(4),
            Unit::Seconds,
            &["body.facts.atLeast"],
        ),
        (Sum, Some("visits"), None, Unit::Count, &[]),
        (Sum, Some("in_time"), None, Unit::Count, &[]),
        (Sum, Some("seconds"), None, Unit::Count, &["unit"]),
        (Rate, Some("in_time"), None, Unit::Percent, &[]),
        (
            Rate,
            Some("in_time"),
            Some(1),
            Unit::Percent,
            &["body.facts.atLeast"],
        ),
        (Rate, Some("rating"), Some(4), Unit::Percent, &[]),
        (
            Rate,
            Some("rating"),
            None,
            Unit::Percent,
            &["body.facts.atLeast"],
        ),
        (Rate, Some("rating"), Some(4), Unit::Points, &["unit"]),
    ] {
        let of = Base {
            at_least,
            ..base(aggregate, measure)
        };
        assert_eq!(fields(unit, of.clone()), wrong, "{of:?} in {unit:?}");
    }
    let stranger = Base {
        source: "job.begun".to_owned(),
        ..base(Count, None)
    };
    assert_eq!(fields(Unit::Count, stranger), ["body.facts.source"]);
    let record = Base {
        attribution: Attribution::Record,
        ..base(Count, None)
    };
    assert_eq!(fields(Unit::Count, record), ["body.facts.attribution"]);
    let loud = Base {
        kinds: vec!["Complaint".to_owned()],
        channels: vec![String::new()],
        ..base(Count, None)
    };
    assert_eq!(
        fields(Unit::Count, loud),
        ["body.facts.kinds", "body.facts.channels"]
    );
}

#[test]
fn kinds_are_kept_sorted_and_once() {
    let source = source();
    let kinds = ["b", "a", "b"].map(str::to_owned).to_vec();
    let body = DraftBody::Facts(Base {
        kinds,
        ..base(Aggregate::Count, None)
    });
    let draft = Draft {
        unit: Unit::Count,
        direction: Direction::Up,
        body,
    };
    let saved = check(None, &draft, &|_| Some(&source), &Metrics::new()).expect("it can be saved");
    let Body::Facts(saved) = saved.body else {
        panic!("it counts facts")
    };
    assert_eq!(saved.kinds, ["a", "b"]);
}

#[test]
fn no_metric_stands_on_itself() {
    let metrics: Metrics = [
        ("base", facts(Unit::Count)),
        ("half", derived(Unit::Number, "base / 2", &["base"])),
        ("quarter", derived(Unit::Number, "half / 2", &["half"])),
    ]
    .map(|(key, definition)| (key.to_owned(), definition))
    .into();
    let draft = |text: &str| Draft {
        unit: Unit::Number,
        direction: Direction::Up,
        body: DraftBody::Expression(text.to_owned()),
    };
    let found = |key, text: &str| check(key, &draft(text), &|_| None, &metrics);
    for (key, text, place) in [
        ("base", "1 - quarter", (4, 7)),
        ("half", "base + quarter", (7, 7)),
        ("half", "half * 2", (0, 4)),
    ] {
        let flaws = found(Some(key), text).expect_err("a circle");
        assert_eq!(flaws[0].place, Some(place), "{flaws:?}");
        assert!(flaws[0].text.en.contains("stand on itself"), "{flaws:?}");
        assert!(
            flaws[0]
                .told()
                .en
                .starts_with(&format!("Character {}: ", place.0 + 1))
        );
    }
    let fine = found(Some("eighth"), " quarter / 2 + base ").expect("no circle");
    assert_eq!(
        fine.body,
        derived(Unit::Number, "quarter / 2 + base", &["base", "quarter"]).body
    );
    let flaws = found(None, "quarter / nought").expect_err("no such metric");
    assert_eq!(
        (flaws[0].field, flaws[0].place),
        ("body.expression", Some((10, 6)))
    );
}

#[test]
fn a_definition_is_read_as_it_was_written() {
    for definition in [
        facts(Unit::Count),
        derived(Unit::Percent, "100 - half", &["half"]),
    ] {
        let json = serde_json::to_value(&definition).expect("it can be written");
        assert_eq!(
            serde_json::from_value::<Definition>(json).expect("it can be read"),
            definition
        );
    }
}
