//! What a transaction on SQLite hasn't said yet.
//!
//! SQLite's connection lives on a thread of its own, and to wake it, and to be woken by its answer, takes longer than many a statement. So its
//! transactions say what nobody waits for together with something else: their beginning with the first question, and their last
//! writes with their end.

use sea_orm::{DbBackend, Statement, Values};

/// So many writes are said together at most: each number of them is a text that the connection keeps prepared.
const MOST_TOGETHER: usize = 16;

/// The beginning of a transaction and writes that nobody has waited for, in their order.
#[derive(Debug, Default)]
pub(super) struct Unsaid {
    begin: Option<&'static str>,
    writes: Vec<Statement>,
}

impl Unsaid {
    /// Only the beginning.
    pub fn beginning(begin: &'static str) -> Self {
        Self {
            begin: Some(begin),
            writes: Vec::new(),
        }
    }

    /// Hasn't it begun yet?
    pub fn begins(&self) -> bool {
        self.begin.is_some()
    }

    /// Does any write wait?
    pub fn writes(&self) -> bool {
        !self.writes.is_empty()
    }

    /// Takes in a write that was put together by the query builder, whose values are numbered by their order alone. Says whether it is
    /// time to say them.
    pub fn add(&mut self, write: Statement) -> bool {
        self.writes.push(write);
        self.writes.len() >= MOST_TOGETHER
    }

    /// All of it in one text, and `last` after it; nothing is left.
    pub fn together(&mut self, last: Option<&str>) -> Statement {
        let mut texts: Vec<String> = self.begin.take().map(str::to_owned).into_iter().collect();
        let mut values = Vec::new();
        for write in self.writes.drain(..) {
            texts.push(write.sql);
            values.extend(write.values.into_iter().flat_map(|values| values.0));
        }
        texts.extend(last.map(str::to_owned));
        Statement {
            sql: texts.join("; "),
            values: Some(Values(values)),
            db_backend: DbBackend::Sqlite,
        }
    }

    /// The beginning, if it waits, and this question in one text. A question may number its values itself, so writes don't go before it.
    pub fn before(&mut self, mut question: Statement) -> Statement {
        if let Some(begin) = self.begin.take() {
            question.sql = format!("{begin}; {}", question.sql);
        }
        question
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Value;

    use super::*;

    fn write(sql: &str, value: i32) -> Statement {
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, [Value::from(value)])
    }

    #[test]
    fn what_nobody_waits_for_is_said_in_its_order() {
        let mut unsaid = Unsaid::beginning("BEGIN");
        assert!(unsaid.begins() && !unsaid.writes());
        let question = unsaid.before(write("SELECT $1", 7));
        assert_eq!(question, write("BEGIN; SELECT $1", 7));
        assert!(!unsaid.begins());
        assert_eq!(unsaid.before(write("SELECT $1", 7)), write("SELECT $1", 7));

        unsaid.add(write("INSERT INTO a VALUES (?)", 1));
        unsaid.add(write("UPDATE b SET c = ?", 2));
        let said = unsaid.together(Some("COMMIT"));
        assert_eq!(
            said.sql,
            "INSERT INTO a VALUES (?); UPDATE b SET c = ?; COMMIT"
        );
        assert_eq!(
            said.values,
            Some(Values(vec![Value::from(1), Value::from(2)]))
        );
        assert!(!unsaid.writes());
    }

    #[test]
    fn it_doesnt_grow_without_end() {
        let mut unsaid = Unsaid::default();
        let full =
            (1..=MOST_TOGETHER).map(|at| unsaid.add(write("DELETE FROM a WHERE b = ?", at as i32)));
        assert_eq!(full.filter(|full| *full).count(), 1);
    }
}
