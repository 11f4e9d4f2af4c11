//! Trusting an API client with documents, forgetting them, and letting it run no others.

use std::collections::BTreeSet;

use entity::{api_client, api_client_document};
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{self, Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::identity::documents::{NewDocument, fresh, missing, plain_id};
use crate::identity::rules::within_own_power;
use crate::identity::store;
use crate::work::{Work, expect_version};

/// A client after a change of its documents.
#[derive(Clone, Debug)]
pub struct TrustChange {
    /// The client.
    pub client: api_client::Model,
    /// How many documents were added or forgotten.
    pub documents: usize,
}

/// Trusts a client with documents; those that it has already stay as they are.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; user errors for each document that is wrong; `FORBIDDEN` for a client that may do more.
pub async fn api_client_documents_trust(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    documents: Vec<NewDocument>,
) -> Result<TrustChange> {
    call.viewer.require(Permission::UserManage)?;
    let work = Work::begin(&app.db, call).await?;
    let client = to_change(&work, id, expected_version).await?;
    let known = store::documents::known(work.tx(), id).await?;
    let fresh = fresh(documents, &known)?;
    if fresh.is_empty() {
        return Ok(TrustChange {
            client,
            documents: 0,
        });
    }
    let rows: Vec<api_client_document::Model> = fresh
        .into_iter()
        .map(|document| api_client_document::Model {
            id: new_id(call.at),
            api_client_id: id,
            document_id: document.document_id,
            sha256: document.sha256,
            operation_name: document.operation_name,
            text: document.text,
            created_at: call.at,
        })
        .collect();
    let hashes: Vec<String> = rows.iter().map(|row| row.sha256.clone()).collect();
    let documents = rows.len();
    store::documents::insert(work.tx(), rows).await?;
    let detail = json!({ "name": client.name, "documents": documents, "sha256": hashes });
    let client = done(work, client, None, "api_client.documents_trust", detail).await?;
    Ok(TrustChange { client, documents })
}

/// Which documents are forgotten.
#[derive(Clone, Debug)]
pub enum Forgotten {
    /// These, by the ids that the client sends.
    These(Vec<String>),
    /// All that aren't among these.
    AllBut(Vec<String>),
}

/// Trusts a client no longer with documents.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error for each document that it doesn't have; `FORBIDDEN` for a client that may do more.
pub async fn api_client_documents_forget(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    forgotten: Forgotten,
) -> Result<TrustChange> {
    call.viewer.require(Permission::UserManage)?;
    let work = Work::begin(&app.db, call).await?;
    let client = to_change(&work, id, expected_version).await?;
    let known = store::documents::known(work.tx(), id).await?;
    let ids = match forgotten {
        Forgotten::These(ids) => {
            let mut checks = Checks::default();
            let field = "input.documentIds";
            checks.ensure(!ids.is_empty(), UserErrorCode::Blank, field, || {
                Text::new(
                    "Give at least one document's id.",
                    "请至少提供一个文档标识。",
                )
            });
            let ids: Vec<String> = ids.iter().map(|id| plain_id(id).to_owned()).collect();
            for (place, _) in missing(&ids, &known) {
                let field = format!("{field}.{place}");
                let text = Text::new("The client has no such document.", "该客户端没有此文档。");
                checks.add(UserErrorCode::NotFound, &field, text);
            }
            checks.done()?;
            ids
        }
        Forgotten::AllBut(kept) => {
            let kept: BTreeSet<&str> = kept.iter().map(|id| plain_id(id)).collect();
            let ids = known.into_iter().map(|known| known.document_id);
            ids.filter(|id| !kept.contains(id.as_str())).collect()
        }
    };
    if ids.is_empty() {
        return Ok(TrustChange {
            client,
            documents: 0,
        });
    }
    store::documents::delete(work.tx(), id, &ids).await?;
    let documents = ids.len();
    let detail = json!({ "name": client.name, "documents": documents, "documentIds": ids });
    let client = done(work, client, None, "api_client.documents_forget", detail).await?;
    Ok(TrustChange { client, documents })
}

/// Lets a client run only the documents that it is trusted with, or anything again.
///
/// # Errors
/// `NOT_FOUND`, `CONFLICT`; a user error when it is so already or the client has no documents; `FORBIDDEN` for a client
/// that may do more.
pub async fn api_client_documents_restrict(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    only: bool,
) -> Result<api_client::Model> {
    call.viewer.require(Permission::UserManage)?;
    let work = Work::begin(&app.db, call).await?;
    let client = to_change(&work, id, expected_version).await?;
    let wrong = |field: &str, en: &'static str, zh: &'static str| {
        UserError::new(UserErrorCode::WrongState, field, Text::new(en, zh))
    };
    if client.trusted_documents_only == only {
        let field = "input.trustedDocumentsOnly";
        return Err(wrong(field, "It is so already.", "已是该状态。").into());
    }
    if only && store::documents::known(work.tx(), id).await?.is_empty() {
        return Err(wrong(
            "input.id",
            "The client has no trusted documents, so it could run nothing: trust it with some first (apiClientDocumentsTrust). To shut it out, disable it.",
            "该客户端尚无受信文档，启用后将无法执行任何操作：请先添加受信文档（apiClientDocumentsTrust）；如需禁止访问，请停用该客户端。",
        )
        .into());
    }
    let detail = json!({ "name": client.name, "trustedDocumentsOnly": only });
    let action = "api_client.documents_restrict";
    done(work, client, Some(only), action, detail).await
}

/// The client, with the lock under which rights change.
async fn to_change(work: &Work<'_>, id: Uuid, expected_version: i32) -> Result<api_client::Model> {
    lock(work).await?;
    let viewer = &work.call().viewer;
    let client = store::accounts::managed_client(work.tx(), viewer, id).await?;
    expect_version(client.version, expected_version)?;
    let at = work.call().at;
    let principal = Principal::ApiClient(id);
    let (theirs, _) = access::roles::grants_of(work.tx(), principal, None, at).await?;
    within_own_power(&viewer.grants, &theirs)?;
    Ok(client)
}

/// Raises the client's version, which its list goes by, and ends the work.
async fn done(
    mut work: Work<'_>,
    client: api_client::Model,
    only: Option<bool>,
    action: &'static str,
    detail: serde_json::Value,
) -> Result<api_client::Model> {
    let at = work.call().at;
    let client = store::accounts::restrict_client(work.tx(), client, only, at).await?;
    work.audit(audit::Entry {
        action,
        entity_type: "api_client",
        entity_id: Some(client.id),
        detail,
    });
    changed(&mut work, Principal::ApiClient(client.id), action);
    work.commit().await?;
    Ok(client)
}
