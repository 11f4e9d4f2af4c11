//! Tags (标签): the words by which tickets are found. They are for staff; customer and partner never see one.
//!
//! A tag is named by its id or by its word, upper and lower case alike, in either language's spelling of the word.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

use entity::tag;
use serde::Serialize;
use uuid::Uuid;

use crate::ids::Node;
use crate::ids::decode;

/// A tag as somebody names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Named {
    /// By its id.
    Id(Uuid),
    /// By its word, folded.
    Word(String),
}

impl Named {
    /// What is an id names it by id; everything else is a word.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match decode(text.trim()) {
            Ok((prefix, id)) if prefix == <tag::Entity as Node>::PREFIX => Self::Id(id),
            _ => Self::Word(rules::folded(text)),
        }
    }

    /// Is it this one?
    #[must_use]
    pub fn names(&self, tag: &tag::Model) -> bool {
        match self {
            Self::Id(id) => tag.id == *id,
            Self::Word(word) => tag.folded == *word,
        }
    }
}
