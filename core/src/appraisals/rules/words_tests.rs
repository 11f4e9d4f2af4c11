use super::super::inputs::Inputs;
use super::super::scoring::score;
use super::*;
use crate::appraisals::templates::shipped::shipped;

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[test]
fn strengths_and_weaknesses_are_told_in_both_languages() {
    let content = shipped().expect("what ships").swap_remove(1).content;
    let mut inputs = Inputs::default();
    for (key, value) in [
        ("first_response_in_time", "99"),
        ("resolved_in_time", "70"),
        ("satisfaction", "4.2"),
    ] {
        inputs.metrics.insert(key.to_owned(), Some(number(value)));
    }
    for (key, percent) in [
        ("assignments", "95"),
        ("communication", "75"),
        ("information", "40"),
    ] {
        inputs.criteria.insert(key.to_owned(), number(percent));
    }
    let outcome = score(&content, &inputs).expect("a score");
    let names = |key: &str| {
        (key == "resolved_in_time").then(|| Text::new("Resolved in time", "按时解决率"))
    };
    let remarks = remarks(&content, &outcome, &names);
    let told = |remarks: &[Remark]| -> Vec<String> {
        remarks
            .iter()
            .map(|one| format!("{} | {}", one.text.en, one.text.zh))
            .collect()
    };
    // What weighs most comes first: assignments 40 % of 40, first responses 30 % of 50.
    assert_eq!(
        told(&remarks.strengths),
        [
            "Complies with assignments: 95 % | 服从派工：95%",
            "first_response_in_time: 99, worth 98 % | first_response_in_time：99，得分率 98%"
        ]
    );
    assert_eq!(
        told(&remarks.weaknesses),
        [
            "Resolved in time: 70, worth 25.7 % | 按时解决率：70，得分率 25.7%",
            "Feeds information back: 40 % | 信息反馈：40%"
        ]
    );
}

#[test]
fn an_obstacle_says_what_to_do() {
    let content = shipped().expect("what ships").swap_remove(0).content;
    let missing = Obstacle::Missing("plan".to_owned(), None);
    assert_eq!(
        obstacle(&content, &missing).en,
        "Work plan: there is nothing to go by yet."
    );
    assert_eq!(obstacle(&content, &missing).zh, "工作计划：尚无可评内容。");
}
