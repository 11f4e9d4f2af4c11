//! The documents that an API client is trusted with, as plain values.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// The SHA-256 of a document's text.
type Hash = [u8; 32];

/// A document with what a client may send instead of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedDocument {
    /// Its id.
    pub document_id: String,
    /// The document.
    pub text: String,
}

/// An API client's documents, found by id and by hash.
#[derive(Debug, Default)]
pub struct TrustedDocuments {
    only: bool,
    texts: Vec<String>,
    by_id: HashMap<String, usize>,
    by_hash: HashMap<Hash, usize>,
}

impl TrustedDocuments {
    /// Some documents; with `only` nothing else may be run.
    #[must_use]
    pub fn new(only: bool, documents: impl IntoIterator<Item = TrustedDocument>) -> Self {
        let mut list = Self {
            only,
            ..Self::default()
        };
        for TrustedDocument { document_id, text } in documents {
            let hash = Sha256::digest(&text).into();
            // A text under two ids is kept once.
            let place = *list.by_hash.entry(hash).or_insert(list.texts.len());
            if place == list.texts.len() {
                list.texts.push(text);
            }
            list.by_id.insert(document_id, place);
        }
        list
    }

    /// May nothing else be run?
    #[must_use]
    pub const fn only(&self) -> bool {
        self.only
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The text of the document with this id, or with this SHA-256 in hex.
    #[must_use]
    pub fn text_of(&self, reference: &str) -> Option<&str> {
        let place = self.by_id.get(reference).or_else(|| {
            let hash = hash_of_hex(reference)?;
            self.by_hash.get(&hash)
        })?;
        self.texts.get(*place).map(String::as_str)
    }

    /// May a document whose text has this SHA-256 be run?
    #[must_use]
    pub fn allows(&self, hash: &Hash) -> bool {
        !self.only || self.by_hash.contains_key(hash)
    }
}

/// The hash behind 64 hexadecimal digits, in upper or lower case.
#[must_use]
pub fn hash_of_hex(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(only: bool, documents: &[(&str, &str)]) -> TrustedDocuments {
        let documents = documents.iter().map(|(id, text)| TrustedDocument {
            document_id: (*id).to_owned(),
            text: (*text).to_owned(),
        });
        TrustedDocuments::new(only, documents)
    }

    fn hash(text: &str) -> Hash {
        Sha256::digest(text).into()
    }

    #[test]
    fn a_document_is_found_by_its_id_and_by_its_hash() {
        let list = list(true, &[("one", "{a}"), ("uno", "{a}"), ("two", "{b}")]);
        assert_eq!(list.text_of("one"), Some("{a}"));
        assert_eq!(list.text_of("uno"), Some("{a}"));
        let hex: String = hash("{b}")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(list.text_of(&hex), Some("{b}"));
        assert_eq!(list.text_of(&hex.to_uppercase()), Some("{b}"));
        assert_eq!(list.text_of("three"), None);
        assert_eq!(list.texts.len(), 2);
    }

    #[test]
    fn only_the_same_text_is_the_same_document() {
        let restricted = list(true, &[("one", "{a}")]);
        for (text, allowed) in [
            ("{a}", true),
            ("{ a }", false),
            ("{a}\n", false),
            ("{b}", false),
        ] {
            assert_eq!(restricted.allows(&hash(text)), allowed, "{text}");
        }
        assert!(list(false, &[("one", "{a}")]).allows(&hash("{b}")));
        assert!(!list(true, &[]).allows(&hash("{a}")));
    }

    #[test]
    fn a_hash_has_64_digits() {
        assert_eq!(hash_of_hex(&"0f".repeat(32)), Some([15; 32]));
        for wrong in [
            "",
            "0f",
            &"0g".repeat(32),
            &"0f".repeat(33),
            &"é".repeat(32),
        ] {
            assert_eq!(hash_of_hex(wrong), None, "{wrong}");
        }
    }
}
