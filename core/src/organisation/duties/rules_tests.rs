//! Which duties a question is about.

use proptest::prelude::*;

use super::*;

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(ToString::to_string).collect()
}

#[test]
fn words_of_both_languages() {
    for (text, expected) in [
        ("Handles Complaints", set(&["complaints", "handles"])),
        ("受理投诉", set(&["受理", "理投", "投诉"])),
        ("Ｒｅｐｌｙ 24 小时", set(&["24", "reply", "小时"])),
        ("备件", set(&["备件"])),
        ("票", set(&["票"])),
        ("", set(&[])),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn a_question_is_only_what_it_is_about() {
    for (question, expected) in [
        ("谁负责投诉？", set(&["投诉"])),
        (
            "Who is to handle the invoices?",
            set(&["handle", "invoices"]),
        ),
        ("客户的回访", set(&["客户", "回访"])),
        ("Whose duty is this", set(&[])),
    ] {
        assert_eq!(asked(question), expected, "{question}");
    }
}

const DUTIES: [&str; 2] = [
    "Receives and investigates complaints. Tells the department at fault why.",
    "受理并调查投诉；提出补救方案；把原因反馈给责任部门；安抚客户情绪。",
];

fn answered(question: &str) -> Option<(String, u32)> {
    let duties = DUTIES.map(str::to_owned);
    answer(
        &asked(question),
        ["Complaint Handler", "投诉处理专员"],
        &duties,
    )
    .map(|answer| (answer.duty, answer.score))
}

#[test]
fn the_best_sentence_answers() {
    for (question, expected) in [
        ("谁负责调查投诉", Some(("受理并调查投诉", 100))),
        ("投诉", Some(("受理并调查投诉", 100))),
        ("补救方案", Some(("提出补救方案", 100))),
        (
            "who investigates complaints?",
            Some(("Receives and investigates complaints", 100)),
        ),
        (
            "investigate complaint",
            Some(("Receives and investigates complaints", 100)),
        ),
        ("安抚情绪", Some(("安抚客户情绪", 66))),
        ("parts", None),
        ("备件领用", None),
        ("whose duty is this", None),
    ] {
        let expected = expected.map(|(duty, score)| (duty.to_owned(), score));
        assert_eq!(answered(question), expected, "{question}");
    }
}

proptest! {
    /// Whoever asks with the very words of a duty gets a full answer, in any letter case.
    #[test]
    fn a_duty_answers_its_own_words(words in proptest::collection::vec("[a-z]{4,9}|[一-龥]{2,5}", 1..6)) {
        let duty = words.join(" ");
        let asked = asked(&duty.to_uppercase());
        prop_assume!(!asked.is_empty());
        let found = answer(&asked, ["", ""], &[duty.clone(), String::new()]);
        prop_assert_eq!(found.map(|answer| answer.score), Some(100));
    }

    /// No question finds what shares no word with it.
    #[test]
    fn nothing_in_common_is_no_answer(question in "[a-m]{3,8}( [a-m]{3,8}){0,3}", duty in "[n-z]{3,8}( [n-z]{3,8}){0,3}") {
        prop_assert_eq!(answer(&asked(&question), ["", ""], &[duty, String::new()]), None);
    }
}
