//! Totals of lists, remembered for as long as nobody commits a change.
//!
//! To count a list is often more work than to read a page of it. A database says what a statement sees - PostgreSQL which transactions,
//! SQLite how often its connection has found the file changed -, and two statements that see the same count the same. So whoever
//! wants a total hands in the last one with what was seen when it was counted, and the database counts only if the statement
//! itself sees something else: the total is always that of the page beside it.
//!
//! Not within a transaction: what it has changed itself doesn't show in what it sees.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

/// So many lists are remembered.
const LISTS: usize = 1_000;
/// So often each on SQLite, whose connections don't tell each other what they see: as of the connections that were busy last.
const CONNECTIONS: usize = 4;
/// For so long. A database that is restored under a running server comes by the same snapshots once more.
const REMEMBERED: Duration = Duration::from_secs(60);

/// What the first statement on each of SQLite's connections makes there: the name under which [`Totals`] know it.
pub(super) const NAME_OF_THE_CONNECTION: &str =
    "CREATE TEMP TABLE this_connection AS SELECT hex(randomblob(8)) AS name";

/// The totals that a pool remembers.
#[derive(Debug)]
pub struct Totals {
    backend: DbBackend,
    /// Those of a list, the latest last.
    lists: Mutex<HashMap<String, Vec<Known>>>,
}

/// A total, and what was seen when it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    seen: String,
    total: i64,
    at: Instant,
}

impl Totals {
    /// None yet, of such a database.
    pub fn none(backend: DbBackend) -> Self {
        Self {
            backend,
            lists: Mutex::default(),
        }
    }

    /// So many are remembered of each list.
    fn most(&self) -> usize {
        match self.backend {
            DbBackend::Sqlite => CONNECTIONS,
            _ => 1,
        }
    }

    fn known(&self, list: &str, now: Instant) -> Vec<Known> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lists.get(list).into_iter().flatten();
        known.filter(|known| known.holds(now)).cloned().collect()
    }

    fn remember(&self, list: &str, known: Known) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if !lists.contains_key(list) {
            if lists.len() >= LISTS {
                lists.retain(|_, all| all.iter().any(|old| old.holds(known.at)));
            }
            if lists.len() >= LISTS {
                lists.clear();
            }
        }
        let all = lists.entry(list.to_owned()).or_default();
        all.retain(|old| old.holds(known.at));
        // Where the same was seen it wasn't counted again.
        if all.iter().any(|old| old.seen == known.seen) {
            return;
        }
        if all.len() >= self.most() {
            all.remove(0);
        }
        all.push(known);
    }

    /// What a statement sees, and the query that says it.
    fn seen(&self) -> (Expr, SelectStatement) {
        match self.backend {
            DbBackend::Sqlite => {
                let connection = Query::select()
                    .from("this_connection")
                    .from("pragma_data_version")
                    .take();
                (Expr::cust("name || ':' || data_version"), connection)
            }
            _ => {
                let snapshot = Expr::cust("CAST(pg_current_snapshot() AS text)");
                (snapshot, Query::select())
            }
        }
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
        let (seen, of_whom) = totals.seen();
        let mut total = CaseStatement::new();
        // Always as many, so that the statement stays the same.
        for place in 0..totals.most() {
            let (seen_then, total_then) = known
                .get(place)
                .map_or(("", 0), |known| (known.seen.as_str(), known.total));
            total = total.case(seen.clone().eq(seen_then), total_then);
        }
        // As subqueries they are evaluated once, and not for every row.
        for once in [total.finally(counted).into(), seen] {
            let once = of_whom.clone().expr(once).take();
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
            let seen = row.try_get_by_index(at + 1)?;
            totals.remember(
                list,
                Known {
                    seen,
                    total,
                    at: now,
                },
            );
        }
        Ok(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(seen: &str, total: i64, at: Instant) -> Known {
        let seen = seen.to_owned();
        Known { seen, total, at }
    }

    #[test]
    fn a_total_is_remembered_with_what_was_seen_and_not_for_long() {
        let (totals, start) = (Totals::none(DbBackend::Postgres), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(totals.known("a", start), []);
        totals.remember("a", known("10:10:", 5, after(0)));
        totals.remember("b", known("10:10:", 7, after(0)));
        assert_eq!(totals.known("a", after(59)), [known("10:10:", 5, after(0))]);
        // Seeing the same again makes it no younger.
        totals.remember("a", known("10:10:", 5, after(30)));
        assert_eq!(totals.known("a", after(60)), []);
        totals.remember("a", known("10:11:", 6, after(60)));
        assert_eq!(
            totals.known("a", after(61)),
            [known("10:11:", 6, after(60))]
        );
        totals.remember("a", known("10:12:", 7, after(62)));
        assert_eq!(
            totals.known("a", after(62)),
            [known("10:12:", 7, after(62))]
        );
        assert_eq!(totals.known("b", after(1)), [known("10:10:", 7, after(0))]);
    }

    #[test]
    fn on_sqlite_it_is_remembered_as_of_the_connections_that_were_busy_last() {
        let (totals, now) = (Totals::none(DbBackend::Sqlite), Instant::now());
        let names = ["a:1", "b:1", "c:1", "d:1", "e:1"];
        assert_eq!(names.len(), CONNECTIONS + 1);
        for name in names.iter().chain(&names[2..]) {
            totals.remember("list", known(name, 9, now));
        }
        let kept = totals.known("list", now);
        let kept: Vec<&str> = kept.iter().map(|known| known.seen.as_str()).collect();
        assert_eq!(kept, names[1..]);
    }

    #[test]
    fn no_more_lists_are_remembered_than_there_is_room_for() {
        let (totals, now) = (Totals::none(DbBackend::Postgres), Instant::now());
        for number in 0..3 * LISTS {
            let list = number.to_string();
            totals.remember(&list, known("", 1, now));
            assert_eq!(totals.known(&list, now), [known("", 1, now)]);
        }
        let lists = totals.lists.into_inner().expect("nobody has failed");
        assert!(lists.len() <= LISTS);
    }
}
