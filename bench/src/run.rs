//! The measurement from begin to end: data, contestants, comparison, rounds, report.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::api::{Api, MANAGER};
use crate::cluster::Cluster;
use crate::contestants::{Database, Running};
use crate::data::{self, Sizes};
use crate::error::{Result, fail};
use crate::measure::{Field, Pair, Plan};
use crate::process;
use crate::report::{self, legend, millis, note};
use crate::stats::median;
use crate::subscribers;
use crate::works::{Questions, Work, questions};

/// The row near which P's cursors are.
const DEEP: usize = 100_000;
/// How often a cold start is measured.
const STARTS: usize = 5;

/// Everything that is asked for on the command line.
#[derive(Debug)]
pub struct Task {
    /// The server's program.
    pub server: PathBuf,
    /// How much data.
    pub sizes: Sizes,
    /// What is measured.
    pub plan: Plan,
    /// Where clusters and data are kept.
    pub folder: PathBuf,
    /// The document whose tables are written.
    pub report: Option<PathBuf>,
}

impl Task {
    /// Measures all works on PostgreSQL, then what hangs on them: a larger database, and subscribers.
    ///
    /// # Errors
    /// When something can't be started, answers differ, or a request fails.
    pub async fn on_postgres(&self, million: Option<&str>, sockets: usize) -> Result<()> {
        let cluster = Cluster::start(&self.folder.join("postgres"))?;
        let url = data::on_postgres(&cluster, &self.server, &self.sizes, &self.folder).await?;
        let database = Database::Postgres(&url);
        let (pairs, text) = self.works(database, Some(cluster.postmaster)).await?;
        self.tell("postgres", &text)?;
        if let Some(million) = million {
            let text = self.larger(million, &pairs).await?;
            self.tell("million", &text)?;
        }
        if sockets > 0 {
            let server = Running::server(&self.server, database).await?;
            let text = subscribers::measure(&server, sockets).await?;
            server.stop().await?;
            self.tell("subscribers", &text)?;
        }
        Ok(())
    }

    /// Measures all works on SQLite.
    ///
    /// # Errors
    /// As on PostgreSQL.
    pub async fn on_sqlite(&self) -> Result<()> {
        let folder = data::on_sqlite(&self.server, &self.sizes, &self.folder).await?;
        let (_, text) = self.works(Database::Sqlite(&folder), None).await?;
        self.tell("sqlite", &text)
    }

    async fn works(
        &self,
        database: Database<'_>,
        postmaster: Option<u32>,
    ) -> Result<(Vec<Pair>, String)> {
        let (field, questions, size) = self.field(database, postmaster).await?;
        note("Comparing the answers ...");
        field.compare(&questions).await?;
        field.warm(&questions).await?;
        field.server.settle().await;
        let mut pairs = Vec::new();
        for work in &self.plan.works {
            for connections in &self.plan.connections {
                pairs.push(
                    self.measured(&field, &questions, *work, *connections)
                        .await?,
                );
            }
        }
        let memory = process::memory(field.server.pid);
        let loaded = pairs.iter().map(|pair| pair.resident).max().unwrap_or(0);
        field.baseline.stop().await?;
        field.server.stop().await?;
        let starts = self.starts(database).await?;
        let mut text = format!("{size}\n\n{}\n", report::works_table(&pairs));
        let _ = write!(
            text,
            "{}\nCold start on the existing database, until `/readyz` says 200: **{}** (the middle of {STARTS}; goal 150 ms). \
             Memory under load, the most after any of the rounds: **{} MB** resident (goal 60 MB); the most ever {} MB.\n",
            legend(),
            millis(starts),
            loaded / 1024,
            memory.most / 1024,
        );
        Ok((pairs, text))
    }

