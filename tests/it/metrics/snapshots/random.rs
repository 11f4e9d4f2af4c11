use std::collections::BTreeMap;
use std::sync::Arc;

use aftercare::access::Call;
use aftercare::metrics::counting;
use aftercare::metrics::figures::{Ask, Group, Metric, Part, differences, figures};
use aftercare::metrics::rules::at::{At, Frozen};
use aftercare::metrics::rules::period::{Granularity, Period};
use aftercare::metrics::snapshots::{Freeze, freeze, frozen_of};
use entity::metric_snapshot;
use proptest::test_runner::{Config, TestCaseError, TestRng, TestRunner};
use sea_orm::EntityTrait;

use crate::metrics::equality::{On, grouping_of};
use crate::metrics::history::{Corrections, History, corrections, histories};
use crate::metrics::naive::{By, METRICS};
use crate::support::app::TestApp;
use crate::support::data::{days_ago, start};
use crate::support::database::both_databases;

/// Cases a backend, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 3;

/// What is frozen: the quarter, from the middle of a month to the middle of another one.
fn quarter() -> Period {
    Period {
        from: days_ago(100),
        to: days_ago(-10),
    }
}

/// All of it, and a part that cuts through months.
fn periods() -> [Period; 2] {
    let part = Period {
        from: days_ago(47),
        to: days_ago(5),
    };
    [quarter(), part]
}

fn asks(at: &At) -> Vec<Ask> {
    let mut asks = Vec::new();
    for period in periods() {
        for by in By::ALL {
            asks.push(Ask {
                period,
                granularity: Granularity::Month,
                by: Some(grouping_of(by)),
                part: Part::default(),
                at: at.clone(),
            });
        }
    }
    // Of two dimensions no sums are kept.
    asks.push(Ask {
        period: quarter(),
        granularity: Granularity::Week,
        by: Some(grouping_of(By::Member)),
        part: Part {
            kinds: vec!["complaint".to_owned()],
            ..Part::default()
        },
        at: at.clone(),
    });
    asks
}

/// All figures as of a moment.
async fn read(app: &TestApp, at: &At) -> BTreeMap<(&'static str, usize), Vec<Group>> {
    let db = app.db.reader();
    let mut all = BTreeMap::new();
    for key in METRICS {
        let metric = Metric::find_at(db, &app.counter.sources, key, at).await;
        let metric = metric.expect("a read").expect("a metric");
        for (place, ask) in asks(at).into_iter().enumerate() {
            let groups = figures(db, &metric, &ask).await.expect("figures");
            all.insert((key, place), groups);
        }
    }
    all
}

/// Each difference leads from the frozen figure to today's, and its causes add up to it.
async fn compare(app: &TestApp, frozen: &Arc<Frozen>) -> Result<(), TestCaseError> {
    let db = app.db.reader();
    let at = At::Frozen(Arc::clone(frozen));
    for key in METRICS {
        let sources = &app.counter.sources;
        let metric = Metric::find_at(db, sources, key, &at).await;
        let metric = metric.expect("a read").expect("a metric");
        for ask in asks(&at) {
            let today = Ask {
                at: At::Now,
                ..ask.clone()
            };
            let value = |groups: &[Group], key: &str| {
                let group = groups.iter().find(|group| group.key == key);
                group.and_then(|group| group.whole.value)
            };
            let then = figures(db, &metric, &ask).await.expect("figures");
            let now = figures(db, &metric, &today).await.expect("figures");
            let found = differences(&app.db, sources, &metric, &ask, frozen).await;
            let found = found.expect("differences");
            for group in then.iter().chain(&now) {
                let about = format!("{key} by {:?} of {} in {:?}", ask.by, group.key, ask.period);
                let Some(difference) = found.groups.get(&group.key) else {
                    return Err(TestCaseError::fail(format!("{about} isn't compared")));
                };
                let known = |groups: &[Group]| groups.iter().any(|one| one.key == group.key);
                if known(&then) && difference.then != value(&then, &group.key) {
                    return Err(TestCaseError::fail(format!("{about}: {difference:?}")));
                }
                if known(&now) && difference.now != value(&now, &group.key) {
                    return Err(TestCaseError::fail(format!(
                        "{about}: {difference:?} but now {now:?}"
                    )));
                }
                let sum: i64 = difference
                    .causes
                    .iter()
                    .filter_map(|cause| Some(cause.change?.0))
                    .sum();
                if let Some(change) = difference.change()
                    && change.0 != sum
                {
                    return Err(TestCaseError::fail(format!(
                        "{about} doesn't add up: {difference:?}"
                    )));
                }
                if difference.causes.is_empty() && difference.then != difference.now {
                    return Err(TestCaseError::fail(format!(
                        "{about} has no cause: {difference:?}"
                    )));
                }
            }
        }
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(
    about: &str,
    found: &T,
    expected: &T,
) -> Result<(), TestCaseError> {
    if found == expected {
        return Ok(());
    }
    Err(TestCaseError::fail(format!(
        "{about}\nfound    {found:?}\nexpected {expected:?}"
    )))
}

async fn check(on: &On, history: History, corrections: Corrections) -> Result<bool, TestCaseError> {
    let written = history.quarter();
    let app = written
        .app(on.0)
        .await
        .expect("the database was there before");
    counting::rebuild(&app.db, &app.counter, start())
        .await
        .expect("it counts");
    let order = Freeze {
        name: "Quarter".to_owned(),
        name_zh: "季度".to_owned(),
        from: quarter().from,
        to: quarter().to,
        note: None,
    };
    let call = Call::system(start(), "test");
    let id = freeze(&app, &call, order, None).await.expect("it freezes");
    let row = metric_snapshot::Entity::find_by_id(id)
        .one(app.db.reader())
        .await;
    let frozen =
        Arc::new(frozen_of(&row.expect("a read").expect("the snapshot")).expect("a snapshot"));
    let at = At::Frozen(Arc::clone(&frozen));
    let shown = read(&app, &at).await;
    same("when it is frozen", &shown, &read(&app, &At::Now).await)?;
    compare(&app, &frozen).await?;

    let connection = app.database().connect().await;
    corrections
        .make(&connection, written.data.members.len())
        .await;
    connection.close().await.expect("the connection closes");
    app.counter
        .catch_up(&app.db, start())
        .await
        .expect("it counts what has changed");
    same("after corrections", &read(&app, &at).await, &shown)?;
    compare(&app, &frozen).await?;
    let moved = read(&app, &At::Now).await != shown;

    counting::rebuild(&app.db, &app.counter, start())
        .await
        .expect("it counts anew");
    same("after a rebuild", &read(&app, &at).await, &shown)?;
    let findings = counting::verify(&app.db, &app.counter)
        .await
        .expect("a verification");
    same("verification", &findings, &Vec::new())?;
    Ok(moved)
}

both_databases! {
    async fn what_is_frozen_stays_and_the_causes_add_up(on: On) {
        let mut config = Config { failure_persistence: None, max_shrink_iters: 20, ..Config::default() };
        if std::env::var_os("PROPTEST_CASES").is_none() {
            config.cases = CASES;
        }
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let moved = std::cell::Cell::new(0);
        let result = tokio::task::block_in_place(|| {
            runner.run(&(histories(), corrections()), |(history, corrections)| {
                let changed = tokio::runtime::Handle::current().block_on(check(&on, history, corrections))?;
                moved.set(moved.get() + u32::from(changed));
                Ok(())
            })
        });
        if let Err(failure) = result {
            panic!("{failure}");
        }
        assert!(moved.get() > 0, "some corrections have to change today's figures");
    }
}
