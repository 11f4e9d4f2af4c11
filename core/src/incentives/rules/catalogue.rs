//! What rules can ask about: facts with their types, handed in as data (事实目录).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Text;

/// Of what type a fact is (类型).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FactType {
    /// A number (数值).
    Number,
    /// An amount of money (金额).
    Money {
        /// Its currency by ISO 4217; none when each record has its own. A rule only looks at those in its own currency.
        currency: Option<String>,
    },
    /// A word (文本).
    Text,
    /// Yes or no (是/否).
    Bool,
    /// A day (日期).
    Day,
}

/// What a fact is about (层级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Level {
    /// A member (成员).
    Member,
    /// The member's team (团队).
    Team,
    /// The member's region (区域).
    Region,
    /// The whole company (公司).
    Company,
    /// A record, such as a payment (记录).
    Record,
    /// Somebody whom a record credits: their role and share (记录归属人).
    Credit,
}

/// A fact that rules can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// How rules name it: words of small letters, digits and `_`, joined by points, such as `payment.amount`.
    pub key: String,
    /// Its type.
    pub kind: FactType,
    /// What it is about.
    pub level: Level,
    /// For facts of records: of which source, such as `payment`; what stands before the point of the key.
    pub source: Option<String>,
    /// The words that it can be, where it is one of a few; none when it can be any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
}

impl Fact {
    /// Can it ever be this word? If not, says which ones it can be.
    ///
    /// # Errors
    /// When it can't.
    pub fn can_be(&self, word: &str) -> Result<(), Text> {
        if self.words.is_empty() || self.words.iter().any(|one| one == word) {
            return Ok(());
        }
        let key = &self.key;
        Err(Text::new(
            format!(
                "`{key}` is never `{word}`; it is one of: {}.",
                self.words.join(", ")
            ),
            format!("`{key}` 不会是 `{word}`，可取：{}。", self.words.join("、")),
        ))
    }

    /// What it is called, in both languages.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::new(self.name.clone(), self.name_zh.clone())
    }
}

/// All facts that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue(BTreeMap<String, Fact>);

impl Catalogue {
    /// A catalogue of these facts; of two with the same key the last one holds.
    #[must_use]
    pub fn new(facts: impl IntoIterator<Item = Fact>) -> Self {
        Self(
            facts
                .into_iter()
                .map(|fact| (fact.key.clone(), fact))
                .collect(),
        )
    }

    /// A fact by its key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Fact> {
        self.0.get(key)
    }

    /// All of them, by key.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.0.values()
    }

    /// Is there a source of records by this name?
    #[must_use]
    pub fn has_source(&self, source: &str) -> bool {
        self.facts()
            .any(|fact| fact.source.as_deref() == Some(source))
    }

    /// What a fact is called; its key when nobody knows it any more.
    #[must_use]
    pub fn name(&self, key: &str) -> Text {
        self.get(key)
            .map_or_else(|| Text::new(key.to_owned(), key.to_owned()), Fact::text)
    }
}

/// Can this be the key of a fact: two words or more of small letters, digits and `_`, joined by points?
#[must_use]
pub fn is_key(key: &str) -> bool {
    let word = |word: &str| {
        let part =
            |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
        word.starts_with(|letter: char| letter.is_ascii_lowercase()) && word.bytes().all(part)
    };
    key.len() <= 80 && (2..=3).contains(&key.split('.').count()) && key.split('.').all(word)
}
