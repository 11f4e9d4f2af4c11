//! The demo company in a database of one's own: made once in a process, then copied.

use std::time::Duration;

use aftercare::db::{Db, Settings};
use aftercare::demo::{Options, Summary, load};
use chrono::{DateTime, Utc};

use super::database::{Arrange, Backend, TestDatabase, fresh_from};

/// A database with a small demo company: 200 tickets of 100 customers. Passwords aren't hashed in it.
pub struct DemoDatabase(pub TestDatabase);

impl Arrange for DemoDatabase {
    async fn arrange(backend: Backend) -> Option<Self> {
        let filled = fresh_from("demo", backend, async |url| {
            let db = open(&url).await;
            fill(&db, &small()).await;
            db.close().await.expect("the connections close");
        });
        filled.await.map(Self)
    }
}

/// When the demo companies of the tests are.
pub fn as_of() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_000_000, 0).expect("a valid time")
}

/// What the small demo company is made of.
pub fn small() -> Options {
    Options {
        customers: 100,
        ..Options::as_of(as_of()).with_tickets(200)
    }
}

/// Opens a database as the server does.
pub async fn open(url: &str) -> Db {
    let settings = Settings {
        url: url.to_owned(),
        connections: 2,
        statement_timeout: Duration::from_secs(30),
    };
    Db::connect(&settings)
        .await
        .expect("the database can be opened")
}

/// Loads a demo company.
pub async fn fill(db: &Db, options: &Options) -> Summary {
    load(db, options, async |password| {
        Ok(format!("hash of {password}"))
    })
    .await
    .expect("it can be loaded")
}
