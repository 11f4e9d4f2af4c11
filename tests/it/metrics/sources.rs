//! The facts that tickets hand in against the rows themselves, before anything is summed up by the register.

use std::collections::BTreeMap;

use aftercare::decimal::Decimal;
use aftercare::metrics::facts::{Occurrence, Provider};
use aftercare::tickets::facts::{ENDED, OPENED, RATED, RESOLUTION, RESOLVED, TicketFacts};
use proptest::test_runner::{Config, TestCaseError, TestRng, TestRunner};
use uuid::Uuid;

use super::history::{Corrections, History, corrections, histories};
use super::naive::{Books, By, day};
use crate::support::data::Table;
use crate::support::data::{days_ago, key};
use crate::support::database::{Arrange, Backend, both_databases};

/// Cases a backend, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 12;

/// The kind of database on which cases run; each makes its own.
struct On(Backend);

impl Arrange for On {
    async fn arrange(backend: Backend) -> Option<Self> {
        // Says when there is no such database here.
        crate::support::database::fresh(backend)
            .await
            .map(|_| Self(backend))
    }
}

/// Metrics that need no more than a source and the place of a measure: an average, or a number where there is none.
const PLAIN: [(&str, &str, Option<usize>, i64); 14] = [
    ("tickets_opened", OPENED, None, 1),
    ("resolution_rate", OPENED, Some(0), 100),
    ("first_response_time", OPENED, Some(1), 1),
    ("first_response_in_time", OPENED, Some(2), 100),
    ("solution_in_time", OPENED, Some(3), 100),
    ("tickets_resolved", RESOLVED, None, 1),
    ("resolution_time", RESOLVED, Some(0), 1),
    ("handling_time", RESOLVED, Some(1), 1),
    ("resolved_in_time", RESOLVED, Some(2), 100),
    ("resolutions_held", RESOLUTION, Some(0), 100),
    ("satisfaction", RATED, Some(0), 1),
    ("tickets_ended", ENDED, None, 1),
    ("cancelled_rate", ENDED, Some(0), 100),
    ("workload", RESOLVED, None, 1),
];

/// All facts, read in pages as the register reads them.
async fn handed_in(app: &crate::support::app::TestApp) -> Vec<Occurrence> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let ids = TicketFacts
            .records(app.db.reader(), after, 7)
            .await
            .expect("ids");
        let Some(last) = ids.last().copied() else {
            return all;
        };
        let tx = app.db.begin().await.expect("a transaction");
        all.extend(TicketFacts.occurrences(&tx, &ids).await.expect("facts"));
        tx.rollback().await.expect("nothing was written");
        after = Some(last);
    }
}

/// What the facts of one source say of the whole company, or of each share of a member.
fn said(
    facts: &[Occurrence],
    source: &str,
    measure: Option<usize>,
    times: i64,
    by: By,
) -> BTreeMap<String, Option<Decimal>> {
    let mut sums: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    let within = |fact: &&Occurrence| {
        let day = day(fact.at);
        fact.source == source && (days_ago(60)..days_ago(10)).contains(&day)
    };
    for fact in facts.iter().filter(within) {
        let owner = fact
            .owner
            .map_or_else(|| "-".to_owned(), |id| id.to_string());
        let parts = match by {
            By::Kind => vec![(fact.kind.clone().expect("a kind"), 10_000)],
            By::Member if fact.shares.is_empty() => vec![(owner, 10_000)],
            By::Member => fact
                .shares
                .iter()
                .map(|(id, share)| (id.to_string(), i64::from(*share)))
                .collect(),
            _ => vec![(String::new(), 10_000)],
        };
        for (part, share) in parts {
            let (weight, counted, total) = sums.entry(part).or_default();
            *weight += share;
            if let Some(value) = measure.and_then(|place| fact.values[place]) {
                *counted += share;
                *total += share * value;
            }
        }
    }
    let figure = |(weight, counted, total): (i64, i64, i64)| match (measure, counted) {
        (None, _) => Some(Decimal(weight)),
        (Some(_), 0) => None,
        (Some(_), _) => Some(Decimal(
            (2 * total * times * 10_000 + counted) / (2 * counted),
        )),
    };
    sums.into_iter()
        .map(|(part, sums)| (part, figure(sums)))
        .collect()
}

async fn compare(app: &crate::support::app::TestApp) -> Result<(), TestCaseError> {
    let books = Books::read(app.db.reader()).await;
    let facts = handed_in(app).await;
    for (metric, source, measure, times) in PLAIN {
        let parts: &[By] = match metric {
            "workload" => &[By::Company, By::Member],
            _ => &[By::Company, By::Kind],
        };
        for by in parts {
            let expected = books.figures(metric, *by, days_ago(60), days_ago(10));
            let found = said(&facts, source, measure, times, *by);
            if found != expected {
                return Err(TestCaseError::fail(format!(
                    "{metric} {by:?}: facts say {found:?}, rows {expected:?}"
                )));
            }
        }
    }
    Ok(())
}

async fn check(
    backend: Backend,
    history: History,
    corrections: Corrections,
) -> Result<(), TestCaseError> {
    let quarter = history.quarter();
    let app = quarter
        .app(backend)
        .await
        .expect("the database was there before");
    compare(&app).await?;
    let connection = app.database().connect().await;
    corrections
        .make(&connection, quarter.data.members.len())
        .await;
    connection.close().await.expect("the connection closes");
    compare(&app).await
}

both_databases! {
    async fn facts_say_what_the_rows_say(on: On) {
        let mut config = Config { failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
        if std::env::var_os("PROPTEST_CASES").is_none() {
            config.cases = CASES;
        }
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let result = tokio::task::block_in_place(|| {
            runner.run(&(histories(), corrections()), |(history, corrections)| {
                tokio::runtime::Handle::current().block_on(check(on.0, history, corrections))
            })
        });
        if let Err(failure) = result {
            panic!("{failure}");
        }
    }
}

/// The dice fall on every fate: a history in which nothing is resolved, rated or given up would prove nothing.
#[test]
fn histories_hold_every_fate() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = TestRunner::deterministic();
    let (mut reopened, mut merged, mut rated_twice, mut replaced, mut unowned) = (0, 0, 0, 0, 0);
    for _ in 0..20 {
        let data = histories()
            .new_tree(&mut runner)
            .expect("a history")
            .current()
            .quarter()
            .data;
        reopened += data.tickets.iter().filter(|row| row.reopened > 0).count();
        merged += data
            .tickets
            .iter()
            .filter(|row| row.merged_into_id.is_some())
            .count();
        unowned += data
            .tickets
            .iter()
            .filter(|row| row.owner_id.is_none())
            .count();
        replaced += data
            .credits
            .iter()
            .filter(|row| row.replaced_at.is_some())
            .count();
        let twice = |id: Uuid| {
            data.survey_answers
                .iter()
                .filter(|row| row.ticket_id == id)
                .count()
                > 1
        };
        rated_twice += data.tickets.iter().filter(|row| twice(row.id)).count();
        assert!(
            data.tickets
                .iter()
                .any(|row| row.id == key(Table::Ticket, 1))
        );
    }
    let all = [reopened, merged, rated_twice, replaced, unowned];
    assert!(all.iter().all(|count| *count > 5), "{all:?}");
}
