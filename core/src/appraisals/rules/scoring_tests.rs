use std::collections::BTreeMap;

use entity::enums::AppraisalFeedbackSource as Source;
use proptest::prelude::*;

use super::super::inputs::{Planned, Voices};
use super::*;
use crate::appraisals::templates::shipped::shipped;

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn template(code: &str) -> Content {
    let all = shipped().expect("what ships");
    all.into_iter()
        .find(|one| one.code == code)
        .expect("the template")
        .content
}

fn metrics(figures: &[(&str, &str)]) -> BTreeMap<String, Option<Decimal>> {
    figures
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Some(number(value))))
        .collect()
}

fn criteria(ratings: &[(&str, &str)]) -> BTreeMap<String, Decimal> {
    ratings
        .iter()
        .map(|(key, value)| ((*key).to_owned(), number(value)))
        .collect()
}

fn voices(answers: u32, means: &[(&str, &str)]) -> Voices {
    Voices {
        answers,
        means: criteria(means),
    }
}

fn plan(items: &[(i32, Option<&str>)]) -> Vec<Planned> {
    let item = |(weight, percent): &(i32, Option<&str>)| Planned {
        title: format!("Item of {weight}"),
        weight: *weight,
        percent: percent.map(number),
    };
    items.iter().map(item).collect()
}

fn desk(workload: &str, satisfaction: &str, response: &str) -> Inputs {
    Inputs {
        metrics: metrics(&[
            ("workload", workload),
            ("satisfaction", satisfaction),
            ("first_response_in_time", response),
        ]),
        feedback: BTreeMap::from([
            (
                Source::Peer,
                voices(3, &[("helpfulness", "4.5"), ("reliability", "4.5")]),
            ),
            (
                Source::Superior,
                voices(1, &[("helpfulness", "4"), ("reliability", "5")]),
            ),
        ]),
        ..Inputs::default()
    }
}

fn support() -> Inputs {
    Inputs {
        plan: plan(&[(60, Some("90")), (40, Some("80"))]),
        criteria: criteria(&[("diagnosis", "90"), ("records", "80"), ("sharing", "70")]),
        metrics: metrics(&[("resolved_in_time", "95"), ("reopen_rate", "5")]),
        feedback: BTreeMap::from([
            (
                Source::Customer,
                voices(8, &[("expertise", "4.5"), ("cooperation", "4.5")]),
            ),
            (
                Source::Peer,
                voices(3, &[("expertise", "4"), ("cooperation", "5")]),
            ),
            (
                Source::Superior,
                voices(1, &[("expertise", "4"), ("cooperation", "4")]),
            ),
            (
                Source::Own,
                voices(1, &[("expertise", "5"), ("cooperation", "5")]),
            ),
        ]),
        ..Inputs::default()
    }
}

fn field() -> Inputs {
    Inputs {
        metrics: metrics(&[
            ("first_response_in_time", "95"),
            ("resolved_in_time", "95"),
            ("satisfaction", "4.5"),
        ]),
        criteria: criteria(&[
            ("assignments", "100"),
            ("communication", "90"),
            ("information", "80"),
        ]),
        feedback: BTreeMap::from([(
            Source::Superior,
            voices(1, &[("expertise", "4"), ("courtesy", "4")]),
        )]),
        ..Inputs::default()
    }
}

/// What each section is worth, the points together, the score and the band.
fn told(outcome: &Outcome) -> (Vec<String>, String, String, &str) {
    let percent = |line: &SectionLine| {
        line.percent
            .map_or("-".to_owned(), |percent| percent.to_string())
    };
    (
        outcome.sections.iter().map(percent).collect(),
        outcome.before.to_string(),
        outcome.score.to_string(),
        &outcome.band,
    )
}

