//! A database on SQLite for one test.

use std::ops::Deref;
use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;

use super::{Db, Settings};

/// An empty one in a file of its own.
pub(super) struct Scratch {
    db: Db,
    file: PathBuf,
}

impl Scratch {
    /// Makes it.
    pub async fn open() -> Self {
        let file = std::env::temp_dir().join(format!("aftercare-{}.sqlite", Uuid::new_v4()));
        let settings = Settings {
            url: format!("sqlite://{}", file.display()),
            connections: 2,
            statement_timeout: Duration::from_secs(5),
        };
        let db = Db::connect(&settings).await.expect("it opens");
        Self { db, file }
    }

    /// Closes it and takes its files away.
    pub async fn close(self) {
        self.db.close().await.expect("it closes");
        for end in ["", "-wal", "-shm"] {
            let mut name = self.file.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
    }
}

impl Deref for Scratch {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}
