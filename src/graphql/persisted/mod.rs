//! Documents that are sent by a hash or an id instead of their text.
//!
//! Two ways, which go by the same door, [`admit`](Persisted::admit):
//! - **Automatic persisted queries** save bytes: a client sends the SHA-256 of a document; if it isn't known yet, the
//!   client sends it once with the text. Any document, any signed-in principal.
//! - **Trusted documents** are a list that an administrator keeps for an API client, and part of its viewer
//!   ([`TrustedDocuments`](crate::access::TrustedDocuments)). Some clients may run nothing else: [`trusted`] holds that,
//!   by the hash of the text that is about to run, whatever way it came.

mod memory;
mod reference;
pub mod validator;

use async_graphql::Pos;

pub use self::reference::Reference;

use self::memory::Memory;
use super::precheck::{Document, Precheck};
use crate::access::{Call, Viewer, hash_of_hex};
use crate::config::PersistedSettings;
use crate::error::{ApiError, ErrorCode, Text};

/// The memory of automatic persisted queries.
#[derive(Debug)]
pub struct Persisted {
    automatic: bool,
    memory: Memory,
}

impl Persisted {
    /// An empty memory.
    #[must_use]
    pub fn new(settings: PersistedSettings) -> Self {
        Self {
            automatic: settings.automatic,
            memory: Memory::new(settings),
        }
    }

    /// The text of the document that a request means. A text that comes with its hash is remembered, once it is within
    /// the limits, for a signed-in principal.
    ///
    /// # Errors
    /// What is wrong with the reference: unknown, not that of the text, of a kind that isn't taken here.
    pub fn admit(
        &self,
        precheck: &Precheck,
        call: &Call,
        query: Option<String>,
        reference: Option<Reference>,
    ) -> Result<String, ApiError> {
        match (query, reference) {
            (Some(query), None) => Ok(query),
            (Some(_), Some(Reference::Id(_))) => Err(both()),
            (Some(query), Some(Reference::Hash(hash))) => {
                self.register(precheck, call, &query, &hash)?;
                Ok(query)
            }
            (None, Some(reference)) => self.find(&call.viewer, &reference),
            (None, None) => Err(ApiError::bad_input(
                "query",
                "send the document.",
                "请提供查询文档。",
            )),
        }
    }

    fn register(
        &self,
        precheck: &Precheck,
        call: &Call,
        query: &str,
        hash: &str,
    ) -> Result<(), ApiError> {
        // What is over the limits is refused below, with better words; it isn't even hashed here.
        let Ok(document) = precheck.read(query) else {
            return Ok(());
        };
        if hash_of_hex(hash) != Some(*document.hash()) {
            return Err(mismatch());
        }
        if let Some(principal) = call.viewer.actor.id
            && self.automatic
            && trusted(&call.viewer, &document).is_ok()
        {
            self.memory.keep(*document.hash(), query, principal);
        }
        Ok(())
    }

    fn find(&self, viewer: &Viewer, reference: &Reference) -> Result<String, ApiError> {
        let documents = viewer.documents.as_ref();
        if let Some(text) = documents.and_then(|list| list.text_of(reference.as_str())) {
            return Ok(text.to_owned());
        }
        if documents.is_some_and(|list| list.only()) {
            return Err(untrusted());
        }
        let known = hash_of_hex(reference.as_str()).and_then(|hash| self.memory.get(&hash));
        match (known, reference) {
            (Some(text), _) => Ok(text.to_string()),
            (None, Reference::Hash(_)) if !self.automatic => Err(not_supported()),
            (None, _) => Err(not_found()),
        }
    }
}

/// Refuses a document that isn't on the viewer's list, where nothing else may be run.
///
/// # Errors
/// `FORBIDDEN` with the way out.
pub fn trusted(viewer: &Viewer, document: &Document) -> Result<(), ApiError> {
    match &viewer.documents {
        Some(list) if !list.allows(document.hash()) => Err(untrusted()),
        _ => Ok(()),
    }
}

/// The refusal for whoever may run only trusted documents.
#[must_use]
pub fn untrusted() -> ApiError {
    let text = Text::new(
        "This API client may run only its trusted documents, and this isn't one of them, letter by letter. Send the id or the unchanged text of a trusted one, or have an administrator trust this one (apiClientDocumentsTrust).",
        "此 API 客户端只能执行受信文档，而该文档（逐字比较）不在其列表中。请发送受信文档的标识或原文，或由管理员将其加入受信文档（apiClientDocumentsTrust）。",
    );
    ApiError::new(ErrorCode::Forbidden, text).with("trustedDocumentsOnly", true)
}

/// In the words that clients look for, whatever the language.
fn not_found() -> ApiError {
    let words = "PersistedQueryNotFound";
    ApiError::new(ErrorCode::PersistedQueryNotFound, Text::new(words, words))
}

pub(super) fn not_supported() -> ApiError {
    let words = "PersistedQueryNotSupported";
    let code = ErrorCode::PersistedQueryNotSupported;
    ApiError::new(code, Text::new(words, words))
}

fn mismatch() -> ApiError {
    ApiError::bad_input(
        "extensions.persistedQuery.sha256Hash",
        "this isn't the SHA-256 of the query.",
        "与查询文档的 SHA-256 不一致。",
    )
}

fn both() -> ApiError {
    ApiError::bad_input(
        "documentId",
        "send either the document or its id.",
        "请只发送文档或其标识之一。",
    )
}

/// Where something stands in a document, for people.
fn place(at: Pos) -> (String, String) {
    (
        format!("Line {}, column {}: ", at.line, at.column),
        format!("第 {} 行，第 {} 列：", at.line, at.column),
    )
}
