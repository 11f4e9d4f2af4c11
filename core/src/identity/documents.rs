//! Trusted documents: which a client may be trusted with, and the lists of this process.
//!
//! A client's list is read when the client's rights are looked up, and is a part of its viewer: a request takes no
//! statement for it, and what changes is known with the next request, as rights are.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use entity::api_client;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{secret, store};
use crate::access::{TrustedDocuments, hash_of_hex};
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};

/// The most documents of one client.
pub const MOST_DOCUMENTS: usize = 1_000;
/// The most bytes of all texts of one client.
pub const MOST_BYTES: usize = 2 << 20;
/// The most characters of a document's id.
pub const LONGEST_ID: usize = 128;
/// What stands before a hash that is written as an id.
const HASH_PREFIX: &str = "sha256:";

/// An id without what stands before a hash.
#[must_use]
pub fn plain_id(id: &str) -> &str {
    id.strip_prefix(HASH_PREFIX).unwrap_or(id)
}

/// A document to be trusted, after somebody who knows the schema has looked at it.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// What the client will send instead of the text; the SHA-256 of the text when not given.
    pub document_id: Option<String>,
    /// The document.
    pub text: String,
    /// The name of its operation, if it has exactly one.
    pub operation_name: Option<String>,
    /// Why it can't be run, each with its place.
    pub mistakes: Vec<Text>,
}

/// A document that a client is trusted with already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub document_id: String,
    /// The SHA-256 of its text, in hex.
    pub sha256: String,
    /// The bytes of its text.
    pub bytes: usize,
}

/// A document that will be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Its id.
    pub document_id: String,
    /// The SHA-256 of its text, in hex.
    pub sha256: String,
    /// The name of its operation.
    pub operation_name: Option<String>,
    /// The document.
    pub text: String,
}

/// Which of the documents are new. One that is known under the same id with the same text is passed over, so that a
/// whole manifest can be sent with every release.
///
/// # Errors
/// User errors for everything that is wrong, each at the document it is about.
pub fn fresh(given: Vec<NewDocument>, known: &[Known]) -> Result<Vec<Fresh>> {
    let mut checks = Checks::default();
    let field = "input.documents";
    checks.ensure(!given.is_empty(), UserErrorCode::Blank, field, || {
        Text::new("Give at least one document.", "请至少提供一个文档。")
    });
    let mut hashes: HashMap<String, String> = known
        .iter()
        .map(|known| (known.document_id.clone(), known.sha256.clone()))
        .collect();
    let mut bytes: usize = known.iter().map(|known| known.bytes).sum();
    let mut found = Vec::new();
    for (place, document) in given.into_iter().enumerate() {
        let sha256 = secret::hash(&document.text);
        let document_id = document
            .document_id
            .as_deref()
            .map(|id| plain_id(id).to_owned());
        let document_id = document_id.unwrap_or_else(|| sha256.clone());
        let at = |part: &str| format!("{field}.{place}.{part}");
        check_id(&mut checks, &at("documentId"), &document_id, &sha256);
        for mistake in document.mistakes {
            checks.add(UserErrorCode::Invalid, &at("text"), mistake);
        }
        match hashes.get(&document_id) {
            Some(other) if *other == sha256 => continue,
            Some(_) => checks.add(UserErrorCode::Taken, &at("documentId"), taken()),
            None => {}
        }
        hashes.insert(document_id.clone(), sha256.clone());
        bytes += document.text.len();
        found.push(Fresh {
            document_id,
            sha256,
            operation_name: document.operation_name,
            text: document.text,
        });
    }
    let count = known.len() + found.len();
    for (value, most, en, zh) in [
        (count, MOST_DOCUMENTS, "documents", "个文档"),
        (bytes, MOST_BYTES, "bytes of documents", "字节的文档"),
    ] {
        checks.ensure(value <= most, UserErrorCode::TooLong, field, || {
            Text::new(
                format!(
                    "The client would have {value} {en}; at most {most} are allowed. Forget those that no release sends any more."
                ),
                format!("该客户端将有 {value} {zh}，最多允许 {most}。请先移除不再使用的文档。"),
            )
        });
    }
    checks.done()?;
    Ok(found)
}

fn check_id(checks: &mut Checks, field: &str, id: &str, sha256: &str) {
    let formed = (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    checks.ensure(formed, UserErrorCode::Invalid, field, || {
        Text::new(
            format!("An id has 1 to {LONGEST_ID} visible ASCII characters and no blanks."),
            format!("文档标识须为 1 至 {LONGEST_ID} 个可见 ASCII 字符，且不含空格。"),
        )
    });
    // It would be taken for the text of another hash.
    let honest = hash_of_hex(id).is_none() || id == sha256;
    checks.ensure(honest, UserErrorCode::Invalid, field, || {
        Text::new(
            format!("An id of 64 hexadecimal digits is the SHA-256 of the text, in lower case; here that is {sha256}."),
            format!("64 位十六进制标识须为文档内容的 SHA-256（小写），此处应为 {sha256}。"),
        )
    });
}

fn taken() -> Text {
    Text::new(
        "Another text has this id. Ids of changed documents change too; otherwise forget the old one first.",
        "该标识已用于其他文档。文档变更后标识也应变更；否则请先移除旧文档。",
    )
}

/// Which of some ids a client doesn't have.
#[must_use]
pub fn missing<'i>(ids: &'i [String], known: &[Known]) -> Vec<(usize, &'i str)> {
    let known: BTreeSet<&str> = known
        .iter()
        .map(|known| known.document_id.as_str())
        .collect();
    let wanted = ids.iter().map(String::as_str).enumerate();
    wanted.filter(|(_, id)| !known.contains(id)).collect()
}

/// More lists than this are not looked up by key; those that nobody uses any more go first.
const MOST_LISTS: usize = 1_000;

/// The lists in use, so that all sessions of a client share one. A list never changes: each version of a client has its
/// own.
#[derive(Debug, Default)]
pub struct Lists(Mutex<HashMap<Uuid, (i32, Weak<TrustedDocuments>)>>);

impl Lists {
    /// What a client is trusted with; none when it may run anything and has no documents.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        &self,
        connection: &impl ConnectionTrait,
        client: &api_client::Model,
    ) -> Result<Option<Arc<TrustedDocuments>>> {
        if let Some(list) = self.shared(client) {
            return Ok(Some(list));
        }
        let documents = store::documents::all(connection, client.id).await?;
        let list = TrustedDocuments::new(client.trusted_documents_only, documents);
        if list.is_empty() && !list.only() {
            return Ok(None);
        }
        let list = Arc::new(list);
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.len() >= MOST_LISTS {
            lists.retain(|_, (_, list)| list.strong_count() > 0);
        }
        lists.insert(client.id, (client.version, Arc::downgrade(&list)));
        Ok(Some(list))
    }

    fn shared(&self, client: &api_client::Model) -> Option<Arc<TrustedDocuments>> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (version, list) = lists.get(&client.id)?;
        list.upgrade().filter(|_| *version == client.version)
    }
}

#[cfg(test)]
#[path = "documents_tests.rs"]
mod tests;