    async fn measured(
        &self,
        field: &Field,
        questions: &Questions,
        work: Work,
        connections: usize,
    ) -> Result<Pair> {
        let bodies = questions
            .get(&work)
            .ok_or_else(|| fail("a work without questions"))?;
        let pair = field.measure(&self.plan, work, connections, bodies).await?;
        note(&format!(
            "{} at {connections}: {:.1}/s, p50 {}; baseline {:.1}/s, p50 {}; ratio {}",
            work.letter(),
            pair.server.rate,
            millis(pair.server.p50),
            pair.baseline.rate,
            millis(pair.baseline.p50),
            pair.ratio
                .map_or_else(String::new, |ratio| format!("{:.2}", ratio.median)),
        ));
        Ok(pair)
    }

    /// Starts both contestants and makes the questions; says how large the database is.
    async fn field(
        &self,
        database: Database<'_>,
        postmaster: Option<u32>,
    ) -> Result<(Field, Questions, String)> {
        let server = Running::server(&self.server, database).await?;
        let baseline = Running::baseline(database).await?;
        note("Waiting until the server has caught up ...");
        server.settle().await;
        let mut api = Api::sign_in(server.address, MANAGER).await?;
        let mut questions = questions(&mut api, DEEP).await?;
        questions.retain(|work, _| self.plan.works.contains(work));
        let size = size(&mut api).await?;
        let token = api.token;
        Ok((
            Field {
                server,
                baseline,
                postmaster,
                token,
            },
            questions,
            size,
        ))
    }

    /// The middle of some cold starts.
    async fn starts(&self, database: Database<'_>) -> Result<Duration> {
        let mut seconds = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let server = Running::server(&self.server, database).await?;
            seconds.push(server.started_in.as_secs_f64());
            server.stop().await?;
        }
        Ok(Duration::from_secs_f64(
            median(&seconds).unwrap_or_default(),
        ))
    }

    /// The reading works on a larger database, beside the small set of the same run.
    async fn larger(&self, url: &str, small: &[Pair]) -> Result<String> {
        let (field, mut questions, size) = self.field(Database::Postgres(url), None).await?;
        questions.retain(|work, _| is_list(*work));
        field.compare(&questions).await?;
        field.warm(&questions).await?;
        let mut table = format!(
            "{size}\n\n| work | connections | p50 | p50 of the small set | times (goal 1.3) | baseline: p50 | of the small set | times |\n\
             |---|---|---|---|---|---|---|---|\n"
        );
        for before in small.iter().filter(|pair| is_list(pair.work)) {
            let pair = self
                .measured(&field, &questions, before.work, before.connections)
                .await?;
            let times =
                |now: Duration, then: Duration| now.as_secs_f64() / then.as_secs_f64().max(1e-9);
            let _ = writeln!(
                table,
                "| {} | {} | {} | {} | **{:.2}** | {} | {} | {:.2} |",
                pair.work.letter(),
                pair.connections,
                millis(pair.server.p50),
                millis(before.server.p50),
                times(pair.server.p50, before.server.p50),
                millis(pair.baseline.p50),
                millis(before.baseline.p50),
                times(pair.baseline.p50, before.baseline.p50),
            );
        }
        field.baseline.stop().await?;
        field.server.stop().await?;
        Ok(table)
    }

    fn tell(&self, section: &str, text: &str) -> Result<()> {
        report::say(text);
        match &self.report {
            Some(file) => report::write_section(Path::new(file), section, text),
            None => Ok(()),
        }
    }
}

/// The works whose time must not grow with the table.
const fn is_list(work: Work) -> bool {
    matches!(
        work,
        Work::Detail | Work::List | Work::Comments | Work::Page
    )
}

/// How large the database is, in words.
async fn size(api: &mut Api) -> Result<String> {
    let counts = "{ tickets(first: 0) { totalCount } customers(first: 0) { totalCount } members(first: 0) { totalCount } }";
    let counted = api.ask(counts, serde_json::json!({})).await?;
    let count = |name: &str| counted[name]["totalCount"].as_u64().unwrap_or(0);
    Ok(format!(
        "{} tickets, {} customers, {} members.",
        report::thousands(count("tickets") as f64),
        report::thousands(count("customers") as f64),
        report::thousands(count("members") as f64)
    ))
}
