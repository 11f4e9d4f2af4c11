use super::*;
use crate::appraisals::templates::shipped::shipped;

fn content() -> Content {
    shipped().expect("what ships").swap_remove(1).content
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    type Spoil = fn(&mut Content);
    let table: [(&str, Spoil); 16] = [
        ("full", |one| one.full = 5),
        ("cap", |one| one.cap = Decimal(101 * SCALE)),
        // A cap of 97.55 could never be reached by a score with one decimal.
        ("cap", |one| one.cap = Decimal(975_500)),
        ("rounding.decimals", |one| one.rounding.decimals = 3),
        ("bands", |one| one.bands.clear()),
        ("bands.4.from", |one| one.bands[4].from = Decimal(1)),
        ("bands.1.from", |one| {
            one.bands[1].from = Decimal(95 * SCALE)
        }),
        ("bands.1.key", |one| {
            one.bands[1].key = "excellent".to_owned()
        }),
        ("bands.0.mostPercent", |one| {
            one.bands[0].most_percent = Some(0)
        }),
        ("sections", |one| one.sections[0].weight = 60),
        ("sections.1.items.0.nameZh", |one| {
            let Measure::Criteria { items } = &mut one.sections[1].measure else {
                return;
            };
            items[0].name_zh = " ".to_owned();
        }),
        ("sections.0.items.0.anchors", |one| {
            let Measure::Metrics { items } = &mut one.sections[0].measure else {
                return;
            };
            items[0].anchors.swap(0, 1);
        }),
        ("sections.0.items.1.metric", |one| {
            let Measure::Metrics { items } = &mut one.sections[0].measure else {
                return;
            };
            items[1].metric = items[0].metric.clone();
        }),
        ("sections.2.sources.1.least", |one| {
            let Measure::Feedback { sources, .. } = &mut one.sections[2].measure else {
                return;
            };
            sources[1].least = 2;
        }),
        ("sections.2.questions.0.key", |one| {
            // Ratings are kept by the criterion's key, whatever section it is in.
            let Measure::Feedback { questions, .. } = &mut one.sections[2].measure else {
                return;
            };
            questions[0].key = "assignments".to_owned();
        }),
        ("behaviours.0.points", |one| {
            one.behaviours[0].most = Decimal(SCALE)
        }),
    ];
    for (path, spoil) in table {
        let mut spoilt = content();
        spoil(&mut spoilt);
        let found: Vec<String> = faults(&spoilt)
            .into_iter()
            .map(|fault| fault.path)
            .collect();
        assert!(found.iter().any(|one| one == path), "{path}: {found:?}");
    }
}

#[test]
fn a_content_is_kept_as_it_is() {
    let content = content();
    let json = serde_json::to_value(&content).expect("JSON");
    assert_eq!(json["cap"], "98");
    assert_eq!(
        serde_json::from_value::<Content>(json).expect("a content"),
        content
    );
}
