//! Verifying the chain: is every row as it was written, and is every row there?
//!
//! Found are rows altered, removed, swapped or put in between, and a head that doesn't fit its last row. What no chain can
//! show by itself is a log that was cut and whose remaining head was rewritten to fit, or one computed anew from the
//! start: for that, keep the count and the hash that a verification prints in another place and compare them later.

use entity::{audit_head, audit_log};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chain::{GENESIS, hash_of};
use crate::db::Db;
use crate::error::{Error, Result};

/// Rows read at once.
const BATCH: u64 = 1_000;

/// The outcome of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is there as it was written.
    Whole {
        /// How many rows there are.
        count: i64,
        /// The hash of the last one; 64 zeros when there is none.
        head: String,
    },
    /// The first row that isn't right.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong.
        fault: Fault,
    },
}

impl Verdict {
    /// Is every row there as it was written?
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole { .. })
    }
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row isn't there.
    Gap,
    /// The row doesn't name the hash of the one before it: one of the two was altered, or rows were swapped.
    Link,
    /// The row's content doesn't give its hash: it was altered.
    Hash,
    /// The head of the chain doesn't name this row as the last one: the end was cut off, or rows were added behind it.
    Head,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Gap => "the row is missing",
            Self::Link => "the row doesn't follow from the one before it",
            Self::Hash => "the row was altered",
            Self::Head => "the head of the chain doesn't fit the last row",
        })
    }
}

/// Verifies the whole log. Rows that are appended meanwhile don't disturb it.
///
/// # Errors
/// When the database fails or the head is missing.
pub async fn verify(db: &Db) -> Result<Verdict> {
    let end = end(db).await?;
    let mut walk = Walk::default();
    loop {
        let rows = audit_log::Entity::find()
            .filter(audit_log::Column::Seq.gt(walk.seq))
            .filter(audit_log::Column::Seq.lte(end.seq))
            .order_by_asc(audit_log::Column::Seq)
            .limit(BATCH)
            .all(db.reader())
            .await?;
        if rows.is_empty() {
            return Ok(walk.end(&end));
        }
        for row in &rows {
            if let Err(broken) = walk.step(row) {
                return Ok(broken);
            }
        }
    }
}

/// Where the log ends by its head and by its rows.
#[derive(Clone, Debug)]
struct End {
    seq: i64,
    hash: String,
    last_row: Option<i64>,
}

/// Reads head and last row in one statement, so that an entry appended in between can't part them.
async fn end(db: &Db) -> Result<End> {
    let last_row = Query::select()
        .expr(Expr::col(audit_log::Column::Seq).max())
        .from(audit_log::Entity)
        .take();
    let (seq, hash, last_row) = audit_head::Entity::find_by_id(1)
        .select_only()
        .columns([audit_head::Column::Seq, audit_head::Column::Hash])
        .expr_as(Expr::SubQuery(None, Box::new(last_row.into())), "last_row")
        .into_tuple()
        .one(db.reader())
        .await?
        .ok_or_else(|| Error::internal("the head of the audit chain is missing"))?;
    Ok(End {
        seq,
        hash,
        last_row,
    })
}

/// How far the walk along the chain has come.
struct Walk {
    seq: i64,
    hash: String,
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: GENESIS.to_owned(),
        }
    }
}

impl Walk {
    /// Goes on to the next row.
    fn step(&mut self, row: &audit_log::Model) -> Result<(), Verdict> {
        let next = self.seq + 1;
        let broken = |seq, fault| Err(Verdict::Broken { seq, fault });
        if row.seq < next {
            return broken(row.seq, Fault::Link);
        }
        if row.seq > next {
            return broken(next, Fault::Gap);
        }
        if row.prev_hash != self.hash {
            return broken(next, Fault::Link);
        }
        if row.hash != hash_of(row) {
            return broken(next, Fault::Hash);
        }
        self.seq = next;
        self.hash.clone_from(&row.hash);
        Ok(())
    }

    /// Compares the end of the walk with the end of the log.
    fn end(self, end: &End) -> Verdict {
        if self.seq < end.seq {
            return Verdict::Broken {
                seq: self.seq + 1,
                fault: Fault::Gap,
            };
        }
        if self.hash != end.hash || end.last_row.unwrap_or(0) != end.seq {
            return Verdict::Broken {
                seq: end.last_row.unwrap_or(end.seq),
                fault: Fault::Head,
            };
        }
        Verdict::Whole {
            count: self.seq,
            head: self.hash,
        }
    }
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