/// The service desk: 40 workload, 40 satisfaction, 20 cooperation.
#[test]
fn service_desk_by_example() {
    let content = template("service_desk.monthly");
    // 90 tickets lie half-way between 60 (60 %) and 120 (100 %): 80 %.
    // 4.5 of 5 is 85 %, 95 % in time is 90 %: (70 x 85 + 30 x 90) / 100 = 86.5 %.
    // Colleagues 4.5 is 87.5 %, the superior 4.5 is 87.5 %: 87.5 %.
    // 0.4 x 80 + 0.4 x 86.5 + 0.2 x 87.5 = 84.1
    let good = score(&content, &desk("90", "4.5", "95")).expect("a score");
    assert_eq!(
        told(&good),
        (
            vec!["80".to_owned(), "86.5".to_owned(), "87.5".to_owned()],
            "84.1".to_owned(),
            "84.1".to_owned(),
            "good"
        )
    );

    // Beyond the last point of a curve it is flat: 200 tickets are worth what 120 are. 40 + 34.6 + 17.5 = 92.1
    let busy = score(&content, &desk("200", "4.5", "95")).expect("a score");
    assert_eq!(
        (busy.score.to_string().as_str(), busy.band.as_str()),
        ("92.1", "excellent")
    );

    // Rude twice: 5 points each. 84.1 - 10 = 74.1
    let mut rude = desk("90", "4.5", "95");
    rude.incidents.insert("rudeness".to_owned(), 2);
    let rude = score(&content, &rude).expect("a score");
    assert_eq!(
        (
            rude.before.to_string().as_str(),
            rude.score.to_string().as_str(),
            rude.band.as_str()
        ),
        ("84.1", "74.1", "competent")
    );
    // Rude nine times costs 20 at most.
    let mut rude = desk("90", "4.5", "95");
    rude.incidents.insert("rudeness".to_owned(), 9);
    assert_eq!(
        score(&content, &rude).expect("a score").score.to_string(),
        "64.1"
    );

    // Two colleagues are too few to count: what the superior said takes their part.
    let mut few = desk("90", "4.5", "95");
    few.feedback.insert(
        Source::Peer,
        voices(2, &[("helpfulness", "1"), ("reliability", "1")]),
    );
    assert_eq!(
        score(&content, &few).expect("a score").score.to_string(),
        "84.1"
    );

    // No workload counts nothing, as this template says: 0 + 34.6 + 17.5 = 52.1
    let mut idle = desk("90", "4.5", "95");
    idle.metrics.remove("workload");
    let idle = score(&content, &idle).expect("a score");
    assert_eq!(
        (idle.score.to_string().as_str(), idle.band.as_str()),
        ("52.1", "unsatisfactory")
    );

    // Without ratings the first response stands alone in its section: 32 + 36 + 17.5 = 85.5
    let mut unrated = desk("90", "4.5", "95");
    unrated.metrics.insert("satisfaction".to_owned(), None);
    assert_eq!(
        score(&content, &unrated)
            .expect("a score")
            .score
            .to_string(),
        "85.5"
    );
}

