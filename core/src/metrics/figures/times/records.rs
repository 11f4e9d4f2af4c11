//! The records behind times.

use entity::metric_fact::{self, Column};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use super::{TimeAsk, TimeBy, of_detail};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;
use crate::metrics::figures::facts;
use crate::metrics::rules::period::Period;

impl TimeAsk {
    /// The facts behind one of the times: of a part of the period, of a group, and of a group within it. The longest
    /// first, or the latest.
    ///
    /// # Errors
    /// `BAD_INPUT` when the cursor isn't one of this list.
    pub async fn records(
        &self,
        connection: &impl ConnectionTrait,
        period: Period,
        groups: &[(TimeBy, String)],
        longest: bool,
        (page, want_total): (&Page, bool),
    ) -> Result<Listing<metric_fact::Model>> {
        let holdings = self.holdings(connection).await?;
        let mut condition = self.condition(period, &holdings);
        for (by, key) in groups {
            condition = condition.add(match by {
                TimeBy::Detail => of_detail(key),
                TimeBy::Part(by) => facts::of_group(*by, key, &holdings),
            });
        }
        let select = metric_fact::Entity::find().filter(condition);
        let latest = [Sort::descending(Column::At), Sort::descending(Column::Id)];
        if !longest {
            return keyset::list(
                select,
                "metric_times",
                &latest,
                page,
                want_total,
                connection,
            )
            .await;
        }
        // Facts without the measure aren't among them.
        let [at, id] = latest;
        let sorts = [Sort::descending(self.value), at, id];
        keyset::list(
            select,
            "metric_longest",
            &sorts,
            page,
            want_total,
            connection,
        )
        .await
    }
}
