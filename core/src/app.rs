//! The wired server: configuration, database, sign-in, events and what keeps them running.
//!
//! [`App::open`] is enough for a command that does one thing; a server also calls [`App::start`], and [`App::shutdown`]
//! when it is told to stop.

use std::sync::Arc;

use chrono_tz::Tz;

use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::builtin;
use crate::access::kept::Kept;
use crate::agenda::Agenda;
use crate::appraisals::consequences::facts::ResultFacts;
use crate::appraisals::cycles::store::AppraisalTasks;
use crate::appraisals::feedback::store::FeedbackTasks;
use crate::appraisals::store::OwnResults;
use crate::appraisals::templates;
use crate::audit::KeepsBack;
use crate::calendars;
use crate::clock::Clock;
use crate::config::Config;
use crate::customers;
use crate::customers::contracts::facts::{ContractsSigned, MoneyRecorded, RenewalsDue};
use crate::customers::contracts::store::RenewalTasks;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::events::Bus;
use crate::events::dispatcher::{self, Health};
use crate::identity::Identity;
use crate::jobs::{self, dispatch, housekeeping};
use crate::metrics::counting::Counter;
use crate::metrics::goals::store::GoalTasks;
use crate::metrics::{self, Sources};
use crate::organisation::store::House;
use crate::organisation::workforce::CertificateTasks;
use crate::organisation::{self, staffing::CustomerCounts};
use crate::tasks::Tasks;
use crate::teamwork::charter::store::{AcknowledgementTasks, VoteTasks};
use crate::teamwork::meetings::store::{ActionItemTasks, MeetingAgenda};
use crate::teamwork::suggestions::store::SuggestionTasks;
use crate::tickets::facts::TicketFacts;
use crate::tickets::store::{Sights, TicketTasks};
use crate::tickets::{processes, sla, surveys};
use crate::training::exams::{ExamFacts, ExamTasks};
use crate::training::facts::{HoursFacts, SessionPlaces};
use crate::training::store::{CourseTasks, TrainingAgenda};

/// Everything that actions and reads use, wired once at start.
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The source of time.
    pub clock: Clock,
    /// Where this process hears of changes, its own and those of others.
    pub bus: Bus,
    /// What the subscribers of an event see of its ticket.
    pub sights: Sights,
    /// Keys, limits and caches of sign-in.
    pub identity: Identity,
    /// Small tables in memory.
    pub kept: Arc<Kept>,
    /// What is counted, and by which days.
    pub counter: Counter,
    /// Who knows how many customers there are, for staffing advice.
    pub customer_counts: Arc<dyn CustomerCounts>,
    /// What the audit log keeps back from whom it would tell something before its time.
    pub audit_keeper: Arc<dyn KeepsBack>,
    /// What members have to do, from all domains.
    pub to_do: Tasks,
    /// What members have in their calendars, from all domains.
    pub agenda: Agenda,
    /// How often an address may try links to surveys.
    pub survey_gate: surveys::Gate,
    /// How often an address may try links to calendars.
    pub calendar_gate: surveys::Gate,
    /// Whether events flow.
    pub delivery: Health,
    /// Cancelled when the server is told to stop: nothing new is begun.
    pub stopping: CancellationToken,
    /// Connections, sockets and streams, for which a stopping server waits.
    pub tasks: TaskTracker,
    /// Cancelled when requests have ended: now workers stop too.
    stopped: CancellationToken,
    workers: TaskTracker,
}

