//! A question to the database, with its text apart from its values: so that the same question about other values can be asked together with it.
//!
//! Several of them are one statement to PostgreSQL: it takes the values of each as a row of a table, and answers for one row after the other.

use std::fmt;

use sea_orm::sea_query::{
    PostgresQueryBuilder, QueryBuilder, SelectStatement, SqlWriter, SqliteQueryBuilder,
};
use sea_orm::{DbBackend, DbErr, QueryResult, Statement, Value, Values};

/// Stands in a text for a value. No text that we write has it, and neither database takes it.
const PLACE: char = '\0';

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// Its text; two with the same one differ in nothing but their values.
    pub text: String,
    /// The values in the order in which the text has them.
    pub values: Vec<Value>,
}

impl Question {
    /// What a query asks.
    pub fn of(query: &SelectStatement, backend: DbBackend) -> Self {
        let mut question = Self {
            text: String::with_capacity(1_024),
            values: Vec::new(),
        };
        match backend {
            DbBackend::Postgres => query.build_collect_into(PostgresQueryBuilder, &mut question),
            _ => query.build_collect_into(SqliteQueryBuilder, &mut question),
        }
        question
    }

    /// The statement that asks it alone.
    pub fn alone(self, backend: DbBackend) -> Statement {
        let mut sql = String::with_capacity(self.text.len() + 2 * self.values.len());
        match backend {
            DbBackend::Postgres => write(&mut sql, &self.text, |place| format!("${place}")),
            _ => write(&mut sql, &self.text, |_| "?".to_owned()),
        }
        statement(sql, self.values, backend)
    }
}

