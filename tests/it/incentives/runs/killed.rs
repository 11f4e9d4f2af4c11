use std::time::Duration;

use entity::incentive_run;
use sea_orm::PaginatorTrait;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::bytes::{awards, forget, hire, key_of, scarce};
use super::*;
use crate::support::process::Process;

/// Longer than a lease of a dead process holds and a run takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

async fn state(app: &TestApp, run: Uuid) -> IncentiveRunState {
    let row = incentive_run::Entity::find_by_id(run).one(app.db.reader());
    row.await.expect("an answer").expect("the run").state
}

async fn until(holds: impl AsyncFn() -> bool) {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < PATIENCE, "it takes too long");
        sleep(Duration::from_millis(5)).await;
    }
}

both_databases! {
    /// The program itself is killed in the middle of a run; when it is started again, it goes on to the same bytes.
    async fn a_killed_server_leaves_a_run_that_goes_on(app: TestApp) {
        hire(&app).await;
        in_force(&app, 10, scarce()).await;
        let hr = app.as_("hr").await;
        let run = key_of(&calculated(&app, &hr).await);
        let whole = awards(&app, run).await;
        forget(&app, run).await;
        let written = async || incentive_award::Entity::find().filter(incentive_award::Column::RunId.eq(run)).count(app.db.reader()).await.expect("a count");

        let url = &app.database().url;
        let server = Process::serve(url, &[]).await;
        until(async || written().await > 0).await;
        server.kill().await;
        assert!(matches!(state(&app, run).await, IncentiveRunState::Evaluating | IncentiveRunState::Settling), "it was too fast");

        let server = Process::serve(url, &[]).await;
        until(async || state(&app, run).await == IncentiveRunState::Calculated).await;
        server.kill().await;
        let mut anew = awards(&app, run).await;
        assert_eq!(anew.len(), whole.len());
        for (one, first) in anew.iter_mut().zip(&whole) {
            // The program goes by the real time.
            one.created_at = first.created_at;
        }
        assert_eq!(anew, whole);
    }
}
