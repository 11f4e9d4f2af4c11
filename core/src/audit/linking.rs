//! Entries linked to the chain by PostgreSQL itself, in one statement.
//!
//! Everybody who changes anything waits for the head of the chain. Were its hash brought here, the lock would be held for a round trip
//! more. So the statement that locks the head computes the hashes behind it, and writes entries and new head; what waits to be written
//! is written in it too, before the lock.

use entity::{audit_head, audit_log};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType, WithQuery};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, Iterable, ModelTrait,
    QueryFilter, QuerySelect, QueryTrait,
};

use super::chain::{Content, headless};
use crate::db::glance::{Glance, failed, there_is};
use crate::db::pending::{Pending, part};

/// More entries than these are so much work that a round trip doesn't matter.
pub(super) const MOST_ENTRIES: usize = 4;

const HEAD: &str = "head";

/// Appends entries that aren't linked yet: in a transaction, or by a statement of its own, which then relies on rows that were seen and
/// fails if one was changed.
///
/// # Errors
/// When the database fails or the head is missing.
pub(super) async fn append(
    connection: &impl ConnectionTrait,
    rows: &[audit_log::Model],
    pending: Pending,
    glances: Vec<Glance>,
    along: impl FnOnce(&mut SelectStatement),
) -> Result<(), DbErr> {
    let (mut clause, mut written) = pending.parts();
    if !glances.is_empty() {
        written = written.add(there_is(audit_head::Entity.table_name()));
    }
    for (place, glance) in glances.into_iter().enumerate() {
        let unchanged = format!("unchanged_{place}");
        written = written.add(there_is(&unchanged));
        clause.cte(glance.part(unchanged));
    }
    let mut head = audit_head::Entity::find_by_id(1)
        .select_only()
        .columns([audit_head::Column::Seq, audit_head::Column::Hash])
        .filter(written)
        .lock_exclusive()
        .into_query();
    along(&mut head);
    clause.cte(part(HEAD.to_owned(), head));

    let mut last = HEAD.to_owned();
    let mut entries: Option<SelectStatement> = None;
    for (place, row) in rows.iter().enumerate() {
        let link = format!("link_{place}");
        clause.cte(part(link.clone(), linked(row, last)));
        let entry = entry(row, &link);
        match &mut entries {
            Some(entries) => {
                entries.union(UnionType::All, entry);
            }
            None => entries = Some(entry),
        }
        last = link;
    }
    let Some(entries) = entries else {
        return Ok(());
    };
    let insert = Query::insert()
        .into_table(audit_log::Entity)
        .columns(audit_log::Column::iter())
        .select_from(entries)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .take();
    clause.cte(part("entries".to_owned(), insert));
    let of_last = |column: audit_head::Column| Expr::col((last.clone(), column));
    let moved = Query::update()
        .table(audit_head::Entity)
        .value(audit_head::Column::Seq, of_last(audit_head::Column::Seq))
        .value(audit_head::Column::Hash, of_last(audit_head::Column::Hash))
        .from(last.clone())
        .and_where(audit_head::Column::Id.eq(1))
        .take();
    let mut all = WithQuery::new();
    all.with_clause(clause).query(moved);
    let done = connection.execute(&all).await;
    match done.map_err(failed)? {
        done if done.rows_affected() == 1 => Ok(()),
        _ => Err(headless()),
    }
}

/// The number and the hash that a row gets behind another one, and the hash of that one.
fn linked(row: &audit_log::Model, behind: String) -> SelectStatement {
    use audit_log::Column::{Hash, PrevHash, Seq};
    let Content { before, between } = Content::of(row);
    // The same as `hash_of`; a hash is written without anything that JSON would escape.
    let hash = Expr::cust_with_values(
        r#"encode(sha256(convert_to($1 || '"' || "hash" || '"' || $2 || CAST("seq" + 1 AS text) || '}', 'UTF8')), 'hex')"#,
        [before, between],
    );
    Query::select()
        .expr_as(Expr::col(Seq).add(1), Seq)
        .expr_as(Expr::col(Hash), PrevHash)
        .expr_as(hash, Hash)
        .from(behind)
        .take()
}

/// A row with what its link says.
fn entry(row: &audit_log::Model, link: &str) -> SelectStatement {
    use audit_log::Column;
    let mut entry = Query::select();
    for column in Column::iter() {
        match column {
            Column::Seq | Column::PrevHash | Column::Hash => entry.column(column),
            _ => entry.expr(column.save_as(Expr::val(row.get(column)))),
        };
    }
    entry.from(link.to_owned()).take()
}