/// The statement that asks PostgreSQL the question of a text for several lists of values. It has as many rows of them as the next power of
/// two, so that a few prepared statements serve all; those that nobody asks for have no number.
///
/// A join keeps no order in general. This one does for each asker: a question that depends on the row beside it, or has a limit, can only be
/// read by itself, in its order, once for each row.
pub(super) fn together(text: &str, askers: Vec<Vec<Value>>) -> Statement {
    let each = askers.first().map_or(0, Vec::len);
    let nobody: Vec<Value> = askers
        .first()
        .into_iter()
        .flatten()
        .map(Value::as_null)
        .collect();
    let rows = askers.len().next_power_of_two();
    let mut numbered: Vec<(Option<i64>, Vec<Value>)> = (0..).map(Some).zip(askers).collect();
    numbered.resize(rows, (None, nobody));

    let mut sql = String::with_capacity(text.len() + 16 * each + 6 * rows * (each + 1) + 160);
    sql.push_str(r#"SELECT "answer".*, "asked"."asker" FROM (VALUES "#);
    let mut place = 0;
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..=each {
            place += 1;
            sql.push_str(if column == 0 { "$" } else { ", $" });
            sql.push_str(&place.to_string());
        }
    }
    sql.push_str(r#")) AS "asked" ("asker""#);
    for column in 1..=each {
        sql.push_str(&format!(r#", "v{column}""#));
    }
    sql.push_str(") CROSS JOIN LATERAL (");
    write(&mut sql, text, |place| format!(r#""asked"."v{place}""#));
    sql.push_str(r#") AS "answer" WHERE "asked"."asker" IS NOT NULL"#);

    let values = numbered.into_iter();
    let values =
        values.flat_map(|(asker, values)| std::iter::once(Value::BigInt(asker)).chain(values));
    statement(sql, values.collect(), DbBackend::Postgres)
}

/// What it says to each of them.
///
/// # Errors
/// When it doesn't say to whom a row belongs.
pub(super) fn answers_of(
    rows: Vec<QueryResult>,
    askers: usize,
) -> Result<Vec<Vec<QueryResult>>, DbErr> {
    let mut answers: Vec<Vec<QueryResult>> = Vec::new();
    answers.resize_with(askers, Vec::new);
    // The last column says whose row it is.
    let columns = rows.first().map_or(0, |row| row.column_names().len());
    for row in rows {
        let asker: i64 = row.try_get_by_index(columns.saturating_sub(1))?;
        let answer = usize::try_from(asker).ok();
        let answer = answer.and_then(|asker| answers.get_mut(asker));
        let nobody = || DbErr::Custom(format!("an answer to asker {asker}, who isn't there"));
        answer.ok_or_else(nobody)?.push(row);
    }
    Ok(answers)
}

/// Writes a text with something in the place of each value, which are counted from one.
fn write(sql: &mut String, text: &str, value: impl Fn(usize) -> String) {
    for (place, part) in text.split(PLACE).enumerate() {
        if place > 0 {
            sql.push_str(&value(place));
        }
        sql.push_str(part);
    }
}

fn statement(sql: String, values: Vec<Value>, db_backend: DbBackend) -> Statement {
    Statement {
        sql,
        values: Some(Values(values)),
        db_backend,
    }
}

impl fmt::Write for Question {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.write_str(text)
    }
}

impl fmt::Display for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl SqlWriter for Question {
    /// The size of a page is of the text: a limit that PostgreSQL doesn't know it takes for a tenth of the table, and so plans every page
    /// anew; and it can't be another one for each row.
    fn push_param<T: QueryBuilder>(&mut self, value: Value, builder: &T) {
        if self.text.ends_with(" LIMIT ") {
            self.text.push_param(value, builder);
        } else {
            self.text.push(PLACE);
            self.values.push(value);
        }
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;

    fn query(number: i64, name: &str) -> SelectStatement {
        Query::select()
            .columns(["id", "name"])
            .from("tickets")
            .and_where(Expr::col("number").gt(number))
            .and_where(Expr::col("name").ne(name))
            .limit(51)
            .take()
    }

    fn question(number: i64, name: &str, backend: DbBackend) -> Question {
        Question::of(&query(number, name), backend)
    }

    #[test]
    fn alone_it_is_the_query_with_its_limit_in_the_text() {
        for backend in [DbBackend::Postgres, DbBackend::Sqlite] {
            let alone = question(7, "it's $1?", backend).alone(backend);
            let mut built = backend.build(&query(7, "it's $1?"));
            built.sql = built
                .sql
                .replace("LIMIT $3", "LIMIT 51")
                .replace("LIMIT ?", "LIMIT 51");
            let limit = built.values.as_mut().and_then(|values| values.0.pop());
            assert_eq!(limit, Some(Value::BigUnsigned(Some(51))));
            assert_eq!(alone, built);
        }
    }

    #[test]
    fn questions_are_the_same_when_only_their_values_differ() {
        let one = question(7, "a", DbBackend::Postgres);
        assert_eq!(one.text, question(8, "b\0", DbBackend::Postgres).text);
        let mut longer = query(7, "a");
        longer.limit(21);
        assert_ne!(one.text, Question::of(&longer, DbBackend::Postgres).text);
    }

    #[test]
    fn askers_are_rows() {
        let values = [1, 2, 3].map(|number| question(number, "a", DbBackend::Postgres).values);
        let text = question(0, "", DbBackend::Postgres).text;
        let asked = together(&text, values.to_vec());
        assert_eq!(
            asked.sql,
            r#"SELECT "answer".*, "asked"."asker" FROM (VALUES ($1, $2, $3), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12)) AS "asked" ("asker", "v1", "v2") CROSS JOIN LATERAL (SELECT "id", "name" FROM "tickets" WHERE "number" > "asked"."v1" AND "name" <> "asked"."v2" LIMIT 51) AS "answer" WHERE "asked"."asker" IS NOT NULL"#
        );
        let row = |asker: Option<i64>, number: Option<i64>| {
            let name = number.map(|_| "a".to_owned());
            [
                Value::BigInt(asker),
                Value::BigInt(number),
                Value::String(name),
            ]
        };
        let rows = [
            row(Some(0), Some(1)),
            row(Some(1), Some(2)),
            row(Some(2), Some(3)),
            row(None, None),
        ];
        assert_eq!(asked.values, Some(Values(rows.concat())));
    }

    #[test]
    fn a_question_without_values_has_askers_too() {
        let text = r#"SELECT "id" FROM "tickets" LIMIT 2"#;
        let asked = together(text, vec![Vec::new(), Vec::new()]);
        assert_eq!(
            asked.sql,
            r#"SELECT "answer".*, "asked"."asker" FROM (VALUES ($1), ($2)) AS "asked" ("asker") CROSS JOIN LATERAL (SELECT "id" FROM "tickets" LIMIT 2) AS "answer" WHERE "asked"."asker" IS NOT NULL"#
        );
    }
}
