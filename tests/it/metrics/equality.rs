//! What the register says is what the whole tables say: for random quarters, after they were counted as a whole and
//! after corrections were counted event by event.

use std::collections::BTreeMap;
use std::sync::Arc;

use aftercare::decimal::Decimal;
use aftercare::metrics::counting::{self, Counter};
use aftercare::metrics::figures::{Ask, Figure, Group, Metric, Part, figures, figures_of_each};
use aftercare::metrics::rules::at::At;
use aftercare::metrics::rules::grouping;
use aftercare::metrics::rules::period::{Granularity, Period};
use aftercare::metrics::{Sources, definitions};
use aftercare::tickets::facts::TicketFacts;
use entity::enums::{Dimension, TicketKind};
use proptest::test_runner::{Config, TestCaseError, TestRng, TestRunner};
use uuid::Uuid;

use super::history::{Corrections, History, corrections, histories};
use super::naive::{Books, By, METRICS};
use super::times;
use crate::support::app::TestApp;
use crate::support::data::{days_ago, start};
use crate::support::database::{Arrange, Backend, both_databases};

/// Cases a backend, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 8;

/// The kind of database on which cases run; each makes its own.
pub struct On(pub Backend);

impl Arrange for On {
    async fn arrange(backend: Backend) -> Option<Self> {
        // Says when there is no such database here.
        crate::support::database::fresh(backend)
            .await
            .map(|_| Self(backend))
    }
}

/// A figure of each part.
type Figures = BTreeMap<String, Decimal>;

pub const fn grouping_of(by: By) -> grouping::By {
    use grouping::By::{Dimension as Of, Region};
    match by {
        By::Company => Of(Dimension::Company),
        By::Department => Of(Dimension::Department),
        By::Team => Of(Dimension::Team),
        By::Member => Of(Dimension::Member),
        By::Region => Region,
        By::Province => Of(Dimension::Province),
        By::Product => Of(Dimension::Product),
        By::Channel => Of(Dimension::Channel),
        By::Kind => Of(Dimension::Kind),
    }
}

/// Days and months, within the quarter and around it.
fn periods() -> [Period; 3] {
    let of = |from, to| Period {
        from: days_ago(from),
        to: days_ago(to),
    };
    // All of it; the whole of January and February; a span that cuts through months.
    [of(100, -40), of(60, 1), of(47, 5)]
}

struct Case {
    app: TestApp,
    counter: Counter,
}

impl Case {
    async fn read(&self, metric: &Metric, ask: &Ask) -> Vec<Group> {
        figures(self.app.db.reader(), metric, ask)
            .await
            .expect("figures")
    }

    /// Asks for everything in every way that is kept, and for some of it in other ways.
    async fn compare(&self, when: &str) -> Result<(), TestCaseError> {
        let books = Books::read(self.app.db.reader()).await;
        for key in METRICS {
            let metric = Metric::find(self.app.db.reader(), &self.counter.sources, key).await;
            let metric = metric.expect("a read").expect("a shipped metric");
            for period in periods() {
                for by in By::ALL {
                    self.compare_one(when, &books, &metric, by, period).await?;
                }
            }
            self.compare_named(when, &books, &metric, periods()[2])
                .await?;
        }
        times::compare(&self.app, &self.counter, &books, when).await?;
        let findings = counting::verify(&self.app.db, &self.counter).await;
        let findings = findings.expect("a verification");
        hold(&format!("{when}: verification"), &findings, &Vec::new())
    }

    /// One metric, one way to tell its figures apart, in whole and by months.
    async fn compare_one(
        &self,
        when: &str,
        books: &Books,
        metric: &Metric,
        by: By,
        period: Period,
    ) -> Result<(), TestCaseError> {
        let key = &metric.defined.metric.key;
        let ask = Ask {
            period,
            granularity: Granularity::Month,
            by: Some(grouping_of(by)),
            part: Part::default(),
            at: At::Now,
        };
        let groups = self.read(metric, &ask).await;
        let about = format!("{when}: {key} by {by:?}");
        let expected = known(books.figures(key, by, period.from, period.to));
        hold(
            &format!("{about} in {period:?}"),
            &whole(&groups),
            &expected,
        )?;
        for (place, piece) in ask.pieces().into_iter().enumerate() {
            let expected = known(books.figures(key, by, piece.from, piece.to));
            let found = said(&groups, |group| group.series[place]);
            hold(
                &format!("{about} in the piece {piece:?}"),
                &found,
                &expected,
            )?;
        }
        // What the database adds up at once is what its pieces add up to, also when both are asked for together.
        let total = Ask {
            granularity: Granularity::Total,
            ..ask.clone()
        };
        let asked = [(metric, &total), (metric, &ask)];
        let both = figures_of_each(self.app.db.reader(), &At::Now, &asked).await;
        let both = both.expect("figures");
        let wholes = |groups: &[Group]| -> Vec<(String, Figure)> {
            let whole = |group: &Group| (group.key.clone(), group.whole);
            groups.iter().map(whole).collect()
        };
        hold(
            &format!("{about} at once in {period:?}"),
            &wholes(&both[0]),
            &wholes(&groups),
        )?;
        hold(
            &format!("{about} with another question in {period:?}"),
            &both[1],
            &groups,
        )
    }