/// Technical support: 50 work plan, 20 routine quality, 20 figures, 10 feedback from all sides.
#[test]
fn technical_support_by_example() {
    let content = template("technical_support.monthly");
    // Plan: 0.6 x 90 + 0.4 x 80 = 86. Routine: 0.4 x 90 + 0.3 x 80 + 0.3 x 70 = 81.
    // Figures: 95 % in time is 90 %, 5 % reopened is 80 %: 0.6 x 90 + 0.4 x 80 = 86.
    // Views: customers 87.5, colleagues 87.5, superior 75, own 100: 35 + 26.25 + 15 + 10 = 86.25.
    // 43 + 16.2 + 17.2 + 8.625 = 85.025
    let one = score(&content, &support()).expect("a score");
    assert_eq!(
        told(&one),
        (
            vec![
                "86".to_owned(),
                "81".to_owned(),
                "86".to_owned(),
                "86.25".to_owned()
            ],
            "85.025".to_owned(),
            "85".to_owned(),
            "good"
        )
    );

    // Nobody said anything: the tenth that feedback weighs is spread. (43 + 16.2 + 17.2) / 0.9 = 84.8889
    let mut silent = support();
    silent.feedback.clear();
    let silent = score(&content, &silent).expect("a score");
    assert_eq!(
        (
            silent.before.to_string().as_str(),
            silent.score.to_string().as_str()
        ),
        ("84.8889", "84.9")
    );
    let counted: Vec<String> = silent
        .sections
        .iter()
        .map(|line| line.counted.to_string())
        .collect();
    assert_eq!(counted, ["55.5556", "22.2222", "22.2222", "0"]);

    // An item of the plan that nobody judged keeps the appraisal from a result, and so does a plan without items.
    let mut open = support();
    open.plan[1].percent = None;
    assert_eq!(
        score(&content, &open),
        Err(vec![Obstacle::Missing(
            "plan".to_owned(),
            Some("Item of 40".to_owned())
        )])
    );
    open.plan.clear();
    assert_eq!(
        score(&content, &open),
        Err(vec![Obstacle::Missing("plan".to_owned(), None)])
    );

    // A disputed record pauses its figure, and with it the result.
    let mut disputed = support();
    disputed.paused.insert("reopen_rate".to_owned());
    assert_eq!(
        score(&content, &disputed),
        Err(vec![Obstacle::Paused("reopen_rate".to_owned())])
    );

    // Nobody gets full marks: the cap is 98.
    let mut perfect = support();
    perfect.plan = plan(&[(1, Some("100"))]);
    perfect.criteria = criteria(&[("diagnosis", "100"), ("records", "100"), ("sharing", "100")]);
    perfect.metrics = metrics(&[("resolved_in_time", "100"), ("reopen_rate", "0")]);
    for voices in perfect.feedback.values_mut() {
        voices
            .means
            .values_mut()
            .for_each(|mean| *mean = number("5"));
    }
    let perfect = score(&content, &perfect).expect("a score");
    assert_eq!(
        (
            perfect.before.to_string().as_str(),
            perfect.score.to_string().as_str(),
            perfect.capped
        ),
        ("100", "98", true)
    );
}

/// Field service: 50 key indicators, 40 conduct, 10 feedback; critical behaviours cost points.
#[test]
fn field_service_by_example() {
    let content = template("field_service.monthly");
    // Indicators: 0.3 x 90 + 0.4 x 90 + 0.3 x 85 = 88.5. Conduct: 0.4 x 100 + 0.3 x 90 + 0.3 x 80 = 91.
    // Views: the superior alone, 75. 44.25 + 36.4 + 7.5 = 88.15
    let one = score(&content, &field()).expect("a score");
    assert_eq!(
        told(&one),
        (
            vec!["88.5".to_owned(), "91".to_owned(), "75".to_owned()],
            "88.15".to_owned(),
            "88.2".to_owned(),
            "good"
        )
    );

    // A missed visit (5) and a private charge (20): 88.15 - 25 = 63.15
    let mut bad = field();
    bad.incidents.insert("missed_visit".to_owned(), 1);
    bad.incidents.insert("private_charge".to_owned(), 1);
    let bad = score(&content, &bad).expect("a score");
    assert_eq!(
        (bad.score.to_string().as_str(), bad.band.as_str()),
        ("63.2", "basic")
    );

    // It never goes below nothing.
    let mut worst = Inputs {
        criteria: criteria(&[
            ("assignments", "0"),
            ("communication", "0"),
            ("information", "10"),
        ]),
        ..Inputs::default()
    };
    worst.incidents.insert("private_charge".to_owned(), 3);
    assert_eq!(score(&content, &worst).expect("a score").score, Decimal(0));

    // Nothing is known at all.
    let nothing = Inputs::default();
    let obstacles = score(&content, &nothing).expect_err("nothing to go by");
    assert!(
        obstacles.contains(&Obstacle::Nothing) && obstacles.len() == 4,
        "{obstacles:?}"
    );
}