impl App {
    /// Connects to the database, brings it up to date (or refuses when it may not), and wires everything.
    ///
    /// # Errors
    /// Says what can't be reached, which migrations wait, or which setting is wrong.
    pub async fn open(config: Config, clock: Clock) -> Result<Arc<Self>> {
        let url = config.database_url();
        let settings = db::Settings {
            url: url.expose().to_owned(),
            connections: config.database.connections,
            statement_timeout: config.database.statement_timeout,
        };
        let db = Db::connect(&settings).await.map_err(|error| {
            Error::internal(format!(
                "the database {} can't be opened: {error}",
                url.masked()
            ))
        })?;
        let identity = Identity::new(config.identity_settings(), config.time_zone())?;
        let counter = counter(config.time_zone());
        prepare(&db, &config, &clock).await?;
        Ok(Arc::new(Self {
            config,
            db,
            clock,
            bus: Bus::new(),
            sights: Sights::default(),
            identity,
            kept: Arc::new(Kept::new(House)),
            counter,
            customer_counts: Arc::new(customers::Counts),
            audit_keeper: Arc::new(OwnResults),
            to_do: to_do(),
            agenda: Agenda::new(vec![Arc::new(TrainingAgenda), Arc::new(MeetingAgenda)]),
            survey_gate: surveys::Gate::default(),
            calendar_gate: surveys::Gate::default(),
            delivery: Health::default(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            stopped: CancellationToken::new(),
            workers: TaskTracker::new(),
        }))
    }

    /// Begins what runs beside the requests: delivery of events, housekeeping.
    pub fn start(&self) {
        self.workers.spawn(dispatcher::run(
            self.db.clone(),
            self.bus.clone(),
            self.clock.clone(),
            self.delivery.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::sla::run(
            self.db.clone(),
            self.clock.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::metrics::run(
            self.db.clone(),
            self.clock.clone(),
            self.counter.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(housekeeping::run(
            self.db.clone(),
            self.clock.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(dispatch::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::structure::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::exams::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::certificates::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::votes::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::goals::run(
            self.db.clone(),
            self.clock.clone(),
            self.counter.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::incentive_rules::run(
            self.db.clone(),
            self.clock.clone(),
            self.counter.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::incentives::run(
            self.db.clone(),
            self.clock.clone(),
            self.counter.clone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::honours::run(
            self.db.clone(),
            self.clock.clone(),
            self.config.time_zone(),
            self.stopped.clone(),
        ));
        self.workers.spawn(jobs::appraisals::run(
            self.db.clone(),
            self.clock.clone(),
            self.counter.clone(),
            self.stopped.clone(),
        ));
    }

    /// Begins nothing new, waits for what is under way as long as the configuration allows, then stops the workers and
    /// closes the database.
    pub async fn shutdown(&self) {
        self.stopping.cancel();
        self.tasks.close();
        let grace = self.config.server.shutdown_grace;
        if timeout(grace, self.tasks.wait()).await.is_err() {
            tracing::warn!(left = self.tasks.len(), "connections are cut off");
        }
        self.stopped.cancel();
        self.workers.close();
        if timeout(grace, self.workers.wait()).await.is_err() {
            tracing::warn!("workers are cut off");
        }
        if let Err(error) = self.db.clone().close().await {
            tracing::warn!(%error, "the database couldn't be closed properly");
        }
    }
}

/// Everything that domains hand in to be counted; a new domain adds its provider here.
#[must_use]
pub fn counter(zone: Tz) -> Counter {
    Counter {
        sources: Sources::new(vec![
            Arc::new(TicketFacts),
            Arc::new(ExamFacts),
            Arc::new(HoursFacts { zone }),
            Arc::new(SessionPlaces),
            Arc::new(ResultFacts { zone }),
            Arc::new(ContractsSigned { zone }),
            Arc::new(MoneyRecorded { zone }),
            Arc::new(RenewalsDue { zone }),
        ])
        .within(zone),
        zone,
    }
}

/// Everything that domains hand in of what members have to do; a new domain adds its sources here.
fn to_do() -> Tasks {
    Tasks::new(vec![
        Arc::new(TicketTasks),
        Arc::new(ActionItemTasks),
        Arc::new(VoteTasks),
        Arc::new(AcknowledgementTasks),
        Arc::new(SuggestionTasks),
        Arc::new(ExamTasks),
        Arc::new(CourseTasks),
        Arc::new(CertificateTasks),
        Arc::new(GoalTasks),
        Arc::new(AppraisalTasks),
        Arc::new(FeedbackTasks),
        Arc::new(RenewalTasks),
    ])
}

/// Brings schema, built-in roles and what comes with the product up to date.
async fn prepare(db: &Db, config: &Config, clock: &Clock) -> Result<()> {
    if config.database.migrate {
        db.migrate().await?;
    } else {
        let pending = db.pending_migrations().await?;
        if pending > 0 {
            return Err(Error::internal(format!(
                "{pending} migrations wait to be applied: run `aftercare migrate`, or start with database.migrate = true"
            )));
        }
    }
    let transaction = db.begin().await?;
    builtin::install(&transaction, clock.now()).await?;
    calendars::shipped::install(&transaction, clock.now()).await?;
    processes::install(&transaction, clock.now()).await?;
    sla::install(&transaction, clock.now()).await?;
    metrics::definitions::install(&transaction, clock.now()).await?;
    organisation::competencies::install(&transaction, clock.now()).await?;
    templates::install(&transaction, clock.now()).await?;
    transaction.commit().await?;
    Ok(())
}