    /// The same by naming a part instead of telling parts apart, and with a second dimension, of which no sums are kept.
    async fn compare_named(
        &self,
        when: &str,
        books: &Books,
        metric: &Metric,
        period: Period,
    ) -> Result<(), TestCaseError> {
        let key = &metric.defined.metric.key;
        let figures = |by| known(books.figures(key, by, period.from, period.to));
        for by in [By::Team, By::Member, By::Region] {
            for (id, figure) in figures(by) {
                let Ok(id) = id.parse::<Uuid>() else { continue };
                let mut part = Part::default();
                match by {
                    By::Team => part.teams.push(id),
                    By::Member => part.members.push(id),
                    _ => part.regions.push(id),
                }
                let ask = Ask {
                    period,
                    granularity: Granularity::Total,
                    by: None,
                    part,
                    at: At::Now,
                };
                let found = whole(&self.read(metric, &ask).await);
                let expected = Figures::from([(String::new(), figure)]);
                hold(&format!("{when}: {key} of {by:?} {id}"), &found, &expected)?;
            }
        }
        let kind = TicketKind::Complaint;
        let ask = Ask {
            period,
            granularity: Granularity::Total,
            by: Some(grouping_of(By::Member)),
            part: Part {
                kinds: vec!["complaint".to_owned()],
                ..Part::default()
            },
            at: At::Now,
        };
        let found = whole(&self.read(metric, &ask).await);
        let books = books.of_kind(kind);
        let expected = known(books.figures(key, By::Member, period.from, period.to));
        hold(&format!("{when}: {key} of {kind:?}"), &found, &expected)
    }
}

fn whole(groups: &[Group]) -> Figures {
    said(groups, |group| group.whole)
}

/// One figure of each group, without those of nothing.
fn said(groups: &[Group], figure: impl Fn(&Group) -> Figure) -> Figures {
    groups
        .iter()
        .map(|group| (group.key.clone(), figure(group)))
        .filter(|(_, figure)| figure.weight != Some(0))
        .filter_map(|(key, figure)| Some((key, figure.value?)))
        .collect()
}

/// Those parts that have a figure.
fn known(figures: BTreeMap<String, Option<Decimal>>) -> Figures {
    figures
        .into_iter()
        .filter_map(|(part, figure)| Some((part, figure?)))
        .collect()
}

fn hold<T: PartialEq + std::fmt::Debug>(
    about: &str,
    found: &T,
    expected: &T,
) -> Result<(), TestCaseError> {
    if found == expected {
        return Ok(());
    }
    Err(TestCaseError::fail(format!(
        "{about}\nregister {found:?}\ntables   {expected:?}"
    )))
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
    let tx = app.db.begin().await.expect("a transaction");
    definitions::install(&tx, start())
        .await
        .expect("the shipped metrics");
    tx.commit().await.expect("it commits");
    let counter = Counter {
        sources: Sources::new(vec![Arc::new(TicketFacts)]),
        zone: app.config.time_zone(),
    };
    let case = Case { app, counter };
    counting::rebuild(&case.app.db, &case.counter, start())
        .await
        .expect("it counts");
    case.compare("at first").await?;
    let connection = case.app.database().connect().await;
    corrections
        .make(&connection, quarter.data.members.len())
        .await;
    connection.close().await.expect("the connection closes");
    let caught_up = case.counter.catch_up(&case.app.db, start()).await;
    caught_up.expect("it counts what has changed");
    case.compare("after corrections").await
}

both_databases! {
    async fn the_register_says_what_the_tables_say(on: On) {
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
