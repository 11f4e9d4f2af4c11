//! What a client may be trusted with.

use proptest::prelude::*;

use super::*;
use crate::error::Error;

fn new(id: Option<&str>, text: &str) -> NewDocument {
    NewDocument {
        document_id: id.map(str::to_owned),
        text: text.to_owned(),
        operation_name: None,
        mistakes: Vec::new(),
    }
}

fn known(id: &str, text: &str) -> Known {
    Known {
        document_id: id.to_owned(),
        sha256: secret::hash(text),
        bytes: text.len(),
    }
}

fn ids(given: Vec<NewDocument>, known: &[Known]) -> Vec<String> {
    let fresh = fresh(given, known).expect("nothing is wrong");
    fresh.into_iter().map(|fresh| fresh.document_id).collect()
}

fn mistakes(given: Vec<NewDocument>, known: &[Known]) -> Vec<(UserErrorCode, String)> {
    match fresh(given, known) {
        Err(Error::User(errors)) => errors
            .into_iter()
            .map(|error| (error.code, error.field.join(".")))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_manifest_can_be_sent_with_every_release() {
    let hash = secret::hash("{b}");
    let given = || vec![new(Some("one"), "{a}"), new(None, "{b}")];
    assert_eq!(ids(given(), &[]), ["one", &hash]);
    assert_eq!(ids(given(), &[known("one", "{a}")]), [hash.as_str()]);
    let both = [known("one", "{a}"), known(&hash, "{b}")];
    assert!(ids(given(), &both).is_empty());
    let twice = vec![new(Some("one"), "{a}"), new(Some("one"), "{a}")];
    assert_eq!(ids(twice, &[]), ["one"]);
    let prefixed = format!("sha256:{hash}");
    assert_eq!(ids(vec![new(Some(&prefixed), "{b}")], &[]), [hash]);
}

#[test]
fn every_mistake_is_told_where_it_is() {
    use UserErrorCode::{Blank, Invalid, Taken, TooLong};
    let at = |place: usize, part: &str| format!("input.documents.{place}.{part}");
    assert_eq!(
        mistakes(Vec::new(), &[]),
        [(Blank, "input.documents".to_owned())]
    );
    let wrong = NewDocument {
        mistakes: vec![Text::new("a", "a"), Text::new("b", "b")],
        ..new(None, "{")
    };
    let given = vec![
        new(Some("one"), "{b}"),
        new(Some(""), "{a}"),
        new(Some("a b"), "{a}"),
        new(Some(&"x".repeat(129)), "{a}"),
        new(Some(&"0".repeat(64)), "{a}"),
        wrong,
    ];
    assert_eq!(
        mistakes(given, &[known("one", "{a}")]),
        [
            (Taken, at(0, "documentId")),
            (Invalid, at(1, "documentId")),
            (Invalid, at(2, "documentId")),
            (Invalid, at(3, "documentId")),
            (Invalid, at(4, "documentId")),
            (Invalid, at(5, "text")),
            (Invalid, at(5, "text")),
        ]
    );
    let many = (0..=MOST_DOCUMENTS).map(|n| new(Some(&n.to_string()), "{a}"));
    assert_eq!(
        mistakes(many.collect(), &[]),
        [(TooLong, "input.documents".to_owned())]
    );
    let large = Known {
        bytes: MOST_BYTES - 2,
        ..known("one", "{a}")
    };
    assert_eq!(
        mistakes(vec![new(None, "{b}")], &[large]),
        [(TooLong, "input.documents".to_owned())]
    );
}

#[test]
fn what_a_client_does_not_have_is_named() {
    let wanted = ["one", "two", "three"].map(str::to_owned);
    let had = [known("two", "{a}")];
    assert_eq!(missing(&wanted, &had), [(0, "one"), (2, "three")]);
}

proptest! {
    /// Whatever is trusted is within the bounds, has one text an id, and is nothing new the second time.
    #[test]
    fn a_list_stays_sound(given in prop::collection::vec((prop::option::of("[ab]{1,2}"), "[xy]{1,3}"), 1..12)) {
        let documents = || given.iter().map(|(id, text)| new(id.as_deref(), text)).collect::<Vec<_>>();
        if let Ok(fresh) = fresh(documents(), &[]) {
            let had: Vec<Known> = fresh.iter().map(|fresh| known(&fresh.document_id, &fresh.text)).collect();
            let unique: BTreeSet<&str> = had.iter().map(|known| known.document_id.as_str()).collect();
            prop_assert_eq!(unique.len(), had.len());
            prop_assert!(super::fresh(documents(), &had).expect("nothing is wrong").is_empty());
        }
    }
}
