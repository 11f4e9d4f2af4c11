//! The processes that come with the product: one for each kind of ticket, written as data in `shipped/`.

use chrono::{DateTime, Utc};
use entity::enums::{ProcessState, TicketKind, TicketStage};
use entity::{process_step, process_template, process_version};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::actions;
use super::rules::required::Required;
use super::rules::steps::Step;
use super::store;
use crate::access::Call;
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::error::{Error, Result};

/// The files, one for each kind.
const FILES: [&str; 7] = [
    include_str!("shipped/consultation.toml"),
    include_str!("shipped/complaint.toml"),
    include_str!("shipped/technical_support.toml"),
    include_str!("shipped/fault_repair.toml"),
    include_str!("shipped/return_exchange.toml"),
    include_str!("shipped/on_site_service.toml"),
    include_str!("shipped/upgrade_campaign.toml"),
];

/// A process as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: String,
    kind: TicketKind,
    name: String,
    name_zh: String,
    steps: Vec<FileStep>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileStep {
    code: String,
    stage: TicketStage,
    name: String,
    name_zh: String,
    guideline: String,
    guideline_zh: String,
    owner_role: String,
    /// Working time such as `45m` or `8h`.
    limit: Option<String>,
    #[serde(default)]
    required: Vec<String>,
    next: Vec<String>,
}

/// A shipped process with the rows under which it is installed. Their ids are always the same, so that what is generated
/// from nothing but a seed can follow them.
#[derive(Clone, Debug)]
pub struct Shipped {
    /// The template.
    pub template: process_template::Model,
    /// Its published version.
    pub version: process_version::Model,
    /// Its steps, in order.
    pub steps: Vec<process_step::Model>,
}

/// All shipped processes.
///
/// # Errors
/// When a file can't be read; a test reads them all.
pub fn all(at: DateTime<Utc>) -> Result<Vec<Shipped>> {
    FILES.iter().map(|text| read(text, at)).collect()
}

/// The id of the shipped template of that code.
#[must_use]
pub fn template_id(code: &str) -> Uuid {
    fixed(code)
}

/// The id of its version.
#[must_use]
pub fn version_id(code: &str) -> Uuid {
    fixed(&format!("{code}/1"))
}

/// The id of a step of that version.
#[must_use]
pub fn step_id(code: &str, step: &str) -> Uuid {
    fixed(&format!("{code}/1/{step}"))
}

/// An id in the form of ours that follows from a name, as of the day on which processes came to the product.
fn fixed(name: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/process/{name}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}

fn read(text: &str, at: DateTime<Utc>) -> Result<Shipped> {
    let file: File = toml::from_str(text).map_err(Error::internal)?;
    let template = process_template::Model {
        id: template_id(&file.code),
        code: file.code.clone(),
        kind: file.kind,
        name: file.name,
        name_zh: file.name_zh,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    let version = process_version::Model {
        id: version_id(&file.code),
        template_id: template.id,
        number: 1,
        state: ProcessState::Published,
        note: None,
        created_by: None,
        published_by: None,
        published_at: Some(at),
        retired_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    let steps: Vec<Step> = file
        .steps
        .into_iter()
        .map(|step| step.plain(&file.code))
        .collect::<Result<_>>()?;
    let id = |step: &Step| step_id(&file.code, &step.code);
    Ok(Shipped {
        steps: actions::rows(version.id, &steps, id),
        template,
        version,
    })
}

impl FileStep {
    fn plain(self, process: &str) -> Result<Step> {
        let broken = |what: &str| Error::internal(format!("{process}.toml: {what}"));
        let limit_seconds = match &self.limit {
            None => None,
            Some(limit) => Some(seconds(limit).ok_or_else(|| broken(limit))?),
        };
        let required = self
            .required
            .iter()
            .map(|name| Required::parse(name).ok_or_else(|| broken(name)))
            .collect::<Result<_>>()?;
        Ok(Step {
            code: self.code,
            stage: self.stage,
            name: self.name,
            name_zh: self.name_zh,
            guideline: self.guideline.trim().to_owned(),
            guideline_zh: self.guideline_zh.trim().to_owned(),
            owner_role: self.owner_role,
            limit_seconds,
            required,
            next: self.next,
        })
    }
}

/// `45m`, `8h`.
fn seconds(limit: &str) -> Option<i64> {
    let (number, unit) = limit.split_at_checked(limit.len().checked_sub(1)?)?;
    let number: i64 = number.parse().ok()?;
    match unit {
        "m" => Some(number * 60),
        "h" => Some(number * 3_600),
        _ => None,
    }
}

/// Installs the shipped process of every kind that has none yet, published. What is there stays as it is; a second run
/// changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    let known = store::kinds_with_process(tx).await?;
    let mut entries = Vec::new();
    for shipped in all(at)? {
        if known.contains(&shipped.template.kind) {
            continue;
        }
        entries.push(Entry {
            action: "process.install",
            entity_type: "process_template",
            entity_id: Some(shipped.template.id),
            detail: json!({ "code": shipped.template.code, "kind": shipped.template.kind }),
        });
        store::insert_template(tx, shipped.template).await?;
        store::insert_version(tx, shipped.version).await?;
        store::insert_steps(tx, shipped.steps).await?;
    }
    if !entries.is_empty() {
        audit::append(tx, &Call::system(at, "install"), &entries).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::access::builtin;
    use crate::tickets::processes::rules::validity::{Names, problems};

    fn shipped() -> Vec<Shipped> {
        all(DateTime::UNIX_EPOCH).expect("the files can be read")
    }

    #[test]
    fn every_kind_has_one_without_any_problem() {
        let names = Names {
            roles: builtin::ROLES
                .iter()
                .map(|role| role.key.to_owned())
                .collect(),
            fields: BTreeSet::new(),
        };
        let mut kinds = BTreeSet::new();
        for shipped in shipped() {
            let steps: Vec<Step> = shipped.steps.iter().map(Step::from).collect();
            let code = &shipped.template.code;
            assert_eq!(problems(&steps, &names), [], "{code}");
            assert!(kinds.insert(shipped.template.kind), "{code}");
            assert!(
                steps.iter().all(|step| step.limit_seconds.is_some()),
                "{code}"
            );
        }
        assert_eq!(kinds.len(), 7);
    }

    #[test]
    fn texts_are_there_in_both_languages() {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for shipped in shipped() {
            assert!(chinese(&shipped.template.name_zh) && !chinese(&shipped.template.name));
            for step in &shipped.steps {
                let place = format!("{} {}", shipped.template.code, step.code);
                assert!(chinese(&step.name_zh) && !chinese(&step.name), "{place}");
                assert!(
                    chinese(&step.guideline_zh) && !chinese(&step.guideline),
                    "{place}"
                );
            }
        }
    }

    #[test]
    fn ids_are_always_the_same_and_never_twice() {
        let ids = |shipped: &[Shipped]| -> Vec<Uuid> {
            shipped
                .iter()
                .flat_map(|one| {
                    [one.template.id, one.version.id]
                        .into_iter()
                        .chain(one.steps.iter().map(|step| step.id))
                })
                .collect()
        };
        let all = ids(&shipped());
        assert_eq!(all, ids(&shipped()));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn limits_are_read() {
        assert_eq!(seconds("45m"), Some(2_700));
        assert_eq!(seconds("8h"), Some(28_800));
        for wrong in ["", "h", "8", "8d", "eight"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
