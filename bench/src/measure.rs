//! Measuring one work on both contestants, round by round.

use std::time::Duration;

use serde_json::Value;

use crate::api;
use crate::compare;
use crate::contestants::Running;
use crate::error::{Result, fail};
use crate::load::{Connection, Load, Outcome, Target, drive};
use crate::process;
use crate::stats::{Contestant, Ratio, interleaved, median, percentile};
use crate::works::{Bodies, Questions, Work};

/// How much is measured.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which works.
    pub works: Vec<Work>,
    /// At how many connections.
    pub connections: Vec<usize>,
    /// How often each contestant is driven.
    pub rounds: usize,
    /// How long before anything counts.
    pub warm_up: Duration,
    /// How long is measured.
    pub measured: Duration,
}

/// Both contestants over the same rows.
pub struct Field {
    /// Aftercare.
    pub server: Running,
    /// The baseline.
    pub baseline: Running,
    /// PostgreSQL's first process, if it is PostgreSQL.
    pub postmaster: Option<u32>,
    /// An access token for the server.
    pub token: String,
}

/// What one contestant did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measured {
    /// Requests a second, the middle of the rounds.
    pub rate: f64,
    /// Half of the requests took at most so long.
    pub p50: Duration,
    /// All but a hundredth of the requests took at most so long.
    pub p99: Duration,
    /// Processor time of the contestant for a request.
    pub cpu: Duration,
    /// Processor time of PostgreSQL for a request.
    pub database_cpu: Option<Duration>,
}

/// A work at so many connections, on both.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The work.
    pub work: Work,
    /// How many connections.
    pub connections: usize,
    /// Aftercare.
    pub server: Measured,
    /// The baseline.
    pub baseline: Measured,
    /// Requests a second to the baseline's.
    pub ratio: Option<Ratio>,
    /// The server's resident memory right after, in KiB.
    pub resident: u64,
}

/// What happened in the rounds of one contestant.
#[derive(Default)]
struct Rounds {
    outcomes: Vec<Outcome>,
    cpu: Duration,
    database_cpu: Duration,
}

impl Rounds {
    fn measured(&self, with_database: bool) -> Measured {
        let mut latencies: Vec<u32> = self
            .outcomes
            .iter()
            .flat_map(|outcome| outcome.latencies.iter().copied())
            .collect();
        latencies.sort_unstable();
        let requests = u32::try_from(latencies.len().max(1)).unwrap_or(u32::MAX);
        let rates: Vec<f64> = self.outcomes.iter().map(Outcome::rate).collect();
        Measured {
            rate: median(&rates).unwrap_or_default(),
            p50: percentile(&latencies, 0.5),
            p99: percentile(&latencies, 0.99),
            cpu: self.cpu / requests,
            database_cpu: with_database.then(|| self.database_cpu / requests),
        }
    }
}

impl Field {
    fn target(&self, contestant: Contestant, work: Work, bodies: &Bodies) -> Target {
        match contestant {
            Contestant::Server => Target {
                bodies: bodies.server.clone(),
                ..api::target(self.server.address, Some(&self.token))
            },
            Contestant::Baseline => Target {
                address: self.baseline.address,
                path: format!("/{}", work.letter()),
                tokens: Vec::new(),
                bodies: bodies.baseline.clone(),
            },
        }
    }

    /// Asks both the same and holds the answers against each other.
    ///
    /// # Errors
    /// When they differ.
    pub async fn compare(&self, questions: &Questions) -> Result<()> {
        /// How many questions of each work.
        const SAMPLES: usize = 50;
        for (work, bodies) in questions {
            let mut server =
                Connection::open(&self.target(Contestant::Server, *work, bodies), 0).await?;
            let mut baseline =
                Connection::open(&self.target(Contestant::Baseline, *work, bodies), 0).await?;
            let samples = if *work == Work::Aggregate { 1 } else { SAMPLES };
            for (asked, plain) in bodies
                .server
                .iter()
                .zip(bodies.baseline.iter())
                .take(samples)
            {
                let one = data(server.ask(asked).await?)?;
                let other = data(baseline.ask(plain).await?)?;
                same(*work, one, other).map_err(|error| {
                    fail(format!(
                        "{}: {error}; asked {}",
                        work.letter(),
                        String::from_utf8_lossy(plain)
                    ))
                })?;
            }
        }
        Ok(())
    }

    /// Has the baseline answer every question once, so that neither contestant is the first to fetch the rows from the
    /// disk.
    ///
    /// # Errors
    /// When a request fails.
    pub async fn warm(&self, questions: &Questions) -> Result<()> {
        for (work, bodies) in questions {
            if matches!(work, Work::Aggregate | Work::Write) {
                continue;
            }
            let target = self.target(Contestant::Baseline, *work, bodies);
            let mut baseline = Connection::open(&target, 0).await?;
            for asked in bodies.baseline.iter() {
                baseline.ask(asked).await?;
            }
        }
        Ok(())
    }

    /// Measures one work at so many connections.
    ///
    /// # Errors
    /// When a request fails.
    pub async fn measure(
        &self,
        plan: &Plan,
        work: Work,
        connections: usize,
        bodies: &Bodies,
    ) -> Result<Pair> {
        let load = Load {
            connections,
            warm_up: plan.warm_up,
            measured: plan.measured,
        };
        let (mut server, mut baseline) = (Rounds::default(), Rounds::default());
        for contestant in interleaved(plan.rounds) {
            let (pid, rounds) = match contestant {
                Contestant::Server => (self.server.pid, &mut server),
                Contestant::Baseline => (self.baseline.pid, &mut baseline),
            };
            let mut marks = Vec::with_capacity(2);
            let target = self.target(contestant, work, bodies);
            let outcome = drive(&target, load, || {
                marks.push((
                    process::cpu(pid),
                    self.postmaster.map(process::cpu_with_children),
                ));
            })
            .await?;
            if let [before, after] = marks.as_slice() {
                rounds.cpu += after.0.saturating_sub(before.0);
                let database = |mark: &(Duration, Option<Duration>)| mark.1.unwrap_or_default();
                rounds.database_cpu += database(after).saturating_sub(database(before));
            }
            rounds.outcomes.push(outcome);
            if work == Work::Write && contestant == Contestant::Server {
                // What follows from the events is the server's work, not the baseline's.
                self.server.settle().await;
            }
        }
        let rates = server.outcomes.iter().zip(&baseline.outcomes);
        let rates: Vec<(f64, f64)> = rates
            .map(|(one, other)| (one.rate(), other.rate()))
            .collect();
        Ok(Pair {
            work,
            connections,
            server: server.measured(self.postmaster.is_some()),
            baseline: baseline.measured(self.postmaster.is_some()),
            ratio: Ratio::of_rounds(&rates),
            resident: process::memory(self.server.pid).resident,
        })
    }
}

fn data(answer: &[u8]) -> Result<Value> {
    Ok(serde_json::from_slice::<Value>(answer)?["data"].take())
}

fn same(work: Work, server: Value, baseline: Value) -> Result<()> {
    let (mut server, mut baseline) = (compare::normalised(server), compare::normalised(baseline));
    match work {
        Work::Aggregate => compare::same_aggregate(&server, &baseline),
        // Each writes a comment of its own: only the text is the same.
        Work::Write => compare::same(
            &server["ticketCommentAdd"]["comment"]["body"].take(),
            &baseline["comment"]["body"].take(),
        ),
        _ => compare::same(&server, &baseline),
    }
}
