use super::*;

fn choice(text: &str) -> Choice {
    Choice {
        text: text.to_owned(),
        text_zh: format!("{text}（中）"),
    }
}

fn given(options: &[(&str, bool)]) -> Given {
    Given {
        options: options
            .iter()
            .map(|(text, correct)| (choice(text), *correct))
            .collect(),
        ..Given::default()
    }
}

#[test]
fn a_question_needs_what_its_kind_needs_and_nothing_else() {
    use QuestionKind::{Multiple, Number, Practical, Single, Text as Words, TrueFalse};
    let two = given(&[("a", true), ("b", false)]);
    let number = Given {
        number: Some((10, 0)),
        ..Given::default()
    };
    let truth = Given {
        is_true: Some(false),
        ..Given::default()
    };
    let criterion = Criterion {
        name: "a".to_owned(),
        name_zh: "甲".to_owned(),
        points: 10_000,
    };
    let practical = Given {
        criteria: vec![criterion],
        ..Given::default()
    };
    for (kind, given, fields) in [
        (Single, &two, &[][..]),
        (Multiple, &two, &[]),
        (Single, &given(&[("a", true), ("b", true)]), &["options"]),
        (Multiple, &given(&[("a", true), ("b", true)]), &[]),
        (
            Multiple,
            &given(&[("a", false), ("b", false)]),
            &["options"],
        ),
        (Single, &given(&[("a", true)]), &["options"]),
        (Single, &given(&[("a", true), ("a", false)]), &["options"]),
        (Single, &given(&[("a", true), (" ", false)]), &["options"]),
        (Single, &number, &["options", "number"]),
        (Number, &number, &[]),
        (
            Number,
            &Given {
                number: Some((10, -1)),
                ..Given::default()
            },
            &["number"],
        ),
        (Number, &truth, &["isTrue", "number"]),
        (TrueFalse, &truth, &[]),
        (TrueFalse, &Given::default(), &["isTrue"]),
        (Words, &Given::default(), &[]),
        (
            Words,
            &Given {
                words: vec![vec![]],
                ..Given::default()
            },
            &["keywords"],
        ),
        (
            Words,
            &Given {
                words: vec![vec!["a".to_owned()]],
                ..Given::default()
            },
            &[],
        ),
        (Practical, &practical, &[]),
        (Practical, &Given::default(), &["criteria"]),
    ] {
        let found = match make(kind, given) {
            Ok(_) => Vec::new(),
            Err(wrong) => wrong.into_iter().map(|one| one.field[1].clone()).collect(),
        };
        assert_eq!(found, fields, "{kind:?} {given:?}");
    }
}

#[test]
fn answers_are_read_by_the_labels_of_the_paper() {
    use QuestionKind::{Multiple, Number, Single, Text as Words, TrueFalse};
    let labels = |labels: &[&str]| Said {
        choices: Some(labels.iter().map(ToString::to_string).collect()),
        ..Said::default()
    };
    // On this paper the author's third option comes first.
    let order = [2, 0, 1];
    let options = |chosen: &[usize]| {
        Ok(Some(Answer::Options {
            chosen: chosen.to_vec(),
        }))
    };
    assert_eq!(read(Single, &order, &labels(&["A"])), options(&[2]));
    assert_eq!(
        read(Multiple, &order, &labels(&["A", "B"])),
        options(&[0, 2])
    );
    assert_eq!(read(Multiple, &order, &labels(&[])), Ok(None));
    assert_eq!(read(Multiple, &order, &Said::default()), Ok(None));
    for wrong in [
        labels(&["A", "B"]),
        labels(&["D"]),
        labels(&["a"]),
        labels(&["A", "A"]),
    ] {
        assert!(read(Single, &order, &wrong).is_err(), "{wrong:?}");
    }
    let number = Said {
        number: Some(Decimal(15_000)),
        ..Said::default()
    };
    assert_eq!(
        read(Number, &[], &number),
        Ok(Some(Answer::Number { value: 15_000 }))
    );
    assert!(read(TrueFalse, &[], &number).is_err());
    let both = Said {
        is_true: Some(true),
        ..number
    };
    assert!(read(Number, &[], &both).is_err());
    let text = |text: &str| Said {
        text: Some(text.to_owned()),
        ..Said::default()
    };
    assert_eq!(
        read(Words, &[], &text(" 断电 ")),
        Ok(Some(Answer::Words {
            text: "断电".to_owned()
        }))
    );
    assert_eq!(read(Words, &[], &text("  ")), Ok(None));
    assert!(read(Words, &[], &text(&"字".repeat(4_001))).is_err());
    assert!(read(Words, &[], &text("a\u{0}b")).is_err());
}
