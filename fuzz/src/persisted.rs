//! What stands for a document; the rest of that room needs the server's schema.

use crate::error::{ApiError, ErrorCode, Text};

#[path = "../../src/graphql/persisted/reference.rs"]
mod reference;

pub use reference::Reference;

/// The refusal of another version of the protocol.
fn not_supported() -> ApiError {
    let text = Text::new("PersistedQueryNotSupported", "PersistedQueryNotSupported");
    ApiError::new(ErrorCode::PersistedQueryNotSupported, text)
}
