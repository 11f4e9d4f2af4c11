//! Writes the demo company into an empty database.

use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait};
use serde_json::json;
use std::io::IsTerminal as _;
use tokio::sync::mpsc;

use super::accounts::Holder;
use super::collaboration::Extras;
use super::company::Company;
use super::dispatch::Decisions;
use super::random::Chance;
use super::rows;
use super::sink::Sink;
use super::surveys::Aftermath;
use super::tickets::{self, TicketRows};
use super::{DEMO_PASSWORD, Options, Summary};
use crate::access::{Call, builtin, bump_epoch};
use crate::audit;
use crate::calendars;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::metrics;
use crate::organisation;
use crate::tickets::{processes, sla};

/// How many tickets are generated while as many are written.
const BATCH: u64 = 1_000;
/// After how many tickets a transaction ends on SQLite: what isn't committed there grows the log beside the file.
const SQLITE_TICKETS: u64 = 20_000;

/// Has the database an organisation already?
///
/// # Errors
/// When it can't be read.
pub async fn is_loaded(db: &Db) -> Result<bool> {
    Ok(entity::member::Entity::find().count(db.reader()).await? > 0)
}

/// Generates the company and writes it in bulk. On PostgreSQL it is there as a whole or not at all; on SQLite too, up
/// to some thousand tickets. Roles come from the built-in ones, which are made where they are missing.
///
/// # Errors
/// When the database has members already, can't be reached, or a password can't be hashed.
pub async fn load(
    db: &Db,
    options: &Options,
    hash_password: impl AsyncFn(&str) -> Result<String>,
) -> Result<Summary> {
    if is_loaded(db).await? {
        return Err(Error::internal(
            "The database has members already; the demo company needs an empty one. Give another data directory or database. · 数据库中已有成员，演示数据需要空数据库。",
        ));
    }
    let bar = progress(options);
    bar.set_message("company");
    let generated = options.clone();
    let mut company = tokio::task::spawn_blocking(move || Company::generate(&generated))
        .await
        .map_err(Error::internal)?;
    bar.set_message("passwords");
    for user in &mut company.accounts.users {
        user.password_hash = hash_password(DEMO_PASSWORD).await?;
    }
    let gifts = gifts(db, &company).await?;
    // The policies as this database has them.
    company.levels = sla::store::active(db.reader(), company.today()).await?;
    let company = Arc::new(company);

    let mut sink = Sink::begin(db).await?;
    bar.set_message("customers");
    rows::write_company(&mut sink, &company).await?;
    sink.insert::<entity::role_assignment::Entity>(&gifts)
        .await?;
    bar.set_message("tickets");
    let sink = write_tickets(db, sink, &company, &bar).await?;
    sink.commit().await?;

    let summary = Summary::of(&company);
    let call = Call::system(company.as_of, "demo");
    let entry = audit::Entry {
        action: "demo.load",
        entity_type: "database",
        entity_id: None,
        detail: json!({
            "seed": options.seed,
            "asOf": company.as_of.to_rfc3339(),
            "members": summary.members,
            "customers": summary.customers,
            "tickets": summary.tickets,
        }),
    };
    let transaction = db.begin().await?;
    bump_epoch(&transaction).await?;
    audit::append(&transaction, &call, &[entry]).await?;
    transaction.commit().await?;
    if db.backend() == DbBackend::Postgres {
        // Autovacuum would only come after a while, and until then queries are planned for empty tables.
        db.reader().execute_unprepared("ANALYZE").await?;
    }
    bar.finish_and_clear();
    Ok(summary)
}

fn progress(options: &Options) -> ProgressBar {
    let target = if options.progress && std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(options.tickets), target);
    let template = "{msg:>10} {wide_bar} {human_pos}/{human_len} {per_sec} ETA {eta}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// Which principal gets which role.
async fn gifts(db: &Db, company: &Company) -> Result<Vec<entity::role_assignment::Model>> {
    let transaction = db.begin().await?;
    builtin::install(&transaction, company.as_of).await?;
    calendars::shipped::install(&transaction, company.as_of).await?;
    processes::install(&transaction, company.as_of).await?;
    sla::install(&transaction, company.as_of).await?;
    metrics::definitions::install(&transaction, company.as_of).await?;
    organisation::competencies::install(&transaction, company.as_of).await?;
    let roles = entity::role::Entity::find().all(&transaction).await?;
    transaction.commit().await?;
    let accounts = &company.accounts;
    let given_by = accounts.users[accounts.demo("admin.demo")].id;
    let mut chance = Chance::of(company.seed, "role gifts", 0);
    let mut gifts = Vec::with_capacity(accounts.roles.len());
    for (holder, key) in &accounts.roles {
        let role = roles
            .iter()
            .find(|role| role.key == *key)
            .ok_or_else(|| Error::internal(format!("the built-in role {key} is missing")))?;
        let (user_id, api_client_id, given_at) = match holder {
            Holder::User(place) => (
                Some(accounts.users[*place].id),
                None,
                accounts.users[*place].created_at,
            ),
            Holder::Client(place) => (
                None,
                Some(accounts.clients[*place].id),
                accounts.clients[*place].created_at,
            ),
        };
        gifts.push(entity::role_assignment::Model {
            id: chance.id(given_at),
            role_id: role.id,
            user_id,
            api_client_id,
            given_by: Some(given_by),
            given_at,
            valid_until: None,
        });
    }
    Ok(gifts)
}

