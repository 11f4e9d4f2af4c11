//! What can be done: one function a business action.

mod api_client_create;
mod api_client_disable;
mod api_client_documents;
mod api_client_secret_rotate;
mod api_client_sign_in;
mod password_change;
mod sessions;
mod sign_in;
mod sign_out;
mod signing_keys;
mod token_refresh;
mod user_create;
mod user_password_reset;
mod user_status;

use serde_json::json;

use crate::access::Principal;
use crate::error::Result;
use crate::events::Event;
use crate::work::Work;

pub use api_client_create::{ApiClientSecret, NewApiClient, api_client_create};
pub use api_client_disable::api_client_disable;
pub use api_client_documents::{
    Forgotten, TrustChange, api_client_documents_forget, api_client_documents_restrict,
    api_client_documents_trust,
};
pub use api_client_secret_rotate::api_client_secret_rotate;
pub use api_client_sign_in::api_client_sign_in;
pub use password_change::password_change;
pub use sessions::SessionTokens;
pub use sign_in::sign_in;
pub use sign_out::{sign_out, sign_out_everywhere};
pub use signing_keys::{KeyView, list, rotate};
pub use token_refresh::token_refresh;
pub use user_create::{NewUser, user_create};
pub use user_password_reset::user_password_reset;
pub use user_status::{user_disable, user_enable};

/// Begins a change of accounts or sessions: with the lock under which rights change, so that of two at once the second
/// is decided on what the first has left.
async fn lock(work: &Work<'_>) -> Result<()> {
    work.raise_epoch().await
}

/// Tells everybody that a principal's account or sessions changed.
fn changed(work: &mut Work<'_>, principal: Principal, action: &str) {
    work.emit(Event::new(
        work.call().at,
        Event::PRINCIPAL_CHANGED,
        principal.id(),
        json!({ "action": action }),
    ));
}
