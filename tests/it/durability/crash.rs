//! The database dies in the very moment in which a change was acknowledged.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, EntityTrait, PaginatorTrait};

use super::comment;
use crate::support::cluster::Cluster;
use crate::support::office::{CLERK, fill, open_ticket, sign_in};
use crate::support::postgres;
use crate::support::process::{self, Process};

const CRASHES: usize = 3;
const CHANGES: usize = 3;

async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("a connection")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_the_database() {
    let cluster = tokio::task::spawn_blocking(Cluster::start).await;
    let Some(cluster) = cluster.expect("no panic").expect("a cluster") else {
        postgres::report_skipped();
        return;
    };
    let url = cluster.url();
    let keeper = connect(&url).await;
    // The tests' clusters forget the last moments in a crash, this one must not.
    let durable = "ALTER DATABASE postgres SET synchronous_commit = on";
    keeper.execute_unprepared(durable).await.expect("it is set");
    keeper.close().await.expect("it closes");
    fill(url.clone()).await;

    for crash in 1..=CRASHES {
        let server = Process::serve(&url, &[]).await;
        let token = sign_in(server.address, CLERK).await;
        let ticket = open_ticket(server.address, &token, &format!("Pump {crash}")).await;
        for _ in 0..CHANGES {
            comment(server.address, &token, &ticket, "done").await;
        }
        tokio::task::block_in_place(|| {
            cluster.crash();
            cluster.recover();
        });
        server.kill().await;
        let after = connect(&url).await;
        let comments = entity::ticket_comment::Entity::find().count(&after).await;
        let comments = comments.expect("a count");
        assert_eq!(comments, (crash * CHANGES) as u64, "after crash {crash}");
        after.close().await.expect("it closes");
    }
    let verified = process::run(&url, &["audit", "verify"]).await;
    assert!(verified.status.success(), "{verified:?}");
}
