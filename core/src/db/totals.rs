//! Totals of lists, remembered for as long as nobody commits a change.
//!
//! To count a list is often more work than to read a page of it. PostgreSQL says which transactions a statement sees, and two
//! statements that see the same ones count the same. So whoever wants a total hands in the last one with the snapshot under which it was
//! counted, and PostgreSQL counts only if the statement's own is another: the total is always that of the page beside it.
//!
//! Not within a transaction: what it has changed itself isn't told by its snapshot. SQLite has nothing like it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

/// So many lists are remembered.
const LISTS: usize = 1_000;
/// For so long. A database that is restored under a running server comes by the same snapshots once more.
const REMEMBERED: Duration = Duration::from_secs(60);

/// A connection from which lists are read.
pub trait Lists: ConnectionTrait {
    /// What it remembers of their totals.
    fn totals(&self) -> Option<&Totals>;
}

/// The totals that a pool remembers.
#[derive(Debug, Default)]
pub struct Totals(Mutex<HashMap<String, Known>>);

/// A total, and what was seen when it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    snapshot: String,
    total: i64,
    at: Instant,
}

impl Totals {
    fn known(&self, list: &str, now: Instant) -> Option<Known> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lists.get(list).filter(|known| known.holds(now)).cloned()
    }

    fn remember(&self, list: &str, known: Known) {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = lists.get_mut(list) {
            // Under the same snapshot it wasn't counted again.
            if old.snapshot != known.snapshot || !old.holds(known.at) {
                *old = known;
            }
            return;
        }
        if lists.len() >= LISTS {
            lists.retain(|_, old| old.holds(known.at));
        }
        if lists.len() >= LISTS {
            lists.clear();
        }
        lists.insert(list.to_owned(), known);
    }
}

impl Known {
    fn holds(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < REMEMBERED
    }
}

/// The total of a list, on its way into the statement of a page.
pub struct Total<'t> {
    counting: SelectStatement,
    remembered: Option<(&'t Totals, String)>,
}

impl<'t> Total<'t> {
    /// What the query of one number counts.
    pub fn of(
        counting: SelectStatement,
        totals: Option<&'t Totals>,
        connection: &impl ConnectionTrait,
    ) -> Self {
        let remembered = totals.map(|totals| {
            let statement = connection.get_database_backend().build(&counting);
            let list = format!("{}{:?}", statement.sql, statement.values);
            (totals, list)
        });
        Self {
            counting,
            remembered,
        }
    }

    /// Adds to a query the columns from which [`Self::read`] reads.
    pub fn select(&self, query: &mut SelectStatement, now: Instant) {
        let counted = Expr::SubQuery(None, Box::new(self.counting.clone().into()));
        let Some((totals, list)) = &self.remembered else {
            query.expr(counted);
            return;
        };
        let known = totals.known(list, now);
        let (snapshot, total) =
            known.map_or_else(|| (String::new(), 0), |known| (known.snapshot, known.total));
        let seen = Expr::cust("CAST(pg_current_snapshot() AS text)");
        let same = seen.clone().eq(snapshot);
        let total = CaseStatement::new().case(same, total).finally(counted);
        // As subqueries they are evaluated once, and not for every row.
        for once in [total.into(), seen] {
            let once = Query::select().expr(once).take();
            query.expr(Expr::SubQuery(None, Box::new(once.into())));
        }
    }

    /// Reads it from a row, whose column `at` is the first that was added.
    ///
    /// # Errors
    /// When it isn't there.
    pub fn read(&self, row: &QueryResult, at: usize, now: Instant) -> Result<i64, DbErr> {
        let total = row.try_get_by_index(at)?;
        if let Some((totals, list)) = &self.remembered {
            let snapshot = row.try_get_by_index(at + 1)?;
            let known = Known {
                snapshot,
                total,
                at: now,
            };
            totals.remember(list, known);
        }
        Ok(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_remembered_with_what_was_seen_and_not_for_long() {
        let (totals, start) = (Totals::default(), Instant::now());
        let known = |snapshot: &str, total, seconds| Known {
            snapshot: snapshot.to_owned(),
            total,
            at: start + Duration::from_secs(seconds),
        };
        let after = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(totals.known("a", start), None);
        totals.remember("a", known("10:10:", 5, 0));
        totals.remember("b", known("10:10:", 7, 0));
        assert_eq!(totals.known("a", after(59)), Some(known("10:10:", 5, 0)));
        // Seeing the same again makes it no younger.
        totals.remember("a", known("10:10:", 5, 30));
        assert_eq!(totals.known("a", after(60)), None);
        totals.remember("a", known("10:11:", 6, 60));
        assert_eq!(totals.known("a", after(61)), Some(known("10:11:", 6, 60)));
        assert_eq!(totals.known("b", after(1)), Some(known("10:10:", 7, 0)));
    }

    #[test]
    fn no_more_lists_are_remembered_than_there_is_room_for() {
        let (totals, now) = (Totals::default(), Instant::now());
        for number in 0..3 * LISTS {
            let known = Known {
                snapshot: String::new(),
                total: 1,
                at: now,
            };
            let list = number.to_string();
            totals.remember(&list, known.clone());
            assert_eq!(totals.known(&list, now), Some(known));
        }
        let lists = totals.0.into_inner().expect("nobody has failed");
        assert!(lists.len() <= LISTS);
    }
}