/// Generates tickets on one thread and writes them on another.
async fn write_tickets(
    db: &Db,
    mut sink: Sink,
    company: &Arc<Company>,
    bar: &ProgressBar,
) -> Result<Sink> {
    let (sender, mut receiver) = mpsc::channel::<Batch>(2);
    let source = Arc::clone(company);
    let generator = tokio::task::spawn_blocking(move || {
        let mut from = 0;
        while from < source.tickets {
            let to = (from + BATCH).min(source.tickets);
            let batch = (from..to)
                .map(|index| {
                    let rows = tickets::generate(&source, index);
                    let earlier = |index| tickets::generate(&source, index).ticket.id;
                    let extras = source.collaboration.on(source.seed, index, &rows, earlier);
                    (rows, extras)
                })
                .collect();
            // The writer is gone when a write failed; there is nothing left to do then.
            if sender.blocking_send(batch).is_err() {
                return;
            }
            from = to;
        }
    });
    let mut written = 0;
    while let Some(batch) = receiver.recv().await {
        written += batch.tickets.len() as u64;
        sink.insert::<entity::ticket::Entity>(&batch.tickets)
            .await?;
        sink.insert::<entity::ticket_stage_entry::Entity>(&batch.entries)
            .await?;
        sink.insert::<entity::ticket_step_entry::Entity>(&batch.steps)
            .await?;
        sink.insert::<entity::sla_clock::Entity>(&batch.clocks)
            .await?;
        sink.insert::<entity::sla_interval::Entity>(&batch.intervals)
            .await?;
        sink.insert::<entity::ticket_alert::Entity>(&batch.alerts)
            .await?;
        sink.insert::<entity::ticket_comment::Entity>(&batch.comments)
            .await?;
        sink.insert::<entity::ticket_change::Entity>(&batch.changes)
            .await?;
        sink.insert::<entity::ticket_handover::Entity>(&batch.aftermath.handovers)
            .await?;
        sink.insert::<entity::ticket_credit::Entity>(&batch.aftermath.credits)
            .await?;
        sink.insert::<entity::survey::Entity>(&batch.aftermath.surveys)
            .await?;
        sink.insert::<entity::survey_answer::Entity>(&batch.aftermath.answers)
            .await?;
        sink.insert::<entity::survey_follow_up::Entity>(&batch.aftermath.follow_ups)
            .await?;
        sink.insert::<entity::dispatch_decision::Entity>(&batch.dispatch.decisions)
            .await?;
        sink.insert::<entity::dispatch_candidate::Entity>(&batch.dispatch.candidates)
            .await?;
        sink.insert::<entity::ticket_tag::Entity>(&batch.extras.tags)
            .await?;
        sink.insert::<entity::ticket_field_value::Entity>(&batch.extras.values)
            .await?;
        sink.insert::<entity::ticket_link::Entity>(&batch.extras.links)
            .await?;
        bar.set_position(written);
        if db.backend() == DbBackend::Sqlite && written.is_multiple_of(SQLITE_TICKETS) {
            sink.commit().await?;
            sink = Sink::begin(db).await?;
        }
    }
    generator.await.map_err(Error::internal)?;
    Ok(sink)
}

/// Tickets on their way to the database, table by table.
#[derive(Default)]
struct Batch {
    tickets: Vec<entity::ticket::Model>,
    entries: Vec<entity::ticket_stage_entry::Model>,
    steps: Vec<entity::ticket_step_entry::Model>,
    clocks: Vec<entity::sla_clock::Model>,
    intervals: Vec<entity::sla_interval::Model>,
    alerts: Vec<entity::ticket_alert::Model>,
    comments: Vec<entity::ticket_comment::Model>,
    changes: Vec<entity::ticket_change::Model>,
    aftermath: Aftermath,
    dispatch: Decisions,
    extras: Extras,
}

impl FromIterator<(TicketRows, Extras)> for Batch {
    fn from_iter<I: IntoIterator<Item = (TicketRows, Extras)>>(rows: I) -> Self {
        let mut batch = Self::default();
        for (row, extras) in rows {
            batch.extras.tags.extend(extras.tags);
            batch.extras.values.extend(extras.values);
            batch.extras.links.extend(extras.links);
            batch.tickets.push(row.ticket);
            batch.entries.extend(row.entries);
            batch.steps.extend(row.steps);
            batch.clocks.extend(row.clocks);
            batch.intervals.extend(row.intervals);
            batch.alerts.extend(row.alerts);
            batch.comments.extend(row.comments);
            batch.changes.extend(row.changes);
            batch.aftermath.append(row.aftermath);
            batch.dispatch.append(row.dispatch);
        }
        batch
    }
}
