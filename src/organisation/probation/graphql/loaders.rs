//! The days of notice, read once for all probations of an answer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;

use crate::error::Error;
use crate::graphql::Loads;
use crate::settings::{self, PROBATION_NOTICE_DAYS};

/// How many days before its planned end a probation is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoticeDays;

impl Loader<NoticeDays> for Loads {
    type Value = i64;
    type Error = Arc<Error>;

    async fn load(&self, _: &[NoticeDays]) -> Result<HashMap<NoticeDays, i64>, Arc<Error>> {
        let days = settings::read(self.db.reader(), &PROBATION_NOTICE_DAYS).await;
        Ok(HashMap::from([(NoticeDays, days.map_err(Arc::new)?)]))
    }
}
