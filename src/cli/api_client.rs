//! `aftercare api-client`: the documents that a partner's system is trusted with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use entity::api_client;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{open, output, schema};
use crate::access::{Call, Scoped, visible};
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::graphql::ids::{Node, decode};
use crate::identity::documents::NewDocument;
use crate::identity::{self, Forgotten, store};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Trust it with the documents of a manifest
    Trust {
        /// The client's id, such as client_01h455vb4pex5vsknk084sn02q
        #[arg(long, value_name = "ID")]
        client: String,
        /// A JSON object from ids to documents, as codegen and relay-compiler write it
        #[arg(long, value_name = "FILE")]
        manifest: PathBuf,
        /// Forget the documents that aren't in the manifest
        #[arg(long)]
        forget_others: bool,
    },
    /// Show the documents that it is trusted with
    Documents {
        /// The client's id
        #[arg(long, value_name = "ID")]
        client: String,
    },
    /// Trust it no longer with documents
    Forget {
        /// The client's id
        #[arg(long, value_name = "ID")]
        client: String,
        /// What it sends for them
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
    },
    /// Let it run only the documents that it is trusted with, or any
    Restrict {
        /// The client's id
        #[arg(long, value_name = "ID")]
        client: String,
        /// On: only those
        #[arg(value_enum)]
        switch: Switch,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// The most bytes of a manifest: twice what a client may have, for what JSON adds.
const LARGEST_MANIFEST: u64 = 4 << 20;

/// Does it.
pub(super) async fn run(arguments: Arguments, config: Config) -> Result<()> {
    let documents = match &arguments.what {
        What::Trust { manifest, .. } => look_over(&config, read(manifest)?).await?,
        _ => Vec::new(),
    };
    let (app, call) = open(config, "cli api-client").await?;
    let done = act(&app, &call, arguments.what, documents).await;
    app.shutdown().await;
    output::say(&done?);
    Ok(())
}

async fn act(app: &App, call: &Call, what: What, documents: Vec<NewDocument>) -> Result<String> {
    match what {
        What::Trust {
            client,
            forget_others,
            ..
        } => {
            let client = by_id(app, call, &client).await?;
            let kept = documents.iter().filter_map(|new| new.document_id.clone());
            let kept: Vec<String> = kept.collect();
            let (id, version) = (client.id, client.version);
            let added =
                identity::api_client_documents_trust(app, call, id, version, documents).await?;
            let mut said = format!(
                "{} is trusted with {} more documents",
                client.name, added.documents
            );
            if forget_others {
                let version = added.client.version;
                let others = Forgotten::AllBut(kept);
                let forgotten =
                    identity::api_client_documents_forget(app, call, id, version, others).await?;
                said.push_str(&format!(", and with {} no longer", forgotten.documents));
            }
            Ok(format!("{said}."))
        }
        What::Documents { client } => list(app, call, &client).await,
        What::Forget { client, documents } => {
            let client = by_id(app, call, &client).await?;
            let these = Forgotten::These(documents);
            let (id, version) = (client.id, client.version);
            let done = identity::api_client_documents_forget(app, call, id, version, these).await?;
            Ok(format!(
                "{} is trusted with {} documents no longer.",
                client.name, done.documents
            ))
        }
        What::Restrict { client, switch } => {
            let client = by_id(app, call, &client).await?;
            let (id, version) = (client.id, client.version);
            let only = switch == Switch::On;
            identity::api_client_documents_restrict(app, call, id, version, only).await?;
            let may = if only {
                "only the documents that it is trusted with"
            } else {
                "any document"
            };
            Ok(format!("{} may run {may}.", client.name))
        }
    }
}

async fn list(app: &App, call: &Call, client: &str) -> Result<String> {
    let client = by_id(app, call, client).await?;
    let rows = store::documents::rows(app.db.reader(), &call.viewer, client.id).await?;
    let may = if client.trusted_documents_only {
        "nothing else may be run"
    } else {
        "other documents may be run too"
    };
    let mut said = format!("{}: {} documents, {may}", client.name, rows.len());
    for row in rows {
        let name = row.operation_name.as_deref().unwrap_or("-");
        said.push_str(&format!("\n{}  {name}", row.document_id));
    }
    Ok(said)
}

async fn by_id(app: &App, call: &Call, text: &str) -> Result<api_client::Model> {
    let missing = || Error::internal(format!("there is no API client {text}"));
    let (prefix, id) = decode(text).map_err(|_| missing())?;
    if prefix != api_client::Entity::PREFIX {
        return Err(missing());
    }
    let found = visible::<api_client::Entity>(&call.viewer, api_client::Entity::READ)
        .filter(api_client::Column::Id.eq(id))
        .one(app.db.reader())
        .await?;
    found.ok_or_else(missing)
}

/// The documents of a manifest, by their ids.
fn read(manifest: &Path) -> Result<BTreeMap<String, String>> {
    let wrong = |why: String| Error::internal(format!("{}: {why}", manifest.display()));
    let size = std::fs::metadata(manifest).map_err(|error| wrong(error.to_string()))?;
    if size.len() > LARGEST_MANIFEST {
        return Err(wrong(format!(
            "a manifest has at most {LARGEST_MANIFEST} bytes"
        )));
    }
    let text = std::fs::read_to_string(manifest).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| {
        wrong(format!(
            "a manifest is a JSON object from ids to documents: {error}"
        ))
    })
}

/// Holds the documents against the schema; names each that can't be run.
async fn look_over(
    config: &Config,
    manifest: BTreeMap<String, String>,
) -> Result<Vec<NewDocument>> {
    let endpoint = schema::endpoint(config)?;
    let mut documents = Vec::with_capacity(manifest.len());
    let mut wrong = 0_usize;
    for (id, text) in manifest {
        let document = endpoint.validator().look_over(Some(id.clone()), text).await;
        for mistake in &document.mistakes {
            output::complain(&format!("{id}: {}", mistake.en));
        }
        wrong += usize::from(!document.mistakes.is_empty());
        documents.push(document);
    }
    if wrong > 0 {
        return Err(Error::internal(format!(
            "{wrong} documents can't be run; nothing was changed"
        )));
    }
    Ok(documents)
}
