//! The data set: loaded once by `aftercare demo`, kept, and copied for each run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tokio::process::Command;

use crate::cluster::Cluster;
use crate::error::{Result, fail};
use crate::report::note;

/// How much there is.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Tickets; a tenth as many customers, at least 2,000.
    pub tickets: u64,
    /// Members.
    pub members: u64,
    /// Comments a ticket, on average.
    pub comments: u64,
    /// Names the programs that make the data: other ones make other data.
    pub version: String,
}

impl Sizes {
    fn name(&self) -> String {
        format!(
            "t{}_m{}_c{}_{}",
            self.tickets, self.members, self.comments, self.version
        )
    }
}

/// Has the data set as a database of the cluster; loads it when it isn't there, and copies it. Gives the copy's address.
///
/// # Errors
/// When it can't be loaded.
pub async fn on_postgres(
    cluster: &Cluster,
    server: &Path,
    sizes: &Sizes,
    folder: &Path,
) -> Result<String> {
    const COPY: &str = "run";
    let template = format!("data_{}", sizes.name());
    if !cluster.has(&template).await? {
        cluster.create("loading", None).await?;
        load(
            server,
            sizes,
            &folder.join("loading"),
            Some(&cluster.url("loading")),
        )
        .await?;
        cluster.tidy("loading").await?;
        cluster.rename("loading", &template).await?;
    }
    cluster.create(COPY, Some(&template)).await?;
    cluster.tidy(COPY).await?;
    Ok(cluster.url(COPY))
}

/// Has the data set as a file of SQLite; loads it when it isn't there, and copies it. Gives the folder of the copy.
///
/// # Errors
/// When it can't be loaded.
pub async fn on_sqlite(server: &Path, sizes: &Sizes, folder: &Path) -> Result<PathBuf> {
    let template = folder.join(format!("sqlite-{}", sizes.name()));
    if !template.is_dir() {
        let loading = folder.join("loading-sqlite");
        if loading.is_dir() {
            fs::remove_dir_all(&loading)?;
        }
        load(server, sizes, &loading, None).await?;
        fs::rename(&loading, &template)?;
    }
    let copy = folder.join("sqlite-run");
    if copy.is_dir() {
        fs::remove_dir_all(&copy)?;
    }
    fs::create_dir_all(&copy)?;
    for entry in fs::read_dir(&template)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
    }
    Ok(copy)
}

async fn load(server: &Path, sizes: &Sizes, folder: &Path, database: Option<&str>) -> Result<()> {
    note(&format!(
        "Loading {} tickets; it takes a while, and is done once ...",
        sizes.tickets
    ));
    let begin = Instant::now();
    let mut command = Command::new(server);
    command
        .args(["demo", "--load-only", "--no-page"])
        .args(["--tickets", &sizes.tickets.to_string()])
        .args(["--members", &sizes.members.to_string()])
        .args(["--comments", &sizes.comments.to_string()])
        .arg("--data-dir")
        .arg(folder)
        // Counting a large set anew takes longer than any request may.
        .env("AFTERCARE__DATABASE__STATEMENT_TIMEOUT", "30m")
        .env("AFTERCARE__LOG__FILTER", "warn");
    if let Some(url) = database {
        command.args(["--database-url", url]);
    }
    let status = command.status().await?;
    if !status.success() {
        return Err(fail(format!("the demo company can't be loaded: {status}")));
    }
    note(&format!("Loaded in {} s.", begin.elapsed().as_secs()));
    Ok(())
}