#[test]
fn a_score_is_rounded_as_the_template_says() {
    let by = |decimals, mode| Rounding { decimals, mode };
    for (text, rounding, rounded) in [
        ("84.45", by(1, Mode::HalfUp), "84.5"),
        ("84.45", by(1, Mode::HalfEven), "84.4"),
        ("84.55", by(1, Mode::HalfEven), "84.6"),
        ("84.4501", by(1, Mode::HalfEven), "84.5"),
        ("84.99", by(0, Mode::Down), "84"),
        ("84.5", by(0, Mode::HalfUp), "85"),
        ("0", by(2, Mode::HalfUp), "0"),
    ] {
        assert_eq!(
            round(number(text), rounding).to_string(),
            rounded,
            "{text} {rounding:?}"
        );
    }
}

/// Inputs of the field service that always give a result.
fn some() -> impl Strategy<Value = Inputs> {
    let percent = || (0_i64..=1_000_000).prop_map(Decimal);
    let figure = || proptest::option::of((0_i64..=1_200_000).prop_map(Decimal));
    (
        [figure(), figure(), figure()],
        [percent(), percent(), percent()],
        proptest::collection::btree_map(
            prop_oneof![Just("missed_visit"), Just("unsafe_work")],
            0_u32..6,
            0..2,
        ),
    )
        .prop_map(
            |([response, resolved, satisfaction], [one, two, three], incidents)| Inputs {
                metrics: BTreeMap::from([
                    ("first_response_in_time".to_owned(), response),
                    ("resolved_in_time".to_owned(), resolved),
                    ("satisfaction".to_owned(), satisfaction),
                ]),
                criteria: BTreeMap::from([
                    ("assignments".to_owned(), one),
                    ("communication".to_owned(), two),
                    ("information".to_owned(), three),
                ]),
                incidents: incidents
                    .into_iter()
                    .map(|(key, times)| (key.to_owned(), times))
                    .collect(),
                ..Inputs::default()
            },
        )
}

proptest! {
    #[test]
    fn weights_add_up_and_the_cap_is_kept(inputs in some()) {
        let content = template("field_service.monthly");
        let outcome = score(&content, &inputs).expect("conduct is always judged");
        let counted: i64 = outcome.sections.iter().map(|line| line.counted.0).sum();
        prop_assert_eq!(counted, WHOLE.0);
        prop_assert!((Decimal(0)..=content.cap).contains(&outcome.score));
        prop_assert!(outcome.before.0 <= i64::from(content.full) * SCALE);
        prop_assert_eq!(&outcome.band, band_of(&content, outcome.score));
        // The same again, to the last digit.
        prop_assert_eq!(score(&content, &inputs).expect("a score"), outcome);
    }

    #[test]
    fn who_is_better_in_everything_is_never_behind(worse in some(), rise in proptest::collection::vec(0_i64..300_000, 6), fewer in 0_u32..3) {
        let content = template("field_service.monthly");
        let mut better = worse.clone();
        let mut rise = rise.into_iter();
        for figure in better.metrics.values_mut().flatten() {
            figure.0 += rise.next().unwrap_or(0);
        }
        for rating in better.criteria.values_mut() {
            rating.0 = (rating.0 + rise.next().unwrap_or(0)).min(WHOLE.0);
        }
        for times in better.incidents.values_mut() {
            *times = times.saturating_sub(fewer);
        }
        let (worse, better) = (score(&content, &worse).expect("a score"), score(&content, &better).expect("a score"));
        prop_assert!(better.score >= worse.score);
        let place = |band: &str| content.bands.iter().position(|one| one.key == band);
        prop_assert!(place(&better.band) <= place(&worse.band));
    }
}
