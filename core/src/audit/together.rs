//! Changes that are decided, written together with others that wait beside them.
//!
//! All of them are true in the end or none is, as in one transaction it has to be; when they can't be written together, each is written by
//! itself, so that nobody fails for another.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

use super::chain::{Entry, headless, link, the_head, unlinked};
use super::linking;
use crate::access::Call;
use crate::db::glance::{Decided, Glance, stale};
use crate::db::pending::Pending;
use crate::db::{Db, Transaction};

/// What becomes of several changes, in their order.
type Results = Vec<Result<(), DbErr>>;

/// Appends one entry or more, and writes what waits to be written, if a row is as it was seen. Whoever goes away meanwhile may or may not
/// have changed something.
///
/// # Errors
/// When the database fails or the head of the chain is missing; [`stale`](crate::db::glance) when it has to be done under lock: the row is
/// another, or there is more to be written than others should wait for.
pub async fn append_decided(
    db: &Db,
    call: &Call,
    entries: &[Entry],
    pending: Pending,
    glance: Glance,
) -> Result<(), DbErr> {
    if entries.len() > linking::MOST_ENTRIES || !pending.fits() {
        return Err(stale());
    }
    let decided = Decided {
        glance,
        pending,
        entries: unlinked(call, entries),
    };
    let of_all = db.clone();
    let together = move |changes| written(of_all.clone(), changes);
    let written = db.decided().done(decided, together).await;
    written.unwrap_or_else(|| Err(DbErr::Custom("a change broke off in the middle".to_owned())))
}

async fn written(db: Db, changes: Vec<Decided>) -> Results {
    let each = match changes.len() {
        1 => Vec::new(),
        _ => changes.clone(),
    };
    match together(&db, changes).await {
        Ok(results) => results,
        Err(error) if each.is_empty() => vec![Err(error)],
        Err(_) => {
            let mut results = Results::new();
            for change in each {
                match together(&db, vec![change]).await {
                    Ok(alone) => results.extend(alone),
                    Err(error) => results.push(Err(error)),
                }
            }
            results
        }
    }
}

/// Writes all of them, or says what each would fail for. Otherwise it fails when one of them can't be written, and nothing is.
async fn together(db: &Db, changes: Vec<Decided>) -> Result<Results, DbErr> {
    match db.backend() {
        DbBackend::Postgres => in_one_statement(db, changes).await,
        _ => in_one_transaction(db, changes).await,
    }
}

async fn in_one_statement(db: &Db, mut changes: Vec<Decided>) -> Result<Results, DbErr> {
    let all = changes.len();
    // They share one fate, so their order is free: the same mix is then the same statement, which is planned already.
    changes.sort_by_cached_key(|change| (change.pending.shape(), change.entries.len()));
    let (mut pending, mut rows, mut glances) = (Pending::default(), Vec::new(), Vec::new());
    for change in changes {
        pending.join(change.pending);
        rows.extend(change.entries);
        glances.push(change.glance);
    }
    // Everybody who changes anything waits for the head of the audit log, and shouldn't for the disk as well.
    let along = |look: &mut _| db.free_locks_early_with(look);
    match linking::append(db.reader(), &rows, pending, glances, along).await {
        Ok(()) => Ok(vec![Ok(()); all]),
        Err(error @ DbErr::ConnectionAcquire(_)) => Ok(vec![Err(error); all]),
        Err(error) => Err(error),
    }
}

async fn in_one_transaction(db: &Db, changes: Vec<Decided>) -> Result<Results, DbErr> {
    let transaction = db.begin_late();
    let head = match look(&transaction, &changes).await {
        Ok(head) => head,
        Err(error) => return Ok(vec![Err(error); changes.len()]),
    };
    let (mut results, mut rows) = (Results::new(), Vec::new());
    for (place, change) in changes.into_iter().enumerate() {
        if !head.try_get::<bool>("", &unchanged(place))? {
            results.push(Err(stale()));
            continue;
        }
        change.pending.write(&transaction).await?;
        rows.extend(change.entries);
        results.push(Ok(()));
    }
    if rows.is_empty() {
        transaction.rollback().await?;
        return Ok(results);
    }
    link(&transaction, &head, rows).await?;
    db.commit(transaction).await?;
    Ok(results)
}

/// The head of the chain, and which of the rows that they rely on are unchanged.
async fn look(transaction: &Transaction, changes: &[Decided]) -> Result<QueryResult, DbErr> {
    let mut look = the_head();
    for (place, change) in changes.iter().enumerate() {
        look.expr_as(change.glance.same(), unchanged(place));
    }
    transaction.query_one(&look).await?.ok_or_else(headless)
}

fn unchanged(place: usize) -> String {
    format!("unchanged_{place}")
}
