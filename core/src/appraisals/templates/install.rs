//! Installing the templates that ship, where they are missing.

use chrono::{DateTime, Utc};
use entity::enums::AppraisalVersionState;
use entity::{appraisal_template, appraisal_template_version};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::shipped::{Shipped, shipped};
use super::store;
use crate::access::Call;
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::error::{Error, Result};

/// Makes the shipped templates that are missing, as published versions; those that are there stay as they were made.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    let call = Call::system(at, "install");
    let mut made = Vec::new();
    for shipped in shipped().map_err(Error::internal)? {
        if store::is_taken(tx, &shipped.code).await? {
            continue;
        }
        let (template, version) = rows(&shipped, &call)?;
        made.push(Entry {
            action: "appraisal.template.create",
            entity_type: "appraisal_template",
            entity_id: Some(template.id),
            detail: json!({ "code": shipped.code }),
        });
        store::insert(tx, template).await?;
        store::insert(tx, version).await?;
    }
    if !made.is_empty() {
        audit::append(tx, &call, &made).await?;
    }
    Ok(())
}

fn rows(
    shipped: &Shipped,
    call: &Call,
) -> Result<(appraisal_template::Model, appraisal_template_version::Model)> {
    let template = appraisal_template::Model {
        id: template_id(&shipped.code),
        code: shipped.code.clone(),
        name: shipped.name.clone(),
        name_zh: shipped.name_zh.clone(),
        family: shipped.family,
        retired_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let version = appraisal_template_version::Model {
        id: version_id(&shipped.code),
        template_id: template.id,
        number: 1,
        state: AppraisalVersionState::Published,
        content: serde_json::to_value(&shipped.content)?,
        note: None,
        published_at: Some(call.at),
        published_by_name: Some(call.viewer.actor.name.clone()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    Ok((template, version))
}

/// The id of the shipped template of that code.
#[must_use]
pub fn template_id(code: &str) -> Uuid {
    fixed(code)
}

/// The id of its first version.
#[must_use]
pub fn version_id(code: &str) -> Uuid {
    fixed(&format!("{code}/1"))
}

/// An id in the form of ours that follows from a name, so that what ships has the same ids everywhere.
fn fixed(name: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/appraisal-template/{name}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}
